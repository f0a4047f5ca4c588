"""Where the header of a budget table stands among its rows, and what it tells of all columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.budgets.amounts import parse_number
from corpus.budgets.columns import Column, Role, column_of, columns_of
from corpus.budgets.table_notes import stage_above, unit_above, year_above
from corpus.budgets.years import circled_year
from corpus.normalizing import squash
from corpus.tables.cells import Row
from corpus.types import Stage

_NOW = 2025  # a year without its era, in a document without a year, is taken to be near
_MOST_ROWS = 3
_SPANNING = re.compile(r"(?:左の)?財源(?:内訳)?|内訳|特定財源|うち.*")


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: rows `first` to `last`, its columns, and the unit of a note above."""

    first: int
    last: int
    columns: tuple[Column, ...]
    unit: str | None
    year: int | None
    stage: Stage | None


def dated(header: Header, near: int | None) -> Header:
    """Return a header whose years without an era are those nearest to a year: 6年度 near 2025 is 2024."""
    number = max((c.era_year for c in header.columns if c.era_year is not None), default=None)
    if number is None:
        return header
    columns = [
        replace(c, year=circled_year(c.era_year, near=near or _NOW), era_year=None)
        if c.era_year is not None
        else c
        for c in header.columns
    ]
    return replace(header, columns=tuple(columns))


def find_header(rows: Sequence[Row]) -> Header | None:
    """Return the first header: a row (or two, where cells span) that names an item column and an amount."""
    for number in range(min(len(rows), 40)):
        header = header_at(rows, number)
        if header:
            return header
    return None


def text_header_at(rows: Sequence[Row], number: int) -> Header | None:
    """Return the header of a table without amounts that begins at a row below a heading of one cell, None where none does."""
    if number == 0 or sum(bool(cell.text) for cell in rows[number - 1]) != 1:
        return None
    titles = [cell.text for cell in rows[number]]
    if sum(bool(title) for title in titles) < 2 or any(parse_number(title) is not None for title in titles):
        return None
    columns = columns_of(titles)
    if any(column.role in (Role.AMOUNT, Role.FUNDING, Role.DIFFERENCE) for column in columns):
        return None
    plain = tuple(replace(c, role=Role.TEXT) if c.role is Role.COUNT else c for c in columns)
    return Header(number, number, plain, None, None, None)


def header_at(rows: Sequence[Row], number: int) -> Header | None:
    """Return the header that begins at a row, None where that is none."""
    titles = [cell.text for cell in rows[number]]
    if sum(bool(title) for title in titles) < 2 or any(parse_number(t) is not None for t in titles):
        return None
    last = number
    while last + 1 < min(len(rows), number + _MOST_ROWS):
        below = [cell.text for cell in rows[last + 1]]
        if not _is_second_row(titles, below):
            break
        titles, last = _stacked(titles, below), last + 1
    columns = columns_of(titles)
    roles = {column.role for column in columns}
    if Role.NAME not in roles or not roles & {Role.AMOUNT, Role.FUNDING, Role.COUNT}:
        return None
    above = [cell.text for row in rows[:number] for cell in row if cell.text]
    unit = unit_above([*above, *titles]) or _common_unit(columns)
    return Header(number, last, columns, unit, year_above(above), stage_above(above))


def _common_unit(columns: tuple[Column, ...]) -> str | None:
    """Columns that print no unit share the one that all others print."""
    units = {column.unit for column in columns if column.unit and column.role is not Role.COUNT}
    return units.pop() if len(units) == 1 else None


def _is_second_row(titles: list[str], below: list[str]) -> bool:
    """A second header row fills columns of amounts and leaves the name column empty."""
    if not any(below) or any(parse_number(text) is not None for text in below):
        return False
    words = [
        column_of(text).role
        for text, above in zip(below, titles + [""] * len(below), strict=False)
        if text and text != above and not _SPANNING.fullmatch(squash(text))
    ]
    return bool(words) and all(
        role in (Role.AMOUNT, Role.FUNDING, Role.DIFFERENCE, Role.NOTHING) for role in words
    )


def _stacked(upper: list[str], lower: list[str]) -> list[str]:
    """Join a spanning title with what stands below it: 予算額 over 令和６年度 is 予算額 令和６年度."""
    width = max(len(upper), len(lower))
    upper = upper + [""] * (width - len(upper))
    lower = lower + [""] * (width - len(lower))
    titles: list[str] = []
    spanning = ""
    for top, bottom in zip(upper, lower, strict=True):
        spanning = top or (spanning if bottom else "")
        same = not bottom or bottom == spanning
        titles.append(spanning if same else f"{spanning} {bottom}".strip())
    return titles
