"""The few sets of conditions that a question may set on the rows of one table, likeliest first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, islice, product

import numpy as np

from corpus.tables.cell_forms import is_blank, number_in, weekdays_in
from corpus.tables.types import ColumnKind
from qa.tables.asking.asked_forms import AskedForms
from qa.tables.asking.conditions import (
    Condition,
    bound_condition,
    clock_bound,
    clock_condition,
    date_condition,
    equal_condition,
    month_condition,
    same_year_condition,
    titled_day_condition,
    weekday_condition,
    year_condition,
    year_month_condition,
)
from qa.tables.naming.cell_namings import Naming
from qa.tables.store.spoken_titles import spoken_title
from qa.tables.store.table_store import StoredTable

MOST = 8  # sets of conditions
_OF_ONE_PLACE = 5  # namings of one stretch of the question that are tried
_LEAST = 0.03  # likelihood below which a stretch names nothing
_SURE = 0.5  # likelihood from which on a name tells the year that a form would tell
_BOTH = 0.2  # likelihood from which on two names of one stretch are tried together
_DATED = frozenset((ColumnKind.YEAR, ColumnKind.DATE, ColumnKind.PERIOD))
_MONTH = re.compile(r"(?:1[0-2]|[1-9１-９]|１[０-２])月?")
_MOST_MONTHS = 13
_COLUMNS = 2  # columns that are tried for a bound


@dataclass(frozen=True)
class ConditionSet:
    """Conditions that hold together; `left` is the weight of names that were passed over, `unused` counts forms that were."""

    conditions: tuple[Condition, ...]
    left: float = 0.0
    unused: int = 0


def condition_sets(
    table: StoredTable,
    named: Sequence[tuple[Naming, float]],
    forms: AskedForms,
    by: Sequence[int],
    today: date,
) -> list[ConditionSet]:
    """Return at most MOST sets of conditions, likeliest first.

    `named` has how likely each is meant; `by` are the columns likeliest to be measured, best first.
    """
    choices = [_choices(table, cluster) for cluster in _clusters(named)]
    sure = {one.column for one, chance in named if chance >= _SURE}
    formed = [
        options
        for options in _formed(table, forms, by, today)
        if not any(c.form == "named" and c.column in sure for option in options for c in option)
    ]
    found = []
    for picked in islice(product(*choices), 64):
        left = sum(weight for _, weight in picked)
        found.append((left, _joined([condition for option, _ in picked for condition in option])))
    found.sort(key=lambda one: one[0])
    sets = []
    for left, conditions in found[:MOST]:
        for extra in islice(product(*formed), 4) if formed else [()]:
            told = [condition for group in extra for condition in group]
            sets.append(ConditionSet((*conditions, *told), left, _unused(formed, extra)))
    sets.sort(key=lambda one: one.left + one.unused)
    return sets[:MOST]


def _unused(
    formed: Sequence[Sequence[tuple[Condition, ...]]], chosen: Sequence[tuple[Condition, ...]]
) -> int:
    """Return how many forms stand for nothing though they should: those of which that is the first choice may."""
    return sum(not group and bool(choices[0]) for choices, group in zip(formed, chosen, strict=False))


def _clusters(named: Sequence[tuple[Naming, float]]) -> list[list[tuple[Naming, float]]]:
    """Return namings in groups that share letters of the question; what is hardly meant is left out."""
    groups: list[list[tuple[Naming, float]]] = []
    end = -1
    likely = [pair for pair in named if pair[1] >= _LEAST]
    for one, chance in sorted(likely, key=lambda pair: (pair[0].start, -pair[0].end)):
        if groups and one.start < end:
            groups[-1].append((one, chance))
            end = max(end, one.end)
        else:
            groups.append([(one, chance)])
            end = one.end
    return groups


def _choices(
    table: StoredTable, cluster: Sequence[tuple[Naming, float]]
) -> list[tuple[tuple[Condition, ...], float]]:
    """Return what a stretch may name, with how much likelier its likeliest reading is (in logarithms).

    Two names side by side are one option more.
    """
    ranked = sorted(cluster, key=lambda pair: -pair[1])[:_OF_ONE_PLACE]
    options: list[tuple[tuple[Condition, ...], float]] = [
        ((_named(table, one, chance),), _log_odds(chance)) for one, chance in ranked
    ]
    for (first, a), (second, b) in combinations(ranked, 2):
        if (first.end <= second.start or second.end <= first.start) and min(a, b) >= _BOTH:
            options.append(((_named(table, first, a), _named(table, second, b)), _log_odds(a) + _log_odds(b)))
    options.append(((), 0.0))
    best = max(score for _, score in options)
    return sorted(((chosen, best - score) for chosen, score in options), key=lambda pair: pair[1])


def _log_odds(chance: float) -> float:
    bounded = min(max(chance, 1e-3), 1 - 1e-3)
    return float(np.log(bounded / (1 - bounded)))


def _named(table: StoredTable, one: Naming, chance: float) -> Condition:
    column = table.columns[one.column]
    holds = np.zeros(len(column.texts), bool)
    holds[list(one.places)] = True
    value = column.texts[one.places[0]] if len(one.places) == 1 or one.whole else one.run
    return Condition(
        one.column, "except" if one.excluded else "named", value, ~holds if one.excluded else holds,
        one.start, one.end, one.whole, one.coverage, one.nearness, chance,
    )  # fmt: skip


def _joined(conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """Return conditions of which those of one column are one: either of two names, or both parts of one name."""
    joined: dict[int, Condition] = {}
    for one in conditions:
        before = joined.get(one.column)
        if before is None:
            joined[one.column] = one
            continue
        both = before.holds & one.holds
        if "except" in (before.form, one.form):
            joined[one.column] = replace(before, holds=both, form="except")
            continue
        together = both if both.any() else before.holds | one.holds
        joined[one.column] = replace(
            before,
            holds=together,
            end=max(before.end, one.end),
            value=before.value if both.any() else f"{before.value}」「{one.value}",
            form="named" if both.any() else "either",
            whole=before.whole and one.whole,
            chance=min(before.chance, one.chance),
            coverage=min(1.0, before.coverage + one.coverage)
            if both.any()
            else min(before.coverage, one.coverage),
        )
    return tuple(joined.values())


def _formed(
    table: StoredTable, forms: AskedForms, by: Sequence[int], today: date
) -> Iterator[list[tuple[Condition, ...]]]:
    """Yield, for each form that the question has, the conditions that it may stand for; the last choice is none."""
    of_kind = {kind: [n for n, c in enumerate(table.columns) if c.kind is kind] for kind in ColumnKind}
    for bound in forms.bounds:
        numbers = [n for n in by if table.columns[n].kind is ColumnKind.NUMBER]
        fitting = [n for n in numbers if bound.unit and _has_unit(table, n, bound.unit)] or numbers
        yield [*((c,) for n in fitting[:_COLUMNS] if (c := bound_condition(n, table.columns[n], bound))), ()]
    for value, unit, said in forms.numbers:
        fitting = [
            n
            for n in by
            if table.columns[n].kind is ColumnKind.NUMBER
            and _holds_number(table, n, value)
            and (not unit or _has_unit(table, n, unit))
        ]
        if fitting:
            yield [(), *((equal_condition(n, table.columns[n], value, said),) for n in fitting[:_COLUMNS])]
    if forms.weekdays and (open_days := list(_weekdays(table, forms, of_kind[ColumnKind.WEEKDAYS]))):
        yield [*open_days, ()]
    if forms.clocks:
        yield [*_clocks(table, forms, of_kind), ()]
    dated = [*of_kind[ColumnKind.DATE], *of_kind[ColumnKind.PERIOD]]
    if forms.days and dated:
        own = [
            date_condition(n, table.columns[n], forms.days, today.year, any_year=forms.any_year)
            for n in dated[:3]
        ]
        yield [*((one,) for one in own), ()]
    elif forms.days and forms.relative and (days := of_kind[ColumnKind.WEEKDAYS]):
        day = forms.days[0].weekday()
        yield [*((weekday_condition(n, table.columns[n], day),) for n in days[:2]), ()]
    if forms.year_bound:
        sign, year = forms.year_bound
        years = [*of_kind[ColumnKind.YEAR], *dated]
        yield [*((year_condition(n, table.columns[n], sign, year),) for n in years[:2]), ()]
    months = [*_month_columns(table), *dated]
    of_year = list(_years(table, forms))
    yield from of_year
    if forms.months and months and not forms.days and not (of_year and forms.year_month):
        yield [*((month_condition(n, table.columns[n], forms.months[0]),) for n in months[:2]), ()]


def _weekdays(table: StoredTable, forms: AskedForms, days: Sequence[int]) -> Iterator[tuple[Condition, ...]]:
    """Yield that rows are open on the days of columns that are called by them, or have them in a column of days."""
    titled = _titled_days(table)
    own = tuple(
        titled_day_condition(titled[day], table.columns[titled[day]])
        for day in forms.weekdays
        if day in titled
    )
    if own:
        yield own
    for number in days[:3]:
        yield tuple(weekday_condition(number, table.columns[number], day) for day in forms.weekdays)


def _years(table: StoredTable, forms: AskedForms) -> Iterator[list[tuple[Condition, ...]]]:
    """Yield the rows of the year, or the month of a year, that a question speaks of, where a column tells years."""
    if forms.days or forms.year_bound or (forms.year is None and forms.year_month is None):
        return
    for number, column in enumerate(table.columns):
        if column.kind not in _DATED:
            continue
        if forms.year_month:
            found = year_month_condition(number, column, forms.year_month)
        elif forms.year is not None:
            found = same_year_condition(number, column, forms.year)
        if found.holds.any() and not found.holds.all():
            yield [(found,), ()]
            return


def _month_columns(table: StoredTable) -> list[int]:
    """Return the columns whose cells are months: 4, 5 … under 月, or 4月, 5月."""
    return [
        number
        for number, column in enumerate(table.columns)
        if 1 < len(column.texts) <= _MOST_MONTHS
        and all(_MONTH.fullmatch(text.strip()) for text in column.texts if not is_blank(text))
        and ("月" in spoken_title(column.title) or any("月" in text for text in column.texts))
    ]


def _titled_days(table: StoredTable) -> dict[int, int]:
    """Return the columns that are called by a day of the week, by that day."""
    return _days_of(tuple(column.title for column in table.columns))


@lru_cache(maxsize=512)
def _days_of(titles: tuple[str, ...]) -> dict[int, int]:
    """Return the titles that are of a day of the week, by that day: 日曜, openingHoursSun."""
    found: dict[int, int] = {}
    for number, title in enumerate(titles):
        days = weekdays_in(spoken_title(title).split(" ")[-1])
        if len(days) == 1:
            found.setdefault(next(iter(days)), number)
    return found


def _holds_number(table: StoredTable, number: int, value: Decimal) -> bool:
    return any(told.value == value for text in table.columns[number].texts if (told := number_in(text)))


def _has_unit(table: StoredTable, number: int, unit: str) -> bool:
    column = table.columns[number]
    return unit in column.unit or unit in column.title or any(unit in text for text in column.texts[:5])


def _clocks(
    table: StoredTable, forms: AskedForms, of_kind: dict[ColumnKind, list[int]]
) -> Iterator[tuple[Condition, ...]]:
    minute = forms.clocks[0]
    for number in of_kind[ColumnKind.HOURS][:2]:
        yield (clock_condition(number, table.columns[number], minute),)
    clocks = of_kind[ColumnKind.CLOCK]
    if len(clocks) >= 2:
        first, last = clocks[0], clocks[1]
        yield (
            clock_bound(first, table.columns[first], minute, "<="),
            clock_bound(last, table.columns[last], minute, ">="),
        )
    elif clocks:
        yield (clock_bound(clocks[0], table.columns[clocks[0]], minute, ">="),)
