"""The order of a column's cells: by value where they have one, else by their words; blanks last both ways."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from corpus.tables.cell_forms import is_blank

_DIGITS = re.compile(r"\d+")
_WIDE = 12  # digits that a number within words is filled up to: 第2 before 第10
Ranks = npt.NDArray[np.int64]


def ranks_of(
    texts: Sequence[str],
    keys: Sequence[str],
    values: npt.NDArray[np.float64] | None = None,
    *,
    descending: bool = False,
) -> Ranks:
    """Return the place of each text: those with a value by it, then words, then blanks. Equal ones share a place.

    >>> ranks_of(["10", "2", "", "未定"], ["10", "2", "", "未定"], np.array([10, 2, np.nan, np.nan])).tolist()
    [1, 0, 8, 4]
    """
    size = len(texts)
    blank = np.array([is_blank(text) for text in texts], bool)
    valued = np.zeros(size, bool) if values is None else ~np.isnan(values) & ~blank
    ranks = np.full(size, 2 * size, np.int64)
    if values is not None:
        ranks[valued] = _turned(_dense(values[valued]), descending)
    worded = np.flatnonzero(~blank & ~valued).tolist()
    words = [_by_number(keys[place] or texts[place]) for place in worded]
    ranks[worded] = size + _turned(_dense(words), descending)
    return ranks


def _dense(values: Sequence[str] | npt.NDArray[np.float64]) -> Ranks:
    """Return the place of each value among the different ones."""
    if isinstance(values, np.ndarray):
        return np.unique(values, return_inverse=True)[1].astype(np.int64)
    places = {value: place for place, value in enumerate(sorted(set(values)))}
    return np.array([places[value] for value in values], np.int64)


def _turned(ranks: Ranks, descending: bool) -> Ranks:
    return ranks.max() - ranks if descending and len(ranks) else ranks


def _by_number(key: str) -> str:
    return _DIGITS.sub(lambda match: match[0].zfill(_WIDE), key)
