"""How much a word of the question weighs: rare words of the documents more."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.arrays import load_array, save_arrays
from index.keys import Hashes, find, hash_keys
from qa.reading.records import Floats, Record

_LEAST = 0.3


@dataclass(frozen=True, slots=True)
class WordWeights:
    """In how many of `passages` passages each word stands; words by ascending hash."""

    keys: Hashes
    counts: npt.NDArray[np.int32]
    passages: int

    def of(self, words: Sequence[str]) -> Floats:
        """Return inverse document frequencies that add up to 1; a word that is nowhere weighs most."""
        if not words:
            return np.empty(0, np.float32)
        places = find(self.keys, hash_keys(words))
        counts = np.append(self.counts, 0)[places]
        raw = np.log((self.passages + 1) / (counts + 0.5)) + _LEAST
        return np.asarray(raw / raw.sum(), np.float32)

    def save(self, folder: Path) -> None:
        """Write the columns as files of `folder`."""
        save_arrays(folder, "reading-words", {"keys": self.keys, "counts": self.counts})
        save_arrays(folder, "reading-words", {"passages": np.array([self.passages])})


def count_words(records: Sequence[Record]) -> WordWeights:
    """Count in how many passages each word stands."""
    each = [np.unique(r.keys) for r in records]
    keys, counts = np.unique(np.concatenate([*each, np.empty(0, np.uint64)]), return_counts=True)
    return WordWeights(keys.astype(np.uint64), counts.astype(np.int32), len(records))


def load_word_weights(folder: Path) -> WordWeights:
    """Map the saved columns."""
    keys, counts, passages = (load_array(folder, "reading-words", n) for n in ("keys", "counts", "passages"))
    return WordWeights(keys, counts, int(passages[0]))
