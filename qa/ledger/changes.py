"""Amounts, and how they changed between two years."""

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.types import Figure
from qa.ledger import arithmetic, composing
from qa.ledger.arithmetic import Result
from qa.ledger.asking import NAME, Operation
from qa.ledger.composing import in_yen, money_text, name_of, short_amount, year_of
from qa.ledger.inquiry import Halt, Inquiry, Response
from qa.ledger.items import Item
from qa.ledger.summing import labelled, listed, summed
from qa.types import Answer

_EACH = re.compile(r"それぞれ|各(?:費目|事業|項目)|(?:費目|事業|項目)(?:別|ごと|毎)")


def amounts(inquiry: Inquiry) -> Response:
    """Return the amounts of the items and years asked for."""
    items = inquiry.subjects()
    aspect = inquiry.aspect()
    if (
        len(items) == 1
        and _EACH.search(inquiry.asked.shape)
        and inquiry.asked.scope
        and inquiry.ledger.children(items[0])
    ):
        return listed(inquiry, inquiry.scope_of(items[0]), inquiry.said(items[0]), aspect)
    if (
        len(items) == 1
        and aspect
        and not inquiry.ledger.aspects(items[0])
        and inquiry.ledger.children(items[0])
    ):
        return summed(inquiry, inquiry.ledger.children(items[0]), aspect, name_of(items[0]))
    if len(items) == 2 and f"{NAME}の{NAME}" in inquiry.asked.shape:
        raise Halt(
            inquiry.declined(f"「{name_of(items[0])}」の下に「{name_of(items[1])}」は印刷されていません。")
        )
    wanted = [(item, year) for item in items for year in (inquiry.years(item) or (inquiry.year(item),))]
    if (
        inquiry.asked.operation is Operation.AMOUNT
        and len(items) == 1
        and len(wanted) > 1
        and not re.search(r"それぞれ|と|、|・", inquiry.asked.shape)
    ):
        wanted = wanted[:1]
    figures = [inquiry.figure(item, year, aspect) for item, year in wanted]
    for (item, year), figure in zip(wanted, figures, strict=True):
        inquiry.made.show(arithmetic.amount(figure), labelled(item, aspect), year)
    unit = inquiry.asked.unit
    if len(figures) > 1:
        members = [
            f"{labelled(i, aspect)} {year_of(y)} {short_amount(f.value, f.unit, unit)}"
            for (i, y), f in zip(wanted, figures, strict=True)
        ]
        return inquiry.made.answer(
            "\n".join(f"・{m}" for m in members), "、".join(members), inquiry.confidence, members
        )
    (item, year), figure = wanted[0], figures[0]
    text = (
        f"{labelled(item, aspect)}の{year_of(year)}予算は{money_text(figure.value, figure.unit, unit)}です。"
    )
    text += beside(inquiry, item, year, figure) if aspect is None else ""
    return inquiry.made.answer(text, short_amount(figure.value, figure.unit, unit), inquiry.confidence)


def beside(inquiry: Inquiry, item: Item, year: int | None, figure: Figure) -> str:
    """Return last year's amount and the change, where known."""
    if year is None:
        return ""
    old = inquiry.ledger.figure(item, year - 1, stage=figure.stage)
    if not isinstance(old, Figure) or old.unit != figure.unit:
        return ""
    change = arithmetic.difference(figure, old)
    inquiry.made.show(arithmetic.amount(old), name_of(item), year - 1)
    inquiry.made.show(change, name_of(item), year)
    text = f"前年度（{year_of(year - 1)}）は{composing.shown(old.value, old.unit)}で、{composing.change_text(change)}です。"
    return f"{text}\n{change.derivation}"


def pair(inquiry: Inquiry, item: Item) -> tuple[Figure, Figure]:
    """Return the newer and the older figure of a change."""
    new, old = inquiry.two_years(item)
    aspect = inquiry.aspect()
    return inquiry.figure(item, new, aspect), inquiry.figure(item, old, aspect)


def difference(inquiry: Inquiry) -> Response:
    """Return how much more or less an amount is."""
    items = inquiry.subjects()
    if len(items) == 2 and re.search(rf"{NAME}.{{0,12}}と.{{0,12}}{NAME}.*差", inquiry.asked.shape):
        a, b = (inquiry.figure(item, inquiry.year(item), inquiry.aspect()) for item in items)
        result = Result("difference", *_between(a, b))
        return changed(
            inquiry, result, f"{name_of(items[0])}と{name_of(items[1])}の差", inquiry.year(items[0])
        )
    if len(items) > 1:
        return each_difference(inquiry, items)
    new, old = pair(inquiry, items[0])
    result = arithmetic.difference(new, old)
    return changed(inquiry, result, name_of(items[0]), new.fiscal_year)


