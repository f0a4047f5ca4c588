"""A grid with its cells' lines → parts that are tables of their own: columns ruled alike."""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.pdf.cell_forms import is_number
from corpus.pdf.cell_lines import CellLine
from corpus.pdf.ruling_grids import Span


@dataclass(frozen=True, slots=True)
class Part:
    """Columns of a grid: the places of their sides, and their cells; `lists` are those whose lines are entries of a list."""

    xs: tuple[float, ...]
    cells: dict[Span, list[CellLine]]
    lists: frozenset[int] = frozenset()

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.xs) - 1


def parts_of(whole: Part) -> Iterator[Part]:
    """Yield the columns of a table, parted where a list runs beside rows to which its lines do not belong.

    In 節 | 説明 of a budget, the lines of 説明 run on beside the ruled rows of 節.
    """
    width = whole.width
    lists = [_is_list(whole, column) for column in range(width)]
    cut = next((n for n in range(width) if all(lists[n:])), width)
    crossed = any(span.left < cut < span.right for span in whole.cells)
    if 0 < cut < width and not crossed and not any(lists[:cut]):
        yield _part(whole, 0, cut)
        yield _part(whole, cut, width)
    else:
        yield whole


def _is_list(whole: Part, column: int) -> bool:
    """Tell whether some cell of a column reaches over several rows and has amounts of its own at the ends of its lines."""
    return any(
        span.bottom - span.top > 1 and sum(is_number(line.text.split()[-1]) for line in lines) > 1
        for span, lines in whole.cells.items()
        if span.left <= column < span.right
    )


def _part(whole: Part, left: int, right: int) -> Part:
    inside = {
        Span(span.top, span.bottom, span.left - left, span.right - left): lines
        for span, lines in whole.cells.items()
        if left <= span.left < right
    }
    return Part(whole.xs[left : right + 1], inside)
