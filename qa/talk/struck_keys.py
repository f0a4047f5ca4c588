"""Struck keys: text that holds no word."""

import re
from itertools import pairwise

from corpus.normalizing import normalize

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890")
_NEXT_KEYS = frozenset(a + b for row in _ROWS for a, b in pairwise(row))
_REPEATED = re.compile(r"(.{1,3}?)\1{2,}.?")
_NOTHING = frozenset("test テスト てすと ほげ ほげほげ hoge".split())


def is_mash(text: str) -> bool:
    """Tell whether `text` holds no word: signs, digits, one syllable again and again, keys that stand side by side.

    >>> is_mash("あああああ"), is_mash("？！"), is_mash("asdfgh"), is_mash("旅券")
    (True, True, True, False)
    """
    plain = normalize(text)
    letters = "".join(char for char in plain if char.isalnum()).casefold()
    # #7119 is a telephone line.
    if not letters or (letters.isdecimal() and "#" not in plain) or letters in _NOTHING:
        return True
    return bool(_REPEATED.fullmatch(letters)) or _is_key_run(letters)


def _is_key_run(letters: str) -> bool:
    pairs = [a + b for a, b in pairwise(letters)]
    return len(letters) > 3 and all(
        pair in _NEXT_KEYS or pair[::-1] in _NEXT_KEYS or pair[0] == pair[1] for pair in pairs
    )
