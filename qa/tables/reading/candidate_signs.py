"""What speaks for a reading of a question, as numbers: how surely each part was found, and what its answer is like."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from corpus.tables.cell_forms import is_blank
from corpus.tables.types import ColumnKind
from qa.tables.asking.column_model import BY, HELD, TOLD
from qa.tables.asking.condition_options import ConditionSet
from qa.tables.asking.conditions import Condition
from qa.tables.computing import Result
from qa.tables.frames import TableFrame, TableOperation
from qa.tables.reading.read_table import ReadTable
from qa.tables.store.table_store import StoredTable

MARKED = frozenset(("yes", "no", "filled", "empty", "some", "zero"))
_NAMED = frozenset(("named", "either", "except"))
_LOOKED = 3  # rows whose cells are looked at
Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Against:
    """A question against one table, as plain numbers: logits and logarithms of the roles of columns, (columns, 3) each.

    `operations` are logarithms of the probabilities of operations, that of none of them last.
    """

    read: ReadTable
    near: float
    logits: list[list[float]]
    roles: list[list[float]]
    operations: list[float]
    of_sets: dict[int, list[float]] = field(default_factory=dict)

    @property
    def table(self) -> StoredTable:
        """Return the table."""
        return self.read.table

    @property
    def strongest(self) -> float:
        """Return the highest logit of a column to be told."""
        return max(row[TOLD] for row in self.logits)


def candidate_signs(
    asked: Against, held: ConditionSet, frame: TableFrame, result: Result, operation: int, operations: int
) -> list[float]:
    """Return the signs of a candidate; `operation` is the number of its operation among so many `operations`."""
    key = id(held)
    if key not in asked.of_sets:
        asked.of_sets[key] = _set_signs(asked, held)
    chosen = [0.0] * operations
    chosen[operation] = 1.0
    return [*asked.of_sets[key], *_frame_signs(asked, frame, result, operation), *chosen]


def _set_signs(asked: Against, held: ConditionSet) -> list[float]:
    """Return what a set of conditions shows."""
    table, conditions = asked.table, held.conditions
    length = max(1, asked.read.length)
    named = [c for c in conditions if c.form in _NAMED]
    names = [c for c in named if c.column == table.name]
    coverage = [min(1.0, c.coverage) for c in named]
    sizes = [c.end - c.start for c in named]
    return [
        float(len(named)), float(len(conditions) - len(named)), sum(sizes) / length, len(asked.read.key) / length,
        min(coverage, default=0.0), max(coverage, default=0.0),
        float(bool(named) and all(c.whole for c in named)), float(any(c.whole for c in named)), float(bool(names)),
        max((c.end - c.start for c in names), default=0) / 8, min((min(1.0, c.coverage) for c in names), default=0.0),
        float(any(c.whole for c in names)), max(sizes, default=0) / 8, float(any(c.form == "either" for c in named)),
        float(any(c.form == "except" for c in named)),
        float(any(c.column != table.name and table.columns[c.column].kind is ColumnKind.TEXT for c in named)),
        min((c.nearness for c in named), default=1.0),
        min((c.chance for c in named), default=1.0), max((c.chance for c in named), default=0.0),
        held.left, float(held.unused), asked.near, asked.strongest,
        asked.operations[-1],
    ]  # fmt: skip


def _frame_signs(asked: Against, frame: TableFrame, result: Result, operation: int) -> list[float]:
    """Return what an operation, its columns and its answer show."""
    table, columns = asked.table, frame.columns
    told = [asked.roles[n][TOLD] for n in columns] or [0.0]
    logits = [asked.logits[n][TOLD] for n in columns] or [0.0]
    conditions = (*frame.conditions, *frame.that)
    marks = [c for c in conditions if c.form in MARKED]
    of_conditions = {c.column for c in conditions}
    rows = len(result.rows)
    texts = [table.text(row, n) for row in result.rows[:_LOOKED] for n in columns]
    return [
        asked.operations[operation], min(told), max(told), float(len(columns) > 1), float(len(columns) > 2),
        max(logits), min(logits),
        asked.roles[frame.by][BY] if frame.by is not None else 0.0,
        asked.logits[frame.by][BY] if frame.by is not None else 0.0,
        max((asked.roles[c.column][HELD] for c in marks), default=0.0),
        max((asked.logits[c.column][HELD] for c in marks), default=0.0),
        float(len(marks)), float(any(c.form in ("no", "empty", "zero") for c in marks)), float(len(frame.that)), _that(frame),
        float(rows == 0), float(rows == 1), float(1 < rows <= 5), float(rows > 5),
        float(rows == table.size), float(np.log1p(rows)),
        sum(map(is_blank, texts)) / len(texts) if texts else 0.0, float(columns == (table.name,)), float(table.name in columns),
        float(any(n in of_conditions for n in columns)), float(any(table.columns[n].kind is ColumnKind.ID for n in columns)),
        float(frame.order > 1), float(frame.few is not None), 1.0 if result.holds else -1.0 if result.holds is False else 0.0,
    ]  # fmt: skip


def _that(frame: TableFrame) -> float:
    """Return how surely what is asked to hold was named."""
    return max((min(1.0, c.coverage) if _is_named(c) else 0.5 for c in frame.that), default=0.0)


def _is_named(condition: Condition) -> bool:
    return condition.form in _NAMED


def first_score(asked: Against, held: ConditionSet, frame: TableFrame, operation: int) -> float:
    """Return how likely a frame is before it is computed: what its parts are likely to be, less what it passes over."""
    told = sum(asked.roles[n][TOLD] for n in frame.columns) / max(1, len(frame.columns))
    by = asked.roles[frame.by][BY] if frame.by is not None else 0.0
    marked = (
        sum(asked.roles[c.column][HELD] for c in (*frame.conditions, *frame.that) if c.form in MARKED) / 2
    )
    is_told = frame.operation in (TableOperation.VALUE, TableOperation.LIST, TableOperation.DIFFERENCE)
    return (
        asked.operations[operation] + (told if is_told else told / 3) + by + marked - held.left - held.unused
    )
