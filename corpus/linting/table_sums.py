"""Totals of a table that its rows do not add up to, though the totals beside them do: a figure is missing or misread."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.tables.cell_forms import is_blank, number_in
from corpus.tables.document_tables import tables_of
from corpus.tables.types import ColumnKind, DataTable
from corpus.types import Document, Problem

_LEAST_ROWS = 3
"""Rows that a total adds up, at least: of two, sums come out by chance."""
_LEAST_HELD = 2
"""Columns in which the rows add up to the row of totals, at least: in one, small numbers do so by chance."""
_ROUNDED = ("百万円", "億円")
_FURTHEST = 3
"""A column that is added up gives a sum within this factor of its total, even with a wrong figure; rates and averages do not."""
_LONGEST_TEXT = 1_000_000
"""Characters of a document whose tables are added up: longer ones are lists of records."""


@dataclass(frozen=True, slots=True)
class BrokenSum:
    """A total, what its rows add up to, and where it stands."""

    row: int
    column: int
    total: Decimal
    computed: Decimal


def broken_sums(document: Document, without: Collection[int] = ()) -> Iterator[Problem]:
    """Yield a Problem for each total that is broken; pages of the numbers `without` are passed over."""
    if len(document.text) > _LONGEST_TEXT:
        return
    for table in tables_of(document):
        if table.page not in without:
            yield from (_said(table, broken) for broken in broken_totals(table))


def broken_totals(table: DataTable) -> Iterator[BrokenSum]:
    """Yield the totals that are broken, where two, and no fewer than are broken, hold for the same rows."""
    columns = [n for n, column in enumerate(table.columns) if column.kind is ColumnKind.NUMBER]
    for row in sorted(table.totals):
        best: tuple[int, list[BrokenSum]] = (0, [])
        for rows in _added_up(table, row):
            held, broken = _compared(table, row, rows, columns)
            if held > best[0]:
                best = (held, broken)
        if best[0] >= max(_LEAST_HELD, len(best[1])):
            yield from best[1]


def _added_up(table: DataTable, total: int) -> Iterator[Sequence[int]]:
    """Yield the rows that a total may add up: those since the last one, all above, all below, all up to the next."""
    plain = [n for n in range(len(table.rows)) if n not in table.totals]
    others = sorted(table.totals - {total})
    before = max((n for n in others if n < total), default=-1)
    after = min((n for n in others if n > total), default=len(table.rows))
    for rows in (
        [n for n in plain if before < n < total],
        [n for n in plain if n < total],
        [n for n in plain if total < n < after],
        [n for n in plain if n > total],
        plain,
        [n for n in others if n < total],
        [n for n in others if n > total],
    ):
        if len(rows) >= _LEAST_ROWS:
            yield rows


def _compared(
    table: DataTable, row: int, rows: Sequence[int], columns: Sequence[int]
) -> tuple[int, list[BrokenSum]]:
    """Return how many columns the rows add up in, and where they do not though they should."""
    held, broken = 0, []
    for column in columns:
        total = _value(table, row, column)
        values = [_value(table, n, column) for n in rows]
        units = {_unit(table, n, column) for n in (row, *rows)} - {None}
        if total is None or total <= 0 or any(value is None for value in values) or len(units) > 1:
            continue
        computed = sum((value for value in values if value is not None), Decimal(0))
        if computed == total:
            held += 1
        elif table.columns[column].unit in _ROUNDED and abs(computed - total) * 2 <= len(rows):
            continue  # each row may be off by half a unit
        elif computed and 1 / Decimal(_FURTHEST) < computed / total < _FURTHEST:
            broken.append(BrokenSum(row, column, total, computed))
    return held, broken


def _value(table: DataTable, row: int, column: int) -> Decimal | None:
    """Return a whole number of a cell, 0 for a blank one, None for what is no number."""
    text = table.rows[row][column].text
    if is_blank(text):
        return Decimal(0)
    number = number_in(text)
    whole = number is not None and not number.bound and number.value == number.value.to_integral_value()
    return number.value if number is not None and whole else None


def _unit(table: DataTable, row: int, column: int) -> str | None:
    """Return what a number counts, as the cell says it: 5歳児 in a second row of a header is no number of places."""
    number = number_in(table.rows[row][column].text)
    return number.unit if number else None


def _said(table: DataTable, broken: BrokenSum) -> Problem:
    cell = table.rows[broken.row][broken.column]
    name = next((c.text for c in table.rows[broken.row] if c.text), "計")
    message = (
        f"表「{table.title}」の「{table.columns[broken.column].title}」は、"
        f"「{name}」が {cell.text}、各行の合計が {broken.computed:,} で合いません（ほかの列は合います）。"
        "行の抜けや数字の読み違いがないか、原本で確かめてください。"
    )
    return Problem(table.document, message, table.page, cell.start, cell.end, code="column-sum")
