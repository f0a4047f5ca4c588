"""Personal numbers in what is typed: hidden before anything is looked up, kept or shown."""

import re

_DIGIT, _BETWEEN = "[0-9０-９]", "[-‐‑‒–—―−－ー 　]?"
_FOUR = f"{_DIGIT}{{4}}"
# A card of 16 or 15 digits, a My Number of 12, a mobile telephone. The 13 of a company's number are public.
_NUMBER = re.compile(
    rf"(?<!{_DIGIT})(?:{_BETWEEN.join([_FOUR] * 4)}|{_FOUR}{_BETWEEN}{_DIGIT}{{6}}{_BETWEEN}{_DIGIT}{{5}}"
    rf"|{_BETWEEN.join([_FOUR] * 3)}|[0０][789７８９][0０]{_BETWEEN}{_FOUR}{_BETWEEN}{_FOUR})(?!{_DIGIT}|[千百万億兆]*円)"
)
_EACH = re.compile(_DIGIT)
_YEARS = re.compile(r"(?:(?:19|20|１９|２０)[0-9０-９]{2}[^0-9０-９]?)+")
HIDDEN = "＊"


def hidden(text: str) -> str:
    """Return `text` with the digits of personal numbers hidden; years in a row and amounts of yen are none.

    >>> hidden("マイナンバーは1234 5678 9018です。再発行は？"), hidden("045-671-2121はどこ？")
    ('マイナンバーは＊＊＊＊ ＊＊＊＊ ＊＊＊＊です。再発行は？', '045-671-2121はどこ？')
    """
    return _NUMBER.sub(_covered, text)


def _covered(match: re.Match[str]) -> str:
    return match[0] if _YEARS.fullmatch(match[0]) else _EACH.sub(HIDDEN, match[0])
