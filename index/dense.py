"""Dense retrieval: the query's vector against vectors that stand for passages, the best of which counts."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.array_file import map_array_file, write_array_file
from index.ranking import NOTHING, Live, Ranking, Rows, best, merged
from index.types import Encoder, Vectors, VectorStore
from index.vectors.stores import SavedStore, fit_store, load_store

# Several windows of a passage may be among the nearest; if too few passages are, four times as many are looked at.
_ASKED, _MORE = 2, 4
REMEMBERED = 256
_FEW = 32  # texts that are asked for together: a question and the turns before it
STOOD_FOR = ".passages"
"""What the file ends in that tells which passages each vector of a leg stands for."""


@dataclass(frozen=True, slots=True)
class DenseSegment:
    """One segment's vectors: vector i stands for the passages `rows[starts[i]:starts[i + 1]]`.

    That is one passage for a window of its text, and all that stand under it for a title. `live` tells which rows
    count, None where all do; `excluded` are the vectors that stand for none that does.
    """

    store: VectorStore
    starts: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int32]
    base: int
    live: Live | None = None
    excluded: Rows | None = None

    def rank(self, query: Vectors, *, depth: int) -> Ranking:
        """Return the nearest passages to a query of shape (1, dimension)."""
        if not len(self.rows):
            return NOTHING
        asked = depth * _ASKED
        while True:
            found, scores = self.store.nearest(query, k=asked, excluded=self.excluded)
            rows, own = self._passages(found[0], scores[0])
            if len(rows) >= depth or asked > found.shape[1]:
                return best(rows, own, depth=depth)
            asked *= _MORE

    def _passages(self, vectors: Rows, scores: Vectors) -> tuple[Rows, Vectors]:
        """Return the passages that some vectors, best first, stand for, each with its best score."""
        starts = self.starts[vectors]
        counts = self.starts[vectors + 1] - starts
        begins = np.cumsum(counts) - counts
        rows = self.rows[np.repeat(starts - begins, counts) + np.arange(counts.sum())].astype(np.int64)
        each = np.repeat(scores, counts)
        if self.live is not None:
            kept = self.live[rows]
            rows, each = rows[kept], each[kept]
        rows, first = np.unique(rows, return_index=True)
        return rows, each[first]


def save_dense(
    folder: Path, name: str, vectors: Vectors, starts: npt.NDArray[np.int64], rows: npt.NDArray[np.int32]
) -> SavedStore:
    """Write a segment's vectors with the passages that each stands for (see DenseSegment); return their store."""
    store = fit_store(vectors)
    store.save(folder / f"{name}.store")
    write_array_file(folder / f"{name}{STOOD_FOR}", {"starts": starts, "rows": rows})
    return store


def load_dense(folder: Path, name: str, *, base: int, live: Live | None = None) -> DenseSegment:
    """Map what `save_dense` wrote."""
    arrays = map_array_file(folder / f"{name}{STOOD_FOR}")
    starts, rows = arrays["starts"], arrays["rows"]
    excluded = None
    if live is not None:
        alive = np.concatenate([[0], np.cumsum(live[rows])])[starts]
        excluded = np.flatnonzero(np.diff(alive) == 0)
    return DenseSegment(load_store(folder / f"{name}.store"), starts, rows, base, live, excluded)


class RememberingEncoder:
    """Encodes a query once, though the legs and all that answers ask for its vector. Safe to share between threads."""

    def __init__(self, encoder: Encoder, *, remembered: int = REMEMBERED) -> None:
        self._encoder = encoder
        self._remembered = remembered
        self._vectors: dict[str, Vectors] = {}
        self._lock = threading.Lock()

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""
        return self._encoder.dimension

    @property
    def fingerprint(self) -> str:
        """Return the encoder's."""
        return self._encoder.fingerprint

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of shape (n, dimension); many at once are no questions and are not remembered."""
        if not 0 < len(texts) <= _FEW:
            return self._encoder.encode_queries(texts)
        return np.concatenate(self.vectors(texts))

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of shape (n, dimension)."""
        return self._encoder.encode_passages(texts)

    def vector(self, query: str) -> Vectors:
        """Return the vector of a query, of shape (1, dimension)."""
        return self.vectors([query])[0]

    def vectors(self, queries: Sequence[str]) -> list[Vectors]:
        """Return the vector of each query; all that are not remembered are encoded together."""
        known = {query: found for query in queries if (found := self._vectors.get(query)) is not None}
        missing = list(dict.fromkeys(query for query in queries if query not in known))
        if missing:
            encoded = self._encoder.encode_queries(missing)
            fresh = {query: encoded[row : row + 1] for row, query in enumerate(missing)}
            self._keep(fresh)
            known |= fresh
        return [known[query] for query in queries]

    def _keep(self, fresh: Mapping[str, Vectors]) -> None:
        with self._lock:
            self._vectors |= fresh
            for query in list(self._vectors)[: -self._remembered]:
                del self._vectors[query]


class DenseLeg:
    """One leg: an encoder of queries and the vectors of all segments."""

    def __init__(self, encoder: RememberingEncoder, segments: Sequence[DenseSegment]) -> None:
        self._encoder = encoder
        self._segments = segments

    def rank(self, query: str, *, depth: int) -> Ranking:
        """Return the nearest passages; none if the encoder knows no word of the query."""
        vector = self._encoder.vector(query)
        if not vector.any() or not self._segments:
            return NOTHING
        ranked = [segment.rank(vector, depth=depth) for segment in self._segments]
        return merged(ranked, [segment.base for segment in self._segments], depth=depth).going_on()
