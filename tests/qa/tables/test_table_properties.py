"""Whatever a table is like, every operation tells what pandas finds in the cells as drawn, and quotes them where they stand.

MADOGUCHI_SEEDS=1000 draws a thousand tables.
"""

import os
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import pytest

from corpus.library import read_file
from corpus.tables.types import ColumnKind
from corpus.types import Document
from eval.training.tables.asked_tables import Segment
from qa.replies.checking import checked
from qa.tables.asking.conditions import (
    Bound,
    Condition,
    bound_condition,
    clock_bound,
    clock_condition,
    counted_condition,
    date_condition,
    equal_condition,
    filled_condition,
    marked_condition,
    month_condition,
    weekday_condition,
    year_condition,
)
from qa.tables.computing import Result, compute
from qa.tables.frames import OF_NUMBERS, OF_ORDER, TableFrame, TableOperation
from qa.tables.saying import said
from qa.tables.store.spoken_titles import shown_title
from qa.tables.store.table_store import StoredTable, TablesFile, TableStore
from qa.types import Answer
from tests.qa.tables.drawn_tables import BLANKS, NOTE, DrawnColumn, DrawnTable, drawn_table, written

SEEDS = range(int(os.environ.get("MADOGUCHI_SEEDS", "150")))
MEASURED = (ColumnKind.NUMBER, ColumnKind.DATE, ColumnKind.HOURS)
Mask = Any  # a pandas.Series of bool, a row each


@dataclass(frozen=True)
class Read:
    """A table as drawn and as the store gives it."""

    drawn: DrawnTable
    table: StoredTable
    document: Document
    data: pd.DataFrame
    chance: random.Random

    def shown(self, row: int, column: int) -> str:
        """Return how a cell is said: as printed, with the unit that its header states."""
        held = self.drawn.columns[column]
        text = held.texts[row]
        if text in BLANKS:
            return text or "（空欄）"
        return text + (held.unit if held.stated else "")

    def name(self, row: int) -> str:
        """Return what a row is called."""
        return self.drawn.columns[self.drawn.name].texts[row]

    def of_kind(self, *kinds: ColumnKind) -> list[int]:
        """Return the columns of some kinds."""
        return [n for n, column in enumerate(self.drawn.columns) if column.kind in kinds]


def _read(seed: int, folder: Path) -> Read:
    chance = random.Random(seed)  # noqa: S311 - drawn tables, no secret
    drawn = drawn_table(chance)
    document, problems = read_file(written(drawn, folder))
    assert document is not None, problems
    made = TablesFile()
    made.write(folder, [made.part(document)])
    store = TableStore([Segment(folder)])
    (key,) = store.heads
    columns = {n: pd.Series(column.meanings, dtype=object) for n, column in enumerate(drawn.columns)}
    return Read(drawn, store.table(key), document, pd.DataFrame(columns), chance)


def _conditions(read: Read) -> list[tuple[Condition, Mask]]:
    """Return conditions of every form with the rows that pandas finds for each."""
    chance, found = read.chance, []
    for n, column in enumerate(read.drawn.columns):
        stored, held = read.table.columns[n], read.data[n]
        if column.kind in (ColumnKind.NAME, ColumnKind.CATEGORY):
            found.append(_named(read, n, str(chance.choice(column.meanings))))
        if column.kind is ColumnKind.NUMBER:
            found += _of_numbers(read, n)
        if column.kind is ColumnKind.MARK:
            found.append((marked_condition(n, stored, True), held.eq(True)))
            found.append((marked_condition(n, stored, False), ~held.eq(True)))
        if column.title == "備考":
            found += [
                (filled_condition(n, stored, wanted), held.notna() == wanted) for wanted in (True, False)
            ]
        if column.kind is ColumnKind.WEEKDAYS:
            day = chance.randrange(7)
            found.append((weekday_condition(n, stored, day), held.map(lambda days, day=day: day in days)))
        if column.kind is ColumnKind.HOURS:
            minute = 30 * chance.randint(14, 46)
            within = held.map(lambda hours, minute=minute: hours[0] <= minute <= hours[1])
            found.append((clock_condition(n, stored, minute), within))
            found.append(
                (
                    clock_bound(n, stored, minute, ">="),
                    held.map(lambda hours, minute=minute: hours[1] >= minute),
                )
            )
        if column.kind is ColumnKind.DATE:
            found += _of_dates(read, n)
    assert all(condition is not None for condition, _ in found)
    return found


def _named(read: Read, column: int, text: str) -> tuple[Condition, Mask]:
    holds = np.array([own == text for own in read.table.columns[column].texts], dtype=np.bool_)
    return Condition(column, "named", text, holds), read.data[column] == text


