"""A Word file (DOCX, DOCM) to a Document: its body in reading order with headings, numbered lists, tables and notes.

The parts are read as they are, for python-docx reaches neither lists' numbers, text boxes, notes nor revisions.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from corpus.file_limits import open_zip
from corpus.office.docx_numbering import Numbering
from corpus.office.docx_runs import RunReader, Runs, alternative, ends_page, is_deleted_mark, opens_page
from corpus.office.docx_styles import Styles
from corpus.office.docx_xml import W, is_on, value, whole
from corpus.office.hidden import COMMENTS, HIDDEN, REMOVED, Hidden
from corpus.office.office_document import office_document
from corpus.office.package import Package
from corpus.office.types import Contents, Paragraph, Part, Table, TableCell
from corpus.types import Document, Problem

_MAIN = "word/document.xml"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_LEFT_OUT = {f"{W}{name}" for name in ("sectPr", "tcPr", "tblPr", "trPr", "del", "moveFrom", "sdtPr")}
_WITHIN = re.compile(r"(?<=[^\s])\f([^\v\f]+)")
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def docx_document(
    data: bytes, *, id: str, title: str | None = None, **about: Any
) -> tuple[Document | None, list[Problem]]:
    """Return the Document of a Word file, None where it holds no text; `about` are the other fields of a Document."""
    return office_document(docx_contents, data, id=id, title=title, **about)


def docx_contents(data: bytes, hidden: Hidden) -> Contents:
    """Return what a Word file shows, and count what it hides."""
    with open_zip(data) as archive:
        package = Package(archive)
        main = package.main_part(_MAIN)
        body = package.root(main).find(f"{W}body")
        reader = _Body(package, main, hidden)
        properties = package.related_root("", "core-properties")
        comments = package.related_root(main, "comments")
        hidden.add(COMMENTS, len(comments) if comments is not None else 0)
        title = properties.findtext(_TITLE) if properties is not None else ""
        return Contents(tuple(reader.parts(body)), title or "")


class _Body:
    """One walk through the body; pages and numbers are counted on the way."""

    def __init__(self, package: Package, main: str, hidden: Hidden) -> None:
        self._hidden = hidden
        self._styles = Styles(package.related_root(main, "styles"))
        self._numbering = Numbering(package.related_root(main, "numbering"), self._styles)
        self._runs = RunReader(self._styles, hidden)
        self._notes = {
            kind: _notes(package.related_root(main, f"{kind}s")) for kind in ("footnote", "endnote")
        }
        self._page = 1
        self._fresh = True  # nothing stands on the page yet
        self._tables = 0  # how many are open
        self._open_notes: list[tuple[Any, str]] = []
        self._carried = Runs()

    def parts(self, element: Any) -> Iterator[Part]:
        """Yield what an element holds, in order."""
        for child in element:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._rows(child)
            elif child.tag == _COMPATIBLE:
                yield from self.parts(alternative(child))
            elif child.tag not in _LEFT_OUT and isinstance(child.tag, str):
                yield from self.parts(child)

    def _paragraph(self, paragraph: Any) -> Iterator[Part]:
        runs = self._carried.before(self._runs.read(paragraph))
        self._carried = Runs()
        if is_deleted_mark(paragraph):
            self._carried = runs
            return
        if opens_page(paragraph, self._styles):
            self._turn()
        if not self._is_contents(paragraph):
            yield from self._said(paragraph, runs)
        for box in runs.boxes:
            yield from self.parts(box)
        self._open_notes += [(self._notes[kind].get(name), mark) for kind, name, mark in runs.notes]
        yield from self._below()
        if ends_page(paragraph):
            self._turn()

    def _said(self, paragraph: Any, runs: Runs) -> Iterator[Part]:
        """Yield the text of a paragraph; where a page ends within a line of it, the next page begins below it."""
        mark, depth = "", 0
        if runs.text.strip():
            mark, depth = self._numbering.mark(paragraph)
        level = self._styles.heading_level(paragraph)
        for number, text in enumerate(_paged(runs.text)):
            self._turn() if number else None
            if text.strip(" 　\t\v"):
                self._fresh = False
                yield Paragraph(text.replace("\v", "\n"), self._page, level, mark, depth, strong=runs.bold)
                mark, depth = "", 0

    def _turn(self) -> None:
        """Begin a page; the breaks that follow one another are one."""
        if not self._fresh:
            self._page += 1
            self._fresh = True

    def _is_contents(self, paragraph: Any) -> bool:
        """Tell whether a paragraph is of a table of contents: its headings stand in the text, each at its place."""
        return self._styles.name(paragraph).startswith("toc ")

    def _below(self) -> Iterator[Part]:
        """Yield the notes that were called, each with its mark; those of a table stand below it."""
        if self._tables:
            return
        notes, self._open_notes = self._open_notes, []
        for note, mark in notes:
            for part in self.parts(note if note is not None else ()):
                if isinstance(part, Paragraph) and mark:
                    part, mark = replace(part, text=f"{mark} {part.text.strip(' 　')}"), ""
                yield part

    def _rows(self, table: Any) -> Iterator[Part]:
        page = self._page
        self._tables += 1
        grid = [cells for row in _own(table, "tr") if (cells := list(self._cells(row)))]
        self._tables -= 1
        rows = _spanned(grid)
        if rows:
            first = next(_own(table, "tr"))
            headed = is_on(first.find(f"{W}trPr/{W}tblHeader"))
            yield Table(rows, page, headed)
        yield from self._below()

    def _cells(self, row: Any) -> Iterator[tuple[int, int, bool, TableCell]]:
        """Yield the cells of a row: the column, the columns it covers, whether it goes on the one above, the cell."""
        kind = _unseen(row)
        if kind:
            self._hidden.add(kind, len("".join(text.text or "" for text in row.iter(f"{W}t", f"{W}delText"))))
            return
        column = whole(value(row.find(f"{W}trPr"), "gridBefore"), 0)
        if column:
            yield 0, column, False, TableCell((), column)
        for cell in _own(row, "tc"):
            properties = cell.find(f"{W}tcPr")
            width = max(1, whole(value(properties, "gridSpan"), 1))
            merge = properties.find(f"{W}vMerge") if properties is not None else None
            goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
            parts = tuple(self.parts(cell))
            bold = bool(parts) and all(isinstance(part, Paragraph) and part.strong for part in parts)
            heads = bold or self._styles.is_shaded(cell)
            yield column, width, goes_on, TableCell(parts, width, 1, heads)
            column += width


def _unseen(row: Any) -> tuple[str, str] | None:
    """Return why a row of a table is not shown, None where it is."""
    if row.find(f"{W}trPr/{W}del") is not None:
        return REMOVED
    return HIDDEN if is_on(row.find(f"{W}trPr/{W}hidden")) else None


def _paged(text: str) -> list[str]:
    """Return the lines of each page; a page that ends within a line ends behind it.

    >>> _paged("一頁の\\f続き\\v次"), _paged("\\f次の頁\\fの文")
    (['一頁の続き', '\\x0b次'], ['', '次の頁の文', ''])
    """
    moved = _WITHIN.sub(r"\1\f", text)
    while moved != text:
        text, moved = moved, _WITHIN.sub(r"\1\f", moved)
    return text.split("\f")


def _spanned(
    grid: list[list[tuple[int, int, bool, TableCell]]],
) -> tuple[tuple[TableCell, ...], ...]:
    """Return the rows with the heights of their cells; what goes on a cell above is of that cell."""
    rows: list[list[TableCell]] = []
    open_cells: dict[int, tuple[int, int]] = {}  # by column: the row and the place of the cell that may go on
    for number, cells in enumerate(grid):
        row: list[TableCell] = []
        for column, _, goes_on, cell in cells:
            if goes_on and column in open_cells:
                above, place = open_cells[column]
                whole_cell = rows[above][place]
                rows[above][place] = replace(
                    whole_cell, height=number - above + 1, parts=whole_cell.parts + cell.parts
                )
                continue
            open_cells[column] = (number, len(row))
            row.append(cell)
        rows.append(row)
    return tuple(map(tuple, rows))


def _own(element: Any, name: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, those in content controls included."""
    for child in element:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"):
            yield from _own(child, name)


def _notes(root: Any) -> dict[str, Any]:
    """Return the notes by their ids; separators are no notes."""
    notes = root if root is not None else ()
    return {note.get(f"{W}id"): note for note in notes if note.get(f"{W}type") in (None, "normal")}
