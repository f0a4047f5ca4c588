"""Units that stand under a table's header, over the numbers: told in the header, where each reader looks for them."""

from dataclasses import replace

from corpus.pdf.cell_forms import is_amount, unit_in
from corpus.pdf.cell_lines import CellLine
from corpus.pdf.table_parts import Part


def without_units(part: Part, depth: int) -> tuple[Part, dict[int, str]]:
    """Return a part without the units right below its `depth` rows of header, and the unit of each column.

    千円 over 13, 186,079 and 109,325 is the unit of all three, and that of another column that is empty but for 千円.
    """
    first = {span.left: span for span in part.cells if depth and span.top == depth and part.cells[span]}
    words = {column: unit_in(part.cells[span][0].text) for column, span in first.items()}
    below = {column: [line.text for line in _lines(part, column, depth)][1:] for column in first}
    sure = {words[column] for column in first if below[column] and all(map(is_amount, below[column]))}
    if not any(below.values()) and len({*words.values()}) == 1 < len(words):
        sure = {*words.values()}  # nothing but units: what they are of stands on other pages
    units = {n: word for n, word in words.items() if word in sure - {""} and all(map(is_amount, below[n]))}
    cells = dict(part.cells)
    for column in units:
        cells[first[column]] = cells[first[column]][1:]
    return replace(part, cells=cells), units


def _lines(part: Part, column: int, depth: int) -> list[CellLine]:
    """Return all lines below the header of a column."""
    spans = sorted(
        (s for s in part.cells if s.top >= depth and s.left <= column < s.right), key=lambda s: s.top
    )
    return [line for span in spans for line in part.cells[span]]