def _of_numbers(read: Read, n: int) -> list[tuple[Condition, Mask]]:
    stored, held = read.table.columns[n], read.data[n]
    value = read.chance.choice([v for v in read.drawn.columns[n].meanings if isinstance(v, Decimal)])
    sign = read.chance.choice([">=", ">", "<=", "<"])
    keeps = {">=": value.__le__, ">": value.__lt__, "<=": value.__ge__, "<": value.__gt__}[sign]
    bound = bound_condition(n, stored, Bound(sign, value, "", 0, 0))
    assert bound is not None
    return [
        (bound, held.map(lambda v: v is not None and bool(keeps(v)))),
        (equal_condition(n, stored, value, str(value)), held == value),
        (counted_condition(n, stored, True), held.map(lambda v: v is not None and v != 0)),
        (counted_condition(n, stored, False), held.map(lambda v: v is None or v == 0)),
    ]


def _of_dates(read: Read, n: int) -> list[tuple[Condition, Mask]]:
    stored, held = read.table.columns[n], read.data[n]
    first = date(2019, 5, 2) + timedelta(read.chance.randint(0, 2000))
    last = first + timedelta(read.chance.randint(0, 900))
    month, year = read.chance.randint(1, 12), read.chance.randint(2019, 2026)
    return [
        (date_condition(n, stored, (first, last), 2026), held.map(lambda day: first <= day <= last)),
        (month_condition(n, stored, month), held.map(lambda day: day.month == month)),
        (year_condition(n, stored, ">=", year), held.map(lambda day: day.year >= year)),
    ]


def _kept(read: Read, masks: Sequence[Mask]) -> list[int]:
    mask = pd.Series(True, index=read.data.index)
    for one in masks:
        mask &= one
    return [int(row) for row in read.data.index[mask.astype(bool)]]


def _frames(read: Read) -> list[tuple[TableFrame, list[int], list[int]]]:
    """Return a frame of each operation that the table allows, the rows that keep its conditions, those that keep `that`."""
    chance, possible, found = read.chance, _conditions(read), []
    for operation in TableOperation:
        picked = chance.sample(possible, chance.choice([0, 1, 1, 2]))
        that = chance.sample(possible, 1) if operation is TableOperation.CHECK else []
        if operation in (TableOperation.VALUE, TableOperation.ROW, TableOperation.CHECK):
            picked = [_named(read, read.drawn.name, chance.choice(read.drawn.columns[read.drawn.name].texts))]
        columns: tuple[int, ...] = (read.drawn.name,)
        by = None
        if operation is TableOperation.VALUE:
            columns = (chance.randrange(len(read.drawn.columns)),)
        if operation is TableOperation.CHECK:
            columns = (that[0][0].column,)
        if operation in OF_NUMBERS or operation in OF_ORDER:
            measured = read.of_kind(*(MEASURED if operation in OF_ORDER else (ColumnKind.NUMBER,)))
            if not measured:
                continue
            by = chance.choice(measured)
        if operation is TableOperation.DIFFERENCE:
            numbers = read.of_kind(ColumnKind.NUMBER)
            if not numbers:
                continue
            columns = (chance.choice(numbers),)
            names = chance.sample(read.drawn.columns[read.drawn.name].texts, 2)
            both = [_named(read, read.drawn.name, name) for name in names]
            holds = both[0][0].holds | both[1][0].holds
            picked = [(Condition(read.drawn.name, "named", "と".join(names), holds), both[0][1] | both[1][1])]
        frame = TableFrame(
            read.table, operation, columns, tuple(condition for condition, _ in picked), by,
            order=chance.choice([1, 1, 2]), few=chance.choice([None, None, 3]), that=tuple(c for c, _ in that),
        )  # fmt: skip
        found.append(
            (frame, _kept(read, [mask for _, mask in picked]), _kept(read, [mask for _, mask in that]))
        )
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_cells_conditions_and_answers_are_as_drawn(seed: int, tmp_path: Path) -> None:
    """Cells, titles, kinds, units and totals; the rows of every condition; the result and words of every operation."""
    read = _read(seed, tmp_path)
    drawn, table = read.drawn, read.table
    assert [column.title for column in table.columns] == drawn.titles
    assert (table.name, table.size) == (drawn.name, drawn.size + drawn.total)
    assert table.totals == ({drawn.size} if drawn.total else set())
    for n, column in enumerate(drawn.columns):
        stated = column.unit if column.stated and drawn.way != "codes" else ""
        assert table.columns[n].unit == stated, column
        expected = [*column.texts, *([drawn.totals[n]] if drawn.total else [])]
        assert [table.text(row, n) for row in range(table.size)] == expected
        if column.kind in (*MEASURED, ColumnKind.NAME, ColumnKind.MARK, ColumnKind.WEEKDAYS):
            assert table.columns[n].kind is column.kind, column
    for condition, mask in _conditions(read):
        assert condition.rows(table)[: drawn.size].tolist() == mask.astype(bool).tolist(), condition
    for frame, kept, that in _frames(read):
        _assert_told(read, frame, kept, that)


