"""A column that has no title is called by its place; the place's number needs no proof."""

from pathlib import Path

import numpy as np

from corpus.tables.csv_document import csv_document
from eval.training.tables.asked_tables import Segment
from qa.replies.checking import checked
from qa.tables.asking.conditions import Condition
from qa.tables.computing import compute
from qa.tables.frames import TableFrame, TableOperation
from qa.tables.saying import said
from qa.tables.store.table_store import TablesFile, TableStore
from qa.types import Answer

PLACES = "施設名,,番地\n道の駅,西口,十番\n給食センター,東口,十二番\n"


def test_a_cell_below_no_title_is_told(tmp_path: Path) -> None:
    document, _ = csv_document(PLACES.encode(), id="places", title="places", publisher="", source="")
    made = TablesFile()
    made.write(tmp_path, [made.part(document)])
    store = TableStore([Segment(tmp_path)])
    table = store.table(next(iter(store.heads)))
    assert table.columns[1].title == "列2"
    named = (Condition(0, "named", "道の駅", np.array([True, False])),)
    frame = TableFrame(table, TableOperation.VALUE, (1,), named)
    result = compute(frame)
    assert result is not None
    documents = {document.id: document}
    answer = checked(said("道の駅の出口は", frame, result, 0.9, documents), documents)
    assert isinstance(answer, Answer)
    assert answer.short == "西口"
