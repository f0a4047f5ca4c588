"""Amounts of money as people say them in questions: 50,000千円, 5千万円, 一億, 3000万."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from corpus.budgets.amounts import AmountSpan, parse_amounts

_KANJI = {char: str(number) for number, char in enumerate("一二三四五六七八九", 1)}
_KANJI_BEFORE_UNIT = re.compile(r"[一二三四五六七八九](?=(?:千|百|十)?(?:億|万|千円|百万))")
_TEN_MILLIONS = re.compile(r"(?<![0-9,.億])([0-9]{1,3}(?:\.[0-9])?)千万円?")
_WITHOUT_YEN = re.compile(r"([0-9][0-9,.]*+(?:億|百万|万))(?![0-9円人件])")


def said_amounts(text: str) -> Iterator[AmountSpan]:
    """Yield the amounts that a folded text names.

    >>> [f"{span.value}{span.unit}" for span in said_amounts("5千万円と3000万")]
    ['50000000円', '3000万円']
    """
    plain = _KANJI_BEFORE_UNIT.sub(lambda match: _KANJI[match[0]], text)
    yield from parse_amounts(plain)
    for match in _TEN_MILLIONS.finditer(plain):
        yield AmountSpan(Decimal(match[1]) * 10_000_000, "円", *match.span())
    for match in _WITHOUT_YEN.finditer(plain):
        for span in parse_amounts(f"{match[1]}円"):
            yield replace(span, start=match.start(1), end=match.end(1))
