"""The store that fits so many vectors."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.ranking import Rows, best
from index.types import Vectors


@dataclass(frozen=True, slots=True)
class StoreReport:
    """What was built."""

    rows: int
    dimension: int
    kind: str = "exact"
    recall_at_10: float = 1.0


@dataclass(frozen=True, slots=True)
class ExactStore:
    """All rows are compared with each query."""

    vectors: Vectors

    @property
    def report(self) -> "StoreReport":
        """Return what was built."""
        return StoreReport(len(self.vectors), self.vectors.shape[1])

    def nearest(self, queries: Vectors, *, k: int, excluded: Rows | None = None) -> tuple[Rows, Vectors]:
        """Return rows and inner products of shape (n, min(k, rows not excluded)), by (-score, row)."""
        kept = np.arange(len(self.vectors), dtype=np.int64)
        if excluded is not None and len(excluded):
            kept = np.delete(kept, excluded)
        ranked = [best(kept, (self.vectors @ query)[kept], depth=k) for query in queries]
        shape = (len(queries), min(k, len(kept)))
        rows = np.array([ranking.rows for ranking in ranked], np.int64).reshape(shape)
        return rows, np.array([ranking.scores for ranking in ranked], np.float32).reshape(shape)

    def save(self, path: Path) -> None:
        """Write the matrix to `path`."""
        with path.open("wb") as file:
            np.save(file, self.vectors, allow_pickle=False)


def fit_store(vectors: Vectors) -> ExactStore:
    """Index unit vectors of shape (rows, dimension)."""
    return ExactStore(np.ascontiguousarray(vectors, np.float32))


def load_store(path: Path) -> ExactStore:
    """Map a saved store."""
    return ExactStore(np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray))


SavedStore = ExactStore
