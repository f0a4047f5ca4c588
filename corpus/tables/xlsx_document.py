"""An XLSX or XLSM workbook to a Document, as its sheets show it; macros are not read, formulas give their saved values.

The parts are streamed: a million rows that are formatted and empty cost time, but no memory.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from corpus.file_limits import open_zip
from corpus.tables.sheet import Area, Sheet
from corpus.tables.sheets import MOST_CELLS, too_many_cells, workbook_document
from corpus.tables.xlsx_cells import CellReader
from corpus.tables.xlsx_parts import Workbook, count_comments, elements, open_workbook
from corpus.types import Document, Problem

if TYPE_CHECKING:
    from zipfile import ZipFile

_NARROWEST = 0.0


def xlsx_document(
    data: bytes, *, id: str, title: str, publisher: str, source: str, fiscal_year: int | None = None
) -> tuple[Document, list[Problem]]:
    """Return the visible sheets of a workbook, one page a sheet; formulas give the values the file has saved."""
    return workbook_document(
        xlsx_sheets, data, id=id, title=title, publisher=publisher, source=source, fiscal_year=fiscal_year
    )


def xlsx_sheets(data: bytes) -> list[Sheet]:
    """Return the sheets of a workbook, hidden ones marked."""
    with open_zip(data) as archive:
        workbook = open_workbook(archive)
        return [
            _sheet(archive, part, Sheet(name, hidden=hidden), workbook)
            for name, part, hidden in workbook.sheets
        ]


def _sheet(archive: "ZipFile", part: str, sheet: Sheet, workbook: Workbook) -> Sheet:
    reader = CellReader(workbook)
    number = -1
    for kind, element in elements(archive, part, ("row", "col", "mergeCell", "sheetView")):
        if kind == "row":
            number = int(element.get("r", number + 2)) - 1
            _read_row(sheet, number, element, reader)
        elif kind == "col" and _is_hidden(element, "width"):
            sheet.hidden_columns.append((int(element.get("min")) - 1, int(element.get("max")) - 1))
        elif kind == "mergeCell":
            sheet.merged.append(area_of(element.get("ref")))
        elif kind == "sheetView":
            reader.shows_zeros = element.get("showZeros", "1") not in ("0", "false")
    sheet.comments = count_comments(archive, part)
    return sheet


def _read_row(sheet: Sheet, number: int, row: Any, reader: CellReader) -> None:
    cells = {}
    for column, cell in _cells(row):
        shown, is_number = reader.shown(cell)
        if shown is None:
            sheet.unsaved.append((number, column))
        elif reader.is_unseen(cell):
            sheet.unseen.append((number, column))
        elif shown:
            cells[column] = shown
            if is_number:
                sheet.numbers.add((number, column))
    reader.read += len(cells)
    if reader.read > MOST_CELLS:
        raise too_many_cells()
    if cells:
        sheet.rows[number] = cells
    if cells and _is_hidden(row, "ht"):
        sheet.hidden_rows.add(number)


def _cells(row: Any) -> Iterator[tuple[int, Any]]:
    """Yield the cells of a row that hold something with their columns; formatted empty ones are passed over."""
    column = -1
    for cell in row:
        name = cell.get("r")
        column = column_of(name) if name else column + 1
        if len(cell):
            yield column, cell


def _is_hidden(element: Any, size: str) -> bool:
    """Tell whether a row or column is hidden, by itself, by its group, by a filter, or by a size of 0."""
    return element.get("hidden") in ("1", "true") or float(element.get(size, "1") or 1) == _NARROWEST


def area_of(reference: str) -> Area:
    """Return a range: B2:C5 is rows 1 to 4, columns 1 to 2.

    >>> area_of("B2:C5")
    (1, 4, 1, 2)
    """
    first, _, last = reference.partition(":")
    last = last or first
    return row_of(first), row_of(last), column_of(first), column_of(last)


def row_of(name: str) -> int:
    """Return the row of a cell's name, counted from 0."""
    return int(name.strip("$ABCDEFGHIJKLMNOPQRSTUVWXYZ").replace("$", "")) - 1


def column_of(name: str) -> int:
    """Return the column of a cell's name, counted from 0: AA1 is 26."""
    column = 0
    for letter in name:
        if "A" <= letter <= "Z":
            column = column * 26 + ord(letter) - 64
    return column - 1
