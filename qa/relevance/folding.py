"""Text as it is analysed: compatible forms made one, every offset kept."""

import unicodedata
from functools import cache


def fold(text: str) -> str:
    """Return `text` in NFKC as far as that keeps every offset: 「４（㈱）」 → "4(㈱)"."""
    return "".join(map(_fold_character, text))


@cache
def _fold_character(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character
