"""Tables with bars that go on after a page break: parts with one header, below one heading, read as one."""

from collections.abc import Iterable, Sequence

from corpus.budgets.marks import is_total
from corpus.budgets.ruled import RuledTable
from corpus.tables.cells import Row

_NEAR = 12  # tables back: right halves of tables over two pages, several a page, stand between


def ruled_parts(tables: Iterable[RuledTable]) -> list[list[RuledTable]]:
    """Return tables with those that go on in later ones together: the same header and line above, no total before."""
    groups: list[list[RuledTable]] = []
    last: list[list[RuledTable]] = []  # the group of each table, in order
    for table in tables:
        group = next((near for near in last[: -_NEAR - 1 : -1] if _goes_on(near[-1], table)), None)
        if group is None:
            group = []
            groups.append(group)
        group.append(table)
        last.append(group)
    return groups


def rows_of(parts: Sequence[RuledTable]) -> list[Row]:
    """Return the rows of all parts, lines above and header once."""
    first, *rest = parts
    return [*first.rows, *(row for part in rest for row in part.rows[len(_notes(part)) + 1 :])]


def _notes(table: RuledTable) -> list[Row]:
    """Return the lines above a table."""
    count = next((n for n, row in enumerate(table.rows) if len(row) > 1), len(table.rows))
    return table.rows[:count]


def _goes_on(before: RuledTable, table: RuledTable) -> bool:
    above, below = _notes(before), _notes(table)
    if not above or not below or above[-1][0].text != below[-1][0].text:
        return False
    header, other = before.rows[len(above)], table.rows[len(below)]
    same = [cell.text for cell in header] == [cell.text for cell in other]
    return same and not any(is_total(cell.text) for cell in before.rows[-1][:1])
