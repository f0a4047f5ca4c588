"""How much a word of the question weighs: rare words of the documents more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.keys import Hashes, find, hash_keys
from qa.reading.records import Floats, Record

EVERY = ""
"""Counted once a passage: how many there are."""
_LEAST = 0.3


class Counts(Protocol):
    """In how many passages each key stands, `EVERY` in all of them."""

    def counts(self, keys: Hashes) -> npt.NDArray[np.int64]: ...


class WordWeights:
    """Weighs words by the passages that they stand in; safe to share between threads."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts
        self._passages = int(counts.counts(hash_keys([EVERY]))[0])

    def of(self, words: Sequence[str]) -> Floats:
        """Return inverse document frequencies that add up to 1; a word that is nowhere weighs most."""
        if not words:
            return np.empty(0, np.float32)
        counts = self._counts.counts(hash_keys(words)).astype(np.int32)
        raw = np.log((self._passages + 1) / (counts + 0.5)) + _LEAST
        return np.asarray(raw / raw.sum(), np.float32)


@dataclass(frozen=True, slots=True)
class _Counted:
    keys: Hashes
    numbers: npt.NDArray[np.int64]

    def counts(self, keys: Hashes) -> npt.NDArray[np.int64]:
        return np.append(self.numbers, 0)[find(self.keys, keys)]


def count_words(records: Iterable[Record]) -> WordWeights:
    """Count in how many passages each word stands; for passages that are in no bundle."""
    every = hash_keys([EVERY])
    each = [np.append(np.unique(record.keys), every) for record in records]
    keys, numbers = np.unique(np.concatenate([*each, np.empty(0, np.uint64)]), return_counts=True)
    return WordWeights(_Counted(keys.astype(np.uint64), numbers.astype(np.int64)))
