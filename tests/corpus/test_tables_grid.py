"""Budget tables in CSV and XLSX as cities publish them."""

import csv
import time
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.budgets import read_tables
from corpus.budgets.storing import read_tables_file, write_tables
from corpus.tables.csv_document import csv_document
from corpus.tables.xlsx_document import xlsx_document
from corpus.types import Basis, BlockKind, Document, Figure, Measure, Problem, Stage, Tables

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "budget-tables"


def _document(text: str | bytes, *, year: int | None = None, title: str = "表") -> Document:
    data = text.encode() if isinstance(text, str) else text
    return csv_document(data, id="t", title=title, publisher="", source="", fiscal_year=year)[0]


def _values(tables: Tables) -> list[tuple[str, int | None, str, int]]:
    return [(f.label, f.fiscal_year, f.measure.value, int(f.value)) for f in tables.figures]


@pytest.mark.parametrize("city", ["ibaraki", "otaru"])
def test_a_published_table_is_read_whole(city: str) -> None:
    """Every amount by name and year, every department, at its own place; nothing else."""
    path = SHARED / f"{city}.csv"
    if not path.exists():
        pytest.skip("shared data is not here")
    document = _document(path.read_bytes())
    tables = read_tables(document)
    expected: Counter[tuple[str, int, int]] = Counter()
    departments: Counter[tuple[str, str]] = Counter()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            year = {"令和2年度": 2020, "平成31年度": 2019}[row["年度"]]
            for column, shift in (("予算額（千円）", 0), ("前年度予算額（千円）", -1)):
                if row[column]:
                    expected[row["事業名"].strip(), year + shift, int(row[column])] += 1
            if row["所管"].strip():
                departments[row["事業名"].strip(), row["所管"].strip()] += 1
    assert Counter((f.label, f.fiscal_year, int(f.value)) for f in tables.figures) == expected
    assert Counter((a.label, a.text) for a in tables.attributes if a.name == "所管") == departments
    assert {f.unit for f in tables.figures} == {"千円"}
    for figure in tables.figures:
        assert Decimal(document.text[figure.start : figure.end]) == figure.value


def test_a_note_above_gives_the_unit_and_the_header_the_years() -> None:
    """Title and unit stand above the header; full-width digits, commas, △ and － are read."""
    document = _document(
        "令和６年度 主要事業\n（単位：百万円）,,,\n事業名,令和６年度当初,R5当初,増減,所管課\n"
        '道路整備,"１，２００","1,300",△100,道路課\n新図書館,500,－,皆増,図書館\n'
    )
    tables = read_tables(document)
    assert _values(tables) == [
        ("道路整備", 2024, "amount", 1200), ("道路整備", 2023, "amount", 1300), ("道路整備", 2024, "difference", -100),
        ("新図書館", 2024, "amount", 500),
    ]  # fmt: skip
    assert {f.unit for f in tables.figures} == {"百万円"}
    assert [(a.label, a.text) for a in tables.attributes] == [("道路整備", "道路課"), ("新図書館", "図書館")]
    assert tables.problems == ()


def test_a_wrong_difference_takes_the_row_out_of_service() -> None:
    """1,200 − 1,300 is not △10: none of the row's figures is served, the Problem names them."""
    tables = read_tables(
        _document("事業名,本年度（千円）,前年度（千円）,比較\n道路,1200,1300,△10\n橋,5,4,1\n", year=2024)
    )
    assert {f.label for f in tables.figures if f.basis is Basis.ORDER} == {"道路"}
    assert [p.code for p in tables.problems] == ["arithmetic"]
    assert "道路" in tables.problems[0].message


