"""Characters that a broken font table leaves where ordinary text should be."""

import re
from functools import cache

from corpus.data_rows import data_rows

PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff"
_BEFORE_BULLET = "(?<![^\\s　、。・（(「])"
STRANGE_PRIVATE = re.compile(
    f"(?!{_BEFORE_BULLET}[{PRIVATE}](?![{PRIVATE}]))"
    f"(?:[\ue000-\uefff\uf100-\uf8ff\U000f0000-\U0010ffff]|[\uf000-\uf0ff](?=[{PRIVATE}])|(?<=[{PRIVATE}])[\uf000-\uf0ff])"
)
"""Private-use characters that are no bullets: bullets begin a line or a word, or are single ones of a symbol font (U+F0xx)."""
_DINGBAT = "❶-➓⓫-⓴🄌🄋"
_NUMBER = "[0-9０-９,，.．％%円千万億年月日時分人名件回歳条号項階個台度世つ]"
SYMBOL_DIGITS = re.compile(
    f"[\uf030-\uf039]{{2,}}|[\uf030-\uf039](?={_NUMBER})|(?<=\\S)[\uf030-\uf039]"
    f"|[{_DINGBAT}]{{2,}}|[{_DINGBAT}](?={_NUMBER})|(?<=[第0-9０-９,，.．])[{_DINGBAT}]"
)
"""Digits of a symbol font where a number stands; ❶ before a line and ① anywhere are meant."""
KANJI = re.compile("[㐀-䶿一-鿿\uf900-\ufaff\U00020000-\U0003ffff々]")
REPLACED = re.compile("\ufffd")
_SELDOM = re.compile("[㐀-䶿\uf900-\ufaff\U00020000-\U0003ffff]")


@cache
def is_rare(char: str) -> bool:
    """Tell whether a character is a kanji that JIS X 0213 has not, and that is no known form in names.

    >>> [is_rare(char) for char in "𠮷﨑𩸽和㐌"]
    [False, False, False, False, True]
    """
    if not _SELDOM.match(char) or char in _of_names():
        return False
    try:
        return not char.encode("euc_jis_2004")
    except UnicodeEncodeError:
        return True


@cache
def _of_names() -> frozenset[str]:
    return frozenset(row[0] for row in data_rows("corpus.lexicon", "kanji_variants.tsv"))