_HALLS = "\n".join(["名称,数", *[f"第{n}館,{n}" for n in range(11, 36)]])


@pytest.mark.parametrize(
    ("text", "operation", "column", "by"),
    [
        # of a quoted row of CSV, 6789 and 30 were read as one number: 678930
        ("名称,電話,数\nあさひ館,0123-45-6789,30\nいずみ館,0123-45-6780,45\n", TableOperation.VALUE, 1, None),
        # six rows were quoted, twenty told, and how many there are was no figure
        (_HALLS, TableOperation.LIST, 0, None),
        # the row was quoted, not the header that has the number
        ("名称,2階の部屋,数\nあさひ館,会議室,30\nいずみ館,和室,45\n", TableOperation.ROW, 0, None),
        # how many rows are left out was no figure
        ("名称,数\nあさひ館,90\nいずみ館,45\nうぐいす館,-\n", TableOperation.ARGMAX, 0, 1),
        # a table without a header has no title, so none with a number in it is said
        (
            "あさひ町,第1・第3水曜,A\nいずみ町,第2・第4木曜,B\nうぐいす町,第1・第3金曜,C\n",
            TableOperation.VALUE,
            1,
            None,
        ),
    ],
)
def test_the_gate_lets_through_what_is_told_of_a_row(
    text: str, operation: TableOperation, column: int, by: int | None, tmp_path: Path
) -> None:
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    document, _ = read_file(tmp_path / "t.csv")
    assert document is not None
    made = TablesFile()
    made.write(tmp_path, [made.part(document)])
    store = TableStore([Segment(tmp_path)])
    table = store.table(next(iter(store.heads)))
    first = np.array([n == 0 for n in range(len(table.columns[0].texts))], dtype=np.bool_)
    named = (Condition(0, "named", table.text(0, 0), first),)
    alone = operation in (TableOperation.VALUE, TableOperation.ROW)
    frame = TableFrame(table, operation, (column,), named if alone else (), by=by)
    result = compute(frame)
    assert result is not None
    documents = {document.id: document}
    assert isinstance(checked(said("問い", frame, result, 0.9, documents), documents), Answer)


def _assert_told(read: Read, frame: TableFrame, kept: list[int], that: list[int]) -> None:
    result = compute(frame)
    expected = _expected(read, frame, kept, that)
    if expected is None:
        assert result is None
        return
    assert result is not None, frame.operation
    assert (result.rows, result.number, result.holds) == expected[:3], frame.operation
    _assert_said(read, frame, result)


def _expected(
    read: Read, frame: TableFrame, kept: list[int], that: list[int]
) -> tuple[tuple[int, ...], Decimal | None, bool | None] | None:
    """Return the rows, the number and what holds, as pandas finds them."""
    operation = frame.operation
    if operation is TableOperation.EXISTS:
        return tuple(kept), None, bool(kept)
    if operation is TableOperation.COUNT:
        return tuple(kept), Decimal(len(kept)), None
    if not kept:
        return None
    if operation is TableOperation.CHECK:
        return tuple(kept), None, set(kept) <= set(that)
    if operation is TableOperation.DIFFERENCE:
        first, last = (read.data[frame.columns[0]][row] for row in kept)
        return None if first is None or last is None or not _same_unit(read, frame, kept) else (
            tuple(kept), abs(first - last), None
        )  # fmt: skip
    if frame.by is None:
        return tuple(kept), None, None
    held = read.data[frame.by][kept].dropna()
    if not len(held):
        return None
    return _of_column(frame, held)


def _of_column(
    frame: TableFrame, held: pd.Series
) -> tuple[tuple[int, ...], Decimal | None, bool | None] | None:
    operation = frame.operation
    if operation in (TableOperation.SUM, TableOperation.MEAN):
        total = Decimal(held.sum())
        rows = tuple(int(row) for row in held.index)
        return rows, total if operation is TableOperation.SUM else _long(total, len(held)), None
    if operation in (TableOperation.MAX, TableOperation.MIN):
        best = held.max() if operation is TableOperation.MAX else held.min()
        return tuple(int(row) for row in held.index[held == best]), best, None
    measured = held.map(lambda one: one[0] if isinstance(one, tuple) else one)
    upward = operation is TableOperation.ARGMIN
    values = sorted(set(measured), reverse=not upward)
    if len(values) < frame.order:
        return None
    if frame.few:
        ordered = measured.sort_values(ascending=upward, kind="stable")
        return tuple(int(row) for row in ordered.index[: frame.few]), None, None
    return tuple(int(row) for row in measured.index[measured == values[frame.order - 1]]), None, None


