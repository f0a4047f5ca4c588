"""Tables over two facing pages: the rows at the right are told the names at the left that stand at their height."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from corpus.budgets.marks import is_total
from corpus.pdf.cell_forms import is_amount
from corpus.pdf.types import PageTable

_LEVEL = 3.0  # points: what is as near to the same height on both pages is level
_LEAST_PAIRS = 3
"""Pairs with the same columns that a document has to have: two tables may be level by chance, so many are not."""

Names = tuple[str, ...]
Shape = tuple[int, ...]


def facing_tables(tables: Sequence[PageTable]) -> list[PageTable]:
    """Return the tables of a document, each once and in order; right halves tell the names of their left halves."""
    on_page: dict[int, list[PageTable]] = defaultdict(list)
    for table in tables:
        on_page[table.page].append(table)
    halves = [next((left for left in on_page[t.page - 1] if _are_halves(left, t)), None) for t in tables]
    shapes = Counter(_shape(left, right) for left, right in zip(halves, tables, strict=True) if left)
    last: dict[int, Names] = {}  # by page: the names that go on two pages later
    told: list[PageTable] = []
    for left, right in zip(halves, tables, strict=True):
        if left is None or shapes[_shape(left, right)] < _LEAST_PAIRS:
            told.append(right)
            continue
        told.append(_with_names(left, right, last.get(left.page - 2, ())))
        last[left.page] = _last_names(left)
    return told


def _shape(left: PageTable, right: PageTable) -> Shape:
    return tuple(round(place / _LEVEL) for place in (*left.sides, right.left, right.right))


def _are_halves(left: PageTable, right: PageTable) -> bool:
    """Tell whether two tables begin and end level, with other columns, and each row at the left is one at the right."""
    if not left.headed or not right.headed or left.rows[0] == right.rows[0] or not _width(left):
        return False
    tops = [top for top, row in zip(left.tops, left.rows, strict=True) if not is_total(row[0])]
    level = [(left.top, right.top), (left.bottom, right.bottom)]
    return all(abs(a - b) <= _LEVEL for a, b in level) and all(
        any(abs(top - other) <= _LEVEL for other in right.tops) for top in tops
    )


def _width(left: PageTable) -> int:
    """Return how many columns of names stand before the first of amounts; 0 where none does."""
    columns = zip(*left.rows[1:], strict=True)
    counted = (
        n for n, column in enumerate(columns) if any(column) and all(map(is_amount, filter(None, column)))
    )
    return next(counted, 0)


def _with_names(left: PageTable, right: PageTable, before: Names) -> PageTable:
    """Return the right half with the names at the left; above the first of them go on those of `before`."""
    width = _width(left)
    rows = [(*left.rows[0][:width], *right.rows[0])]
    for top, row in zip(right.tops[1:], right.rows[1:], strict=True):
        above = [
            found for place, found in zip(left.tops[1:], left.rows[1:], strict=True) if place <= top + _LEVEL
        ]
        names = above[-1][:width] if above else before or ("",) * width
        rows.append((*names, *row))
    return replace(right, rows=tuple(rows), sides=(*[right.sides[0]] * width, *right.sides))


def _last_names(left: PageTable) -> Names:
    names = left.rows[-1][: _width(left)]
    return () if is_total(names[0]) else names
