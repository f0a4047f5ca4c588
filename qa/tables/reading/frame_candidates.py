"""The frames that a question may mean of one table: operations over the rows that conditions keep."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from corpus.tables.cell_forms import is_blank
from corpus.tables.types import ColumnKind
from qa.tables.asking.asked_forms import AskedForms
from qa.tables.asking.column_model import HELD, TOLD
from qa.tables.asking.condition_options import ConditionSet
from qa.tables.asking.conditions import (
    Condition,
    counted_condition,
    filled_condition,
    is_nothing,
    marked_condition,
)
from qa.tables.frames import OF_NUMBERS, OF_ORDER, TableFrame, TableOperation
from qa.tables.reading.read_table import ReadTable
from qa.tables.store.table_store import StoredColumn, StoredTable

_TOLD_COLUMNS = 5
_PAIRED, _TRIPLE = 4, 3
_BY_COLUMNS = 3
_MARKS = 3
_MOSTLY = 0.8  # share of a cell from which on it is named by it
Numbers = npt.NDArray[np.float32]


def frames(
    one: ReadTable,
    operation: TableOperation,
    held: ConditionSet,
    roles: Numbers,
    measured: Sequence[int],
    forms: AskedForms,
) -> Iterator[TableFrame]:
    """Yield the frames of an operation, likeliest columns first; `roles` are logarithms, (columns, 3)."""
    table = one.table
    named = {condition.column for condition in held.conditions}
    told = [n for n in np.argsort(-roles[:, TOLD]).tolist() if n not in named or n != table.name]
    if operation is TableOperation.VALUE:
        if not held.conditions:
            return
        for number in told[:_TOLD_COLUMNS]:
            yield TableFrame(table, operation, (number,), held.conditions)
        for pair in combinations(told[:_PAIRED], 2):
            yield TableFrame(table, operation, tuple(sorted(pair)), held.conditions)
        if len(told) >= _TRIPLE:
            yield TableFrame(table, operation, tuple(sorted(told[:_TRIPLE])), held.conditions)
    elif operation is TableOperation.ROW:
        if held.conditions:
            yield TableFrame(table, operation, (), held.conditions)
    elif operation in (TableOperation.LIST, TableOperation.COUNT, TableOperation.EXISTS):
        for extra in _marks(one, roles, named):
            conditions = (*held.conditions, *extra)
            if _asks_of_rows(table, conditions, operation):
                for columns in _listed(table, told, operation):
                    yield TableFrame(table, operation, columns, conditions)
    elif operation in OF_NUMBERS:
        for number in measured[:_BY_COLUMNS]:
            yield TableFrame(table, operation, (number,), held.conditions, by=number)
    elif operation in OF_ORDER:
        for number in measured[:_BY_COLUMNS]:
            words = [n for n in told if n != number and table.columns[n].kind is not ColumnKind.NUMBER]
            for columns in _listed(table, words, TableOperation.LIST)[:3]:
                for few in dict.fromkeys((forms.few, None)):
                    yield TableFrame(
                        table, operation, columns, held.conditions, by=number, order=forms.order, few=few
                    )
    elif operation is TableOperation.DIFFERENCE:
        numbers = [n for n in told if table.columns[n].kind is ColumnKind.NUMBER]
        for number in numbers[:2]:
            yield TableFrame(table, operation, (number,), held.conditions)
        if len(numbers) > 1:
            yield TableFrame(table, operation, tuple(sorted(numbers[:2])), held.conditions)
    elif operation is TableOperation.CHECK:
        yield from _checks(one, held, roles)


def _asks_of_rows(table: StoredTable, conditions: Sequence[Condition], operation: TableOperation) -> bool:
    """Tell whether conditions make sense of an operation: whether there is a row that is named by its whole name is not asked."""
    if operation is TableOperation.EXISTS:
        return any(c.column != table.name or not (c.whole or c.coverage >= _MOSTLY) for c in conditions)
    return bool(conditions) or operation is TableOperation.COUNT


def _listed(table: StoredTable, told: Sequence[int], operation: TableOperation) -> list[tuple[int, ...]]:
    """Return the columns that rows may be told by: their name, or others that are asked for, or both."""
    if operation is not TableOperation.LIST:
        return [(table.name,)]
    other = [n for n in told if n != table.name][:_TRIPLE]
    pairs = [tuple(sorted((table.name, n))) for n in other]
    return [
        (table.name,),
        *((n,) for n in other),
        *pairs,
        *(tuple(sorted(p)) for p in combinations(other, 2)),
    ]


def _marks(one: ReadTable, roles: Numbers, named: set[int]) -> Iterator[tuple[Condition, ...]]:
    """Yield no further condition, then that a column of marks says yes, or no, for the columns likeliest to be meant."""
    yield ()
    ranked = [n for n in np.argsort(-roles[:, HELD]).tolist() if n not in named and n != one.table.name]
    yes = []
    for number in ranked[: 2 * _MARKS]:
        if number not in one.marks:
            one.marks[number] = _there_or_not(number, one.table.columns[number])
        told = one.marks[number]
        if told:
            yes.append(told[0])
            yield (told[0],)
            yield (told[1],)
        if len(yes) == _MARKS:
            break
    yield from combinations(yes, 2)


def _there_or_not(number: int, column: StoredColumn) -> tuple[Condition, Condition] | None:
    """Return that a column says yes, and that it says no; None where all its cells say something."""
    if column.kind is ColumnKind.MARK:
        return marked_condition(number, column, True), marked_condition(number, column, False)
    if column.kind is ColumnKind.NUMBER:
        if any(is_nothing(text) for text in column.texts):
            return counted_condition(number, column, True), counted_condition(number, column, False)
    elif any(is_blank(text) or text in ("なし", "無", "休") for text in column.texts):
        return filled_condition(number, column, True), filled_condition(number, column, False)
    return None


def _checks(one: ReadTable, held: ConditionSet, roles: Numbers) -> Iterator[TableFrame]:
    """Yield what may be asked of named rows: that one condition holds of those that keep the others, or a mark."""
    for that in held.conditions:
        rest = tuple(c for c in held.conditions if c is not that)
        if rest and not (that.form == "named" and that.column == one.table.name):
            yield TableFrame(one.table, TableOperation.CHECK, (that.column,), rest, that=(that,))
    if held.conditions:
        for extra in _marks(one, roles, {c.column for c in held.conditions}):
            if len(extra) == 1 and extra[0].form in ("yes", "filled", "some"):
                yield TableFrame(
                    one.table, TableOperation.CHECK, (extra[0].column,), held.conditions, that=extra
                )
