"""Conditions on the rows of a table, each a set of a column's different cells: named, or told by form."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

import numpy as np
import numpy.typing as npt

from corpus.budgets.years import fiscal_years
from corpus.data_rows import data_rows
from corpus.tables.cell_forms import (
    clocks_in,
    dates_in,
    folded,
    hours_in,
    is_blank,
    mark_in,
    month_of_year,
    months_in,
    number_in,
    weekdays_in,
)
from qa.tables.store.table_store import StoredColumn, StoredTable

Flags = npt.NDArray[np.bool_]
_SCALE = {"千": 1_000, "万": 10_000, "億": 10**8, None: 1}


@dataclass(frozen=True)
class Condition:
    """Rows whose cell of `column` is one of the texts flagged in `holds`. `start:end` of the question's key tell it.

    `form` names how it is told: "named", "at least", "weekday" …; `value` is what is asked, as text.
    """

    column: int
    form: str
    value: str
    holds: Flags
    start: int = 0
    end: int = 0
    whole: bool = True
    coverage: float = 1.0
    nearness: float = 1.0
    chance: float = 1.0

    def rows(self, table: StoredTable) -> Flags:
        """Return which rows it holds for."""
        return self.holds[table.columns[self.column].codes]


@dataclass(frozen=True, slots=True)
class Bound:
    """A number in a question with what makes it a bound: 50人以上."""

    sign: str
    value: Decimal
    unit: str
    start: int
    end: int


@cache
def bound_words() -> dict[str, str]:
    """Return the words that stand behind a number and make it a bound, with the sign they stand for."""
    return {row[0]: row[1] for row in data_rows("qa.tables", "bound_words.txt")}


def bounds_in(text: str) -> list[Bound]:
    """Return the bounds that a question sets, in order.

    >>> [(b.sign, str(b.value), b.unit) for b in bounds_in("定員が50人以上で1万円未満")]
    [('>=', '50', '人'), ('<', '10000', '円')]
    """
    words = "|".join(sorted(map(re.escape, bound_words()), key=len, reverse=True))
    pattern = re.compile(
        rf"(?<![0-9.,])(\d[\d,]*+(?:\.\d+)?)\s*+(万|千|億)?\s*+([^\d\s、。,.]{{0,4}}?)\s*+({words})"
    )
    return [
        Bound(bound_words()[m[4]], Decimal(m[1].replace(",", "")) * _SCALE[m[2]], m[3], m.start(), m.end())
        for m in pattern.finditer(folded(text))
    ]


def held_by(column: StoredColumn, test: Callable[[str], bool]) -> Flags:
    """Return which of a column's texts pass a test."""
    return np.array([test(text) for text in column.texts], dtype=np.bool_)


def bound_condition(number: int, column: StoredColumn, bound: Bound) -> Condition | None:
    """Return the rows whose number keeps a bound; None where the column's unit is another."""

    def keeps(text: str) -> bool:
        held = number_in(text)
        if held is None:
            return False
        return {
            ">=": held.value >= bound.value,
            ">": held.value > bound.value,
            "<=": held.value <= bound.value,
            "<": held.value < bound.value,
        }[bound.sign]

    return Condition(number, bound.sign, f"{bound.value:f}", held_by(column, keeps), bound.start, bound.end)


def marked_condition(number: int, column: StoredColumn, wanted: bool) -> Condition:
    """Return the rows that a column of marks says yes to, or no; a blank cell beside ○ is a no."""
    holds = held_by(column, lambda text: (mark_in(text) or False) is wanted)
    return Condition(number, "yes" if wanted else "no", "", holds)


def filled_condition(number: int, column: StoredColumn, wanted: bool) -> Condition:
    """Return the rows that have something in a column, or nothing."""
    empty = frozenset(("なし", "無し", "無", "不可", "×"))
    holds = held_by(column, lambda text: (not is_blank(text) and folded(text) not in empty) is wanted)
    return Condition(number, "filled" if wanted else "empty", "", holds)


def is_nothing(text: str) -> bool:
    """Tell whether a cell of a column of numbers says that there is none: 0, or blank.

    >>> is_nothing("0"), is_nothing("－"), is_nothing("12")
    (True, True, False)
    """
    number = number_in(text)
    return number.value == 0 if number else is_blank(text)


