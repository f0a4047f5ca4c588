"""What is exact in a question, recognised and taken out: names of items, years, places in an order.

What is left tells the operation, and is alike in every city.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.frames.frame import budget_of
from qa.ledger.folding import folded
from qa.ledger.items import Item
from qa.ledger.names import Mention, Names, Strength
from qa.ledger.years import YearMention, year_mentions

ITEMS = "甲乙丙"
"""What stands for the first, second and third item named."""
YEAR, ORDER, WHOLE = "年", "第", "局"
_ORDER = re.compile(r"第?([0-9]{1,2}|[一二三四五六七八九十])(?:番目|番め|ばんめ|位)")
_KANJI = {char: number for number, char in enumerate("一二三四五六七八九十", 1)}
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Masked:
    """A question without what is exact in it; `items` holds for each name the items that go by it.

    `wholes` are the totals whose budget is named: 文化国際局.
    """

    text: str
    items: tuple[tuple[Item, ...], ...]
    years: tuple[YearMention, ...]
    order: int | None
    wholes: tuple[Item, ...] = ()


def masked(question: str, names: Names | None, wholes: Sequence[Item] = ()) -> Masked:
    """Return a question masked; without names, its items are masked already. `wholes` are the ledger's totals."""
    whole = folded(question)
    text = whole.text
    said_of = [(found, item) for item in wholes if (found := _said(text, item))]
    mentions = names.mentions(whole) if names else []
    mentions = [m for m in mentions if not set(m.items) <= {item for _, item in said_of}]
    full = [m for m in mentions if m.strength is not Strength.CORE]
    mentions = _distinct(full or mentions)[: len(ITEMS)]
    taken = [(m.start, m.end) for m in mentions]
    said_of = [(span, item) for span, item in said_of if not _inside(*span, taken)]
    taken += [span for span, _ in said_of]
    years = [y for y in year_mentions(text) if not _inside(y.start, y.end, taken)]
    taken += [(y.start, y.end) for y in years]
    orders = [m for m in _ORDER.finditer(text) if not _inside(*m.span(), taken)]
    marks = {m.start: (m.end, ITEMS[number]) for number, m in enumerate(mentions)}
    marks |= {y.start: (y.end, YEAR) for y in years}
    marks |= {start: (end, WHOLE) for (start, end), _ in said_of}
    marks |= {m.start(): (m.end(), ORDER) for m in orders}
    said = _value(orders[0][1]) if orders else None
    return Masked(
        _replaced(text, marks),
        tuple(m.items for m in mentions),
        tuple(years),
        said,
        tuple(i for _, i in said_of),
    )


def _said(text: str, whole: Item) -> tuple[int, int] | None:
    """Return where whose budget it is stands in a folded question."""
    name = folded(budget_of(whole)).text
    start = text.find(name) if len(name) > 1 else -1
    return (start, start + len(name)) if start >= 0 else None


def _distinct(mentions: Sequence[Mention]) -> list[Mention]:
    """Return each item's first mention."""
    first: dict[tuple[int, ...], Mention] = {}
    for mention in mentions:
        first.setdefault(tuple(item.number for item in mention.items), mention)
    return list(first.values())


def _inside(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < other_end and other < end for other, other_end in taken)


def _replaced(text: str, marks: dict[int, tuple[int, str]]) -> str:
    parts, position = [], 0
    for start in sorted(marks):
        end, sign = marks[start]
        if start >= position:
            parts += [text[position:start], sign]
            position = end
    return _SPACE.sub(" ", "".join([*parts, text[position:]])).strip()


def _value(text: str) -> int:
    return int(text) if text.isdecimal() else _KANJI[text]
