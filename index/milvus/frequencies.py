"""How rare a term is: counted from the segments' own files, so that the terms' weights are those of a local index.

A segment keeps which rows hold each term (not how much it counts there: that is in Milvus), for a removed document must
count no more the moment it is removed.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.array_file import map_array_file
from index.bm25 import POSTINGS, rarity
from index.keys import Hashes, find, hash_keys
from index.ranking import Live


@dataclass(frozen=True, slots=True)
class TermRows:
    """One segment's terms: term i is in the rows `rows[starts[i]:starts[i + 1]]`, mapped; `live` as in a segment."""

    terms: Hashes
    starts: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int32]
    live: Live | None = None

    def counts(self, hashes: Hashes) -> npt.NDArray[np.int64]:
        """Return in how many live passages each term stands."""
        columns = find(self.terms, hashes)
        if self.live is None:
            return np.where(columns < 0, 0, self.starts[columns + 1] - self.starts[columns])
        rows = (self.rows[self.starts[c] : self.starts[c + 1]] if c >= 0 else self.rows[:0] for c in columns)
        return np.array([np.count_nonzero(self.live[own]) for own in rows], np.int64)


def load_term_rows(folder: Path, leg: str, *, live: Live | None = None) -> TermRows:
    """Map a segment's file of one leg."""
    arrays = map_array_file(folder / f"{leg}{POSTINGS}")
    return TermRows(arrays["terms"], arrays["starts"], arrays["rows"], live)


@dataclass(frozen=True, slots=True)
class Rarities:
    """Weighs a query's terms by how rare they are among `passages` live passages of all segments."""

    segments: Sequence[TermRows]
    passages: int

    def weights(self, terms: Sequence[str]) -> tuple[Hashes, npt.NDArray[np.float32]]:
        """Return the hashes of the known terms, each once, and rarity · (times in the query)."""
        hashes, counts, weights = self._weighed(terms)
        return hashes[counts > 0], weights[counts > 0]

    def total(self, terms: Sequence[str]) -> float:
        """Return the weights of all terms together, unknown ones included."""
        return float(self._weighed(terms)[2].sum())

    def _weighed(self, terms: Sequence[str]) -> tuple[Hashes, npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        repeats = Counter(terms)
        hashes = hash_keys(repeats)
        counts = np.zeros(len(hashes), np.int64)
        for segment in self.segments:
            counts += segment.counts(hashes)
        weights = rarity(counts, self.passages) * np.fromiter(repeats.values(), np.float32, len(repeats))
        return hashes, counts, weights.astype(np.float32)
