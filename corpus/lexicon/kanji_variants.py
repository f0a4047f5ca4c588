"""One form for kanji that stand for one another in names."""

import re
from functools import cache

from corpus.data_rows import data_rows

_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def plain_kanji(text: str) -> str:
    """Return a text with the usual form of each kanji, without variation selectors.

    >>> plain_kanji("髙﨑")
    '高崎'
    """
    return _SELECTORS.sub("", text).translate(_usual())


@cache
def _usual() -> dict[int, str]:
    return {ord(variant): usual for variant, usual, _ in data_rows("corpus.lexicon", "kanji_variants.tsv")}
