"""Sums of several items, with each of them shown."""

from collections.abc import Sequence

from corpus.types import Figure, Measure
from qa.ledger import arithmetic, composing
from qa.ledger.book import Lack
from qa.ledger.composing import money_text, name_of, short_amount
from qa.ledger.inquiry import Halt, Inquiry
from qa.ledger.items import Item
from qa.types import Answer


def summed(inquiry: Inquiry, items: Sequence[Item], aspect: str | None, label: str) -> Answer:
    """Return the sum of the items, each of them shown."""
    having = [item for item in items if aspect is None or inquiry.ledger.aspects(item)]
    if not having:
        raise Halt(inquiry.lacking(items[0], inquiry.year(items[0]), aspect, Lack.NOTHING))
    figures = [inquiry.figure(item, inquiry.year(item), aspect) for item in having]
    result = arithmetic.total(figures)
    inquiry.made.show(result, f"{label}{'（' + aspect + '）' if aspect else ''}", figures[0].fiscal_year)
    for item, figure in zip(having, figures, strict=True):
        inquiry.made.show(arithmetic.amount(figure), labelled(item, aspect), figure.fiscal_year)
    lines = [
        f"・{labelled(i, aspect)}：{composing.shown(f.value, f.unit)}"
        for i, f in zip(having, figures, strict=True)
    ]
    text = f"合わせて{money_text(result.value, result.unit, inquiry.asked.unit)}です。\n" + "\n".join(
        [*lines, result.derivation or ""]
    )
    return inquiry.made.answer(
        text, short_amount(result.value, result.unit, inquiry.asked.unit), inquiry.confidence
    )


def labelled(item: Item, aspect: str | None) -> str:
    return f"{name_of(item)}の財源「{aspect}」" if aspect else name_of(item)


def listed(inquiry: Inquiry, items: Sequence[Item], label: str, aspect: str | None = None) -> Answer:
    """Return items as a list, each with its amount."""
    members, lines = [], []
    kind = Measure.FUNDING if aspect else Measure.AMOUNT
    for item in items:
        inquiry.made.point_at_name(item)
        members.append(name_of(item))
        figure = inquiry.ledger.figure(item, inquiry.year(item), kind, aspect=aspect)
        if isinstance(figure, Figure):
            inquiry.made.show(arithmetic.amount(figure), labelled(item, aspect), figure.fiscal_year)
            lines.append(f"・{labelled(item, aspect)}：{composing.shown(figure.value, figure.unit)}")
        else:
            lines.append(f"・{name_of(item)}")
    return inquiry.made.answer(
        f"{label}\n" + "\n".join(lines), "、".join(members), inquiry.confidence, members
    )
