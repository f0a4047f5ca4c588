"""How much a word of the question weighs: rare words of the documents more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.keys import Hashes, find, hash_keys
from qa.reading.records import Floats, Record

_LEAST = 0.3


class Counted(Protocol):
    """In how many passages words stand."""

    def counts(self, keys: Hashes) -> npt.NDArray[np.int64]: ...


@dataclass(frozen=True, slots=True)
class WordWeights:
    """What words weigh by how many of `passages` passages hold them."""

    counted: Counted
    passages: int

    def of(self, words: Sequence[str]) -> Floats:
        """Return inverse document frequencies that add up to 1; a word that is nowhere weighs most."""
        if not words:
            return np.empty(0, np.float32)
        counts = self.counted.counts(hash_keys(words))
        raw = np.log((self.passages + 1) / (counts + 0.5)) + _LEAST
        return np.asarray(raw / raw.sum(), np.float32)


@dataclass(frozen=True, slots=True)
class _Held:
    """Counts in memory; words by ascending hash."""

    keys: Hashes
    found: npt.NDArray[np.int64]

    def counts(self, keys: Hashes) -> npt.NDArray[np.int64]:
        return np.append(self.found, 0)[find(self.keys, keys)]


def count_words(records: Sequence[Record]) -> WordWeights:
    """Count in how many passages each word stands."""
    each = [np.unique(r.keys) for r in records]
    keys, counts = np.unique(np.concatenate([*each, np.empty(0, np.uint64)]), return_counts=True)
    return WordWeights(_Held(keys.astype(np.uint64), counts), len(records))
