"""Cells of exports that no spreadsheet takes for a formula."""

import re

_LEADING = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?%?")


def harmless(text: str) -> str:
    """Return a cell's text with an apostrophe before it where a spreadsheet would compute it; numbers stay numbers.

    >>> harmless("=1+1"), harmless("-5"), harmless("+81"), harmless("@窓口"), harmless("-5+A1")
    ("'=1+1", '-5', '+81', "'@窓口", "'-5+A1")
    """
    return f"'{text}" if text.startswith(_LEADING) and not _NUMBER.fullmatch(text) else text
