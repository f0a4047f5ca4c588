"""Exact arithmetic over figures. Each result keeps the figures it came from and prints its derivation."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.budgets.amounts import SCALE, yen
from corpus.lexicon.money import grouped, rounded, shown
from corpus.types import Figure
from qa.ledger.items import Sum

_SPELT_OUT = 8
"""A sum of more figures than this is told by their number: a line of forty numbers proves nothing to a reader."""


@dataclass(frozen=True, slots=True)
class Result:
    """A number with its kind (amount, difference, rate, share, total, count), its figures and how it came."""

    kind: str
    value: Decimal
    unit: str
    figures: tuple[Figure, ...]
    derivation: str | None = None


def amount(figure: Figure) -> Result:
    """Return a printed figure as it is, or one that is the sum of others with how it came."""
    if isinstance(figure, Sum):
        derivation = f"{len(figure.parts)}件の合計 = {shown(figure.value, figure.unit)}"
        if len(figure.parts) <= _SPELT_OUT:
            derivation = total(figure.parts).derivation or derivation
        return Result("total", figure.value, figure.unit, (figure,), derivation)
    return Result("amount", figure.value, figure.unit, (figure,))


def difference(new: Figure, old: Figure) -> Result:
    """Return new − old in the finer unit of the two: 266,144 − 247,892 = 18,252千円（7.4%増）."""
    (a, b), unit = in_one_unit((new, old))
    value = a - b
    derivation = f"{grouped(a)} − {grouped(b)} = {shown(value, unit)}"
    if b > 0 and value != 0:
        percent = rounded(abs(value) * 100 / b, 1)
        derivation += f"（{grouped(percent)}%{'増' if value > 0 else '減'}）"
    return Result("difference", value, unit, (new, old), derivation)


def rate(new: Figure, old: Figure, digits: int) -> Result:
    """Return the change in percent of the old amount, rounded half up; the old amount must be above zero."""
    (a, b), _ = in_one_unit((new, old))
    value = rounded((a - b) * 100 / b, digits)
    change = f"({grouped(a)} − {grouped(b)}) ÷ {grouped(b)} × 100"
    derivation = f"{change} ≒ {grouped(value)}%"
    return Result("rate", value, "%", (new, old), derivation)


def share(part: Figure, whole: Figure, digits: int) -> Result:
    """Return the part in percent of the whole, rounded half up; the whole must be above zero."""
    (a, b), _ = in_one_unit((part, whole))
    value = rounded(a * 100 / b, digits)
    return Result(
        "share", value, "%", (part, whole), f"{grouped(a)} ÷ {grouped(b)} × 100 ≒ {grouped(value)}%"
    )


def share_of_total(parts: Sequence[Figure], whole: Figure, digits: int) -> Result:
    """Return the sum of the parts in percent of the whole; the whole must be above zero."""
    (base, *values), _ = in_one_unit((whole, *parts))
    value = rounded(sum(values, Decimal(0)) * 100 / base, digits)
    added = " + ".join(grouped(v) for v in values)
    return Result(
        "share", value, "%", (*parts, whole), f"({added}) ÷ {grouped(base)} × 100 ≒ {grouped(value)}%"
    )


def times(one: Figure, other: Figure, digits: int) -> Result:
    """Return how many times the other amount the first is, rounded half up."""
    (a, b), _ = in_one_unit((one, other))
    value = rounded(a / b, digits)
    return Result("rate", value, "倍", (one, other), f"{grouped(a)} ÷ {grouped(b)} ≒ {grouped(value)}倍")


def total(figures: Sequence[Figure]) -> Result:
    """Return the sum in the finest unit: 64,471 + 152,842 = 217,313千円."""
    values, unit = in_one_unit(figures)
    value = sum(values, Decimal(0))
    derivation = " + ".join(grouped(v) for v in values) + f" = {shown(value, unit)}"
    return Result("total", value, unit, tuple(figures), derivation)


def count(number: int, figures: Sequence[Figure], counter: str) -> Result:
    """Return how many items there are."""
    return Result("count", Decimal(number), counter, tuple(figures))


def in_one_unit(figures: Sequence[Figure]) -> tuple[tuple[Decimal, ...], str]:
    """Return the values in the finest unit among them; units other than money must be equal."""
    units = {figure.unit for figure in figures}
    if len(units) == 1:
        return tuple(figure.value for figure in figures), figures[0].unit
    finest = min(units, key=lambda unit: SCALE[unit])
    return tuple(yen(f.value, f.unit) / SCALE[finest] for f in figures), finest
