"""Dakuten and handakuten: those put back on their kana, those left alone, and words that lost theirs."""

import re
from functools import cache
from unicodedata import normalize

from corpus.data_rows import data_rows

VOICED_HIRAGANA = re.compile("[がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽゔ]")
VOICED_KATAKANA = re.compile("[ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴ]")
APART = re.compile("([うか-とは-ほウカ-トハ-ホ])[ 　]?([゛゜ﾞﾟ\u3099\u309a])")
LOOSE = re.compile("(?<![ぁ-ヿㇰ-ㇿｦ-ﾟ])[ 　]?[゛゜\u3099\u309a]")
"""A mark that no kana stands before: か゚ and ㇷ゚, which are written so, are whole."""
_COMBINING = {"゛": "\u3099", "ﾞ": "\u3099", "゜": "\u309a", "ﾟ": "\u309a"}


def composed(apart: re.Match[str]) -> str:
    """Return kana and mark as one character, as they are where there is none.

    >>> composed(APART.search("か゛")), composed(APART.search("は ゜")), composed(APART.search("か゜"))
    ('が', 'ぱ', 'か゜')
    """
    kana, mark = apart.groups()
    whole = normalize("NFC", kana + _COMBINING.get(mark, mark))
    return whole if len(whole) == 1 else apart[0]


def lost_voicing(text: str) -> list[re.Match[str]]:
    """Return the places of words that show a lost dakuten.

    >>> [found[0] for found in lost_voicing("ご記入くたさい。")]
    ['くたさ']
    """
    words, pattern = _lost_words()
    return list(pattern.finditer(text)) if any(word in text for word in words) else []


@cache
def _lost_words() -> tuple[list[str], re.Pattern[str]]:
    words = [word for word, _ in data_rows("corpus.linting", "lost_voicing.tsv")]
    return words, re.compile("|".join(map(re.escape, words)))
