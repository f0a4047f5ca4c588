"""The cells of a table → its rows: header in one row, names told in every row over which they stand, units in the header."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.pdf.band_rows import BandCell, band_rows
from corpus.pdf.cell_forms import may_be_title
from corpus.pdf.cell_lines import CellLine, joined
from corpus.pdf.header_units import without_units
from corpus.pdf.inner_columns import with_inner_columns
from corpus.pdf.table_parts import Part
from corpus.pdf.types import PageTable

_TALLEST_HEADER = 4  # rows
_LONGEST_NAME = (
    100  # characters of a cell over several rows: what is longer is no name of them, and told in the first
)


def part_table(page: int, part: Part, ys: Sequence[float], title: int, depth: int) -> PageTable:
    """Return a table whose rows lie between the places `ys`; its header begins after `title` rows, ends after `depth`."""
    part, units = without_units(with_inner_columns(part, depth), depth)
    titles = [_title_of(part, column, title, depth) for column in range(part.width)]
    header = [f"{text}（{units[n]}）" if n in units else text for n, text in enumerate(titles)]
    above = [[text, *[""] * (part.width - 1)] for text in _texts(part, 0, title) if text]
    first = [(ys[0], row) for row in (*above, header)]
    body = [row for top, band in _bands(part, depth) for row in band_rows(band, ys[top])]
    headed = depth > title and not above
    return _filled(
        PageTable(page, part.xs[0], ys[0], part.xs[-1], ys[-1], (), headed, part.xs),
        [*first, *body],
    )


def _filled(table: PageTable, rows: Sequence[tuple[float, list[str]]]) -> PageTable:
    """Return a table of rows without those in which nothing stands, and without such columns where there is a header."""
    every = range(len(table.sides) - 1)
    columns = [n for n in every if not table.headed or any(row[n] for _, row in rows)]
    sides = (*(table.sides[column] for column in columns), table.sides[columns[-1] + 1])
    kept = [(top, tuple(row[column] for column in columns)) for top, row in rows if any(row)]
    return replace(table, rows=tuple(row for _, row in kept), sides=sides, tops=tuple(top for top, _ in kept))


def header_rows(part: Part) -> tuple[int, int]:
    """Return after how many rows of titles over the whole width the header begins, and after how many rows it ends.

    What stands over the whole width and over titles of several columns is a part of the header, no title. It is as high
    as its highest cell where some title reaches over several columns, else one row; with a number in it, it is none.
    """
    title, rows = 0, max(span.bottom for span in part.cells)
    while title < rows and _is_title(part, title):
        title += 1
    top = [span for span in part.cells if span.top == title]
    wide = any(span.right - span.left > 1 for span in top)
    depth = max((span.bottom for span in top), default=title) if wide else title + 1
    title = 0 if wide else title
    depth = depth if depth - title <= _TALLEST_HEADER else title + 1
    held = [joined(lines) for span, lines in part.cells.items() if title <= span.top < depth and lines]
    return (title, depth) if held and all(map(may_be_title, held)) else (title, title)


def _is_title(part: Part, row: int) -> bool:
    """Tell whether a row is one cell, or empty."""
    begun = [span for span in part.cells if span.top == row]
    return any(s.left == 0 and s.right == part.width for s in begun) or not any(part.cells[s] for s in begun)


def _texts(part: Part, first: int, last: int) -> list[str]:
    spans = sorted((s for s in part.cells if first <= s.top < last), key=lambda s: (s.top, s.left))
    return [joined(part.cells[span]) for span in spans]


def _title_of(part: Part, column: int, first: int, last: int) -> str:
    """Return what stands over a column, from above, titles over several columns first."""
    spans = sorted(
        (s for s in part.cells if s.left <= column < s.right and first <= s.top < last), key=lambda s: s.top
    )
    return " ".join(text for span in spans if (text := joined(part.cells[span])))


def _bands(part: Part, depth: int) -> Iterator[tuple[int, list[BandCell]]]:
    """Yield the row of each line that some column has, and what stands between it and the next such line."""
    tops = sorted({span.top for span in part.cells if span.top >= depth})
    for top in tops:
        row = sorted((s for s in part.cells if s.top <= top < s.bottom), key=lambda s: s.left)
        band = [BandCell((), 0.0)] * part.width
        for span in row:
            began_above = span.top < top
            told = () if began_above and _is_long(part.cells[span]) else part.cells[span]
            band[span.left] = BandCell(told, part.xs[span.right], began_above, span.left in part.lists)
        yield top, band


def _is_long(lines: Sequence[CellLine]) -> bool:
    return sum(len(line.text) for line in lines) > _LONGEST_NAME
