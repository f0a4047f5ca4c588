"""Cells for a file that a spreadsheet opens: none of them is taken for a formula."""

import re

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")


def harmless(text: str) -> str:
    """Return a cell with an apostrophe before it where a spreadsheet would run it; plain numbers stay.

    >>> harmless("=1+1"), harmless("-1,234.5"), harmless("中央"), harmless("")
    ("'=1+1", '-1,234.5', '中央', '')
    """
    return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text
