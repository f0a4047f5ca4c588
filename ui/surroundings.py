"""A quote in the text around it."""

import re
from dataclasses import dataclass

_REACH = 90  # characters shown on either side, a little less where a line ends


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A quote with what stands before and after it; `…` marks where text was left out."""

    before: str
    quote: str
    after: str


def surroundings(text: str, start: int, end: int, *, reach: int = _REACH) -> Surroundings:
    """Return `text[start:end]` with up to `reach` characters on either side, cut at line ends where there are any.

    >>> surroundings("一行目\\n旅券の発給を行います\\n三行目", 4, 6)
    Surroundings(before='一行目\\n', quote='旅券', after='の発給を行います\\n三行目')
    """
    left, right = max(0, start - reach), min(len(text), end + reach)
    before, after = text[left:start], text[end:right]
    if left > 0:
        before = "…" + _after_first_break(before)
    if right < len(text):
        after = _before_last_break(after) + "…"
    return Surroundings(_calm(before).lstrip("\n"), text[start:end], _calm(after).rstrip("\n"))


def _after_first_break(text: str) -> str:
    _, found, rest = text.partition("\n")
    return rest if found and rest.strip() else text


def _before_last_break(text: str) -> str:
    rest, found, _ = text.rpartition("\n")
    return rest if found and rest.strip() else text


def _calm(text: str) -> str:
    """Close up runs of empty lines: only for showing, the quote itself is never touched."""
    return re.sub(r"\n\s*\n", "\n\n", text)