def each_difference(inquiry: Inquiry, items: Sequence[Item]) -> Response:
    members = []
    for item in items:
        new, old = pair(inquiry, item)
        result = arithmetic.difference(new, old)
        inquiry.made.show(result, name_of(item), new.fiscal_year)
        members.append(f"{name_of(item)} {composing.change_text(result)}（{result.derivation}）")
    return inquiry.made.answer(
        "\n".join(f"・{m}" for m in members), "、".join(members), inquiry.confidence, members
    )


def changed(inquiry: Inquiry, result: Result, label: str, year: int | None) -> Answer:
    inquiry.made.show(result, label, year)
    for figure in result.figures:
        inquiry.made.show(arithmetic.amount(figure), figure.label, figure.fiscal_year)
    between_items = len({figure.label for figure in result.figures}) > 1
    said = composing.change_text(result)
    text = f"{label}の増減：{said}です。\n{result.derivation}"
    if between_items:
        said = composing.shown(result.value, result.unit)
        text = f"{label}は{money_text(result.value, result.unit)}です。\n{result.derivation}"
    unit = inquiry.asked.unit
    short = (
        said
        if not unit or unit == result.unit
        else f"{short_amount(abs(result.value), result.unit, unit)}の{'増' if result.value > 0 else '減'}"
    )
    if unit and unit != result.unit:
        text += f"\n（{composing.converted(result.value, result.unit, unit)}）"
    return inquiry.made.answer(text, short, inquiry.confidence)


def rate(inquiry: Inquiry) -> Response:
    """Return the change in percent."""
    items = inquiry.subjects()
    if len(items) > 1:
        raise Halt(
            inquiry.made.clarify(
                "どの項目の増減率ですか。", [f"{name_of(i)}の増減率は何%ですか" for i in items]
            )
        )
    new, old = pair(inquiry, items[0])
    if old.value <= 0:
        raise Halt(
            inquiry.made.decline(
                "前の年度の額がないため、率は計算できません。", "\n".join(inquiry.known(items[0]))
            )
        )
    result = arithmetic.rate(new, old, inquiry.asked.digits)
    inquiry.made.show(result, name_of(items[0]), new.fiscal_year)
    change = arithmetic.difference(new, old)
    inquiry.made.show(change, name_of(items[0]), new.fiscal_year)
    move = "増" if result.value > 0 else "減" if result.value < 0 else "（増減なし）"
    short = f"{composing.shown(abs(result.value), '%')}{move}"
    span = f"{year_of(old.fiscal_year)}から{year_of(new.fiscal_year)}"
    text = f"{name_of(items[0])}は{span}で{short}です。\n{change.derivation}\n{result.derivation}"
    inquiry.made.show(arithmetic.amount(new), new.label, new.fiscal_year)
    inquiry.made.show(arithmetic.amount(old), old.label, old.fiscal_year)
    return inquiry.made.answer(text, short, inquiry.confidence)


def direction(inquiry: Inquiry) -> Response:
    """Return whether an amount rose or fell."""
    items = inquiry.subjects()
    if len(items) > 1:
        return each_difference(inquiry, items)
    new, old = pair(inquiry, items[0])
    result = arithmetic.difference(new, old)
    inquiry.made.show(result, name_of(items[0]), new.fiscal_year)
    for figure in (new, old):
        inquiry.made.show(arithmetic.amount(figure), figure.label, figure.fiscal_year)
    said = (
        "変わらない"
        if result.value == 0
        else f"{'増えた' if result.value > 0 else '減った'}（{composing.change_text(result)}）"
    )
    text = f"{name_of(items[0])}は{year_of(old.fiscal_year)}から{year_of(new.fiscal_year)}で{said}。\n{result.derivation}"
    return inquiry.made.answer(text, said, inquiry.confidence)


def _between(a: Figure, b: Figure) -> tuple[Decimal, str, tuple[Figure, ...], str]:
    larger, smaller = (a, b) if in_yen(a) >= in_yen(b) else (b, a)
    (x, y), unit = arithmetic.in_one_unit((larger, smaller))
    return (
        x - y,
        unit,
        (larger, smaller),
        f"{composing.grouped(x)} − {composing.grouped(y)} = {composing.shown(x - y, unit)}",
    )
