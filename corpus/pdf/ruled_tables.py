"""The tables of a page that are drawn with lines."""

from collections.abc import Iterator, Sequence

from corpus.pdf.cell_forms import is_number
from corpus.pdf.cell_lines import CellLine, joined, lines_of
from corpus.pdf.part_table import header_rows, part_table
from corpus.pdf.ruling_grids import Grid, Span, ruling_grids
from corpus.pdf.table_parts import Part, parts_of
from corpus.pdf.types import Glyph, PageContent, PageTable

_LEAST_FILLED = 0.25  # share of the cells with text; less is a form or a drawing
_MOST_PIECES = 3  # in a line of one cell: a name, how it is reckoned, its amount
_LEAST_ROWS = 3
_LEAST_AMOUNTS = 2  # of a table of one row


def ruled_tables(page: PageContent) -> Iterator[PageTable]:
    """Yield the tables of a page that are drawn with lines."""
    glyphs = [glyph for glyph in page.glyphs if glyph.text.strip() and glyph.upright]
    for grid in ruling_grids(page.rules):
        cells = {span: lines_of(found) for span, found in _placed(grid, glyphs).items()}
        if not _is_table(cells):
            continue
        whole = Part(grid.xs, cells)
        tables = (part_table(page.number, part, grid.ys, *header_rows(whole)) for part in parts_of(whole))
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
    return bool(filled) and enough and not drawn and (len(beside) > 1 or _is_row(cells) or _is_rest(cells))


def _is_row(cells: dict[Span, list[CellLine]]) -> bool:
    """Tell whether the cells are the one row of a table whose header stands above another: a name and amounts."""
    name, *others = [cells[span] for span in sorted(cells, key=lambda s: (s.top, s.left)) if cells[span]]
    amounts = sum(any(is_number(line.text.split()[-1]) for line in lines) for lines in others)
    return amounts >= _LEAST_AMOUNTS and not is_number(joined(name))


def _is_rest(cells: dict[Span, list[CellLine]]) -> bool:
    """Tell whether the cells may be the rest of a table: but for the name, which stands on the page before, all is filled."""
    first, *others = sorted(cells, key=lambda span: (span.left, span.top))
    height = max(span.bottom for span in cells)
    return not cells[first] and first.bottom > 1 and height >= _LEAST_ROWS and all(cells[s] for s in others)


def _is_drawing(lines: Sequence[CellLine]) -> bool:
    """Tell whether a cell holds a chart, or a table of its own."""
    return sum(len(line.pieces) > _MOST_PIECES for line in lines) >= _LEAST_ROWS
