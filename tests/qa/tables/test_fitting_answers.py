"""A cell answers only what it can by its form, and only of a row that the question names."""

from datetime import date

import numpy as np
import pytest

from corpus.normalizing import normalize
from corpus.tables.csv_document import csv_document
from eval.training.tables.asked_tables import Segment
from qa.tables.asking.conditions import Condition
from qa.tables.computing import compute
from qa.tables.fitting_answers import can_answer, names_another
from qa.tables.frames import TableFrame, TableOperation
from qa.tables.store.table_store import StoredTable, TablesFile, TableStore

TODAY = date(2026, 5, 13)
NURSERIES = """名称,住所,定員,開所時間,燃えるごみ,窓口
企業主導型 和光保育園,桜浜市北浜1-1,12,7時から19時,月・木曜日,こども課
あじさい保育園,桜浜市北浜2-2,90,午前7時30分,火・金曜日,こども課
しんじ保育園,桜浜市港町3-3,60,24時間,月・木曜日,こども課
第一つくし保育園,桜浜市港町4-4,,7:00～18:00,火・金曜日,こども課
"""


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> StoredTable:
    document, _ = csv_document(NURSERIES.encode(), id="n", title="保育園一覧", publisher="", source="")
    folder = tmp_path_factory.mktemp("fitting")
    made = TablesFile()
    made.write(folder, [made.part(document)])
    store = TableStore([Segment(folder)])
    return store.table(next(iter(store.heads)))


def _fits(table: StoredTable, question: str, title: str, coverage: float = 1.0) -> bool:
    column = [held.title for held in table.columns].index(title)
    first = np.arange(table.size) == 0
    named = Condition(0, "named", table.text(0, 0), first[table.columns[0].codes], coverage=coverage)
    frame = TableFrame(table, TableOperation.VALUE, (column,), (named,))
    result = compute(frame)
    assert result is not None
    return can_answer(normalize(question), frame, result)


@pytest.mark.parametrize(
    ("question", "title", "fits"),
    [
        ("和光保育園は何時までですか", "開所時間", True),
        ("和光保育園は何時までですか", "燃えるごみ", False),
        ("和光保育園は何時間あいていますか", "窓口", False),
        ("和光保育園は何人ですか", "定員", True),
        ("和光保育園の職員は何人ですか", "窓口", False),
        ("和光保育園の窓口はどこですか", "窓口", True),
    ],
)
def test_a_cell_answers_what_it_can_by_its_form(
    table: StoredTable, question: str, title: str, fits: bool
) -> None:
    assert _fits(table, question, title) is fits


@pytest.mark.parametrize(
    ("question", "another"),
    [
        ("企業主導型の「ひまわり保育園」の定員は", True),
        ("第三つくし保育園の定員", True),
        ("あじさい保育園の定員", False),
        ("市内の保育園の定員", False),
        ("しんじ保育園とあじさい保育園の住所", False),
        ("保育園の住所", False),
    ],
)
def test_a_name_of_the_rows_kind_that_no_row_has_is_another(
    table: StoredTable, question: str, another: bool
) -> None:
    assert names_another(normalize(question), table) is another


def test_a_row_is_not_told_for_another_of_its_kind_unless_its_name_is_said(table: StoredTable) -> None:
    asked = "企業主導型の「ひまわり保育園」の住所は"
    assert not _fits(table, asked, "住所", coverage=0.3)
    assert _fits(table, "ひまわり保育園のとなり、企業主導型和光保育園の住所は", "住所", coverage=0.9)


def test_what_is_added_up_over_all_rows_is_not_told_for_one_that_there_is_not(table: StoredTable) -> None:
    """ひまわり学童クラブの定員は何人ですか was once told the sum over all clubs."""
    every = TableFrame(table, TableOperation.SUM, (), (), 2)
    result = compute(every)
    assert result is not None
    assert not can_answer("ひまわり保育園の定員は何人ですか", every, result)
    assert can_answer("保育園の定員は合わせて何人ですか", every, result)