def _long(total: Decimal, count: int) -> Decimal:
    from decimal import localcontext

    from qa.tables.computing import LONGEST

    with localcontext() as context:
        context.prec = LONGEST
        return total / count


def _same_unit(read: Read, frame: TableFrame, rows: Sequence[int]) -> bool:
    column = read.drawn.columns[frame.columns[0]]
    return len({_unit_at(column, row) for row in rows}) == 1


def _unit_at(column: DrawnColumn, row: int) -> str:
    return column.unit if column.unit and column.texts[row].endswith(column.unit) else ""


def _assert_said(read: Read, frame: TableFrame, result: Result) -> None:
    documents = {read.document.id: read.document}
    answer = said("問い", frame, result, 0.9, documents)
    for citation in answer.citations:
        assert citation.quote == read.document.text[citation.start : citation.end] != ""
    gated = checked(answer, documents)
    assert isinstance(gated, Answer), (frame.operation, answer.text)
    assert (gated.text, gated.short, gated.figures) == (answer.text, answer.short, answer.figures)
    if frame.operation is TableOperation.VALUE:
        _assert_value(read, frame, result.rows[0], answer)
    _assert_figures(read, frame, result, answer)
    if frame.operation in (TableOperation.LIST, *OF_ORDER):
        assert list(answer.members or [answer.short]) == [read.name(row) for row in result.rows][:20]
    if answer.table:
        titles = [shown_title(c.title) for c in read.table.columns]
        columns = [titles.index(title) for title in answer.table.columns]
        expected = tuple(tuple(_said(read, row, n) for n in columns) for row in result.rows[:20])
        assert answer.table.rows == expected


def _said(read: Read, row: int, column: int) -> str:
    """Return how a cell is said; under codes no unit is stated."""
    return (
        read.drawn.columns[column].texts[row] or "（空欄）"
        if read.drawn.way == "codes"
        else read.shown(row, column)
    )


def _assert_value(read: Read, frame: TableFrame, row: int, answer: Answer) -> None:
    """The headline is the cell; the whole text tells of no other; what is quoted is the row and the day of the table."""
    (column,) = frame.columns
    assert answer.short == _said(read, row, column)
    title = shown_title(read.drawn.titles[column])
    behind = title if column == read.drawn.name else f"{read.name(row)}の{title}"
    noted = [f"（{NOTE}）"] if read.drawn.way == "notes" else []
    assert answer.text.split("\n") == [answer.short, behind, *noted]
    spans = [span for n in range(len(read.drawn.columns)) if (span := read.table.span(row, n))[0] < span[1]]
    cells = [
        span
        for n in dict.fromkeys((read.drawn.name, column))
        if (span := read.table.span(row, n))[0] < span[1]
    ]
    own = [(c.start, c.end) for c in answer.citations if c.quote != NOTE]
    if any(char.isdigit() for char in title):
        own = own[:-1]  # the header, which has the number of the title
    assert own in ([(min(s for s, _ in spans), max(e for _, e in spans))], cells)
    assert [c.quote for c in answer.citations if c.quote == NOTE] == ([NOTE] if noted else [])


def _assert_figures(read: Read, frame: TableFrame, result: Result, answer: Answer) -> None:
    values = [Decimal(figure.value) for figure in answer.figures]
    if frame.operation is TableOperation.COUNT:
        assert values == [len(result.rows)]
        assert answer.short == f"{len(result.rows)}件"
    elif result.number is not None:
        (number,) = values
        whole = result.number == result.number.to_integral()
        assert number == result.number.quantize(Decimal(1) if whole else Decimal("0.01"), ROUND_HALF_UP)
        assert f"{number:,f}" in answer.short.replace("△", "-").replace("−", "-")
    else:
        columns = [*frame.columns, *([frame.by] if frame.by is not None else [])]
        held = [read.drawn.columns[n].meanings[row] for row in result.rows[:6] for n in columns]
        counted = [len(result.rows)] if len(result.rows) > 20 else []
        counted += [result.counted] if result.blank else []
        assert values == [*(value for value in held if isinstance(value, Decimal)), *counted]


def test_the_row_that_adds_up_others_is_told_by_its_name_only(tmp_path: Path) -> None:
    seeds = (seed for seed in range(100) if drawn_table(random.Random(seed)).total)  # noqa: S311 - as above
    read = _read(next(seeds), tmp_path)
    total, _ = _named(read, read.drawn.name, "合計")
    for column in read.of_kind(ColumnKind.NUMBER):
        result = compute(TableFrame(read.table, TableOperation.VALUE, (column,), (total,)))
        assert result is not None
        assert [read.table.text(row, column) for row in result.rows] == [read.drawn.totals[column]]
    count = compute(TableFrame(read.table, TableOperation.COUNT, (read.drawn.name,), ()))
    assert count is not None
    assert count.number == read.drawn.size
