"""Tables written out in a test, as the store gives them."""

from pathlib import Path

import numpy as np

from corpus.tables.csv_document import csv_document
from corpus.tables.document_tables import tables_of
from corpus.tables.types import Column
from corpus.types import Document
from eval.training.tables.asked_tables import Segment
from qa.tables.store.table_store import StoredColumn, StoredTable, TablesFile, TableStore

HALLS = """公共施設の一覧
施設名,地区,定員（人）,駐車場,休館日,開館時間,開設日,備考
中央公民館,中央,300,○,月曜日,9:00～12:00、13:00～21:30,昭和58年4月1日,"ホールは「大」と「小」
改修中"
北部コミュニティセンター,北部,"1,200",○,火曜日,9:00～21:00,平成12年10月1日,
サクラ会館,北部,45,×,月曜日,9:00～17:00,平成3年5月20日,=1+1
南部体育館,南部,500,○,なし,8:30～22:00,令和2年7月1日,<b>広い</b>
海辺の集会所,南部,30,×,年中無休,9:00～17:00,令和5年4月1日,
東部図書館,中央,未定,○,月曜日,10:00～19:00,平成30年3月3日,閲覧席あり
第10集会所,中央,,×,月曜日,10:00～19:00,平成29年3月3日,-
第2集会所,南部,20,×,月曜日,10:00～19:00,平成28年3月3日,
合計,,"2,095",,,,,
"""


def halls() -> tuple[Document, StoredTable]:
    """Return a table of halls, and its document."""
    document, _ = csv_document(HALLS.encode(), id="halls", title="施設", publisher="", source="")
    (table,) = tables_of(document)
    columns = tuple(
        _column(column, [row[n].text for row in table.rows]) for n, column in enumerate(table.columns)
    )
    spans = np.array([[(cell.start, cell.end) for cell in row] for row in table.rows], np.int32)
    notes = tuple((cell.text, cell.start, cell.end) for cell in table.notes)
    vectors = np.zeros((1, 1), np.float32)
    stored = StoredTable(
        (0, 0), table.document, table.page, table.title, table.name, table.totals, notes, (), columns, spans, vectors
    )  # fmt: skip
    return document, stored


def store_of(folder: Path, **tables: str) -> TableStore:
    """Return a store of tables that are given as CSV by the name of their documents."""
    documents = [
        csv_document(text.encode(), id=name, title=name, publisher="", source="")[0]
        for name, text in tables.items()
    ]
    made = TablesFile()
    made.write(folder, [made.part(document) for document in documents])
    return TableStore([Segment(folder)])


def _column(column: Column, cells: list[str]) -> StoredColumn:
    texts = list(dict.fromkeys(cells))
    codes = np.array([texts.index(cell) for cell in cells], np.int32)
    return StoredColumn(column.title, column.kind, column.unit, tuple(texts), codes)
