"""Budgets in running text: what is printed beside a name is read, whatever the shape; nothing else is."""

import pytest
from printed_budgets import PrintedBudget, printed_budget

from corpus.budgets import read_tables
from corpus.normalizing import normalize
from corpus.reading.text import text_document
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


LISTED = """令和８年度 みどり局予算（単位：千円）
※ 印　◎ 新規　○ 拡充　・ 継続
局予算の総額　本年度 9,000　前年度 7,000
１ 森づくり費　9,000千円（7,000千円）
　財源の内訳（費目全体）
　　・国庫支出金　3,000千円
　　・使用料・手数料　1,000千円
　　・一般財源　5,000千円
　1-(1) ○ 里山の手入れ …… 5,000 ［3,000］
　1-(2) ・ 苗木の配布 …… 4,000 ［4,000］
　1-(3) ▽ 旧温室の管理 …… 皆減 ［2,500］
■ 増減の主な理由
　・里山の手入れ（＋2,000）　手入れする山が増えるため
　↓ 旧温室の管理
　　温室を壊したため。
■ 予算の推移（単位：百万円）
　年度　　予算額
　令和５年度　55,340
　令和６年度　56,912
"""


def test_sources_in_a_list_below_their_heading_are_those_of_the_item_they_add_up_to() -> None:
    found = _keys(read_tables(_document(LISTED, "")))
    assert {key[3:] for key in found if key[2] == "funding"} == {
        ("国庫支出金", 3000), ("使用料・手数料", 1000), ("一般財源", 5000)
    }  # fmt: skip
    assert {key[0] for key in found if key[2] == "funding"} == {"森づくり費"}


def test_what_is_gone_has_nothing_this_year() -> None:
    found = _keys(read_tables(_document(LISTED, "")))
    assert {key[1:] for key in found if key[0] == "旧温室の管理"} == {
        (2026, "amount", None, 0), (2025, "amount", None, 2500)
    }  # fmt: skip


def test_a_symbol_before_a_name_is_the_mark_that_the_legend_says() -> None:
    figures = read_tables(_document(LISTED, "")).figures
    assert {figure.marks for figure in figures if figure.label == "里山の手入れ"} == {("拡充",)}


def test_reasons_in_a_list_go_to_the_items_they_name() -> None:
    cells = read_tables(_document(LISTED, "")).attributes
    assert {(cell.label, cell.text) for cell in cells if "理由" in cell.name} == {
        ("里山の手入れ", "手入れする山が増えるため"), ("旧温室の管理", "温室を壊したため。")
    }  # fmt: skip


def test_a_table_by_year_is_of_the_whole_in_its_own_unit() -> None:
    figures = read_tables(_document(LISTED, "")).figures
    assert {(f.fiscal_year, int(f.value), f.unit) for f in figures if (f.fiscal_year or 0) < 2025} == {
        (2023, 55340, "百万円"), (2024, 56912, "百万円")
    }  # fmt: skip


def test_what_is_told_between_a_name_and_its_amounts_tells_what_is_done() -> None:
    text = (
        "令和８年度 消防局予算（単位：千円）\n１－１　消防団費　拡\n　団員の服を新しくする。\n"
        "　本年度 3,000\n　前年度 2,000\n　増減 1,000\n１－２　庁舎費 ※1\n　前年度 1,500 → 本年度 1,600　差 100\n"
    )
    tables = read_tables(_document(text, ""))
    assert {key for key in _keys(tables) if key[2] == "amount"} == {
        ("消防団費", 2026, "amount", None, 3000),
        ("消防団費", 2025, "amount", None, 2000),
        ("庁舎費", 2026, "amount", None, 1600),
        ("庁舎費", 2025, "amount", None, 1500),
    }
    assert {(cell.label, cell.text) for cell in tables.attributes} == {("消防団費", "団員の服を新しくする。")}


def test_a_heading_between_a_name_and_amounts_takes_them_from_the_name() -> None:
    text = "令和８年度 消防局予算（単位：千円）\n■ 消防の仕事\n　団員をほめる会\n　3,000（2,000）\n１ 庁舎費　600（500）\n"
    assert "消防の仕事" not in {key[0] for key in _keys(read_tables(_document(text, "")))}


def test_a_table_whose_rows_are_sources_gives_each_column_to_the_item_it_adds_up_to() -> None:
    text = """令和８年度 みどり局予算（単位：千円）
費目　　　本年度　前年度　増減
第１ 森づくり費　900　700　200
第２ 川づくり費　600　500　100

財源　　　　第１　　　第２
国　　　　　300　　　　－
一般財源　　600　　　600
"""
    found = _keys(read_tables(_document(text, "")))
    assert {(key[0], key[3], key[4]) for key in found if key[2] == "funding"} == {
        ("森づくり費", "国", 300), ("森づくり費", "一般財源", 600), ("川づくり費", "一般財源", 600)
    }  # fmt: skip


MARKDOWN = """# 令和8年度 みどり局予算（単位：千円）

| 区分 | R7当初 | R8当初 | 差引 | 国 | 一般財源 |
|:---|---:|---:|---:|---:|---:|
| 森づくり費 | 700 | 900 | +200 | 300 | 600 |
| 川づくり費 | 500 | 600 | +100 | ― | 600 |
| **みどり局 合計** | **1,200** | **1,500** | +300 | 300 | 1,200 |

### 1 森づくり費

| 新・拡 | 事業 | R7当初 | R8当初 | 増減 | 概要 |
|:-:|:---|---:|---:|---:|:---|
| 拡 | 里山の手入れ | 300 | 500 | +200 | 8か所で手入れする。 |
|  | 苗木の配布 | 400 | 400 | 0 | 600本を配る。 |
| | **小計** | **700** | **900** | **+200** | |
"""


@pytest.mark.parametrize("drawn", [MARKDOWN, MARKDOWN.replace("|", "│")])
def test_a_table_parted_by_bars_is_read_like_a_sheet(drawn: str) -> None:
    tables = read_tables(_document(drawn, ""))
    found = _keys(tables)
    assert ("里山の手入れ", 2026, "amount", None, 500) in found
    assert ("川づくり費", 2026, "funding", "一般財源", 600) in found
    assert {f.parents for f in tables.figures if f.label == "苗木の配布"} == {("森づくり費",)}
    assert not tables.problems


def test_the_whole_that_a_sentence_tells_is_read_in_both_years() -> None:
    text = (
        "令和８年度 みどり局予算\nみどり局の令和８年度予算額は9,000千円（前年度\n7,000千円）で、2,000千円の増です。\n"
        "１ 森づくり費　9,000千円（7,000千円）\n"
    )
    found = _keys(read_tables(_document(text, "")))
    assert {key[1:] for key in found if key[0] == "みどり局予算" and key[2] == "amount"} == {
        (2026, "amount", None, 9000), (2025, "amount", None, 7000)
    }  # fmt: skip


def test_highlights_and_another_offices_items_are_no_part_of_the_whole() -> None:
    text = """令和８年度 みどり局予算（単位：千円）
合計　　9,000（7,000）
Ⅰ　ポイント
◆ 山を守る
　5,500千円（3,500千円）
Ⅱ　事業
１ 森づくり費　9,000千円（7,000千円）
　(1) 里山の手入れ　5,000千円（3,000千円）
　(2) 苗木の配布　4,000千円（4,000千円）
"""
    parents = {figure.label: figure.parents for figure in read_tables(_document(text, "")).figures}
    assert parents["山を守る"] == ()
    assert parents["森づくり費"] == ("みどり局予算",)
