"""Pairs of letters that two texts share, where they share no word."""

import re
from functools import lru_cache

from corpus.normalizing import normalize

_LETTER = re.compile(r"[一-鿿々ァ-ヶーA-Za-z0-9]")


@lru_cache(maxsize=8_192)
def pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring letters that carry meaning: kanji, katakana, Latin, digits.

    >>> sorted(pairs("図書館の休み"))
    ['図書', '書館']
    """
    plain = normalize(text).lower()
    return frozenset(
        plain[n : n + 2]
        for n in range(len(plain) - 1)
        if _LETTER.match(plain[n]) and _LETTER.match(plain[n + 1])
    )
