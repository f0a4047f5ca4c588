"""What is asked of a table, as data: an operation over rows that keep conditions, told by columns."""

from dataclasses import dataclass
from enum import StrEnum

from qa.tables.asking.conditions import Condition
from qa.tables.store.table_store import StoredTable


class TableOperation(StrEnum):
    """What is asked of rows."""

    VALUE = "value"  # the cells of columns
    ROW = "row"  # all that a row tells
    LIST = "list"  # which rows there are
    COUNT = "count"
    SUM = "sum"
    MEAN = "mean"
    MAX = "max"
    MIN = "min"
    ARGMAX = "argmax"  # which row has the most
    ARGMIN = "argmin"
    DIFFERENCE = "difference"
    EXISTS = "exists"
    CHECK = "check"  # whether something holds of a row


OF_NUMBERS = frozenset((TableOperation.SUM, TableOperation.MEAN, TableOperation.MAX, TableOperation.MIN))
OF_ORDER = frozenset((TableOperation.ARGMAX, TableOperation.ARGMIN))


@dataclass(frozen=True)
class TableFrame:
    """One reading of a question: of the rows that keep all `conditions`, `columns` are told.

    `by` is the column that orders or is computed with; `order` counts from 1, `few` is how many are wanted; `that` is what
    CHECK asks of the rows.
    """

    table: StoredTable
    operation: TableOperation
    columns: tuple[int, ...]
    conditions: tuple[Condition, ...]
    by: int | None = None
    order: int = 1
    few: int | None = None
    that: tuple[Condition, ...] = ()