def test_funding_columns_under_one_title_add_up() -> None:
    """財源内訳 spans its sources over two header rows."""
    text = "事業名,予算額（千円）,財源内訳,,\n,,国庫支出金,その他,一般財源\n保育,100,60,0,40\n給食,50,1,1,1\n"
    tables = read_tables(_document(text, year=2023))
    funding = {(f.label, f.aspect): int(f.value) for f in tables.figures if f.measure is Measure.FUNDING}
    assert funding["保育", "国庫支出金"] == 60
    assert funding["保育", "一般財源"] == 40
    assert {f.label for f in tables.figures if f.basis is Basis.ORDER} == {"給食"}


def test_totals_are_added_up_again() -> None:
    """小計 and 合計 that fit are served; a total that does not is not."""
    text = "事業名,令和5年度予算額（千円）\nA,1\nB,2\n小計,3\nC,4\n合計,8\n"
    tables = read_tables(_document(text))
    basis = {f.label: f.basis for f in tables.figures}
    assert basis["小計"] is Basis.PRINTED
    assert basis["合計"] is Basis.ORDER
    assert [p.code for p in tables.problems] == ["total"]


def test_without_a_unit_nothing_is_served() -> None:
    """A number without a unit is no amount; the Problem tells the cure."""
    tables = read_tables(_document("事業名,予算額\n道路,5\n", year=2024))
    assert tables.figures == ()
    assert [p.code for p in tables.problems] == ["unit"]


def test_two_amounts_of_one_year_and_stage_are_not_served() -> None:
    """Which of two columns is the budget cannot be told; 現額 and 済額 can."""
    tables = read_tables(_document("事業名,予算額（円）,査定額（円）\n道路,5,6\n", year=2024))
    assert {f.basis for f in tables.figures} == {Basis.ORDER}
    assert [p.code for p in tables.problems] == ["twice"]
    tables = read_tables(_document("科目,予算現額(円),支出済額(円),執行率\n道路,5,4,80%\n", year=2024))
    assert [f.stage for f in tables.figures] == [Stage.SUPPLEMENTARY, Stage.SETTLED]


def test_a_cell_may_print_its_own_unit() -> None:
    """1,000千円 and 2億円 in cells; a word instead of a number is a Problem."""
    tables = read_tables(_document('事業名,2023年度決算,2024年度予算\nA,"1,000千円",2億円\nB,調整中,5千円\n'))
    assert [(f.label, int(f.value), f.unit) for f in tables.figures] == [
        ("A", 1000, "千円"), ("A", 2, "億円"), ("B", 5, "千円"),
    ]  # fmt: skip
    assert [p.code for p in tables.problems] == ["cell"]


def test_stages_are_told_apart() -> None:
    """当初, 補正 and 決算 in headers are stages of the year they name."""
    tables = read_tables(_document("事業名,令和4年度決算額（円）,令和5年度9月補正額（円）\n道路,5,6\n"))
    assert [(f.fiscal_year, f.stage) for f in tables.figures] == [
        (2022, Stage.SETTLED),
        (2023, Stage.SUPPLEMENTARY),
    ]


def test_one_name_twice_keeps_both_under_their_parents() -> None:
    """The same item under two categories stays two figures; categories split at ' / '."""
    tables = read_tables(_document("分類,事業名,R6予算（千円）\n福祉 / 高齢,相談,1\n福祉 / 児童,相談,2\n"))
    assert [(f.parents, int(f.value)) for f in tables.figures] == [
        (("福祉", "高齢"), 1),
        (("福祉", "児童"), 2),
    ]


