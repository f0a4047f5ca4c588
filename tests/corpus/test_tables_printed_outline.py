"""Budgets in running text: what is printed beside a name is read, whatever the shape; nothing else is."""

import pytest
from printed_budgets import PrintedBudget, printed_budget

from corpus.normalizing import normalize
from corpus.reading.text import text_document
from corpus.tables import read_tables
from corpus.types import Document, Measure, Tables

SEEDS = range(300)
FEES = """手数料のご案内
１　住民票の写し　300円（郵送 350円）
２　印鑑登録　500円
予算の範囲で助成します。上限 50,000円（前年度 40,000円）
"""


def _document(text: str, title: str) -> Document:
    return text_document(text, id="made", title=title, fiscal_year=None)


def _read(made: PrintedBudget) -> Tables:
    return read_tables(_document(made.text, made.title))


def _keys(tables: Tables) -> set[tuple[str, int | None, str, str | None, int]]:
    return {(f.label, f.fiscal_year, f.measure.value, f.aspect, int(f.value)) for f in tables.figures}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_amount_is_read_with_its_name_and_year_and_no_other(seed: int) -> None:
    made = printed_budget(seed)
    tables = _read(made)
    assert _keys(tables) == made.figures
    assert {figure.unit for figure in tables.figures} == {made.unit}


@pytest.mark.parametrize("seed", range(20))
def test_every_figure_stands_where_it_says_it_does(seed: int) -> None:
    made = printed_budget(seed)
    document = _document(made.text, made.title)
    for figure in read_tables(document).figures:
        printed = document.text[figure.start : figure.end]
        digits = "".join(filter(str.isdigit, normalize(printed)))
        assert digits == str(abs(int(figure.value)))
        assert figure.label in document.text[figure.name_start : figure.name_end] or figure.label.endswith(
            "予算"
        )


def test_what_hangs_below_what_is_told_by_the_numbering() -> None:
    text = """令和８年度 教育委員会予算の概要
１ 学校教育　300千円（200千円）
(1) 図書の購入　100千円（50千円）
２ 社会教育　90千円（80千円）
"""
    parents = {figure.label: figure.parents for figure in read_tables(_document(text, "")).figures}
    assert parents == {"学校教育": (), "図書の購入": ("学校教育",), "社会教育": ()}


def test_what_stands_under_a_heading_that_the_summary_names_hangs_below_its_row() -> None:
    text = """令和８年度 文化局予算の概要（単位：千円）
区分　本年度　前年度　増減
柱１　300　200　100
柱２　90　80　10
合計　390　280　110
【柱１　世界とつながる】
① 姉妹都市　300千円（200千円）
【柱２　文化を育てる】
① 芸術祭　90千円（80千円）
"""
    parents = {figure.label: figure.parents for figure in read_tables(_document(text, "")).figures}
    assert parents["姉妹都市"] == ("文化局予算", "柱1")
    assert parents["芸術祭"] == ("文化局予算", "柱2")


def test_a_change_that_is_not_the_difference_is_told() -> None:
    text = "令和８年度 消防局予算\n１ 消防団費\n本年度予算額 300千円 前年度予算額 200千円 差引 90千円\n"
    (problem,) = read_tables(_document(text, "")).problems
    assert "消防団費" in problem.message


BROKEN = """令和８年度 消防局予算（単位：千円）
（1）消防団費

本年度
予算額
3,000
千円
前年度
予算額 2,000千円
差　引
1,000千円

財　源
内　訳
国 1,000千円
千円
一般財源 2,000千円
"""


def test_a_block_whose_labels_units_and_amounts_stand_on_lines_of_their_own_is_one_items() -> None:
    assert _keys(read_tables(_document(BROKEN, ""))) == {
        ("消防団費", 2026, "amount", None, 3000),
        ("消防団費", 2025, "amount", None, 2000),
        ("消防団費", 2026, "difference", None, 1000),
        ("消防団費", 2026, "funding", "国", 1000),
        ("消防団費", 2026, "funding", "一般財源", 2000),
    }


def test_the_third_of_three_bare_amounts_is_their_difference() -> None:
    text = (
        "令和８年度 消防局予算（単位：千円）\n１ 消防団費\n3,000 2,000\n1,000\n"
        "２ 庁舎費\n本年度予算額 5,000千円 前年度予算額 4,000千円\n"
    )
    found = _keys(read_tables(_document(text, "")))
    assert {key for key in found if key[0] == "消防団費"} == {
        ("消防団費", 2026, "amount", None, 3000),
        ("消防団費", 2025, "amount", None, 2000),
        ("消防団費", 2026, "difference", None, 1000),
    }


def test_the_division_in_charge_below_a_name_is_its_own() -> None:
    text = "令和８年度 消防局予算\n① 消防団費　300千円（200千円）\n　　　警防課\n② 庁舎費　50千円（50千円）\n（担当：総務課）\n"
    found = {(cell.label, cell.text) for cell in read_tables(_document(text, "")).attributes}
    assert found == {("消防団費", "警防課"), ("庁舎費", "総務課")}


@pytest.mark.parametrize("text", [FEES, FEES.replace("予算", "基金"), "", "予算\n\n１ あ 1円（2円）"])
def test_a_list_of_fees_is_no_budget(text: str) -> None:
    assert not [f for f in read_tables(_document(text, "")).figures if f.measure is Measure.AMOUNT]
