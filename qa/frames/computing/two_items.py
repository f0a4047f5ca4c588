"""What is computed of two items: which is larger, how far apart, how many times, together, part in whole."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from corpus.lexicon.money import grouped, shown
from corpus.types import Figure
from qa.frames.computing.one_item import share_of
from qa.frames.computing.working import Working
from qa.frames.operations import Operation
from qa.ledger import arithmetic
from qa.ledger.arithmetic import Result
from qa.ledger.composing import in_yen, name_of, short_amount, year_of
from qa.ledger.items import Item
from qa.types import Answer, Decline

Reply = Answer | Decline | None
_SAME = "同じ"


def compare(work: Working) -> Reply:
    """Which of two has the larger amount."""
    found = _figures(work)
    return (
        found if isinstance(found, Decline) else _larger(work, [(i, arithmetic.amount(f)) for i, f in found])
    )


def is_larger(work: Working) -> Reply:
    """Whether the first has the larger amount, yes or no."""
    return _yes_or_no(work, larger=True)


def is_smaller(work: Working) -> Reply:
    """Whether the first has the smaller amount, yes or no."""
    return _yes_or_no(work, larger=False)


def _yes_or_no(work: Working, *, larger: bool) -> Reply:
    told = compare_change(work) if work.frame.of_change else compare(work)
    if not isinstance(told, Answer):
        return told
    first = name_of(work.frame.items[0])
    right = told.short != _SAME and (told.short == first) is larger
    word = "はい" if right else "いいえ"
    return replace(
        told,
        text=f"{word}、多いのは{told.text}" if told.short != _SAME else f"{word}、{told.text}",
        short=word,
    )


def compare_change(work: Working) -> Reply:
    """Which of two rose more; where both fell, which fell more."""
    measure = work.rate if work.frame.by_rate else work.difference
    rows = [(item, measure(item)) for item in work.frame.items]
    known = [(item, result) for item, result in rows if result is not None]
    if len(known) < len(rows):
        lacking = next(item for item, result in rows if result is None)
        return work.lacking(lacking, work.frame.year, work.frame.base)
    if work.frame.lesser or all(result.value <= 0 for _, result in known):
        known = [(item, _negated(result)) for item, result in known]
    return _larger(work, known)


def _larger(work: Working, rows: list[tuple[Item, Result]]) -> Reply:
    rows = sorted(rows, key=lambda row: -_size(row[1]))
    lines = "\n".join(f"・{name_of(i)}：{r.derivation or shown(r.value, r.unit)}" for i, r in rows)
    for item, result in rows:
        work.made.show(_as_printed(result, work.frame.digits), name_of(item), work.frame.year)
    if _size(rows[0][1]) == _size(rows[1][1]):
        return work.made.answer(f"同じです。\n{lines}", _SAME, work.confidence)
    name = name_of(rows[-1 if work.frame.lesser and rows[0][1].kind == "amount" else 0][0])
    return work.made.answer(f"{name}です（{year_of(work.frame.year)}）。\n{lines}", name, work.confidence)


def difference(work: Working) -> Reply:
    """How far two amounts are apart."""
    found = _figures(work)
    if isinstance(found, Decline):
        return found
    (one, first), (two, second) = sorted(found, key=lambda pair: -in_yen(pair[1]))
    (a, b), unit = arithmetic.in_one_unit((first, second))
    derivation = f"{grouped(a)} − {grouped(b)} = {shown(a - b, unit)}"
    result = Result("difference", a - b, unit, (first, second), derivation)
    text = f"{name_of(one)}と{name_of(two)}の差は{work.in_full(result)}です（{year_of(work.frame.year)}）。"
    told = work.of_one_figure(result, one, text)
    return replace(told, short=short_amount(result.value, result.unit, work.frame.unit))


def times(work: Working) -> Reply:
    """How many times the second amount the first is."""
    found = _figures(work)
    if isinstance(found, Decline):
        return found
    (one, first), (two, second) = found
    if second.value <= 0:
        return work.declined("もとになる額がないため、倍率は計算できません。", two)
    result = arithmetic.times(first, second, work.frame.digits)
    text = f"{name_of(one)}は{name_of(two)}の{shown(result.value, '倍')}です（{year_of(work.frame.year)}）。"
    return work.of_one_figure(result, one, text)


def total(work: Working) -> Reply:
    """All that is named together."""
    found = _figures(work)
    if isinstance(found, Decline):
        return found
    result = arithmetic.total([figure for _, figure in found])
    names = "と".join(name_of(item) for item, _ in found)
    text = f"{names}の合計（{year_of(work.frame.year)}）は{work.in_full(result)}です。"
    return work.of_one_figure(result, found[0][0], text)


def share(work: Working) -> Reply:
    """What part of one the other is: the one below is the part; where neither is, the smaller one."""
    one, two = work.frame.items
    first, second = work.amount(one, work.frame.year), work.amount(two, work.frame.year)
    below = work.ledger.under(two, one)
    larger = first is not None and second is not None and in_yen(first) > in_yen(second)
    return (
        share_of(work, two, one)
        if below or (larger and not work.ledger.under(one, two))
        else share_of(work, one, two)
    )


def _figures(work: Working) -> list[tuple[Item, Figure]] | Decline:
    found = [(item, work.amount(item, work.frame.year)) for item in work.frame.items]
    lacking = next((item for item, figure in found if figure is None), None)
    if lacking is not None:
        return work.lacking(lacking, work.frame.year)
    return [(item, figure) for item, figure in found if figure is not None]


def _negated(result: Result) -> Result:
    return Result(result.kind, -result.value, result.unit, result.figures, result.derivation)


def _as_printed(result: Result, digits: int) -> Result:
    if result.kind == "rate" and result.unit == "%":
        new, old = result.figures
        return arithmetic.rate(new, old, digits)
    if result.kind != "difference":
        return result
    return arithmetic.difference(*result.figures)


def _size(result: Result) -> Decimal:
    from corpus.budgets.amounts import SCALE, yen

    return yen(result.value, result.unit) if result.unit in SCALE else result.value


MAKERS: Mapping[Operation, Callable[[Working], Reply]] = {
    Operation.COMPARE: compare,
    Operation.COMPARE_LARGER: is_larger,
    Operation.COMPARE_SMALLER: is_smaller,
    Operation.COMPARE_CHANGE: compare_change,
    Operation.DIFFERENCE: difference,
    Operation.TIMES: times,
    Operation.SUM: total,
    Operation.SHARE_OF: share,
}
