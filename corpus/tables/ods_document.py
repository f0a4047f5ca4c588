"""An OpenDocument spreadsheet (ODS) to a Document: its file holds each cell as the sheet shows it."""

import re
from collections.abc import Iterator
from typing import Any

from corpus.file_limits import LARGEST_FILE, open_zip
from corpus.refusing import RefusedError
from corpus.tables.sheet import Sheet
from corpus.tables.sheets import MOST_CELLS, one_line, too_many_cells, workbook_document
from corpus.types import Document, Problem

_UNSHOWN = ("collapse", "filter")
_NUMBERS = ("float", "percentage", "currency")
_TABLE, _OFFICE, _TEXT, _STYLE = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("table", "office", "text", "style")
)
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_BLACK, _WHITE = "#000000", "#ffffff"
_SPACES = re.compile(r"[ \t\r\n]+")


def ods_document(
    data: bytes, *, id: str, title: str, publisher: str, source: str, fiscal_year: int | None = None
) -> tuple[Document, list[Problem]]:
    """Return the visible sheets of a spreadsheet, one page a sheet."""
    return workbook_document(
        ods_sheets, data, id=id, title=title, publisher=publisher, source=source, fiscal_year=fiscal_year
    )


def ods_sheets(data: bytes) -> list[Sheet]:
    """Return the sheets of a spreadsheet, hidden ones marked; raises RefusedError for one with a password."""
    from lxml import etree

    with open_zip(data) as archive:
        if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read(
            "META-INF/manifest.xml"
        ):
            message = "パスワードが掛かっていて開けません。パスワードを外して保存し直してください。"
            raise RefusedError(message, code="password")
        size = archive.getinfo("content.xml").file_size
        if size > LARGEST_FILE:  # it is held in memory as a whole
            message = f"展開すると {size / 1e6:,.0f} MB になるので読みません。必要な表だけのファイルに分けてください。"
            raise RefusedError(message, code="size")
        with archive.open("content.xml") as file:
            root = etree.parse(
                file, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
            ).getroot()
    hidden = set(_hidden_styles(root))
    reader = _Reader(frozenset(_unseen_styles(root)))
    tables = root.iterfind(f".//{_OFFICE}spreadsheet/{_TABLE}table")
    return [reader.sheet(table, hidden=table.get(f"{_TABLE}style-name") in hidden) for table in tables]


def _hidden_styles(root: Any) -> Iterator[str]:
    """Yield the names of the styles of hidden sheets."""
    for style in root.iter(f"{_STYLE}style"):
        if any(part.get(f"{_TABLE}display") == "false" for part in style.iter(f"{_STYLE}table-properties")):
            yield style.get(f"{_STYLE}name")


def _unseen_styles(root: Any) -> Iterator[str]:
    """Yield the names of the cell styles whose letters have the colour of their ground."""
    for style in root.iter(f"{_STYLE}style"):
        letters = style.find(f"{_STYLE}text-properties")
        ground = style.find(f"{_STYLE}table-cell-properties")
        colour = letters.get(f"{_FO}color") if letters is not None else None
        fill = ground.get(f"{_FO}background-color") if ground is not None else None
        if (colour or _BLACK).lower() == (_WHITE if fill in (None, "transparent") else fill).lower():
            yield style.get(f"{_STYLE}name")


class _Reader:
    """Reads the sheets of one file; counts the cells of all."""

    def __init__(self, unseen: frozenset[str]) -> None:
        self._unseen = unseen
        self._read = 0

    def sheet(self, table: Any, *, hidden: bool) -> Sheet:
        sheet = Sheet(table.get(f"{_TABLE}name", ""), hidden=hidden)
        column = 0
        for element in _own(table, "table-column"):
            count = _repeated(element, "columns")
            if _is_hidden(element):
                sheet.hidden_columns.append((column, column + count - 1))
            column += count
        number = 0
        for element in _own(table, "table-row"):
            number += self._row(sheet, number, element)
        return sheet

    def _row(self, sheet: Sheet, number: int, row: Any) -> int:
        """Read a row and as many like it as the file says; return how many they are."""
        count = _repeated(row, "rows")
        cells, numbers, unsaved = self._cells(sheet, number, row)
        if not cells and not unsaved:
            return count
        self._read += len(cells) * count
        if self._read > MOST_CELLS:
            raise too_many_cells()
        for place in range(number, number + count):
            sheet.rows[place] = dict(cells)
            sheet.numbers |= {(place, column) for column in numbers}
            sheet.unsaved += [(place, column) for column in unsaved]
            if _is_hidden(row):
                sheet.hidden_rows.add(place)
        return count

    def _cells(self, sheet: Sheet, number: int, row: Any) -> tuple[dict[int, str], list[int], list[int]]:
        cells: dict[int, str] = {}
        numbers: list[int] = []
        unsaved: list[int] = []
        column = 0
        for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            count = _repeated(cell, "columns")
            shown = _shown(cell) if cell.tag == f"{_TABLE}table-cell" else ""
            columns = range(column, column + count)
            sheet.comments += cell.find(f"{_OFFICE}annotation") is not None
            if shown and cell.get(f"{_TABLE}style-name") in self._unseen:
                sheet.unseen.append((number, column))
            elif shown:
                self._read += count
                if self._read > MOST_CELLS:
                    raise too_many_cells()
                cells |= dict.fromkeys(columns, shown)
                numbers += columns if cell.get(f"{_OFFICE}value-type") in _NUMBERS else ()
            elif cell.get(f"{_TABLE}formula") and not cell.get(f"{_OFFICE}value-type"):
                unsaved.append(column)
            height, width = (int(cell.get(f"{_TABLE}number-{way}-spanned", 1)) for way in ("rows", "columns"))
            if height > 1 or width > 1:
                sheet.merged.append((number, number + height - 1, column, column + width - 1))
            column += count
        return cells, numbers, unsaved


def _own(table: Any, name: str) -> Iterator[Any]:
    """Yield a table's own rows or columns, those in groups and headers included."""
    for element in table.iter(f"{_TABLE}{name}"):
        if next(element.iterancestors(f"{_TABLE}table")) is table:
            yield element


def _repeated(element: Any, what: str) -> int:
    return max(1, int(element.get(f"{_TABLE}number-{what}-repeated", 1)))


def _is_hidden(element: Any) -> bool:
    groups = (f"{_TABLE}table-row-group", f"{_TABLE}table-column-group")
    return element.get(f"{_TABLE}visibility") in _UNSHOWN or any(
        group.get(f"{_TABLE}display") == "false" for group in element.iterancestors(*groups)
    )


def _shown(cell: Any) -> str:
    """Return a cell's text, its lines parted by spaces; a cell that a program wrote without one shows its value."""
    lines = [_line(line) for line in cell.iterchildren(f"{_TEXT}p")]
    if lines:
        return one_line(" ".join(lines))
    for name in ("string-value", "date-value", "value"):
        value = cell.get(f"{_OFFICE}{name}")
        if value:
            return one_line(value)
    return ""


def _line(element: Any) -> str:
    """Return the text of a paragraph, without readings (ruby) and notes."""
    text = _SPACES.sub(" ", element.text or "")
    for child in element:
        name = child.tag
        if name == f"{_TEXT}s":
            text += " " * min(int(child.get(f"{_TEXT}c", 1)), 100)
        elif name in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            text += " "
        elif name not in (f"{_TEXT}ruby-text", f"{_TEXT}note", f"{_OFFICE}annotation") and isinstance(
            name, str
        ):
            text += _line(child)
        text += _SPACES.sub(" ", child.tail or "")
    return text
