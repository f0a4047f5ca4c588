"""The exact answer of a frame: rows, or a number over them, in Decimal; blanks are counted, never guessed."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from corpus.tables.cell_forms import clocks_in, dates_in, folded, number_in
from corpus.tables.types import ColumnKind
from qa.tables.asking.conditions import Condition
from qa.tables.frames import OF_NUMBERS, OF_ORDER, TableFrame, TableOperation
from qa.tables.store.table_store import StoredColumn, StoredTable

Flags = npt.NDArray[np.bool_]
_OF_EACH = "計各@"  # what stands before a number and leaves it exact
LONGEST = 400
"""Digits that numbers are computed with."""
_NO_YEAR = 2000  # dates without a year are ordered within one


@dataclass(frozen=True, slots=True)
class Result:
    """`rows` are those that answer, in their order; `number` is what was computed over `counted` rows.

    `blank` tells how many rows had no number; `holds` is what EXISTS and CHECK found.
    """

    rows: tuple[int, ...]
    number: Decimal | None = None
    unit: str = ""
    holds: bool | None = None
    counted: int = 0
    blank: int = 0


def selected(table: StoredTable, conditions: Sequence[Condition]) -> Flags:
    """Return which rows keep all conditions; rows that add up others only where they are named."""
    kept = np.ones(table.size, bool)
    for condition in conditions:
        kept &= condition.rows(table)
    if any(condition.column == table.name and condition.whole for condition in conditions):
        return kept
    return kept & table.counted


def compute(frame: TableFrame) -> Result | None:
    """Return the result of a frame, None where it has none."""
    rows = np.flatnonzero(selected(frame.table, frame.conditions))
    operation = frame.operation
    if operation is TableOperation.EXISTS:
        return Result(tuple(rows.tolist()), holds=bool(len(rows)), counted=len(rows))
    if operation is TableOperation.COUNT:
        return Result(tuple(rows.tolist()), Decimal(len(rows)), counted=len(rows))
    if not len(rows):
        return None
    if operation is TableOperation.CHECK:
        return _checked(frame, rows.tolist())
    if frame.by is not None and operation in OF_NUMBERS:
        return _aggregated(frame, frame.by, rows.tolist())
    if frame.by is not None and operation in OF_ORDER:
        return _ordered(frame, frame.by, rows.tolist())
    if operation is TableOperation.DIFFERENCE:
        return _difference(frame, rows.tolist())
    return Result(tuple(rows.tolist()), counted=len(rows))


def _checked(frame: TableFrame, rows: list[int]) -> Result:
    holds = all(bool(condition.rows(frame.table)[row]) for row in rows for condition in frame.that)
    return Result(tuple(rows), holds=holds, counted=len(rows))


def _aggregated(frame: TableFrame, by: int, rows: list[int]) -> Result | None:
    column = frame.table.columns[by]
    measured = [(measure(column.kind, frame.table.text(row, by)), row) for row in rows]
    held = [(value, row) for value, row in measured if value is not None]
    texts = [frame.table.text(row, by) for _, row in held]
    unit = common_unit(column, texts)
    if not held or unit is None or any(map(_is_inexact, texts)):
        return None
    values = [value for value, _ in held]
    operation = frame.operation
    if operation in (TableOperation.SUM, TableOperation.MEAN):
        if column.kind is not ColumnKind.NUMBER:
            return None
        with localcontext() as context:
            context.prec = LONGEST  # a sum of long numbers is exact too
            total = sum(values, Decimal(0))
            number = total if operation is TableOperation.SUM else total / len(values)
        return Result(
            tuple(row for _, row in held), number, unit, counted=len(held), blank=len(rows) - len(held)
        )
    best = max(values) if operation is TableOperation.MAX else min(values)
    found = tuple(row for value, row in held if value == best)
    return Result(found, best, unit, counted=len(held), blank=len(rows) - len(held))


def _ordered(frame: TableFrame, by: int, rows: list[int]) -> Result | None:
    column = frame.table.columns[by]
    measured = [(measure(column.kind, frame.table.text(row, by)), row) for row in rows]
    held = [(value, row) for value, row in measured if value is not None]
    if common_unit(column, [frame.table.text(row, by) for _, row in held]) is None:
        return None
    values = sorted({value for value, _ in held}, reverse=frame.operation is TableOperation.ARGMAX)
    if len(values) < frame.order:
        return None
    if frame.few:
        ranked = sorted(held, key=lambda one: (values.index(one[0]), one[1]))
        found = [row for _, row in ranked[: frame.few]]
    else:
        found = [row for value, row in held if value == values[frame.order - 1]]
    return Result(tuple(found), counted=len(held), blank=len(rows) - len(held))


def _difference(frame: TableFrame, rows: list[int]) -> Result | None:
    cells = [(row, column) for row in rows for column in frame.columns]
    if len(cells) != 2:
        return None
    texts = [frame.table.text(*cell) for cell in cells]
    kinds = {frame.table.columns[column].kind for _, column in cells}
    values = [value for text in texts if (value := measure(ColumnKind.NUMBER, text)) is not None]
    units = {
        common_unit(frame.table.columns[column], [text])
        for (_, column), text in zip(cells, texts, strict=True)
    }
    if (
        any(map(_is_inexact, texts))
        or kinds != {ColumnKind.NUMBER}
        or len(values) != len(cells)
        or None in units
        or len(units) != 1
    ):
        return None
    with localcontext() as context:
        context.prec = LONGEST
        apart = abs(values[1] - values[0])
    return Result(tuple(rows), apart, units.pop() or "", counted=len(cells))


def _is_inexact(text: str) -> bool:
    """Tell whether a cell bounds a number or is near it: nothing exact is computed of 約300 and 30人以上."""
    number = number_in(text)
    return number is not None and bool(number.bound.strip(_OF_EACH))


@lru_cache(maxsize=65_536)
def measure(kind: ColumnKind, text: str) -> Decimal | None:
    """Return what a cell is ordered by: its number, its day, its (first) time of day; None where it has none.

    >>> measure(ColumnKind.NUMBER, "1,200円"), measure(ColumnKind.CLOCK, "9:30"), measure(ColumnKind.NUMBER, "-")
    (Decimal('1200'), Decimal('570'), None)
    """
    if kind in (ColumnKind.DATE, ColumnKind.PERIOD):
        days = dates_in(text, _NO_YEAR)
        return Decimal(days[0].toordinal()) if days else None
    if kind is ColumnKind.YEAR:
        from corpus.budgets.years import fiscal_years

        plain = folded(text)
        named = fiscal_years(plain if not plain.isdigit() else f"{plain}年")
        return Decimal(named[0].year) if named else None
    if kind in (ColumnKind.CLOCK, ColumnKind.HOURS):
        told = clocks_in(text)
        return Decimal(told[0]) if told else None
    number = number_in(text)
    return number.value if number else None


def common_unit(column: StoredColumn, texts: Sequence[str]) -> str | None:
    """Return the unit that cells share: the column's, the one printed in them, or none stated (""); None where they differ."""
    if column.kind is not ColumnKind.NUMBER:
        return ""
    printed = {number.unit for text in texts if (number := number_in(text))}
    if column.unit:
        return column.unit if printed <= {"", column.unit} else None
    named = printed - {""}
    return None if len(named) > 1 else (named or {""}).pop()
