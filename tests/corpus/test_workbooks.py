"""Workbooks (XLSX, XLS, ODS) are read as their sheets show them."""

import datetime
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from corpus.library import read_file
from corpus.types import Document, Problem


def _saved(book: Any, path: Path) -> tuple[Document | None, list[Problem]]:
    book.save(str(path))
    return read_file(path)


def _text(book: Any, path: Path) -> str:
    document, problems = _saved(book, path)
    assert document is not None, problems
    return document.text


def _lines(book: Any, path: Path) -> list[str]:
    return _text(book, path).split("\n")[1:-1]


def _book(*rows: Any) -> tuple[Any, Any]:
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "一覧"
    for row in rows:
        sheet.append(row)
    return book, sheet


def _patched(
    book: Any, path: Path, part: str, change: tuple[str, str]
) -> tuple[Document | None, list[Problem]]:
    """Save a workbook with one string of a part replaced: what Excel writes and openpyxl cannot."""
    data = BytesIO()
    book.save(data)
    with ZipFile(data) as old, ZipFile(path, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == part:
                assert change[0].encode() in text
                text = text.replace(change[0].encode(), change[1].encode())
            new.writestr(name, text)
    return read_file(path)


def _hidden(problems: list[Problem]) -> list[str]:
    return [problem.message for problem in problems if problem.code == "hidden"]


def test_numbers_dates_and_texts_are_as_shown(tmp_path: Path) -> None:
    day, time = datetime.datetime(2024, 4, 1, 13, 30), datetime.time(9, 0)
    cells: list[tuple[Any, str, str]] = [
        (1500, '#,##0"円"', "1,500円"),
        (0.456, "0%", "46%"),
        (7, "0000", "0007"),
        (day, 'yyyy"年"m"月"d"日"', "2024年4月1日"),
        (day, '[$-411]ggge"年"m"月"d"日"', "令和6年4月1日"),
        (day, "yyyy/m/d h:mm", "2024/4/1 13:30"),
        (day.date(), "mm-dd-yy", "2024/4/1"),
        (time, "h:mm", "9:00"),
        (datetime.timedelta(hours=30), "[h]:mm", "30:00"),
        (2.5, "General", "2.5"),
        ("一行目\n二行目", "General", "一行目 二行目"),
        ("山田", '@"様"', "山田様"),
        (True, "General", "TRUE"),
        ("#N/A", "General", "#N/A"),
    ]
    book, sheet = _book()
    for number, (value, code, _) in enumerate(cells, 1):
        sheet.cell(number, 1, value).number_format = code
    assert _lines(book, tmp_path / "t.xlsx") == [shown for _, _, shown in cells]


def test_hidden_rows_and_columns_are_left_out_and_counted(tmp_path: Path) -> None:
    book, sheet = _book(["施設", "担当者", "電話"], ["本館", "山田", "1"], ["別館", "佐藤", "2"])
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    sheet.row_dimensions[9].hidden = True
    document, problems = _saved(book, tmp_path / "t.xlsx")
    assert document is not None
    assert document.text == "# 一覧\n施設\t電話\n本館\t1\n"
    (message,) = _hidden(problems)
    assert "行 1 行と列 1 列（B）" in message


def test_grouped_and_narrow_columns_are_hidden_too(tmp_path: Path) -> None:
    book, sheet = _book(["a", "b", "c", "d", "e"])
    sheet.column_dimensions.group("B", "C", hidden=True)
    sheet.column_dimensions["D"].width = 77
    document, _ = _patched(book, tmp_path / "t.xlsx", "xl/worksheets/sheet1.xml", ('width="77"', 'width="0"'))
    assert document is not None
    assert document.text == "# 一覧\na\te\n"


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_not_published(tmp_path: Path, state: str) -> None:
    book, _ = _book(["公開"])
    secret = book.create_sheet("名簿")
    secret.append(["非公開の人"])
    secret.sheet_state = state
    book.create_sheet("空").sheet_state = state
    document, problems = _saved(book, tmp_path / "t.xlsx")
    assert document is not None
    assert "非公開の人" not in document.text
    (message,) = _hidden(problems)
    assert "「名簿」" in message


def test_letters_in_the_colour_of_their_ground_and_comments_are_not_published(tmp_path: Path) -> None:
    """White on nothing, black on black, a format that shows nothing; white letters of a dark header are shown."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill
    from openpyxl.styles.colors import Color

    book, sheet = _book(["施設", "担当", "電話", "内線", "備考", "面積"], ["本館", "山田", "012", 7, "秘", 5])
    dark = PatternFill("solid", fgColor="FF003366")
    for cell in sheet[1]:
        cell.font, cell.fill = Font(color="FFFFFFFF"), dark
    sheet["B2"].font = Font(color=Color(theme=0))
    sheet["C2"].fill = PatternFill("solid", fgColor="FF000000")
    sheet["D2"].number_format = ";;;"
    sheet["E2"].font, sheet["E2"].fill = Font(color="FF003366"), dark
    sheet["A2"].comment = Comment("内部の覚え書き", "係")
    document, problems = _saved(book, tmp_path / "t.xlsx")
    assert document is not None
    assert document.text == "# 一覧\n施設\t担当\t電話\t内線\t備考\t面積\n本館\t\t\t\t\t5\n"
    cells, comments = _hidden(problems)
    assert "B2・C2・D2 など 4 個" in cells
    assert "コメント 1 件" in comments


def test_a_merged_word_holds_for_its_rows_and_stands_once_at_the_left_of_its_columns(tmp_path: Path) -> None:
    book, sheet = _book(["区分", "料金", None], [None, "大人", "子"], ["昼", 300, 100])
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:C1")
    assert _lines(book, tmp_path / "t.xlsx") == ["区分\t料金", "区分\t大人\t子", "昼\t300\t100"]


def test_a_merged_word_of_a_hidden_column_stands_in_the_next(tmp_path: Path) -> None:
    book, sheet = _book(["題", None, None], ["a", "b", "c"])
    sheet.merge_cells("A1:C1")
    sheet.column_dimensions["A"].hidden = True
    assert _lines(book, tmp_path / "t.xlsx") == ["題", "b\tc"]


def test_readings_above_words_are_no_text(tmp_path: Path) -> None:
    """Excel keeps the furigana of what was typed beside the text."""
    book, _ = _book(["窓口"])
    document, _ = _patched(
        book,
        tmp_path / "t.xlsx",
        "xl/sharedStrings.xml",
        ("</si>", '<rPh sb="0" eb="2"><t>マドグチ</t></rPh></si>'),
    )
    assert document is not None
    assert document.text == "# 一覧\n窓口\n"


def test_formulas_give_saved_values_and_those_without_are_one_problem_a_sheet(tmp_path: Path) -> None:
    book, _ = _book(["合計", "=1+1", "=2+2"])
    document, problems = _saved(book, tmp_path / "t.xlsx")
    assert document is not None
    assert document.text == "# 一覧\n合計\n"
    assert [problem.code for problem in problems] == ["formula"]
    assert "B1・C1" in problems[0].message


def test_a_workbook_with_macros_is_read_as_values(tmp_path: Path) -> None:
    book, _ = _book(["本館", 1])
    assert _lines(book, tmp_path / "t.xlsm") == ["本館\t1"]


def test_every_sheet_is_a_page(tmp_path: Path) -> None:
    book, _ = _book(["a"])
    book.create_sheet("二").append(["b"])
    document, _ = _saved(book, tmp_path / "t.xlsx")
    assert document is not None
    assert [document.text[page.start : page.end] for page in document.pages] == ["# 一覧\na\n", "# 二\nb\n"]


def _xls() -> tuple[Any, Any]:
    import xlwt

    book = xlwt.Workbook()
    return book, book.add_sheet("一覧")


def test_an_old_workbook_is_read_as_shown(tmp_path: Path) -> None:
    import xlwt

    book, sheet = _xls()
    cells: list[tuple[Any, str, str]] = [
        (1500, '#,##0"円"', "1,500円"),
        (7, "0000", "0007"),
        (datetime.datetime(2024, 4, 1), 'yyyy"年"m"月"d"日"', "2024年4月1日"),
        (0.375, "h:mm", "9:00"),
        (0.456, "0%", "46%"),
        ("一行目\n二行目", "General", "一行目 二行目"),
    ]
    for row, (value, code, _) in enumerate(cells):
        sheet.write(row, 0, value, xlwt.easyxf(num_format_str=code))
    assert _lines(book, tmp_path / "t.xls") == [shown for _, _, shown in cells]


def test_hidden_things_of_an_old_workbook_are_left_out_and_merged_words_hold(tmp_path: Path) -> None:
    book, sheet = _xls()
    sheet.write_merge(0, 1, 0, 0, "区分")
    for row, words in enumerate([("料金", "内部"), ("大人", "秘")]):
        for column, word in enumerate(words, 1):
            sheet.write(row, column, word)
    sheet.write(2, 0, "隠し行")
    sheet.row(2).hidden = True
    sheet.col(2).hidden = True
    secret = book.add_sheet("名簿")
    secret.write(0, 0, "人")
    secret.visibility = 2
    document, problems = _saved(book, tmp_path / "t.xls")
    assert document is not None
    assert document.text == "# 一覧\n区分\t料金\n区分\t大人\n"
    assert len(_hidden(problems)) == 2


def test_letters_in_the_colour_of_their_ground_of_an_old_workbook_are_not_published(tmp_path: Path) -> None:
    import xlwt

    book, sheet = _xls()
    sheet.write(0, 0, "見出し", xlwt.easyxf("font: colour white; pattern: pattern solid, fore_colour black"))
    sheet.write(1, 0, "白い字", xlwt.easyxf("font: colour white"))
    sheet.write(2, 0, "黒塗り", xlwt.easyxf("pattern: pattern solid, fore_colour black"))
    sheet.write(3, 0, "空の表示", xlwt.easyxf(num_format_str=";;;"))
    sheet.write(4, 0, "本文")
    document, problems = _saved(book, tmp_path / "t.xls")
    assert document is not None
    assert document.text == "# 一覧\n見出し\n\n本文\n"
    assert "A2・A3・A4 は" in _hidden(problems)[0]


def _ods() -> tuple[Any, Any]:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table

    book = OpenDocumentSpreadsheet()
    table = Table(name="一覧")
    book.spreadsheet.addElement(table)
    return book, table


def _ods_row(table: Any, *cells: tuple[str, dict[str, Any]], **about: Any) -> None:
    from odf.table import TableCell, TableRow
    from odf.text import P

    row = TableRow(**about)
    for text, told in cells:
        cell = TableCell(**told)
        for line in text.split("\n") if text else []:
            cell.addElement(P(text=line))
        row.addElement(cell)
    table.addElement(row)


def test_an_open_document_sheet_is_read_as_shown(tmp_path: Path) -> None:
    from odf.table import TableColumn

    book, table = _ods()
    table.addElement(TableColumn())
    table.addElement(TableColumn(visibility="collapse"))
    table.addElement(TableColumn(numbercolumnsrepeated=1022))
    word: dict[str, Any] = {"valuetype": "string"}
    _ods_row(table, ("施設", word), ("内部", word), ("料金", word))
    _ods_row(table, ("本館\n1階", word), ("秘", word), ("1,500円", {"valuetype": "float", "value": 1500}))
    _ods_row(table, ("隠し行", word), visibility="collapse")
    _ods_row(table, ("", {"numbercolumnsrepeated": 1024}), numberrowsrepeated=1_048_570)
    document, problems = _saved(book, tmp_path / "t.ods")
    assert document is not None
    assert document.text == "# 一覧\n施設\t料金\n本館 1階\t1,500円\n"
    assert [problem.code for problem in problems] == ["hidden"]


def test_what_an_open_document_sheet_does_not_show_is_not_published(tmp_path: Path) -> None:
    from odf.office import Annotation
    from odf.style import Style, TableCellProperties, TextProperties
    from odf.table import TableCell, TableRow
    from odf.text import P

    book, table = _ods()
    row = TableRow()
    for name, colour, ground in (
        ("白", "#FFFFFF", None),
        ("黒", None, "#000000"),
        ("濃", "#ffffff", "#003366"),
    ):
        style = Style(name=name, family="table-cell")
        if colour:
            style.addElement(TextProperties(color=colour))
        if ground:
            style.addElement(TableCellProperties(backgroundcolor=ground))
        book.automaticstyles.addElement(style)
        cell = TableCell(stylename=name, valuetype="string")
        cell.addElement(P(text=f"{name}い字"))
        row.addElement(cell)
    noted = Annotation()
    noted.addElement(P(text="内部の覚え書き"))
    cell.addElement(noted)
    table.addElement(row)
    document, problems = _saved(book, tmp_path / "t.ods")
    assert document is not None
    assert document.text == "# 一覧\n\t\t濃い字\n"
    cells, comments = _hidden(problems)
    assert "A1・B1 は" in cells
    assert "コメント 1 件" in comments


def test_repeated_cells_and_merged_words_of_an_open_document_sheet_hold(tmp_path: Path) -> None:
    book, table = _ods()
    word: dict[str, Any] = {"valuetype": "string"}
    _ods_row(table, ("区分", word | {"numberrowsspanned": 2}), ("○", word | {"numbercolumnsrepeated": 3}))
    _ods_row(table, ("", {}), ("大人", word))
    document, _ = _saved(book, tmp_path / "t.ods")
    assert document is not None
    assert document.text == "# 一覧\n区分\t○\t○\t○\n区分\t大人\n"


def _xlsx_bytes() -> bytes:
    book, _ = _book(["本館", 1])
    data = BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("t.csv", _xlsx_bytes, "# 一覧\n本館\t1\n"),
        ("t.xls", _xlsx_bytes, "# 一覧\n本館\t1\n"),
        ("t.xlsx", lambda: "本館,1\n".encode("cp932"), "本館,1"),
        ("t.xls", lambda: b"a\tb\n1\t2\n", "a\tb\n1\t2"),
        (
            "t.xls",
            lambda: "<table><tr><th>館</th><th>数</th></tr><tr><td>本館</td><td>1</td></tr></table>".encode(),
            "| 館 | 数 |\n| --- | --- |\n| 本館 | 1 |",
        ),
    ],
)
def test_a_file_is_read_by_its_content_and_a_problem_says_so(
    tmp_path: Path, name: str, data: Callable[[], bytes], text: str
) -> None:
    (tmp_path / name).write_bytes(data())
    document, problems = read_file(tmp_path / name)
    assert document is not None
    assert document.text == text
    assert [problem.code for problem in problems] == ["ending"]
    assert name in problems[0].message


@pytest.mark.parametrize("name", ["t.xlsx", "t.xls", "t.ods"])
@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_a_file_cut_short_is_a_problem_and_no_crash(tmp_path: Path, name: str, kept: float) -> None:
    book, sheet = {"t.xlsx": _book, "t.xls": _xls, "t.ods": _ods}[name]()
    if name == "t.ods":
        _ods_row(sheet, ("本館", {"valuetype": "string"}))
    elif name == "t.xls":
        sheet.write(0, 0, "本館")
    else:
        sheet.append(["本館"])
    book.save(str(tmp_path / name))
    data = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(data[: int(len(data) * kept)])
    document, problems = read_file(tmp_path / name)
    assert document is None or problems == []
    assert all(name in problem.message and "ください" in problem.message for problem in problems)
