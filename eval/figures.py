"""Measures of a reply's figures against the gold value. Money is exact; only a coarser unit may round."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from corpus.normalizing import squash as squash_text
from eval.normalizing import squash
from eval.types import GoldQuestion, ReplyRecord

YEN: Mapping[str, Decimal] = MappingProxyType(
    {
        "円": Decimal(1),
        "千円": Decimal(1_000),
        "万円": Decimal(10_000),
        "百万円": Decimal(1_000_000),
        "億円": Decimal(100_000_000),
    }
)
_MINUS = str.maketrans({"△": "-", "▲": "-", "−": "-", "–": "-"})
# か国, カ国, ヶ国, ケ国 and 箇国 are one counter.
_COUNTER_KA = re.compile(r"^[かカヶケ箇個](?=.)")
_NUMBER_AND_UNIT = re.compile(r"([-△▲]?[\d,]+(?:\.\d+)?)(\D{0,6})")
_SHARE_STEP = Decimal("0.051")
_COUNT_STEP = Decimal("0.000001")


def number(text: str | None) -> Decimal | None:
    """Return a printed number, or None.

    >>> number("△1,234")
    Decimal('-1234')
    """
    try:
        value = Decimal(str(text).replace(",", "").translate(_MINUS).strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def same_value(gold: Decimal, gold_unit: str, said: str | None, said_unit: str) -> bool:
    """True if a said figure is the gold one: money in any unit of yen, shares to the printed decimal."""
    value = number(said)
    if value is None:
        return False
    if gold_unit in YEN:
        return said_unit in YEN and _same_money(
            gold * YEN[gold_unit], value * YEN[said_unit], gold_unit, said_unit
        )
    if gold_unit == "%":
        return abs(abs(gold) - abs(value)) < _SHARE_STEP
    return abs(gold - value) < _COUNT_STEP


def _same_money(gold: Decimal, said: Decimal, gold_unit: str, said_unit: str) -> bool:
    # Sign is left to the wording (7,400千円の減): documents print 減 as often as △.
    coarser = YEN[said_unit] > YEN[gold_unit]
    slack = YEN[said_unit] / 2 if coarser else Decimal(0)
    return abs(abs(gold) - abs(said)) <= slack


def same_unit(gold: str, said: str) -> bool:
    """True if two units mean the same; an unnamed gold unit asks for none."""
    if not gold or (gold in YEN and said in YEN):
        return True
    return _COUNTER_KA.sub("か", squash(gold)) == _COUNTER_KA.sub("か", squash(said))


def leading_figure_right(gold: GoldQuestion, reply: ReplyRecord) -> bool:
    """True if the first figure of the reply has the gold value."""
    if gold.value is None or not reply.figures:
        return False
    first = reply.figures[0]
    return same_value(gold.value, gold.unit, first.value, first.unit)


def figure_accuracy(gold: GoldQuestion, reply: ReplyRecord) -> float:
    """Return 1 if the first figure, or a short answer that is a number with its unit, has gold value and unit."""
    if gold.value is None:
        return 0.0
    said = (reply.figures[0].value, reply.figures[0].unit) if reply.figures else _said_briefly(reply)
    if said is None:
        return 0.0
    return float(same_value(gold.value, gold.unit, *said) and same_unit(gold.unit, said[1]))


def _said_briefly(reply: ReplyRecord) -> tuple[str, str] | None:
    found = _NUMBER_AND_UNIT.fullmatch(squash_text(reply.short_answer)) if reply.answered else None
    return (found[1], found[2]) if found else None