def test_each_row_is_a_block() -> None:
    """The chunker makes a passage of each row; a quoted cell may hold line ends."""
    document = _document('事業名,予算額（千円）,事業概要\nA,1,"一行目\n二行目"\nB,2,短い\n', year=2024)
    rows = [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.ROW]
    assert rows == ['A,1,"一行目\n二行目', "B,2,短い"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_encodings_of_city_files(encoding: str) -> None:
    """Shift_JIS, BOM and UTF-16 give one text."""
    document = _document("事業名,予算額（千円）\r\n①道路髙架,5\r\n".encode(encoding), year=2024)
    assert document.text == "事業名,予算額（千円）\n①道路髙架,5"


def test_bytes_that_are_no_text_are_a_problem() -> None:
    """Nothing is guessed from noise."""
    document, problems = csv_document(b"\x00\xff\x81\x00\xfe", id="t", title="t", publisher="", source="")
    assert document.text == ""
    assert [p.code for p in problems] == ["encoding"]


def test_a_workbook_is_read_like_its_sheet() -> None:
    """Merged words count for all their rows, a merged number for none; a formula without a value is a Problem."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "当初予算"
    for row in (["令和6年度予算", None, None, "単位：千円"], ["款", "事業名", "予算額", "前年度予算額"],
                ["土木費", "道路", 1200, 1100], [None, "橋", 30, None], [None, "河川", "=C3+C4", 7], ["民生費", "保育", 9, 8],
                [None, "給食", None, 4]):  # fmt: skip
        sheet.append(row)
    sheet.merge_cells("A3:A5")
    sheet.merge_cells("C6:C7")
    sheet["C3"].number_format = "#,##0"
    data = BytesIO()
    book.save(data)
    document, problems = xlsx_document(data.getvalue(), id="x", title="x", publisher="", source="")
    tables = read_tables(document)
    assert document.text.startswith("# 当初予算\n")
    assert "土木費\t道路\t1,200\t1100" in document.text
    values = {(f.label, f.fiscal_year): (int(f.value), f.parents) for f in tables.figures}
    assert values["橋", 2024] == (30, ("土木費",))
    assert values["河川", 2023] == (7, ("土木費",))
    assert ("河川", 2024) not in values
    assert ("保育", 2024) not in values
    assert [p.code for p in problems] == ["formula"]
    assert "C5" in problems[0].message
    assert all(document.text[f.name_start : f.name_end] == f.label for f in tables.figures)


def test_a_broken_workbook_is_a_problem() -> None:
    """A file that is no workbook is reported by name of the trouble."""
    document, problems = xlsx_document(b"PK\x03\x04junk", id="x", title="x", publisher="", source="")
    assert document.text == ""
    assert [p.code for p in problems] == ["unreadable"]


@given(
    st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)), min_size=1, max_size=8), st.randoms()
)
def test_any_table_is_read_exactly(rows: list[tuple[int, int]], rng: object) -> None:
    """Amounts come back as printed, never through a float; each difference is checked."""
    lines = [
        f'事業{chr(65 + i)},"{a:,}","{b:,}","{"△" if a < b else ""}{abs(a - b):,}"'
        for i, (a, b) in enumerate(rows)
    ]
    document = _document("事業名,令和6年度（円）,令和5年度（円）,増減\n" + "\n".join(lines))
    tables = read_tables(document)
    assert tables.problems == ()
    values = [f.value for f in tables.figures]
    assert all(isinstance(value, Decimal) for value in values)
    assert values == [Decimal(v) for a, b in rows for v in (a, b, a - b)]


def test_last_year_is_the_one_before_the_year_that_a_header_names() -> None:
    tables = read_tables(_document("事業名,令和6年度予算額（千円）,前年度予算額（千円）\n舗装,300,200\n"))
    assert _values(tables) == [("舗装", 2024, "amount", 300), ("舗装", 2023, "amount", 200)]
    assert tables.problems == ()


def test_figures_are_stored_and_loaded_equal(tmp_path: Path) -> None:
    """Writing and reading is the identity, Problems and Attributes included, and 100,000 figures load in a second."""
    text = "分類,事業名,令和6年度予算額（千円）,所管\n福祉 / 高齢,相談【新規】,1200.5,課\n"
    tables = read_tables(_document(text))
    tables = replace(tables, problems=(Problem("t", "何か", 1, 2, 3, "x"),))
    path = tmp_path / "ledger.json"
    write_tables(path, [tables, tables])
    assert read_tables_file(path) == Tables(tables.figures * 2, tables.attributes * 2, tables.problems * 2)
    assert tables.figures[0].marks == ("新規",)
    many = tuple(
        replace(tables.figures[0], label=f"事業{i // 3}", value=Decimal(i), start=i) for i in range(100_000)
    )
    write_tables(path, [Tables(many)])
    began = time.perf_counter()
    loaded = read_tables_file(path)
    assert time.perf_counter() - began < 2.5  # a second on an idle machine
    assert len(loaded.figures) == 100_000
    assert isinstance(loaded.figures[-1], Figure)
    assert loaded.figures[-1] == many[-1]


def test_a_table_whose_only_names_are_sections_is_read_with_its_total() -> None:
    text = (
        "汐路市消防局　令和8年度当初予算　総括表（単位：千円）,,\n項,令和8年度,令和7年度\n"
        "常備消防費,5000,4000\n救急費,3000,3000\n消防局合計,8000,7000\n"
    )
    assert ("消防局合計", 2026, "amount", 8000) in _values(read_tables(_document(text)))


def test_columns_of_any_name_are_sources_where_they_add_up_with_the_known_ones() -> None:
    text = (
        "事業名,令和8年度（千円）,国庫支出金,バス収入,市の分\n"
        "あ,900,300,500,100\nい,700,0,400,300\nう,500,―,500,0\n"
    )
    found = {(f.label, f.aspect, int(f.value)) for f in read_tables(_document(text)).figures if f.aspect}
    assert ("あ", "バス収入", 500) in found
    assert ("い", "市の分", 300) in found


def test_columns_that_do_not_add_up_are_no_sources() -> None:
    text = "事業名,令和8年度（千円）,国庫支出金,人数,市債\nあ,900,300,50,600\nい,700,200,40,500\nう,500,0,30,500\n"
    found = {f.aspect for f in read_tables(_document(text)).figures if f.measure is Measure.FUNDING}
    assert "人数" not in found


def test_a_table_of_sources_is_the_funding_of_what_it_adds_up_to() -> None:
    text = (
        "費目,令和8年度（千円）,令和7年度（千円）\n森,900,700\n川,600,500\n局合計,1500,1200\n"
        "財源,令和8年度（千円）,令和7年度（千円）\n国庫支出金,400,300\n一般財源,1100,900\n財源計,1500,1200\n"
    )
    figures = [f for f in read_tables(_document(text)).figures if f.measure is Measure.FUNDING]
    assert {(f.label, f.fiscal_year, f.aspect, int(f.value)) for f in figures} == {
        ("局合計", 2026, "国庫支出金", 400), ("局合計", 2026, "一般財源", 1100),
        ("局合計", 2025, "国庫支出金", 300), ("局合計", 2025, "一般財源", 900),
    }  # fmt: skip


def test_a_dash_beside_a_full_fall_is_nothing_this_year() -> None:
    text = (
        "事業名,令和8年度（千円）,令和7年度（千円）,増減（千円）\nあ,500,400,100\nい,―,300,-300\nう,―,200,\n"
    )
    values = _values(read_tables(_document(text)))
    assert ("い", 2026, "amount", 0) in values
    assert not [value for value in values if value[:3] == ("う", 2026, "amount")]


def test_a_mark_may_begin_what_is_told() -> None:
    text = "事業名,令和8年度（千円）,事業概要\nあ,500,【新規】駅前を直す\nい,400,新規就農者を支える\n"
    assert {f.label: f.marks for f in read_tables(_document(text)).figures} == {"あ": ("新規",), "い": ()}


def test_a_tables_own_heading_tells_its_unit() -> None:
    text = (
        "（単位：千円）,,\n費目,令和8年度,令和7年度\n森,9000,7000\n"
        "2 概要（百万円、四捨五入）,,\n費目,令和8年度,令和7年度\n森,9,7\n"
    )
    assert {(int(f.value), f.unit) for f in read_tables(_document(text)).figures} == {
        (9000, "千円"), (7000, "千円"), (9, "百万円"), (7, "百万円")
    }  # fmt: skip
