"""Budget tables that a page break parts: one table below its 款 and 項, proven by its own total."""

from corpus.budgets import read_tables
from corpus.types import Basis, Document, Measure, Page, Tables

FIRST = """２款　総務費　　500千円
１項　総務管理費　　300千円

| 目 | 本年度予算額（千円） | 前年度予算額（千円） | 比較（千円） |
| --- | --- | --- | --- |
| 1 一般管理費 | 100 | 90 | 10 |
| 2 文書費 | 50 | 60 | △10 |
"""
SECOND = """２款　総務費　　500千円
１項　総務管理費　　300千円

| 目 | 本年度予算額（千円） | 前年度予算額（千円） | 比較（千円） |
| --- | --- | --- | --- |
| 3 財産管理費 | 150 | 140 | 10 |
| 計 | 300 | 290 | 10 |

２款　総務費　　500千円
２項　徴税費　　200千円

| 目 | 本年度予算額（千円） | 前年度予算額（千円） | 比較（千円） |
| --- | --- | --- | --- |
| 1 税務総務費 | 200 | 180 | 20 |
| 計 | 200 | 180 | 20 |
"""


def _tables(*pages: str) -> Tables:
    text = "\n".join(pages)
    places, start = [], 0
    for number, page in enumerate(pages, 1):
        places.append(Page(number, start, start + len(page) + 1))
        start += len(page) + 1
    return read_tables(Document("d", "令和6年度予算書", "", "", text, tuple(places), (), fiscal_year=2024))


def _amounts(tables: Tables) -> dict[tuple[str, ...], tuple[int, int, Basis]]:
    return {
        (*f.parents, f.label): (int(f.value), f.page, f.basis)
        for f in tables.figures
        if f.measure is Measure.AMOUNT and f.fiscal_year == 2024
    }


def test_the_total_of_a_table_over_two_pages_is_proven_and_stands_for_its_heading() -> None:
    tables = _tables(FIRST, SECOND)
    assert not tables.problems
    assert _amounts(tables) == {
        ("総務費", "総務管理費", "一般管理費"): (100, 1, Basis.PRINTED),
        ("総務費", "総務管理費", "文書費"): (50, 1, Basis.PRINTED),
        ("総務費", "総務管理費", "財産管理費"): (150, 2, Basis.PRINTED),
        ("総務費", "総務管理費"): (300, 2, Basis.PRINTED),
        ("総務費", "徴税費", "税務総務費"): (200, 2, Basis.PRINTED),
        ("総務費", "徴税費"): (200, 2, Basis.PRINTED),
    }


def test_a_total_to_which_the_pages_do_not_add_up_is_not_served() -> None:
    tables = _tables(FIRST.replace("| 50 | 60 |", "| 51 | 61 |"), SECOND)
    assert _amounts(tables)["総務費", "総務管理費"] == (300, 2, Basis.ORDER)
    assert any("300千円" in problem.message for problem in tables.problems)


def test_how_an_amount_is_reckoned_in_a_table_is_no_second_amount() -> None:
    """Rows of a table are read by their columns, never as lines of a name with this year's and last year's amount."""
    page = """令和6年度当初予算　事業一覧

| 節 区分 | 節 金額（千円） | 説明 | 説明（千円） |
| --- | --- | --- | --- |
| 4 都市計画費補助金 | 165,700 | 柳島広町９号線 331,400×1／2 | 165,700 |
| 4 都市計画費補助金 |  | 富士見大通り 12,000×1／2 | 6,000 |
"""
    assert not _tables(page).figures