def counted_condition(number: int, column: StoredColumn, wanted: bool) -> Condition:
    """Return the rows whose number is one of something, or none."""
    holds = held_by(column, lambda text: (number_in(text) is not None and not is_nothing(text)) is wanted)
    return Condition(number, "some" if wanted else "zero", "", holds)


def equal_condition(number: int, column: StoredColumn, value: Decimal, said: str) -> Condition:
    """Return the rows whose number is this one."""

    def equals(text: str) -> bool:
        told = number_in(text)
        return told is not None and told.value == value

    return Condition(number, "equal", said, held_by(column, equals))


def weekday_condition(number: int, column: StoredColumn, day: int) -> Condition:
    """Return the rows whose days of the week include one."""
    return Condition(
        number, "weekday", "月火水木金土日"[day], held_by(column, lambda text: day in weekdays_in(text))
    )


def clock_condition(number: int, column: StoredColumn, minute: int) -> Condition:
    """Return the rows whose hours include a time of day."""
    holds = held_by(column, lambda text: any(a <= minute <= b for a, b in hours_in(text)))
    return Condition(number, "time", f"{minute // 60}:{minute % 60:02}", holds)


def clock_bound(number: int, column: StoredColumn, minute: int, sign: str) -> Condition:
    """Return the rows whose (last) time of day is at or after, or before, another."""

    def keeps(text: str) -> bool:
        told = clocks_in(text)
        return bool(told) and ((told[-1] >= minute) if sign in (">=", ">") else (told[0] <= minute))

    return Condition(number, sign, f"{minute // 60}:{minute % 60:02}", held_by(column, keeps))


def date_condition(
    number: int, column: StoredColumn, days: tuple[date, date], year: int, *, any_year: bool = False
) -> Condition:
    """Return the rows whose date, or period, shares a day with a stretch of days; with `any_year` in whatever year."""
    first, last = days

    def shares(text: str) -> bool:
        told = dates_in(text, year)
        if not told:
            return False
        moved = first.year - told[0].year if any_year else 0
        begin, end = _moved(told[0], moved), _moved(told[-1], moved)
        return begin <= last and end >= first

    said = first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
    return Condition(number, "on", said, held_by(column, shares))


def _moved(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def year_condition(number: int, column: StoredColumn, sign: str, year: int) -> Condition:
    """Return the rows whose year keeps a bound."""

    def keeps(text: str) -> bool:
        held = year_of(text)
        return (
            held is not None
            and {">=": held >= year, ">": held > year, "<=": held <= year, "<": held < year}[sign]
        )

    return Condition(number, sign, str(year), held_by(column, keeps))


def titled_day_condition(number: int, column: StoredColumn) -> Condition:
    """Return the rows that are open on the day that a column is of: what it says is not blank and no closing."""

    def opens(text: str) -> bool:
        plain = folded(text)
        return (
            not is_blank(text) and mark_in(text) is not False and not plain.startswith(("休", "定休", "閉"))
        )

    return Condition(number, "filled", "", held_by(column, opens))


def year_month_condition(number: int, column: StoredColumn, told: tuple[int, int]) -> Condition:
    """Return the rows of one month of one year: 令和8年4月 of 2026年4月."""
    said = f"{told[0]}年{told[1]}月"
    return Condition(number, "named", said, held_by(column, lambda text: month_of_year(text) == told))


def same_year_condition(number: int, column: StoredColumn, year: int) -> Condition:
    """Return the rows of one year, however it is written."""
    return Condition(number, "named", f"{year}年", held_by(column, lambda text: year_of(text) == year))


def year_of(text: str) -> int | None:
    """Return the year that a cell names: a day's, a month's, or its own.

    >>> year_of("令和6年"), year_of("2024年4月"), year_of("R6.4.1"), year_of("中央")
    (2024, 2024, 2024, None)
    """
    if dated := dates_in(text):
        return dated[0].year
    if told := month_of_year(text):
        return told[0]
    named = fiscal_years(f"{text}年" if text.isdigit() else text)
    return named[0].year if named else None


def month_condition(number: int, column: StoredColumn, month: int) -> Condition:
    """Return the rows whose date names a month, or is its number."""

    def names(text: str) -> bool:
        return month in months_in(text) or folded(text) == str(month)

    return Condition(number, "month", str(month), held_by(column, names))
