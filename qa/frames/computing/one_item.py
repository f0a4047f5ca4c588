"""What is computed of one item: its amounts, how they changed, its part of the whole, its place among the others."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from corpus.budgets.amounts import SCALE, yen
from corpus.lexicon.money import is_money, rounded, shown
from qa.frames.computing.over_items import rows_of
from qa.frames.computing.working import Working
from qa.frames.described_numbers import counted
from qa.frames.operations import Operation
from qa.ledger import arithmetic
from qa.ledger.arithmetic import Result
from qa.ledger.composing import change_text, name_of, year_of
from qa.ledger.items import Item
from qa.types import Answer, Decline

_YES, _NO = "はい", "いいえ"
_LEAST_OF_UNIT = 10
"""An amount of one below as many units is told in yen."""
Reply = Answer | Decline | None


def amount(work: Working) -> Reply:
    """The amounts of the items named, of the year asked for."""
    if len(work.frame.items) > 1:
        return _amounts(work, [(item, work.frame.year) for item in work.frame.items])
    (item,) = work.frame.items
    figure = work.amount(item, work.frame.year)
    if figure is None:
        return work.lacking(item, work.frame.year)
    if work.frame.rounding is not None or work.frame.unit not in (None, figure.unit):
        return convert(work)
    result = arithmetic.amount(figure)
    text = f"{name_of(item)}の{year_of(work.frame.year)}予算は{work.in_full(result)}です。"
    answer = work.of_one_figure(result, item, text)
    change = work.difference(item)
    if change is None or work.frame.base is None:
        return answer
    last = change.figures[1]
    work.made.show(arithmetic.amount(last), name_of(item), work.frame.base)
    work.made.show(change, name_of(item), work.frame.year)
    before = shown(last.value, last.unit)
    beside = f"前年度（{year_of(work.frame.base)}）は{before}で、{change_text(change)}です。"
    return work.made.answer(f"{text}{beside}\n{change.derivation}", answer.short, work.confidence)


def years(work: Working) -> Reply:
    """The amounts of one item in each year asked for; without any, in all that are printed."""
    (item,) = work.frame.items
    asked = work.frame.years or tuple(sorted(item.years()))
    return _amounts(work, [(item, year) for year in asked])


def _amounts(work: Working, wanted: list[tuple[Item, int | None]]) -> Reply:
    members = []
    for item, year in wanted:
        figure = work.amount(item, year)
        if figure is None:
            return work.lacking(item, year)
        result = arithmetic.amount(figure)
        work.made.show(result, name_of(item), year)
        members.append(f"{name_of(item)} {year_of(year)} {work.said(result)}")
    return work.listed(members, "予算額")


def change(work: Working) -> Reply:
    """By how much it rose or fell."""
    (item,) = work.frame.items
    result = work.difference(item)
    if result is None:
        return work.lacking(item, work.frame.year, work.frame.base)
    text = f"{name_of(item)}は{year_of(work.frame.base)}から{year_of(work.frame.year)}で{change_text(result)}です。"
    return work.of_one_figure(result, item, text)


def rate(work: Working) -> Reply:
    """By what percentage it rose or fell."""
    (item,) = work.frame.items
    result = work.rate(item)
    if result is None:
        if work.difference(item) is not None:
            return work.declined("前の年度の額がないため、率は計算できません。", item)
        return work.lacking(item, work.frame.year, work.frame.base)
    text = f"{name_of(item)}は{year_of(work.frame.base)}から{year_of(work.frame.year)}で{work.said(result)}です。"
    return work.of_one_figure(result, item, text)


def direction(work: Working) -> Reply:
    """Whether it rose or fell."""
    (item,) = work.frame.items
    result = work.difference(item)
    if result is None:
        return work.lacking(item, work.frame.year, work.frame.base)
    word = "増えた" if result.value > 0 else "減った" if result.value < 0 else "変わらない"
    way = "rise" if result.value > 0 else "fall" if result.value < 0 else "equal"
    asked = work.frame.direction
    yes = "" if asked is None else "はい、" if asked == way else "いいえ、"
    said = f"{yes}{word}（{change_text(result)}）" if result.value else f"{yes}{word}（同額、増減なし）"
    work.of_one_figure(result, item, "")
    told = said.removeprefix(yes)
    text = f"{yes}{name_of(item)}は{year_of(work.frame.base)}から{year_of(work.frame.year)}で{told}。\n{result.derivation}"
    return work.made.answer(text, said, work.confidence)


def share(work: Working) -> Reply:
    """What part of the whole it is; without a whole, of what it stands right below."""
    (item,) = work.frame.items
    whole = work.frame.whole or work.ledger.totals.get(item.document) or work.ledger.parent(item)
    return None if whole is None or whole is item else share_of(work, item, whole)


def share_of(work: Working, item: Item, whole: Item) -> Reply:
    """What part of `whole` an item is."""
    part, base = work.amount(item, work.frame.year), work.amount(whole, work.frame.year)
    if part is None or base is None:
        return work.lacking(whole if part else item, work.frame.year)
    if base.value <= 0:
        return work.declined("もとになる額がないため、割合は計算できません。", whole)
    result = arithmetic.share(part, base, work.frame.digits)
    text = (
        f"{name_of(item)}は{name_of(whole)}の{shown(result.value, '%')}です（{year_of(work.frame.year)}）。"
    )
    return work.of_one_figure(result, item, text)


def place(work: Working) -> Reply:
    """At which place it stands by amount among those of its level."""
    (item,) = work.frame.items
    rows = rows_of(work)
    if all(row.item is not item for row in rows):
        return None
    larger = [row for row in rows if row.size > next(r.size for r in rows if r.item is item)]
    own = next(row for row in rows if row.item is item)
    position = arithmetic.count(len(larger) + 1, own.result.figures, "番目")
    work.made.show(position, name_of(item), work.frame.year)
    work.made.show(own.result, name_of(item), work.frame.year)
    short = f"{len(larger) + 1}番目"
    text = f"{name_of(item)}は{len(rows)}件のうち{short}に多い額です（{year_of(work.frame.year)}、{work.said(own.result)}）。"
    return work.made.answer(text, short, work.confidence)


def verify(work: Working) -> Reply:
    """Whether an amount that the question names is the item's."""
    (item,) = work.frame.items
    figure = work.amount(item, work.frame.year)
    if figure is None or work.frame.bar is None:
        return work.lacking(item, work.frame.year) if figure is None else amount(work)
    result = arithmetic.amount(figure)
    if work.frame.bar.unit not in SCALE:
        return None
    coarser = max(SCALE[work.frame.bar.unit], SCALE[figure.unit])
    apart = abs(yen(figure.value, figure.unit) - yen(work.frame.bar.value, work.frame.bar.unit))
    right = apart < (coarser if SCALE[work.frame.bar.unit] > SCALE[figure.unit] else 1)
    work.made.show(result, name_of(item), work.frame.year)
    word = _YES if right else _NO
    text = f"{word}、{name_of(item)}の{year_of(work.frame.year)}予算は{work.in_full(result)}です。"
    return work.made.answer(text, f"{word}、{work.said(result)}", work.confidence)


