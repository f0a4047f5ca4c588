"""The nearest vectors by FAISS (Douze 2024): exact for small corpora, HNSW (Malkov 2018) for large ones."""

from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

from index.types import Vectors

# Measured at 300 dimensions on one core: see `exact_or_hnsw`.
HNSW_FROM = 50_000
_LINKS = 32
_BREADTH_OF_BUILD = 200
_BREADTH_OF_SEARCH = 128


class FaissStore:
    """A FAISS index of unit vectors; scores are inner products."""

    def __init__(self, index: Any) -> None:
        self._index = index

    def nearest(self, queries: Vectors, *, k: int) -> tuple[npt.NDArray[np.int64], Vectors]:
        """Return rows and inner products of shape (n, min(k, size)), by (-score, row)."""
        k = min(k, self._index.ntotal)
        if not k or not len(queries):
            return np.empty((len(queries), k), np.int64), np.empty((len(queries), k), np.float32)
        scores, rows = self._index.search(np.ascontiguousarray(queries, np.float32), k)
        order = np.lexsort((rows, -scores), axis=1)
        return np.take_along_axis(rows, order, 1), np.take_along_axis(scores, order, 1)

    def save(self, path: Path) -> None:
        """Write the index to one file."""
        _faiss().write_index(self._index, str(path))


def exact_or_hnsw(vectors: Vectors, *, hnsw_from: int = HNSW_FROM) -> FaissStore:
    """Index the rows exactly if they are fewer than `hnsw_from`."""
    faiss = _faiss()
    size, dimension = vectors.shape
    if size < hnsw_from:
        index = faiss.IndexFlatIP(dimension)
    else:
        index = faiss.IndexHNSWFlat(dimension, _LINKS, faiss.METRIC_INNER_PRODUCT)
        index.hnsw.efConstruction = _BREADTH_OF_BUILD
        index.hnsw.efSearch = _BREADTH_OF_SEARCH
    index.add(np.ascontiguousarray(vectors, np.float32))
    return FaissStore(index)


def load_faiss(path: Path) -> FaissStore:
    """Open a saved index."""
    return FaissStore(_faiss().read_index(str(path)))


def _faiss() -> ModuleType:
    import faiss

    module: ModuleType = faiss
    return module
