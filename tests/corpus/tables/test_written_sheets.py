"""Workbooks that are written like a letter are text; those that are filled in, with notes below, stay tables."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook

from bench.notice_files import WRITERS
from corpus.library import read_file
from corpus.tables.document_tables import tables_of
from corpus.types import BlockKind, Document

LETTER = (
    ("窓口のご案内",),
    ("市民課は、平日の九時に開きます。",),
    ("土曜日と日曜日は休みです。",),
    ("・本人確認書類",),
    ("・印鑑",),
    (),
    (None, "館", "電話", "階"),
    (None, "東館", "0123-45-6711", "1階"),
    (None, "西館", "0123-45-6722", "2階"),
    (),
    ("くわしくは、市民課へお電話ください。",),
)
TABLE = (
    ("館", "電話"),
    ("東館", "0123-45-6711"),
    ("西館", "0123-45-6722"),
    ("北館", "0123-45-6733"),
    ("※受付は五時までです。",),
    ("※土曜日は休みです。",),
    ("※電話は代表番号です。",),
)


def _read(folder: Path, sheets: dict[str, Sequence[Sequence[str | None]]]) -> Document:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    written = BytesIO()
    book.save(written)
    (folder / "案内.xlsx").write_bytes(written.getvalue())
    document, problems = read_file(folder / "案内.xlsx")
    assert document is not None
    assert problems == []
    return document


def _lines(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def test_a_letter_in_cells_is_its_sentences_items_and_table(tmp_path: Path) -> None:
    document = _read(tmp_path, {"Sheet1": LETTER})
    assert _lines(document) == [
        "窓口のご案内",
        "市民課は、平日の九時に開きます。",
        "土曜日と日曜日は休みです。",
        "・本人確認書類",
        "・印鑑",
        "| 館 | 電話 | 階 |",
        "| --- | --- | --- |",
        "| 東館 | 0123-45-6711 | 1階 |",
        "| 西館 | 0123-45-6722 | 2階 |",
        "くわしくは、市民課へお電話ください。",
    ]
    assert document.title == "窓口のご案内"
    assert [len(table.rows) for table in tables_of(document)] == [2]


def test_each_sheet_of_letters_is_a_page_under_its_name(tmp_path: Path) -> None:
    document = _read(tmp_path, {"窓口": LETTER, "休み": LETTER})
    assert [document.text[page.start : page.end].split("\n")[0] for page in document.pages] == [
        "# 窓口",
        "# 休み",
    ]


def test_a_table_with_notes_stays_a_table_and_so_does_a_letter_beside_one(tmp_path: Path) -> None:
    for sheets in ({"一覧": TABLE}, {"案内": LETTER, "一覧": TABLE}):
        document = _read(tmp_path, sheets)
        assert any(block.kind is BlockKind.ROW for block in document.blocks)


def test_the_notice_says_in_cells_what_it_says_when_it_is_typed(tmp_path: Path) -> None:
    found = []
    for ending in ("txt", "xlsx"):
        (tmp_path / f"notice.{ending}").write_bytes(WRITERS[ending]())
        document, _ = read_file(tmp_path / f"notice.{ending}")
        assert document is not None
        found.append((document.title, _lines(document)))
    assert found[0] == found[1]
