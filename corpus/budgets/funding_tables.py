"""Tables whose rows are funding sources: 国庫支出金, 市債 … and 計, for an item of another table that they make up."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.budgets.columns import is_source
from corpus.budgets.marks import is_total
from corpus.types import Figure, Measure

_GENERAL = "一般財源"
_LEAST_SOURCES, _MOST_SOURCES = 2, 12
_FIRST = re.compile(r"^(?:うち)?財源(?:の?内訳)?[ 　:：]*")
_TOTALS = frozenset(("財源計", "財源合計", "財源の計", "特定財源計"))


def as_funding(figures: Sequence[Figure], others: Sequence[Figure]) -> list[Figure]:
    """Return the figures of a table of sources as the funding of the item in `others` whose amounts they add up to.

    All others come back as they are, and those of a table of sources where no one item has the sums.
    """
    rows = [figure for figure in figures if not is_total(figure.label) and figure.label not in _TOTALS]
    named = {figure.label for figure in rows}
    if _GENERAL not in named or sum(map(is_source, named)) < max(_LEAST_SOURCES, len(named) - 1):
        return list(figures)
    owner = _owner(rows, others)
    if owner is None:
        return list(figures)
    return [_of(owner, figure) for figure in rows if figure.measure is Measure.AMOUNT]


def with_funding_rows(rows: Sequence[list[Figure]]) -> list[list[Figure]]:
    """Return the rows of a table with those that tell a row's sources below it as its funding: 「財源　国庫支出金」.

    They begin with a row that says 財源, and end where they add up to the row above in every year.
    """
    kept: list[list[Figure]] = []
    number = 0
    while number < len(rows):
        if kept and _FIRST.match(rows[number][0].label):
            many = _many(kept[-1], rows[number:])
            kept[-1] += [
                _of(kept[-1][0], figure)
                for row in rows[number : number + many]
                for figure in row
                if figure.measure is Measure.AMOUNT
            ]
            number += many
            if many:
                continue
        kept.append(list(rows[number]))
        number += 1
    return kept


def _many(owner: Sequence[Figure], rows: Sequence[Sequence[Figure]]) -> int:
    """Return how many of the rows add up to the amounts of an owner; 0 where none do."""
    wanted = {f.fiscal_year: f.value for f in owner if f.measure is Measure.AMOUNT}
    sums: dict[int | None, Decimal] = defaultdict(Decimal)
    for number, row in enumerate(rows[:_MOST_SOURCES], 1):
        for figure in row:
            if figure.measure is Measure.AMOUNT:
                sums[figure.fiscal_year] += figure.value
        if sums and all(sums[year] == wanted.get(year) for year in sums):
            return number
    return 0


def _of(owner: Figure, figure: Figure) -> Figure:
    return replace(
        figure,
        label=owner.label,
        parents=owner.parents,
        measure=Measure.FUNDING,
        aspect=_FIRST.sub("", figure.label) or figure.label,
        name_start=owner.name_start,
        name_end=owner.name_end,
    )


def _owner(rows: Sequence[Figure], others: Sequence[Figure]) -> Figure | None:
    sums: dict[int | None, Decimal] = defaultdict(Decimal)
    for figure in rows:
        if figure.measure is Measure.AMOUNT:
            sums[figure.fiscal_year] += figure.value
    having = [f for f in others if f.measure is Measure.AMOUNT and sums.get(f.fiscal_year) == f.value]
    names = {(figure.label, figure.parents) for figure in having}
    return having[0] if len(names) == 1 else None
