"""An XLS workbook (Excel 97 to 2003) to a Document, as its sheets show it."""

import os
from typing import Any

from corpus.refusing import RefusedError
from corpus.tables.number_formats import is_date_code, shown_number, shown_text
from corpus.tables.sheet import Sheet
from corpus.tables.sheets import MOST_CELLS, one_line, too_many_cells, workbook_document
from corpus.types import Document, Problem

_NO_FILL, _SOLID = 0, 1
_BLACK, _WHITE = (0, 0, 0), (255, 255, 255)


def xls_document(
    data: bytes, *, id: str, title: str, publisher: str, source: str, fiscal_year: int | None = None
) -> tuple[Document, list[Problem]]:
    """Return the visible sheets of a workbook, one page a sheet."""
    return workbook_document(
        xls_sheets, data, id=id, title=title, publisher=publisher, source=source, fiscal_year=fiscal_year
    )


def xls_sheets(data: bytes) -> list[Sheet]:
    """Return the sheets of a workbook, hidden ones marked; raises RefusedError for one with a password."""
    import xlrd

    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        try:
            book = xlrd.open_workbook(
                file_contents=data, formatting_info=True, ragged_rows=True, logfile=nowhere
            )
        except xlrd.XLRDError as error:
            if "encrypted" in str(error):
                message = "パスワードが掛かっていて開けません。パスワードを外して保存し直してください。"
                raise RefusedError(message, code="password") from error
            raise
    codes = [_code(book, xf) for xf in book.xf_list]
    unseen = [_is_unseen(book, xf) for xf in book.xf_list]
    sheets, read = [], 0
    for table in book.sheets():
        sheet = _sheet(table, codes, unseen, from_1904=book.datemode == 1)
        read += sum(len(cells) for cells in sheet.rows.values())
        if read > MOST_CELLS:
            raise too_many_cells()
        sheets.append(sheet)
    return sheets


def _code(book: Any, style: Any) -> str:
    known = book.format_map.get(style.format_key)
    return (known.format_str if known else "") or "General"


def _is_unseen(book: Any, style: Any) -> bool:
    """Tell whether the letters of a style have the colour of their ground, or its format shows nothing."""
    if _code(book, style).strip() == ";;;":
        return True
    font = book.colour_map.get(book.font_list[style.font_index].colour_index) or _BLACK
    ground = style.background
    if ground.fill_pattern not in (_NO_FILL, _SOLID):
        return False
    fill = book.colour_map.get(ground.pattern_colour_index) if ground.fill_pattern == _SOLID else _WHITE
    return bool(font == fill)


def _sheet(table: Any, codes: list[str], unseen: list[bool], *, from_1904: bool) -> Sheet:
    import xlrd

    sheet = Sheet(table.name, hidden=table.visibility != 0)
    # xlrd gives ranges whose ends lie behind them.
    sheet.merged = [(top, bottom - 1, left, right - 1) for top, bottom, left, right in table.merged_cells]
    sheet.hidden_rows = {row for row, info in table.rowinfo_map.items() if info.hidden or info.height == 0}
    sheet.hidden_columns = [
        (column, column) for column, info in table.colinfo_map.items() if info.hidden or info.width == 0
    ]
    sheet.comments = len(table.cell_note_map)
    for row in range(table.nrows):
        cells = {}
        for column, kind in enumerate(table.row_types(row)):
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                continue
            style = table.cell_xf_index(row, column)
            shown, number = _shown(kind, table.cell_value(row, column), codes[style], from_1904=from_1904)
            if unseen[style]:
                sheet.unseen.append((row, column))
                continue
            if shown:
                cells[column] = shown
            if shown and number:
                sheet.numbers.add((row, column))
        if cells:
            sheet.rows[row] = cells
    return sheet


def _shown(kind: int, value: Any, code: str, *, from_1904: bool) -> tuple[str, bool]:
    """Return what a cell shows, and whether it is a number."""
    import xlrd

    if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return one_line(shown_number(value, code, from_1904=from_1904)), not is_date_code(code)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return ("TRUE" if value else "FALSE"), False
    if kind == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(value, ""), False
    if kind == xlrd.XL_CELL_TEXT:
        return one_line(value if code in ("General", "@") else shown_text(value, code)), False
    return "", False
