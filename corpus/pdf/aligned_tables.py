"""The tables of a page without lines between their columns: told by numbers that stand below each other."""

import itertools
import re
from collections.abc import Iterator, Sequence

from corpus.pdf.aligned_columns import Column, aligned_columns, pieces_of
from corpus.pdf.aligned_header import header_above, header_cells
from corpus.pdf.aligned_rows import aligned_rows, is_near
from corpus.pdf.cell_forms import is_amount
from corpus.pdf.cell_lines import CellLine, lines_of
from corpus.pdf.part_table import part_table
from corpus.pdf.ruling_grids import Span
from corpus.pdf.table_parts import Part
from corpus.pdf.types import Glyph, PageContent, PageTable

_LEAST_ROWS = 3
_LEAST_HEADLESS = 6  # rows of a table without a header, which has two columns of numbers at least
_WIDEST_PITCH = 3.0  # of a line's height, from one line of a table to the next
_LEADERS = re.compile(r"[.．・･…‥]{3,}|(?:[.．・･…‥] ){3,}")
_SMALLEST = 4.0  # points: smaller print is no text for readers


def aligned_tables(page: PageContent, drawn: Sequence[PageTable]) -> Iterator[PageTable]:
    """Yield the tables of a page outside those that are drawn with lines."""
    free = [
        g for g in page.glyphs if g.upright and g.size >= _SMALLEST and not any(_holds(t, g) for t in drawn)
    ]
    lines = lines_of(free)
    for first, last in _runs(lines):
        yield from _tables(page.number, lines, first, _with_rest(lines, last))


def _holds(table: PageTable, glyph: Glyph) -> bool:
    return table.left <= glyph.left <= table.right and table.top <= glyph.top <= table.bottom


def _runs(lines: Sequence[CellLine]) -> Iterator[tuple[int, int]]:
    """Yield where runs of lines with numbers begin and end; lines of one piece may stand between."""
    first = last = None
    for number, line in enumerate(lines):
        broken = number > 0 and _is_apart(lines[number - 1], line)
        if first is not None and last is not None and (broken or _LEADERS.search(line.text)):
            yield first, last + 1
            first = None
        if _has_numbers(line) and not _LEADERS.search(line.text):
            first, last = number if first is None else first, number
        elif len(pieces_of(line)) > 1 and first is not None and last is not None:
            yield first, last + 1
            first = None
    if first is not None and last is not None:
        yield first, last + 1


def _with_rest(lines: Sequence[CellLine], last: int) -> int:
    """Return where a run ends with the line, if so near below, in which the name of its last row ends."""
    near = last < len(lines) and is_near(lines[last - 1], lines[last]) and len(pieces_of(lines[last])) == 1
    return last + 1 if near else last


def _is_apart(above: CellLine, line: CellLine) -> bool:
    height = min(above.bottom - above.top, line.bottom - line.top)
    return line.middle - above.middle > _WIDEST_PITCH * height


def _has_numbers(line: CellLine) -> bool:
    """Tell whether a line has numbers behind a name, or nothing but numbers: the name is broken around it."""
    pieces = pieces_of(line)
    return any(is_amount(p.text) for p in pieces[1:]) or all(is_amount(p.text) for p in pieces)


def _tables(page: int, lines: Sequence[CellLine], first: int, last: int) -> Iterator[PageTable]:
    """Yield the table of a run of lines; those of its parts where a line of one piece stands between two tables."""
    body = [line for line in lines[first:last] if _has_numbers(line)]
    if len(body) < _LEAST_ROWS:
        return
    columns = aligned_columns(body)
    names = [line for line in lines[first:last] if not _has_numbers(line)]
    if columns and all(line.right <= columns[1][0] for line in names):
        table = _table(page, lines, first, last, columns)
        if table:
            yield table
        return
    cuts = [n for n in range(first, last) if not _has_numbers(lines[n])]
    for start, end in zip([first, *(n + 1 for n in cuts)], [*cuts, last], strict=True) if cuts else ():
        yield from _tables(page, lines, start, end)


def _table(
    page: int, lines: Sequence[CellLine], first: int, last: int, columns: Sequence[Column]
) -> PageTable | None:
    above = header_above(lines, first, columns)
    rows = aligned_rows(lines[first:last], columns)
    if not above and (len(columns) < 3 or len(rows) < _LEAST_HEADLESS):
        return None
    cells = header_cells(above, columns)
    for number, row in enumerate(rows, len(above)):
        cells |= {Span(number, number + 1, column, column + 1): found for column, found in enumerate(row)}
    tops = [line.top for line in above] + [min(line.top for found in row for line in found) for row in rows]
    gaps = [(left[1] + right[0]) / 2 for left, right in itertools.pairwise(columns)]
    xs = (min(columns[0][0], *(line.left for line in above or lines[first:last])), *gaps, columns[-1][1])
    return part_table(page, Part(xs, cells), [*tops, lines[last - 1].bottom], 0, len(above))
