"""Tables are read as a person reads them: header, notes, units, totals and kinds, every cell as it stands in the document."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.library import read_file
from corpus.tables.cell_forms import number_in
from corpus.tables.column_kinds import kind_of
from corpus.tables.csv_document import csv_document
from corpus.tables.document_tables import tables_of
from corpus.tables.types import ColumnKind, DataTable
from corpus.types import Document

HALLS = """施設名,地区,定員
中央公民館,中央,300
サクラ会館,北部,45
南部体育館,南部,500
"""
SHELTERS = """避難所名,住所,階
東小学校,東町1-1,3
西小学校,西町2-2,4
南小学校,南町3-3,2
"""


def _document(text: str) -> Document:
    return csv_document(text.encode(), id="t", title="一覧", publisher="", source="")[0]


def _tables(text: str) -> list[DataTable]:
    return tables_of(_document(text))


def _table(text: str) -> DataTable:
    (table,) = _tables(text)
    return table


def _titles(table: DataTable) -> list[str]:
    return [column.title for column in table.columns]


def _rows(table: DataTable) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def _notes(table: DataTable) -> list[str]:
    return [note.text for note in table.notes]


def _units(table: DataTable) -> list[str]:
    return [column.unit for column in table.columns]


def test_a_table_without_a_header_numbers_its_columns_and_loses_no_row() -> None:
    table = _table("あさひ保育園,北町1-1,30人\nいずみ保育園,南町2-2,45人\nうぐいす保育園,西町3-3,60人\n")
    assert _titles(table) == ["列1", "列2", "列3"]
    assert [row[0] for row in _rows(table)] == ["あさひ保育園", "いずみ保育園", "うぐいす保育園"]
    assert table.header == ()


def test_a_header_of_one_row_names_the_columns() -> None:
    table = _table(HALLS)
    assert _titles(table) == ["施設名", "地区", "定員"]
    assert len(table.rows) == 3
    assert table.name == 0


def test_a_header_of_two_rows_is_joined_and_a_spanning_title_is_said_for_each_column() -> None:
    table = _table(
        "施設,開館時間,,電話\n,平日,土日,\n中央館,9:00～17:00,10:00～15:00,0123-45-6789\n"
        "北館,9:00～18:00,10:00～16:00,0123-45-6790\n"
    )
    assert _titles(table) == ["施設", "開館時間 平日", "開館時間 土日", "電話"]
    assert [row[0] for row in _rows(table)] == ["中央館", "北館"]


def test_codes_alone_are_a_header() -> None:
    table = _table("FACILITY_NAME,DISTRICT_NAME,CAPACITY\nあさひ保育園,北町,30\nいずみ保育園,南町,45\n")
    assert _titles(table) == ["FACILITY_NAME", "DISTRICT_NAME", "CAPACITY"]
    assert len(table.rows) == 2


def test_codes_and_the_words_below_them_are_one_header() -> None:
    table = _table("FACILITY_NAME,CAPACITY\n施設名,定員\nあさひ保育園,30\nいずみ保育園,45\n")
    assert _titles(table) == ["FACILITY_NAME 施設名", "CAPACITY 定員"]
    assert [row[0] for row in _rows(table)] == ["あさひ保育園", "いずみ保育園"]


@pytest.mark.parametrize(
    "above", ["#lang,ja\n", "#LINK\n#lang,ja\n#attribution_name,みどり市\n#license,cc-by\n"]
)
def test_comment_lines_of_linkdata_are_no_rows_and_the_property_line_is_the_header(above: str) -> None:
    table = _table(
        above + "#property,公園名,所在地,面積,トイレ\n#object_type_xsd,string:ja,string:ja,float,string:ja\n"
        "#property_context,Assertion,Assertion,Assertion,Assertion\n"
        "1,中央公園,北町1-1,1200.5,有\n2,あけぼの公園,南町2-2,800,無\n3,ひばり公園,西町3-3,450,有\n"
    )
    assert _titles(table) == ["#property", "公園名", "所在地", "面積", "トイレ"]
    assert [column.kind for column in table.columns] == [
        ColumnKind.ID, ColumnKind.NAME, ColumnKind.ADDRESS, ColumnKind.NUMBER, ColumnKind.MARK,
    ]  # fmt: skip
    assert [row[1] for row in _rows(table)] == ["中央公園", "あけぼの公園", "ひばり公園"]
    assert table.columns[table.name].title == "公園名"


def test_title_and_notes_above_and_below_are_notes_and_the_title_is_said_with_the_documents() -> None:
    table = _table(f"公共施設のご案内\n令和8年4月1日現在\n{HALLS}※定員は立ち見を含みます。\n")
    assert _notes(table) == ["公共施設のご案内", "令和8年4月1日現在", "※定員は立ち見を含みます。"]
    assert table.title == "一覧 公共施設のご案内"
    assert _titles(table) == ["施設名", "地区", "定員"]
    assert len(table.rows) == 3


def test_a_note_between_rows_is_no_row() -> None:
    table = _table("施設名,地区,定員\n中央館,中央,300\n※次の施設は改修中です。\n南館,南部,50\n")
    assert [row[0] for row in _rows(table)] == ["中央館", "南館"]
    assert _notes(table) == ["※次の施設は改修中です。"]


def test_a_unit_noted_in_a_corner_is_that_of_every_number_without_one() -> None:
    table = _table("令和8年度予算\n,,単位：千円\n費目,本年度,前年度\n議会費,120,110\n総務費,1500,1400\n")
    assert _units(table) == ["", "千円", "千円"]


def test_a_title_with_a_unit_in_the_corner_beside_it_is_no_header() -> None:
    table = _table("歳出の内訳,,単位：千円\n費目,本年度,前年度\n議会費,120,110\n総務費,1500,1400\n")
    assert _titles(table) == ["費目", "本年度", "前年度"]


def test_a_unit_in_the_header_is_the_columns_own_and_no_other_has_it() -> None:
    table = _table("施設名,定員（人）,使用料(円),階\nあさひ館,30,500,2\nいずみ館,45,1200,3\n")
    assert _units(table) == ["", "人", "円", ""]


def test_units_printed_in_the_cells_are_not_those_of_the_corner() -> None:
    table = _table("（単位：千円）\n費目,金額,人数\n報酬,120,3人\n給料,1500,12人\n")
    assert _units(table) == ["", "千円", ""]


@pytest.mark.parametrize("unit", ["㎡", "m2", "㎢"])
def test_a_unit_of_area_is_read_in_the_header_and_in_a_cell(unit: str) -> None:
    table = _table(f"施設名,面積（{unit}）\nあさひ館,30.5\nいずみ館,45\n")
    assert table.columns[1].unit
    assert number_in(f"12.5{unit}") is not None


@pytest.mark.parametrize("corner", ["単位：千円", "費目（単位：千円）"])
def test_a_unit_in_the_first_cell_of_the_header_is_that_of_every_number(corner: str) -> None:
    table = _table(f"{corner},令和5年度,令和6年度\n議会費,120,110\n総務費,1500,1400\n民生費,3000,2900\n")
    assert _units(table)[1:] == ["千円", "千円"]


@pytest.mark.parametrize(("text", "bound"), [("30人以上", "以上"), ("30以上", "以上"), ("30人程度", "程度")])
def test_what_makes_a_number_a_bound_is_no_part_of_its_unit(text: str, bound: str) -> None:
    number = number_in(text)
    assert number is not None
    assert number.bound == bound
    assert number.unit in ("", "人")


@pytest.mark.parametrize("total", ["合計", "小計", "総数", "北部 計", "（計）", "市全体", "総 計"])
def test_a_row_that_adds_up_others_is_known(total: str) -> None:
    table = _table(f"町名,人口,世帯\n北町,120,50\n南町,80,30\n{total},200,80\n")
    assert table.totals == {2}


@pytest.mark.parametrize("name", ["会計課", "時計台", "設計室", "統計係", "家計相談", "合計画面"])
def test_a_row_whose_name_only_looks_like_a_total_is_none(name: str) -> None:
    table = _table(f"名称,人数,階\n北係,12,1\n{name},8,2\n南係,5,3\n")
    assert table.totals == frozenset()


def test_subtotals_stand_anywhere_and_in_the_second_column_too() -> None:
    table = _table("分類,品目,数\n可燃,紙,3\n可燃,布,4\n可燃,小計,7\n不燃,石,3\n不燃,小計,3\n合計,,10\n")
    assert table.totals == {2, 4, 5}


def test_a_month_that_adds_up_is_known() -> None:
    assert _table("月,来館者,貸出\n5月,120,50\n6月,80,30\n6月計,200,80\n").totals == {2}


def test_two_tables_one_under_the_other_are_two() -> None:
    halls, shelters = _tables(f"{HALLS}\n{SHELTERS}")
    assert _titles(halls) == ["施設名", "地区", "定員"]
    assert _titles(shelters) == ["避難所名", "住所", "階"]
    assert (len(halls.rows), len(shelters.rows)) == (3, 3)
    assert halls.end <= shelters.start


def test_two_tables_with_a_title_over_each_are_two() -> None:
    assert len(_tables(f"表1 施設\n{HALLS}\n表2 避難所\n{SHELTERS}")) == 2


def test_two_tables_in_one_sheet_of_a_workbook_are_two(tmp_path: Path) -> None:
    lines = [line.split(",") for line in f"{HALLS}\n{SHELTERS}".splitlines()]
    assert len(tables_of(_workbook(tmp_path, {"施設": lines}))) == 2


def test_each_sheet_of_a_workbook_is_a_table_called_by_its_sheet(tmp_path: Path) -> None:
    sheets = {"施設": HALLS, "避難所": SHELTERS}
    document = _workbook(
        tmp_path, {name: [line.split(",") for line in text.splitlines()] for name, text in sheets.items()}
    )
    halls, shelters = tables_of(document)
    assert (halls.title, shelters.title) == ("book 施設", "book 避難所")
    assert (halls.page, shelters.page) == (1, 2)
    assert _rows(shelters) == [
        ["東小学校", "東町1-1", "3"],
        ["西小学校", "西町2-2", "4"],
        ["南小学校", "南町3-3", "2"],
    ]
    _assert_verbatim(document)


def _workbook(folder: Path, sheets: dict[str, list[list[str]]]) -> Document:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(folder / "book.xlsx")
    document, problems = read_file(folder / "book.xlsx")
    assert document is not None, problems
    return document


def test_a_header_that_is_repeated_is_no_row() -> None:
    table = _table("施設名,地区,定員\n中央館,中央,300\n北館,北部,45\n施設名,地区,定員\n南館,南部,50\n")
    assert [row[0] for row in _rows(table)] == ["中央館", "北館", "南館"]


def test_a_header_that_is_repeated_after_an_empty_line_begins_no_new_table() -> None:
    table = _table(f"{HALLS}\n施設名,地区,定員\n東館,東部,50\n西館,西部,20\n")
    assert [row[0] for row in _rows(table)] == ["中央公民館", "サクラ会館", "南部体育館", "東館", "西館"]


def test_short_rows_end_in_blank_cells_and_every_row_is_as_wide_as_the_columns() -> None:
    table = _table("施設名,地区,定員,備考\n中央公民館,中央\nサクラ会館,北部,45,要予約\n南部体育館,南部,500\n")
    assert _rows(table) == [
        ["中央公民館", "中央", "", ""],
        ["サクラ会館", "北部", "45", "要予約"],
        ["南部体育館", "南部", "500", ""],
    ]
    assert all(cell.start == cell.end for row in table.rows for cell in row if not cell.text)


def test_the_second_column_of_a_title_is_told_from_the_first() -> None:
    table = _table(
        "行事名,会場,備考,申込先,備考\n書道展,中央館,無料,市民課,前日まで\n花展,北館,有料,文化課,当日可\n"
    )
    assert _titles(table) == ["行事名", "会場", "備考", "申込先", "備考 2"]
    assert _rows(table)[0] == ["書道展", "中央館", "無料", "市民課", "前日まで"]


@pytest.mark.parametrize(
    ("title", "texts", "kind"),
    [
        ("電話番号", ["0123-45-6789", "0123-45-6790", "0123(45)6791"], ColumnKind.PHONE),
        ("問い合わせ", ["012-345-6789", "", "０１２－３４５－６７９０"], ColumnKind.PHONE),
        ("開館時間", ["9:00～17:00", "9:00～21:30", "午前10時から午後6時まで"], ColumnKind.HOURS),
        ("開始時刻", ["9:00", "10:30", "午後1時"], ColumnKind.CLOCK),
        ("休館日", ["月曜日", "火・木", "月～金"], ColumnKind.WEEKDAYS),
        ("燃えるごみ", ["月・木", "火・金", "月・木"], ColumnKind.WEEKDAYS),
        ("駐車場", ["○", "×", ""], ColumnKind.MARK),
        ("予約", ["可", "不可", "可"], ColumnKind.MARK),
        ("開催日", ["令和8年5月3日", "2026/5/4", "2026年5月5日"], ColumnKind.DATE),
        ("開催日", ["5月3日（日）", "5月4日（月）", "6月1日（月）"], ColumnKind.DATE),
        ("募集期間", ["令和8年4月1日～4月30日", "5月1日～5月31日", "2026/6/1～2026/6/30"], ColumnKind.PERIOD),
        ("年度", ["令和5年度", "令和6年度", "令和7年度"], ColumnKind.YEAR),
        ("年度", ["2023", "2024", "2025"], ColumnKind.YEAR),
        ("定員", ["30", "45人", "1,200人"], ColumnKind.NUMBER),
        ("増減", ["△3", "12", "-"], ColumnKind.NUMBER),
        ("地区", ["北部", "南部", "北部", "北部", "南部", "南部"], ColumnKind.CATEGORY),
        ("施設名", ["中央館", "北館", "南館"], ColumnKind.NAME),
        ("施設名カナ", ["チュウオウカン", "キタカン", "ミナミカン"], ColumnKind.READING),
        ("所在地", ["北町1-1", "南町2-2-3", "西町3番地"], ColumnKind.ADDRESS),
        ("No.", ["1", "2", "3"], ColumnKind.ID),
        ("地区コード", ["101", "102", "103"], ColumnKind.ID),
        ("区", ["0101", "0102", "0103"], ColumnKind.ID),
        ("緯度", ["36.123456", "36.2345", "36.34567"], ColumnKind.COORDINATE),
        ("URL", ["https://a.example/1", "http://a.example/2", "www.a.example"], ColumnKind.LINK),
        ("メール", ["a@example.jp", "b@example.jp", "c.d@example.jp"], ColumnKind.MAIL),
        ("備考", ["", "-", ""], ColumnKind.TEXT),
    ],
)  # fmt: skip
def test_a_column_is_of_the_kind_that_its_cells_are(
    title: str, texts: Sequence[str], kind: ColumnKind
) -> None:
    assert kind_of(title, texts) is kind


def test_codes_like_telephones_and_years_like_numbers_are_told_by_their_title() -> None:
    assert kind_of("商品", ["12-3456", "23-4567", "34-5678"]) is not ColumnKind.PHONE
    assert kind_of("整理番号", ["1987", "1988", "1990"]) is ColumnKind.ID


SHAPES = [
    HALLS,
    f"公共施設のご案内\n令和8年4月1日現在\n{HALLS}※立ち見を含みます。\n",
    f"{HALLS}\n{SHELTERS}",
    "施設,開館時間,,電話\n,平日,土日,\n中央館,9:00～17:00,10:00～15:00,1\n北館,9:00～18:00,10:00～16:00,2\n",
    "#lang,ja\n#property,公園名,面積\n#object_type_xsd,string:ja,float\n1,中央公園,1200.5\n2,北公園,800\n",
    '品名,説明,数\n 紙 ,"「束」にして\n出す",1\n"石","袋、二重",　２\n木,"""小""さく切る",3\n',
    "あさひ館,北町1-1,30人\nいずみ館,南町2-2,45人\nうぐいす館,西町3-3,60人\n",
    HALLS.replace(",", "\t").replace("\n", "\r\n"),
    HALLS.replace(",", ";"),
    "施設名,地区,定員\n中央館,中央\n北館,北部,45,余り\n\n南館\n東館,東部,3\n",
]


@pytest.mark.parametrize("text", SHAPES)
def test_every_cell_stands_verbatim_in_the_document(text: str) -> None:
    _assert_verbatim(_document(text))


def _assert_verbatim(document: Document) -> None:
    """A cell is the document's text at its place, but for quotes within quotes, which a file doubles."""
    tables = tables_of(document)
    assert tables
    for table in tables:
        for cell in [cell for row in (*table.header, *table.rows, table.notes) for cell in row]:
            stands = document.text[cell.start : cell.end]
            assert stands == cell.text or stands.replace('""', '"') == cell.text
            assert cell.text == cell.text.strip()
        for row in (*table.header, *table.rows):
            assert all(table.start <= cell.start <= cell.end <= table.end for cell in row if cell.text)
            assert [cell.start for cell in row] == sorted(cell.start for cell in row)
        assert all(len(row) == len(table.columns) for row in table.rows)
