"""What is right for a written question: the operation, the columns, the cells named, the candidates that answer."""

from collections.abc import Sequence
from typing import Any

from eval.training.tables.asked_tables import AskedTable
from eval.training.tables.gold_tables import GoldTable, plain
from qa.tables.asking.asked_model import NONE
from qa.tables.naming.cell_namings import Naming
from qa.tables.reading.table_reader import TableCandidate
from qa.tables.store.table_store import StoredTable

_OF_ORDER, _OF_NUMBERS = ("argmax", "argmin"), ("sum", "mean", "max", "min")
_TOLD = ("value", "list", "difference", *_OF_ORDER)
_NAMED = ("=", "!=", "in", "contains")
_OPEN = ("list", "count", "exists", "row")
Roles = tuple[frozenset[int], frozenset[int], frozenset[int]]


def operation_of(asked: AskedTable) -> str:
    """Return the operation that is asked for; "" where what is missing is a row or a column, which the words do not show."""
    return "" if asked.operation == NONE and asked.asked["why"] != "other" else asked.operation


def kind_of(asked: AskedTable, table: StoredTable) -> str:
    """Return the kind of the column that is asked for, "" where none is."""
    if asked.operation == NONE or asked.operation in _OPEN:
        return ""
    column = asked.by if asked.operation in (*_OF_ORDER, *_OF_NUMBERS) else next(iter(asked.columns), None)
    return table.columns[column].kind.value if column is not None and column < len(table.columns) else ""


def roles_of(asked: AskedTable, table: StoredTable, gold: GoldTable) -> Roles:
    """Return the columns that are told, measured, and looked at for something to be there."""
    if asked.operation == NONE:
        return frozenset(), frozenset(), frozenset()
    told = asked.columns if asked.operation in _TOLD else ()
    conditions = _conditions(asked)
    bounded = [gold.columns.index(c[0]) for c in conditions if c[1] in (">=", "<=", ">", "<")]
    held = [gold.columns.index(c[0]) for c in conditions if c[1] in ("yes", "no", "empty", "filled")]
    by = [*bounded, *([asked.by] if asked.by is not None else [])]
    return _within(told, table), _within(by, table), _within(held, table)


def _within(columns: Sequence[int], table: StoredTable) -> frozenset[int]:
    return frozenset(column for column in columns if column < len(table.columns))


def _conditions(asked: AskedTable) -> list[Any]:
    return [*asked.asked.get("where", ()), *asked.asked.get("that", ())]


def meant(asked: AskedTable, table: StoredTable, gold: GoldTable, named: Sequence[Naming]) -> list[bool]:
    """Return of each naming whether it is a condition of the question."""
    conditions = [c for c in _conditions(asked) if c[1] in _NAMED and not isinstance(c[2], dict)]
    wanted: dict[int, set[int]] = {}
    either: set[int] = set()
    for column, operator, value in conditions:
        number = gold.columns.index(column)
        if number >= len(table.columns):
            continue
        texts = [plain(text) for text in table.columns[number].texts]
        values = {plain(v) for v in (value if operator == "in" else [value])}
        holds = [any(v in t for v in values) if operator == "contains" else t in values for t in texts]
        wanted.setdefault(number, set()).update(n for n, held in enumerate(holds) if held)
        either |= {number} if operator == "in" else set()
    return [
        bool(own := wanted.get(one.column, set()))
        and (set(one.places) == own or (one.column in either and set(one.places) <= own))
        for one in named
    ]


def is_right(asked: AskedTable, candidate: TableCandidate) -> bool:
    """Tell whether a candidate gives the right answer: the same rows, columns and operation."""
    frame, result = candidate.frame, candidate.result
    operation, rows = frame.operation.value, frozenset(candidate.result.rows)
    if asked.operation == NONE or frame.table.key != asked.table:
        return False
    same_columns = set(frame.columns) == set(asked.columns)
    if operation in ("value", "list"):
        return asked.operation in ("value", "list") and rows == asked.rows and same_columns
    if operation in _OF_ORDER:
        return asked.operation in _OF_ORDER and rows == asked.rows and same_columns
    if operation != asked.operation:
        return False
    if operation in _OF_NUMBERS:
        return frame.by == asked.by and result.counted + result.blank == len(asked.rows)
    if operation == "check":
        return rows == asked.rows and same_columns and result.holds == asked.holds
    if operation == "difference":
        return rows == asked.rows and same_columns
    return rows == asked.rows
