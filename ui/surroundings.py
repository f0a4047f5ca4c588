"""A quote in the text around it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_REACH = 90  # characters shown on either side, a little less where a line ends


Span = tuple[int, int]  # start and end, as offsets into the document's text
Cited = Mapping[str, Any]


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


def neighbours(citations: Sequence[Cited], *, reach: int = _REACH) -> list[list[Cited]]:
    """Gather citations that stand within reach of each other: they are read in one piece of text."""
    groups: list[list[Cited]] = []
    for citation in citations:
        near = next((group for group in groups if _near(citation, group, reach)), None)
        if near is None:
            groups.append([citation])
        else:
            near.append(citation)
    return groups


def _near(citation: Cited, group: Sequence[Cited], reach: int) -> bool:
    start, end = min(c["start"] for c in group), max(c["end"] for c in group)
    same = citation["document"] == group[0]["document"] and citation["page"] == group[0]["page"]
    return bool(same and citation["start"] <= end + reach and citation["end"] >= start - reach)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, those that overlap as one.

    >>> merged([(8, 9), (1, 4), (3, 6)])
    [(1, 6), (8, 9)]
    """
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _after_first_break(text: str) -> str:
    _, found, rest = text.partition("\n")
    return rest if found and rest.strip() else text


def _before_last_break(text: str) -> str:
    rest, found, _ = text.rpartition("\n")
    return rest if found and rest.strip() else text


def _calm(text: str) -> str:
    """Close up runs of empty lines: only for showing, the quote itself is never touched."""
    return re.sub(r"\n\s*\n", "\n\n", text)