def exceeds(work: Working) -> Reply:
    """Whether it is above an amount, or above a part of the whole."""
    (item,) = work.frame.items
    figure, bar = work.amount(item, work.frame.year), work.frame.bar
    if figure is None or bar is None:
        return work.lacking(item, work.frame.year)
    if bar.unit != "%":
        result = arithmetic.amount(figure)
        above = yen(figure.value, figure.unit) > yen(bar.value, bar.unit)
    else:
        told = share(work)
        if not isinstance(told, Answer):
            return told
        value = Decimal(told.figures[0].value)
        word = _YES if value > bar.value else _NO
        return replace(told, text=f"{word}、{told.text}", short=f"{word}、{told.short}")
    work.made.show(result, name_of(item), work.frame.year)
    word = _YES if above else _NO
    text = f"{word}、{name_of(item)}の{year_of(work.frame.year)}予算は{work.in_full(result)}です。"
    return work.made.answer(text, f"{word}、{work.said(result)}", work.confidence)


def convert(work: Working) -> Reply:
    """Its amount in another unit; rounded where that is asked."""
    (item,) = work.frame.items
    figure = work.amount(item, work.frame.year)
    if figure is None or not is_money(figure.unit):
        return work.lacking(item, work.frame.year)
    unit, rounding = work.frame.unit or figure.unit, work.frame.rounding
    if unit == figure.unit and rounding is None:
        return amount(work)
    exact = yen(figure.value, figure.unit) / SCALE[unit]
    value = exact if rounding is None else rounded(exact, rounding)
    sign = "=" if value == exact else "≒"
    derivation = f"{shown(figure.value, figure.unit)} {sign} {shown(value, unit)}"
    result = Result("amount", value, unit, (figure,), derivation)
    work.made.show(result, name_of(item), work.frame.year)
    work.made.show(arithmetic.amount(figure), name_of(item), work.frame.year)
    text = f"{name_of(item)}の{year_of(work.frame.year)}予算は{shown(value, unit)}です。\n{derivation}"
    return work.made.answer(
        text, f"{shown(value, unit)}（{shown(figure.value, figure.unit)}）", work.confidence
    )


def detail(work: Working) -> Reply:
    """How many of something it is about, as its description tells."""
    (item,) = work.frame.items
    figure = counted(item, work.frame.counter or "")
    if figure is None:
        return None
    result = Result("count", figure.value, figure.unit, (figure,))
    work.made.show(result, name_of(item), work.frame.year)
    work.made.point_at_name(item)
    said = shown(figure.value, figure.unit)
    return work.made.answer(f"{name_of(item)}は{said}です。", said, work.confidence)


def per_unit(work: Working) -> Reply:
    """What one of something costs: its amount by the number that its description tells."""
    (item,) = work.frame.items
    figure, count = work.amount(item, work.frame.year), counted(item, work.frame.counter or "")
    if figure is None or count is None or count.value <= 0:
        return None
    unit = work.frame.unit or figure.unit
    exact = yen(figure.value, figure.unit) / count.value / SCALE[unit]
    if work.frame.unit is None and exact < _LEAST_OF_UNIT:
        exact, unit = exact * SCALE[unit], "円"
    digits = 0 if unit == "円" else 1
    value = rounded(exact, digits if work.frame.rounding is None else work.frame.rounding)
    sign = "=" if value == exact else "≒"
    divided = (
        f"{shown(figure.value, figure.unit)} ÷ {shown(count.value, count.unit)} {sign} {shown(value, unit)}"
    )
    result = Result("rate", value, unit, (figure, count), divided)
    text = f"{name_of(item)}の{year_of(work.frame.year)}予算は一{count.unit}あたり{shown(value, unit)}です。"
    return work.of_one_figure(result, item, text)


MAKERS: Mapping[Operation, Callable[[Working], Reply]] = {
    Operation.AMOUNT: amount,
    Operation.YEARS: years,
    Operation.CHANGE: change,
    Operation.RATE: rate,
    Operation.DIRECTION: direction,
    Operation.SHARE: share,
    Operation.PLACE: place,
    Operation.VERIFY: verify,
    Operation.CONVERT: convert,
    Operation.EXCEEDS: exceeds,
    Operation.DETAIL: detail,
    Operation.PER_UNIT: per_unit,
}
