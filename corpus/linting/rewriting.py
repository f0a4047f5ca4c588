"""A document with some stretches of its text replaced: pages and blocks move along."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.types import Document


@dataclass(frozen=True, slots=True)
class Replacement:
    """`text` is to stand instead of `document.text[start:end]`."""

    start: int
    end: int
    text: str


def rewritten(document: Document, replacements: Sequence[Replacement]) -> Document:
    """Return `document` with the replacements, which are in order and apart; blocks of which nothing is left go."""
    if not replacements:
        return document
    shifts = _Shifts(replacements)
    blocks = (replace(b, start=shifts.moved(b.start), end=shifts.moved(b.end)) for b in document.blocks)
    return replace(
        document,
        text=_replaced(document.text, replacements),
        pages=tuple(replace(p, start=shifts.moved(p.start), end=shifts.moved(p.end)) for p in document.pages),
        blocks=tuple(block for block in blocks if block.start < block.end),
    )


def _replaced(text: str, replacements: Sequence[Replacement]) -> str:
    pieces, done = [], 0
    for new in replacements:
        pieces += [text[done : new.start], new.text]
        done = new.end
    return "".join([*pieces, text[done:]])


class _Shifts:
    """Where an offset of the old text lies in the new one."""

    def __init__(self, replacements: Sequence[Replacement]) -> None:
        self._replacements = replacements
        self._starts = [new.start for new in replacements]
        self._before = [0]
        for new in replacements:
            self._before.append(self._before[-1] + len(new.text) - (new.end - new.start))

    def moved(self, offset: int) -> int:
        """Return the new offset; one within a replaced stretch keeps its distance from the start as far as that goes."""
        number = bisect_right(self._starts, offset) - 1
        if number < 0:
            return offset
        last = self._replacements[number]
        if offset >= last.end:
            return offset + self._before[number + 1]
        return last.start + self._before[number] + min(offset - last.start, len(last.text))
