"""Where a quote says what was asked: gold words and the reply's words found in the verbatim text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from eval.citations import OVERLAP
from eval.normalizing import squash

_LONGEST = 360
_BEFORE = 80


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a quote; `mark` is answer, gold (evidence), said, or nothing."""

    text: str
    mark: str = ""


def pieces(
    quote: str, *, answers: Sequence[str], evidence: Sequence[str], said: Sequence[str]
) -> list[Piece]:
    """Return the quote in pieces; a gold answer's mark goes over evidence's, that over the reply's words.

    A long quote is cut to what can be read at a glance.
    """
    marks = [""] * len(quote)
    squashed, places = _squashed(quote)
    for words, mark in ((said, "said"), (evidence, "gold"), (answers, "answer")):
        for begin, end in _found(squashed, words):
            first, last = places[begin], places[end - 1]
            marks[first : last + 1] = [mark] * (last + 1 - first)
    return list(_joined(quote, marks, *_window(marks)))


@lru_cache(maxsize=20_000)
def _char(char: str) -> str:
    return squash(char)


def _squashed(quote: str) -> tuple[str, list[int]]:
    chars = [(i, part) for i, char in enumerate(quote) for part in _char(char)]
    return "".join(part for _, part in chars), [i for i, _ in chars]


def _found(squashed: str, words: Iterable[str]) -> list[tuple[int, int]]:
    found = []
    for word in words:
        wanted = squash(word)
        place = squashed.find(wanted) if wanted else -1
        if place >= 0:
            found.append((place, place + len(wanted)))
        elif len(wanted) > len(squashed) >= OVERLAP and squashed in wanted:
            found.append((0, len(squashed)))
    return found


def _window(marks: Sequence[str]) -> tuple[int, int]:
    if len(marks) <= _LONGEST:
        return 0, len(marks)
    first = next((i for i, mark in enumerate(marks) if mark), 0)
    begin = max(0, min(first - _BEFORE, len(marks) - _LONGEST))
    return begin, begin + _LONGEST


def _joined(quote: str, marks: Sequence[str], begin: int, end: int) -> Iterable[Piece]:
    if begin:
        yield Piece("…")
    start = begin
    for i in range(begin + 1, end + 1):
        if i == end or marks[i] != marks[start]:
            yield Piece(quote[start:i], marks[start])
            start = i
    if end < len(quote):
        yield Piece("…")
