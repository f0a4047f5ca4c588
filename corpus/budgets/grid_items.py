"""The item that a row of a grid is about: its name, parents, year, stage and unit."""

import re
from dataclasses import dataclass, field, replace

from corpus.budgets.amounts import parse_number
from corpus.budgets.columns import Column, Role, level_of_column
from corpus.budgets.grid_parents import LEVEL, TICKS, RowsAbove, group_of_total, higher_levels, parents_of
from corpus.budgets.headers import Header
from corpus.budgets.marks import Name, is_total, mark_of, parted
from corpus.budgets.stages import stage_of
from corpus.budgets.years import parse_fiscal_year
from corpus.tables.cells import Cell
from corpus.types import Attribute, Document, Problem, Stage

_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


@dataclass(slots=True)
class RowContext:
    """What holds for one row: its item, its parents, its year, stage and unit."""

    name: Name
    parents: tuple[str, ...]
    year: int | None
    stage: Stage
    unit: str | None
    page: int
    level: str | None = None


@dataclass(slots=True)
class GridReading:
    """What is known of a grid while it is read, and what was found in it besides figures."""

    document: Document
    header: Header
    page: int
    above: RowsAbove = field(default_factory=RowsAbove)
    attributes: list[Attribute] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def note(self, message: str, cell: Cell, code: str) -> None:
        """Add a Problem at a cell."""
        self.problems.append(Problem(self.document.id, message, self.page, cell.start, cell.end, code))


def context_of(reading: GridReading, pairs: list[tuple[Column, Cell]], named: Cell) -> RowContext:
    """Return what holds for the row that `named` names, and keep in `reading` what it tells of the rows below."""
    cells = {column.role: cell.text for column, cell in pairs if cell.text}
    year = parse_fiscal_year(cells.get(Role.YEAR, "")) or _plain_year(cells.get(Role.YEAR, ""))
    header, document = reading.header, reading.document
    named_years = [column.year for column in header.columns if column.year is not None]
    years = (
        year,
        header.year,
        max(named_years, default=None),
        document.fiscal_year,
        parse_fiscal_year(document.title),
    )
    stages = (stage_of(cells.get(Role.STAGE, "")), header.stage, stage_of(document.title))
    name = parted(named.text)
    level = LEVEL.match(name.text)
    if level:
        name = replace(name, text=name.text[level.end() :], start=name.start + level.end())
    name = replace(name, marks=tuple(dict.fromkeys([*name.marks, *_marks(pairs)])))
    parents = parents_of(reading.above, pairs, named)
    parents = (*parents, *higher_levels(reading.above, name.text, level))
    group = group_of_total(name.text, parents, [column.title for column in header.columns])
    if group:
        reading.above.groups[named.start] = group
    elif is_total(name.text):
        parents = ()
    if not _IN_BRACKETS.fullmatch(name.text):
        reading.above.item = name.text
    elif reading.above.item:
        parents = (*parents, reading.above.item)  # （病院事業会計分） is a part of the item above it
    shift = named.start if named.end - named.start == len(named.text) else None
    placed = (
        replace(name, start=name.start + shift, end=name.end + shift)
        if shift is not None
        else replace(name, start=named.start, end=named.end)
    )
    return RowContext(
        placed,
        parents,
        next((y for y in years if y is not None), None),
        next((s for s in stages if s is not None), Stage.INITIAL),
        cells.get(Role.UNIT) or header.unit,
        reading.page,
        None if is_total(name.text) else level["level"] if level else level_of_column(_title(pairs, named)),
    )


def _title(pairs: list[tuple[Column, Cell]], named: Cell) -> str:
    return next(column.title for column, cell in pairs if cell is named)


def _plain_year(text: str) -> int | None:
    number = parse_number(text)
    return int(number) if number is not None and 1926 <= number <= 2100 else None


def _marks(pairs: list[tuple[Column, Cell]]) -> list[str]:
    """Return the marks that stand in cells of their own, or begin a text: 新規。…."""
    found = [
        mark_of(column.title if cell.text in TICKS else cell.text)
        for column, cell in pairs
        if column.role in (Role.CATEGORY, Role.TEXT) and cell.text
    ]
    return [mark for mark in found if mark]
