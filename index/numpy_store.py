"""The nearest vectors by brute force in NumPy: the truth that other stores are tested against."""

import numpy as np
import numpy.typing as npt

from index.ranking import best
from index.types import Vectors


class NumpyStore:
    """All rows are compared with each query."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors

    def nearest(self, queries: Vectors, *, k: int) -> tuple[npt.NDArray[np.int64], Vectors]:
        """Return rows and inner products of shape (n, min(k, size)), by (-score, row)."""
        rows = np.arange(len(self._vectors), dtype=np.int64)
        ranked = [best(rows, self._vectors @ query, depth=k) for query in queries]
        shape = (len(queries), min(k, len(rows)))
        found = np.array([ranking.rows for ranking in ranked], dtype=np.int64).reshape(shape)
        return found, np.array([ranking.scores for ranking in ranked], dtype=np.float32).reshape(shape)
