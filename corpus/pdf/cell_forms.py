"""What the text of a cell is by its form: a number, a unit over numbers."""

import re

_NUMBER = re.compile(
    r"[(（]?[△▲＋+\-−－]?\s?(?:[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+|[0-9０-９]+)(?:[.．][0-9０-９]+)?[%％]?[)）]?"
)
_LONGEST_TITLE = 60  # characters
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_NOTHING = re.compile(r"[\-−－―ー–—‐･・…0０]|皆増|皆減")
_UNIT = re.compile(r"[(（]?([^\d\s()（）０-９△▲\-－―ー]{1,4})[)）]?")


def is_number(text: str) -> bool:
    """Tell whether a text is one number and nothing else.

    >>> is_number("△1,234"), is_number("(85.5%)"), is_number("3款"), is_number("1,2"), is_number("12 34")
    (True, True, False, False, False)
    """
    return bool(_NUMBER.fullmatch(text))


def may_be_title(text: str) -> bool:
    """Tell whether a text may stand over a column: short words, no number but a year.

    >>> may_be_title("4年度"), may_be_title("2023"), may_be_title("1,234"), may_be_title("お休みです。")
    (True, True, False, False)
    """
    numbers = is_number(text) and not _YEAR.fullmatch(text)
    return len(text) <= _LONGEST_TITLE and not text.endswith("。") and not numbers


def is_amount(text: str) -> bool:
    """Tell whether a text stands where a number would: a number, or the sign that there is none."""
    return is_number(text) or bool(_NOTHING.fullmatch(text))


def unit_in(text: str) -> str:
    """Return the word of a cell that may be the unit of the numbers below it, "" where it is none.

    >>> unit_in("千円"), unit_in("（人）"), unit_in("2 総務費")
    ('千円', '人', '')
    """
    found = _UNIT.fullmatch(text)
    return found[1] if found else ""
