"""Which words a stretch of text is judged by: its own, and those that it stands under and after."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

OWN, HEADING, BEFORE = 48, 8, 24
"""So many words of the stretch itself, of the heading, and of the text before it are read."""
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Layout:
    """Stretches of one text as numbers of its words, (stretches, words); −1 fills up.

    `own` is 1 for words of the stretch itself, 0 for its surroundings.
    """

    words: Ints
    own: npt.NDArray[np.float32]


def layout(starts: Ints, headed: int, spans: Sequence[tuple[int, int]]) -> Layout:
    """Lay out the `spans` (characters) of a text whose first `headed` words are its heading's.

    `starts` are the places of all words, the heading's before 0.
    """
    rows = [_row(starts, headed, *span) for span in spans]
    width = max((len(own) + len(around) for own, around in rows), default=1)
    words = np.full((len(rows), width), -1, np.int32)
    mine = np.zeros((len(rows), width), np.float32)
    for n, (own, around) in enumerate(rows):
        words[n, : len(own) + len(around)] = [*own, *around]
        mine[n, : len(own)] = 1
    return Layout(words, mine)


def compact(laid: Layout) -> tuple[Layout, Ints]:
    """Return the stretches by the numbers of those words alone that stand in any of them, and the words."""
    there = laid.words >= 0
    used = np.unique(laid.words[there])
    words = np.where(there, np.searchsorted(used, laid.words), -1).astype(np.int32)
    return Layout(words, laid.own), used


def joined(layouts: Sequence[Layout], words: Sequence[int]) -> Layout:
    """Lay texts of so many `words` end to end: the stretches of all of them, by the numbers of all words."""
    width = max(one.words.shape[1] for one in layouts)
    numbers, own = [], []
    for one, first in zip(layouts, np.cumsum([0, *words[:-1]]), strict=True):
        wider = ((0, 0), (0, width - one.words.shape[1]))
        moved = np.where(one.words >= 0, one.words + np.int32(first), np.int32(-1))
        numbers.append(np.pad(moved, wider, constant_values=-1))
        own.append(np.pad(one.own, wider))
    return Layout(np.vstack(numbers), np.vstack(own))


def _row(starts: Ints, headed: int, start: int, end: int) -> tuple[list[int], list[int]]:
    first, last = headed + np.searchsorted(starts[headed:], [start, end])
    own = list(range(first, min(last, first + OWN)))
    around = [*range(min(headed, HEADING)), *range(max(headed, first - BEFORE), first)]
    return own, around
