"""Units that stand under a table's header, over the numbers: told in the header, where each reader looks for them."""

from corpus.pdf.cell_forms import is_amount, unit_in
from corpus.pdf.cell_lines import CellLine
from corpus.pdf.ruling_grids import Span
from corpus.pdf.table_parts import Part


def without_units(part: Part, depth: int) -> tuple[Part, dict[int, str]]:
    """Return a part without the units right below its `depth` rows of header, and the unit of each column.

    千円 over 13, 186,079 and 109,325 is the unit of all three.
    """
    cells, units = dict(part.cells), {}
    for column in range(part.width):
        span = next((s for s in cells if s.top == depth and s.left == column), None)
        if span and cells[span] and _is_unit(part, span, depth):
            units[column] = unit_in(cells[span][0].text)
            cells[span] = cells[span][1:]
    return Part(part.xs, cells), units


def _is_unit(part: Part, first: Span, depth: int) -> bool:
    """Tell whether a column begins with a unit: nothing but amounts stand below."""
    lines: list[CellLine] = [
        line
        for span, found in part.cells.items()
        if span.top >= depth and span.left <= first.left < span.right
        for line in found
    ]
    return bool(depth and unit_in(lines[0].text)) and all(is_amount(line.text) for line in lines[1:])
