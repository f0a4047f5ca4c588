"""Tables that go on below or on the next page: told the header, and the name, under which their rows stand."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.pdf.cell_forms import is_amount
from corpus.pdf.types import PageTable

_SAME_SIDE = 3.0  # points
_MOSTLY = 0.6  # share of a column's cells that are amounts where its title stands out from them


def continued_tables(tables: Sequence[PageTable]) -> list[PageTable]:
    """Return the tables of a document, each once and in order; those that go on tell the header under which they began."""
    told: list[PageTable] = []
    page = 0
    for table in tables:
        before = _begun(told, table)
        told.append(_under(before, table) if before and _goes_on(before, table, table.page > page) else table)
        page = table.page
    return told


def _begun(told: Sequence[PageTable], table: PageTable) -> PageTable | None:
    """Return the last table with the same columns, on this page or the page before."""
    near = (before for before in reversed(told) if table.page - before.page <= 1)
    return next((before for before in near if before.headed and _same_columns(before, table)), None)


def _same_columns(before: PageTable, table: PageTable) -> bool:
    """Tell whether a table has the columns of one before, or some of them side by side.

    Amounts set apart in a column may be so in one of them only, and begin at another place.
    """
    new = [side for side in table.sides if not _is_side(side, before.sides)]
    if not new:
        return len(table.sides) > 2
    lacking = [side for side in before.sides if not _is_side(side, table.sides)]
    outer = _is_side(before.sides[0], table.sides[:1]) and _is_side(before.sides[-1], table.sides[-1:])
    return outer and len(table.sides) > 3 and len(new) == 1 >= len(lacking)


def _is_side(place: float, sides: Sequence[float]) -> bool:
    return any(abs(side - place) <= _SAME_SIDE for side in sides)


def _goes_on(before: PageTable, table: PageTable, begins_page: bool) -> bool:
    """Tell whether a table has no header of its own: none drawn, or one that tells nothing of what stands below it."""
    if not table.headed:
        return True
    follows = begins_page and table.page == before.page + 1
    return follows and table.rows[0] != before.rows[0] and not _stands_out(table)


def _stands_out(table: PageTable) -> bool:
    """Tell whether the first row is words over a column of numbers."""
    for column in zip(*table.rows, strict=True):
        below = [is_amount(text) for text in column[1:] if text]
        if column[0] and not is_amount(column[0]) and below and sum(below) >= _MOSTLY * len(below):
            return True
    return False


def _under(before: PageTable, table: PageTable) -> PageTable:
    header = tuple(_title(before, side) for side in table.sides[:-1])
    rows = (header, *_named(before, table.rows))
    return replace(table, rows=rows, headed=True, tops=(table.top, *table.tops))


def _title(before: PageTable, place: float) -> str:
    """Return the title of the column that begins at a place, or in which it lies."""
    return before.rows[0][max(sum(side <= place + _SAME_SIDE for side in before.sides) - 1, 0)]


def _named(before: PageTable, rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return rows under the name with which the page before ended, as far as they have none.

    This where such names are told in each of their rows: others stand in the first only, and nobody knows how far.
    """
    name = before.rows[-1][0]
    repeated = any(a[0] and a[0] == b[0] for table in (before.rows[1:], rows) for a, b in pairwise(table))
    first = next((n for n, row in enumerate(rows) if row[0]), len(rows))
    carried = [(name, *row[1:]) for row in rows[:first]] if repeated else list(rows[:first])
    return [*carried, *rows[first:]]
