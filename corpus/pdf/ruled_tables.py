"""Grids drawn with lines → tables: each cell's text, told again in every row over which the cell reaches."""

from collections.abc import Iterator, Sequence

from corpus.pdf.band_rows import BandCell, band_rows
from corpus.pdf.cell_forms import is_number
from corpus.pdf.cell_lines import CellLine, joined, lines_of
from corpus.pdf.header_units import with_units
from corpus.pdf.ruling_grids import Grid, Span, ruling_grids
from corpus.pdf.table_parts import Part, parts_of
from corpus.pdf.types import Glyph, PageContent, PageTable

_LEAST_FILLED = 0.25  # share of the cells with text; less is a form or a drawing
_TALLEST_HEADER = 4  # rows
_MOST_PIECES = 3  # in a line of one cell: a name, how it is reckoned, its amount
_LEAST_ROWS = 3


def ruled_tables(page: PageContent) -> Iterator[PageTable]:
    """Yield the tables of a page that are drawn with lines."""
    glyphs = [glyph for glyph in page.glyphs if glyph.text.strip() and glyph.upright]
    for grid in ruling_grids(page.rules):
        cells = {span: lines_of(found) for span, found in _placed(grid, glyphs).items()}
        if _is_table(cells):
            whole = Part(grid.xs, cells)
            for part in parts_of(whole):
                yield _table(page.number, grid, part, *header_rows(whole))


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
    return len(filled) >= _LEAST_FILLED * len(cells) and len(beside) > 1 and not drawn


def _is_drawing(lines: Sequence[CellLine]) -> bool:
    """Tell whether a cell holds a chart, or a table of its own."""
    return sum(len(line.pieces) > _MOST_PIECES for line in lines) >= _LEAST_ROWS


def _table(page: int, grid: Grid, part: Part, title: int, depth: int) -> PageTable:
    """Return a part as a table whose header begins after `title` rows and ends after `depth`."""
    header = [_title_of(part, column, title, depth) for column in range(part.width)]
    above = [[text, *[""] * (part.width - 1)] for text in _texts(part, 0, title)]
    body = [row for band in _bands(part, depth) for row in band_rows(band)]
    rows = [*above, *with_units([header, *body] if depth > title else body, headed=depth > title)]
    return PageTable(page, part.xs[0], grid.ys[0], part.xs[-1], grid.ys[-1], _filled(rows))


def _filled(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Return rows without those, and without those columns, in which nothing stands."""
    columns = [column for column in range(len(rows[0])) if any(row[column] for row in rows)]
    return tuple(tuple(row[column] for column in columns) for row in rows if any(row))


def header_rows(part: Part) -> tuple[int, int]:
    """Return after how many rows of titles over the whole width the header begins, and after how many rows it ends.

    It is as high as its highest cell where some title reaches over several columns, else one row. A number in it: none.
    """
    title = 0
    while any(s.top == title and s.left == 0 and s.right == part.width for s in part.cells):
        title += 1
    top = [span for span in part.cells if span.top == title]
    wide = any(span.right - span.left > 1 for span in top)
    depth = max((span.bottom for span in top), default=title) if wide else title + 1
    depth = depth if depth - title <= _TALLEST_HEADER else title + 1
    held = [line.text for span, lines in part.cells.items() if title <= span.top < depth for line in lines]
    return (title, depth) if held and not any(map(is_number, held)) else (title, title)


def _texts(part: Part, first: int, last: int) -> list[str]:
    spans = sorted((s for s in part.cells if first <= s.top < last), key=lambda s: (s.top, s.left))
    return [joined(part.cells[span]) for span in spans]


def _title_of(part: Part, column: int, first: int, last: int) -> str:
    """Return what stands over a column, from above, titles over several columns first."""
    spans = sorted(
        (s for s in part.cells if s.left <= column < s.right and first <= s.top < last), key=lambda s: s.top
    )
    return " ".join(text for span in spans if (text := joined(part.cells[span])))


def _bands(part: Part, depth: int) -> Iterator[list[BandCell]]:
    """Yield what stands between two lines that some column has, column for column."""
    tops = sorted({span.top for span in part.cells if span.top >= depth})
    for top in tops:
        row = sorted((s for s in part.cells if s.top <= top < s.bottom), key=lambda s: s.left)
        band = [BandCell((), 0.0)] * part.width
        for span in row:
            right = part.xs[span.right]
            band[span.left] = BandCell(part.cells[span], right, began_above=span.top < top)
        yield band
