"""Shares, sums and comparisons of several items."""

import re
from collections.abc import Sequence

from corpus.types import Figure
from qa.ledger import arithmetic, composing
from qa.ledger.asking import NAME, Measured
from qa.ledger.changes import amounts, direction, pair
from qa.ledger.composing import in_yen, name_of, year_of
from qa.ledger.inquiry import WHOLE, Halt, Inquiry, Response
from qa.ledger.items import Item
from qa.ledger.summing import summed
from qa.types import Answer


def share(inquiry: Inquiry) -> Response:
    """Return what part of a whole an item or a source is."""
    items = subjects_with_total(inquiry)
    aspect = inquiry.aspect()
    if (
        aspect
        and len(items) == 1
        and not inquiry.ledger.aspects(items[0])
        and inquiry.ledger.children(items[0])
    ):
        return share_of_sum(inquiry, items[0], aspect)
    if aspect and len(items) >= 1:
        item = next((i for i in items if inquiry.ledger.aspects(i)), items[-1])
        part, whole = (
            inquiry.figure(item, inquiry.year(item), aspect),
            inquiry.figure(item, inquiry.year(item)),
        )
        return shared(inquiry, part, whole, f"{name_of(item)}に占める{aspect}の割合", item)
    part_item, whole_item = part_and_whole(inquiry, items)
    year = inquiry.year(part_item)
    part, whole = inquiry.figure(part_item, year), inquiry.figure(whole_item, year)
    return shared(
        inquiry, part, whole, f"{inquiry.said(whole_item)}に占める{name_of(part_item)}の割合", part_item
    )


def subjects_with_total(inquiry: Inquiry) -> list[Item]:
    items = list(dict.fromkeys(inquiry.pick(mention) for mention in inquiry.reading.mentions))
    if inquiry.total is not None and inquiry.total not in items:
        items.append(inquiry.total)
    return items


def part_and_whole(inquiry: Inquiry, items: Sequence[Item]) -> tuple[Item, Item]:
    for part in items:
        for whole in items:
            if inquiry.ledger.under(part, whole):
                return part, whole
    if len(items) == 1:
        above = (
            inquiry.ledger.totals.get(items[0].document)
            if WHOLE.search(inquiry.asked.shape)
            else inquiry.ledger.parent(items[0])
        )
        above = above or inquiry.ledger.totals.get(items[0].document)
        if above is not None and above is not items[0]:
            return items[0], above
    if len(items) == 2:
        reverse = re.search(NAME + r".{0,10}(?:に占める|に対する|のうち)", inquiry.asked.shape)
        return (items[1], items[0]) if reverse else (items[0], items[1])
    raise Halt(inquiry.declined("何に対する割合かが、資料の金額からは決まりません。"))


def share_of_sum(inquiry: Inquiry, item: Item, aspect: str) -> Response:
    """Return a funding source's share of a whole for which it is printed part by part only."""
    year = inquiry.year(item)
    parts = [inquiry.figure(child, year, aspect) for child in inquiry.ledger.children(item)]
    whole = inquiry.figure(item, year)
    if whole.value <= 0:
        raise Halt(inquiry.declined("もとになる額がないため、割合は計算できません。"))
    result = arithmetic.share_of_total(parts, whole, inquiry.asked.digits)
    label = f"{inquiry.said(item)}に占める{aspect}の割合"
    inquiry.made.show(result, label, year)
    for figure in (*parts, whole):
        inquiry.made.show(arithmetic.amount(figure), figure.label, figure.fiscal_year)
    text = f"{label}（{year_of(year)}）は{composing.shown(result.value, '%')}です。\n{result.derivation}"
    return inquiry.made.answer(text, composing.shown(result.value, "%"), inquiry.confidence)


