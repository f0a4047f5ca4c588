"""Printed lines to paragraphs: what was wrapped is joined, within a column and from column to column and page to page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.cell_rows import is_cells
from corpus.line_breaks import begins_anew
from corpus.pdf.printed_lines import Line
from corpus.pdf.running_heads import LaidPage
from corpus.pdf.text_edges import TextEdges, are_near, same_size
from corpus.pdf.types import PageTable

_SAME_EDGE = 0.6
"""Of the font size: lines that begin so near to each other begin alike."""
_FIRST_INDENT = 2.6
"""Of the font size: so far the first line of a paragraph may be set in."""
_CAPTION = re.compile(r"[（(][^（）()]+[)）]")
"""A line all in brackets, which stands over an article: （目的）."""
_OPEN = re.compile(r"[、，「『（(]$")
_FINISHED = re.compile(r"[。．！？!?：:]$|。[）」』)]$")
_LETTER = re.compile(r"[A-Za-z,;]$")
_HIRAGANA = re.compile(r"[ぁ-ん]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that are one text, each with the page on which it stands; or a table."""

    lines: tuple[tuple[int, Line], ...] = ()
    table: PageTable | None = None

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.table.page if self.table else self.lines[0][0]


def paragraphs(pages: Sequence[LaidPage]) -> Iterator[Paragraph]:
    """Yield the paragraphs and tables of pages, in order."""
    edges = TextEdges(pages)
    held: list[tuple[int, Line]] = []
    for page in pages:
        for part in page.parts:
            if isinstance(part, Line) and held and _goes_on(held, (page.number, part), edges):
                held.append((page.number, part))
                continue
            if held:
                yield Paragraph(tuple(held))
                held = []
            if isinstance(part, Line):
                held = [(page.number, part)]
            else:
                yield Paragraph(table=part)
    if held:
        yield Paragraph(tuple(held))


def joined(before: str, line: str) -> str:
    """Return what stands between two lines that are one text: a space between words of Latin letters."""
    return " " if _LETTER.search(before) and line[:1].isascii() and line[:1].isalnum() else ""


def _goes_on(held: Sequence[tuple[int, Line]], place: tuple[int, Line], edges: TextEdges) -> bool:
    """Tell whether a paragraph goes on in the next line."""
    (page, before), (number, line) = held[-1], place
    lines = [line for _, line in held]
    if begins_anew(line.text) or _CAPTION.fullmatch(line.text):
        return False
    if not same_size(before, line) or before.bold != line.bold:
        return False
    if _are_cells(line) and not _ends_first(lines, line):
        return False
    if page == number and before.column == line.column:
        return _goes_on_below(lines, line, edges)
    ahead = line.top < before.top if page == number else number - page == 1
    return ahead and before.vertical == line.vertical and _goes_on_elsewhere(lines, line, edges)


def _goes_on_below(lines: Sequence[Line], line: Line, edges: TextEdges) -> bool:
    before = lines[-1]
    if line.top <= before.top or not are_near(before, line) or _FINISHED.search(before.text):
        return False
    if not _begins_right(lines, line.left):
        return False
    return edges.is_full(before) or bool(_OPEN.search(before.text))


def _goes_on_elsewhere(lines: Sequence[Line], line: Line, edges: TextEdges) -> bool:
    """Tell whether running text goes on at the head of the next column or page."""
    before = lines[-1]
    if _FINISHED.search(before.text) or _are_cells(before) or not edges.is_full(before):
        return False
    prose = _HIRAGANA.search(before.text) and _HIRAGANA.search(line.text)
    return bool(prose) and _begins_right(lines, before.column_left + line.indent)


def _begins_right(lines: Sequence[Line], left: float) -> bool:
    """Tell whether a line that begins at `left` can go on a paragraph: flush, after a first line set in, or hanging."""
    before, first = lines[-1], lines[0]
    near = _SAME_EDGE * before.size
    if len(lines) > 1:
        return abs(left - before.left) < near
    if any(abs(left - cell) < near for cell in first.cells):
        return True
    hangs = begins_anew(first.text) and 0 < left - first.left < 4 * first.size
    return not _has_cells(first) and (hangs or 0 < first.left - left < _FIRST_INDENT * first.size)


def _has_cells(line: Line) -> bool:
    return len(line.cells) > 1


def _ends_first(lines: Sequence[Line], line: Line) -> bool:
    """Tell whether running text may end in a line beside something else: a note set to the right."""
    prose = _HIRAGANA.search(lines[-1].text) and _HIRAGANA.search(line.text)
    return bool(prose) and not any(map(_are_cells, lines))


def _are_cells(line: Line) -> bool:
    """Tell whether a line is a row of cells or of numbers."""
    return _has_cells(line) or is_cells(line.text)
