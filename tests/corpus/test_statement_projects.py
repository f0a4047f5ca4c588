"""The projects that the 説明 of a budget's statement lists under each 目 are read, where they add up."""

from decimal import Decimal
from itertools import pairwise

import pytest

from corpus.budgets import read_tables
from corpus.types import Basis, Document, Measure, Page, Tables

HEADINGS = """２款　総務費　　900千円
１項　総務管理費　　900千円
"""
AMOUNTS = """
| 目 | 本年度予算額（千円） | 前年度予算額（千円） | 比較（千円） |
| --- | --- | --- | --- |
| 1 文書費 | 500 | 450 | 50 |
| 2 港湾相談費 | 400 | 410 | △10 |
"""
EXPLAINED = """
| 目 | 説明 | 説明（千円） |
| --- | --- | --- |
| 1 文書費 | 001 給与費 | 200 |
| 1 文書費 | 001 一般職 ２人 | 150 |
| 1 文書費 | 002 公文書審査会委員 ３人 | 50 |
| 1 文書費 | 002 文書費 | 300 |
"""
OVER_THE_PAGE = """
| 説明 | 説明（千円） |
| --- | --- |
| 001 庁内印刷費 | 300 |
| 印刷機の借上げ | 120 |
"""
NEXT = """
| 目 | 説明 | 説明（千円） |
| --- | --- | --- |
| 2 港湾相談費 | 001 港湾相談事業費 | 400 |
"""
LOST = """
| 001 港湾相談事業費 | 400 |
"""


def _tables(*pages: str) -> Tables:
    starts = [sum(map(len, pages[:number])) for number in range(len(pages) + 1)]
    places = tuple(Page(n + 1, *ends) for n, ends in enumerate(pairwise(starts)))
    return read_tables(Document("d", "令和6年度予算書", "", "", "".join(pages), places, (), fiscal_year=2024))


def _projects(*pages: str) -> dict[tuple[str, ...], tuple[Decimal, int, str | None]]:
    text = "".join(pages)
    figures = [f for f in _tables(*pages).figures if f.level in ("事業", "細事業")]
    for figure in figures:
        assert figure.basis is Basis.PRINTED
        assert figure.measure is Measure.AMOUNT
        assert text[figure.name_start : figure.name_end] == figure.label
        assert Decimal(text[figure.start : figure.end]) == figure.value
    return {(*f.parents[2:], f.label): (f.value, f.page, f.level) for f in figures}


DOCUMENT_PROJECTS = {
    ("文書費", "給与費"): (200, 1, "事業"),
    ("文書費", "給与費", "一般職 ２人"): (150, 1, "細事業"),
    ("文書費", "給与費", "公文書審査会委員 ３人"): (50, 1, "細事業"),
    ("文書費", "文書費"): (300, 1, "事業"),
    ("文書費", "文書費", "庁内印刷費"): (300, 2, "細事業"),
}
ADVICE = {("港湾相談費", "港湾相談事業費"): (400, 2, "事業")}


@pytest.mark.parametrize(
    "next_list", [NEXT, LOST], ids=["named beside them", "the list has lost its header and its 目"]
)
def test_the_projects_of_a_sub_item_are_below_it_over_a_page_break(next_list: str) -> None:
    first, second = HEADINGS + AMOUNTS + EXPLAINED, HEADINGS + OVER_THE_PAGE + next_list
    assert _projects(first, second) == DOCUMENT_PROJECTS | ADVICE


def test_projects_numbered_in_brackets_are_below_those_numbered_without() -> None:
    explained = """
| 目 | 説明 | 説明（千円） |
| --- | --- | --- |
| 1 文書費 | 1 文書管理費 | 500 |
| 1 文書費 | (1) 庁内印刷費 | 300 |
| 1 文書費 | (2) 例規集の改訂 | 200 |
"""
    assert _projects(HEADINGS + AMOUNTS + explained) == {
        ("文書費", "文書管理費"): (500, 1, "事業"),
        ("文書費", "文書管理費", "庁内印刷費"): (300, 1, "細事業"),
        ("文書費", "文書管理費", "例規集の改訂"): (200, 1, "細事業"),
    }


def test_projects_that_do_not_add_up_are_not_taken_for_those_of_the_sub_item() -> None:
    wrong = OVER_THE_PAGE.replace("| 300 |", "| 299 |")
    pages = (HEADINGS + AMOUNTS + EXPLAINED, HEADINGS + wrong + NEXT)
    assert _projects(*pages) == ADVICE
    (problem,) = _tables(*pages).problems
    assert (problem.page, "「文書費」" in problem.message) == (1, True)


def test_a_list_of_which_a_page_is_missing_tells_no_projects() -> None:
    assert _projects(HEADINGS + AMOUNTS + EXPLAINED.replace("| 1 文書費 | 002 文書費 | 300 |\n", "")) == {}


def test_what_the_sections_of_a_sub_item_cost_is_no_project() -> None:
    sections = """
| 目 | 節 区分 | 節 金額（千円） |
| --- | --- | --- |
| 2 港湾相談費 | 1 報酬 | 300 |
| 2 港湾相談費 | 8 旅費 | 100 |
"""
    assert _projects(HEADINGS + AMOUNTS + sections) == {}