def shared(inquiry: Inquiry, part: Figure, whole: Figure, label: str, item: Item) -> Answer:
    if whole.value <= 0:
        raise Halt(inquiry.declined("もとになる額がないため、割合は計算できません。"))
    result = arithmetic.share(part, whole, inquiry.asked.digits)
    inquiry.made.show(result, label, part.fiscal_year)
    for figure in (part, whole):
        inquiry.made.show(arithmetic.amount(figure), figure.label, figure.fiscal_year)
    text = f"{label}（{year_of(part.fiscal_year)}）は{composing.shown(result.value, '%')}です。\n{result.derivation}"
    return inquiry.made.answer(text, composing.shown(result.value, "%"), inquiry.confidence)


def added(inquiry: Inquiry) -> Response:
    """Return the sum of what is named."""
    items = inquiry.subjects()
    aspect = inquiry.aspect()
    if len(items) == 1:
        below = inquiry.scope_of(items[0])
        if aspect and len(below) > 1:
            return summed(inquiry, below, aspect, name_of(items[0]))
        return amounts(inquiry)
    return summed(inquiry, items, aspect, "合計")


def compare(inquiry: Inquiry) -> Response:
    """Return which of two items is larger, or changed more."""
    items = inquiry.subjects()
    if len(items) != 2:
        return direction(inquiry) if len(items) == 1 else None
    aspect = inquiry.aspect()
    if inquiry.asked.measured is Measured.AMOUNT:
        values = [inquiry.figure(item, inquiry.year(item), aspect) for item in items]
        ordered = [(in_yen(f), i, arithmetic.amount(f)) for i, f in zip(items, values, strict=True)]
    else:
        changes = [arithmetic.difference(*pair(inquiry, item)) for item in items]
        sign = -1 if inquiry.asked.measured in (Measured.DECREASE, Measured.RATE_DOWN) else 1
        ordered = [(sign * r.value, i, r) for i, r in zip(items, changes, strict=True)]
    (va, a, ra), (vb, b, rb) = ordered
    better, result = (a, ra) if (va < vb if inquiry.asked.smallest else va > vb) else (b, rb)
    for item, shown in ((better, result), *((i, r) for _, i, r in ordered if i is not better)):
        inquiry.made.show(shown, name_of(item), shown.figures[0].fiscal_year)
    lines = [
        f"・{name_of(i)}：{composing.shown(r.value, r.unit)}"
        + (f"（{r.derivation}）" if r.derivation else "")
        for _, i, r in ordered
    ]
    if va == vb:
        return inquiry.made.answer("同じです。\n" + "\n".join(lines), "同じ", inquiry.confidence)
    return inquiry.made.answer(
        f"{name_of(better)}です。\n" + "\n".join(lines), name_of(better), inquiry.confidence
    )


def times(inquiry: Inquiry) -> Response:
    """Return how many times one amount the other is."""
    items = inquiry.subjects()
    if len(items) == 2:
        reverse = re.search(NAME + r".{0,12}(?:に対して|と比べ|の何倍が)", inquiry.asked.shape)
        a, b = (
            (items[1], items[0])
            if reverse and not re.search(NAME + r".{0,14}は.{0,14}" + NAME, inquiry.asked.shape)
            else items
        )
        one, other = (
            inquiry.figure(a, inquiry.year(a), inquiry.aspect()),
            inquiry.figure(b, inquiry.year(b), inquiry.aspect()),
        )
        label = f"{name_of(a)}は{name_of(b)}"
    elif len(items) == 1:
        one, other = pair(inquiry, items[0])
        label = f"{name_of(items[0])}の{year_of(one.fiscal_year)}は{year_of(other.fiscal_year)}"
    else:
        return None
    if other.value <= 0:
        raise Halt(inquiry.declined("もとになる額がないため、倍率は計算できません。"))
    result = arithmetic.times(one, other, inquiry.asked.digits)
    inquiry.made.show(result, label, one.fiscal_year)
    for figure in (one, other):
        inquiry.made.show(arithmetic.amount(figure), figure.label, figure.fiscal_year)
    short = composing.shown(result.value, "倍")
    return inquiry.made.answer(f"{label}の{short}です。\n{result.derivation}", short, inquiry.confidence)
