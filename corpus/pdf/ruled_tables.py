"""Grids drawn with lines → tables: each cell's text, told again in every row over which the cell reaches."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.pdf.band_rows import BandCell, band_rows
from corpus.pdf.cell_forms import is_number, is_year
from corpus.pdf.cell_lines import CellLine, joined, lines_of
from corpus.pdf.header_units import without_units
from corpus.pdf.inner_columns import with_inner_columns
from corpus.pdf.ruling_grids import Grid, Span, ruling_grids
from corpus.pdf.table_parts import Part, parts_of
from corpus.pdf.types import Glyph, PageContent, PageTable
from corpus.tables.header_finding import label_like

_LEAST_FILLED = 0.25  # share of the cells with text; less is a form or a drawing
_TALLEST_HEADER = 4  # rows
_LONGEST_NAME = (
    100  # characters: what is longer is told in the first of the rows over which it stands, no name of them
)
_MOST_PIECES = 3  # in a line of one cell: a name, how it is reckoned, its amount
_LEAST_ROWS = 3


def ruled_tables(page: PageContent) -> Iterator[PageTable]:
    """Yield the tables of a page that are drawn with lines."""
    glyphs = [glyph for glyph in page.glyphs if glyph.text.strip() and glyph.upright]
    for grid in ruling_grids(page.rules):
        cells = {span: lines_of(found) for span, found in _placed(grid, glyphs).items()}
        if not _is_table(cells):
            continue
        whole = Part(grid.xs, cells)
        tables = (_table(page.number, grid, part, *header_rows(whole)) for part in parts_of(whole))
        yield from (table for table in tables if len(table.rows) > table.headed)


def _placed(grid: Grid, glyphs: Sequence[Glyph]) -> dict[Span, list[Glyph]]:
    """Return what stands in each cell."""
    at = {(r, c): s for s in grid.spans for r in range(s.top, s.bottom) for c in range(s.left, s.right)}
    found: dict[Span, list[Glyph]] = {span: [] for span in grid.spans}
    for glyph in glyphs:
        row = _interval(grid.ys, (glyph.top + glyph.bottom) / 2)
        column = _interval(grid.xs, (glyph.left + glyph.right) / 2)
        if (row, column) in at:
            found[at[row, column]].append(glyph)
    return found


def _interval(places: Sequence[float], place: float) -> int:
    """Return between which places one stands: 0 between the first two; -1 before the first."""
    return sum(p <= place for p in places) - 1


def _is_table(cells: dict[Span, list[CellLine]]) -> bool:
    """Tell a table from boxes round running text: filled cells side by side in two rows at least."""
    filled = [span for span, lines in cells.items() if lines]
    beside = {span.top for span in filled if any(o.top <= span.top < o.bottom and o != span for o in filled)}
    drawn = any(_is_drawing(lines) for lines in cells.values())
    enough = len(filled) >= _LEAST_FILLED * len(cells)
    return enough and not drawn and (len(beside) > 1 or _is_rest(cells))


def _is_rest(cells: dict[Span, list[CellLine]]) -> bool:
    """Tell whether the cells may be the rest of a table: but for the name, which stands on the page before, all is filled."""
    first, *others = sorted(cells, key=lambda span: (span.left, span.top))
    height = max(span.bottom for span in cells)
    return not cells[first] and first.bottom > 1 and height >= _LEAST_ROWS and all(cells[s] for s in others)


def _is_drawing(lines: Sequence[CellLine]) -> bool:
    """Tell whether a cell holds a chart, or a table of its own."""
    return sum(len(line.pieces) > _MOST_PIECES for line in lines) >= _LEAST_ROWS


def _table(page: int, grid: Grid, part: Part, title: int, depth: int) -> PageTable:
    """Return a part as a table whose header begins after `title` rows and ends after `depth`."""
    part, units = without_units(with_inner_columns(part, depth), depth)
    titles = [_title_of(part, column, title, depth) for column in range(part.width)]
    header = [f"{text}（{units[n]}）" if n in units else text for n, text in enumerate(titles)]
    above = [[text, *[""] * (part.width - 1)] for text in _texts(part, 0, title)]
    first = [(grid.ys[0], row) for row in (*above, header)]
    body = [row for top, band in _bands(part, depth) for row in band_rows(band, grid.ys[top])]
    headed = depth > title and not title
    return _filled(
        PageTable(page, part.xs[0], grid.ys[0], part.xs[-1], grid.ys[-1], (), headed, part.xs),
        [*first, *body],
    )


def _filled(table: PageTable, rows: Sequence[tuple[float, list[str]]]) -> PageTable:
    """Return a table of rows without those, and without those columns, in which nothing stands; two columns remain."""
    every = range(len(table.sides) - 1)
    columns = [column for column in every if any(row[column] for _, row in rows)]
    columns = columns if len(columns) > 1 else list(every)
    sides = (*(table.sides[column] for column in columns), table.sides[columns[-1] + 1])
    kept = [(top, tuple(row[column] for column in columns)) for top, row in rows if any(row)]
    return replace(table, rows=tuple(row for _, row in kept), sides=sides, tops=tuple(top for top, _ in kept))


def header_rows(part: Part) -> tuple[int, int]:
    """Return after how many rows of titles over the whole width the header begins, and after how many rows it ends.

    What stands over the whole width and over titles of several columns is a part of the header, no title. It is as high
    as its highest cell where some title reaches over several columns, else one row; with a number in it, it is none.
    """
    title = 0
    while any(s.top == title and s.left == 0 and s.right == part.width for s in part.cells):
        title += 1
    top = [span for span in part.cells if span.top == title]
    wide = any(span.right - span.left > 1 for span in top)
    depth = max((span.bottom for span in top), default=title) if wide else title + 1
    title = 0 if wide else title
    depth = depth if depth - title <= _TALLEST_HEADER else title + 1
    held = [joined(lines) for span, lines in part.cells.items() if title <= span.top < depth and lines]
    return (title, depth) if held and all(map(_may_be_title, held)) else (title, title)


def _may_be_title(text: str) -> bool:
    return label_like(text) and (is_year(text) or not is_number(text))


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
            band[span.left] = BandCell(told, part.xs[span.right], began_above)
        yield top, band


def _is_long(lines: Sequence[CellLine]) -> bool:
    return sum(len(line.text) for line in lines) > _LONGEST_NAME
