"""Which cells hold a run of characters: postings of pairs of letters, so that a part of a name finds all that have it."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from index.sqlite_file import ReadOnlySqlite

Ids = npt.NDArray[np.int32]
_NONE = np.zeros(0, np.int32)
_ALONE = "="  # marks the key of a single letter, which has no pair
_LONGEST = 24
_ASKED_AT_ONCE = 400


def packed_postings(keys: Iterable[tuple[int, str]]) -> Iterator[tuple[str, bytes]]:
    """Yield each pair of letters with the ascending ids of the cells that hold it, as bytes of int32."""
    postings: dict[str, array[int]] = {}
    for number, key in keys:
        for run in runs_of(key):
            postings.setdefault(run, array("i")).append(number)
    for run in sorted(postings):
        yield run, np.asarray(postings[run], np.int32).tobytes()


def runs_of(key: str) -> set[str]:
    """Return the pairs of letters of a key; of a single letter, itself, marked.

    >>> sorted(runs_of("中央町")), runs_of("a")
    (['中央', '央町'], {'=a'})
    """
    return {key[n : n + 2] for n in range(len(key) - 1)} if len(key) > 1 else {_ALONE + key} if key else set()


class ValuePostings:
    """The postings of one segment. Safe to share between threads."""

    def __init__(self, file: ReadOnlySqlite) -> None:
        self._file = file
        self.of = lru_cache(maxsize=4_096)(self._of)

    def _of(self, run: str) -> Ids:
        row = self._file.connection().execute("SELECT ids FROM postings WHERE run = ?", (run,)).fetchone()
        return np.frombuffer(row[0], np.int32) if row else _NONE

    def alone(self, letter: str) -> Ids:
        """Return the cells that are this letter and nothing else."""
        return self.of(_ALONE + letter)

    def longest(self, key: str) -> Iterator[tuple[int, int, Ids]]:
        """Yield (start, end, ids) for each run of two letters and more that cells hold; a longer run's ids are fewer.

        Runs that start at one place come longest first. Letters that stand apart in a cell can yield a run that it
        does not hold: whoever asks compares the keys.
        """
        for start in range(len(key) - 1):
            held = self.of(key[start : start + 2])
            found: list[tuple[int, int, Ids]] = []
            end = start + 2
            while len(held):
                found.append((start, end, held))
                if end >= len(key) or end - start >= _LONGEST:
                    break
                held = np.intersect1d(held, self.of(key[end - 1 : end + 1]), assume_unique=True)
                end += 1
            yield from reversed(found)

    def cells(self, ids: Ids) -> dict[int, tuple[int, int, int, str]]:
        """Return (table, column, place among the column's texts, key) of cells by id."""
        found: dict[int, tuple[int, int, int, str]] = {}
        asked = ids.tolist()
        for first in range(0, len(asked), _ASKED_AT_ONCE):
            some: Sequence[int] = asked[first : first + _ASKED_AT_ONCE]
            marks = ", ".join("?" * len(some))
            query = f"SELECT id, tab, number, place, key FROM cell_values WHERE id IN ({marks})"  # noqa: S608 - marks only
            found.update((row[0], row[1:]) for row in self._file.connection().execute(query, some))
        return found
