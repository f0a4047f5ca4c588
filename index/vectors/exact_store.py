"""The nearest vectors by comparing all: one matrix in a mapped file, no library but NumPy to import."""

from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from index.ranking import Ranking, best
from index.types import Vectors
from index.vectors.reports import write_report
from index.vectors.types import Rows, StoreKind, StoreReport


@dataclass(frozen=True, slots=True)
class ExactStore:
    """All rows are compared with each query; `vectors` has the shape (rows, dimension)."""

    vectors: Vectors
    report: StoreReport

    def nearest(self, queries: Vectors, *, k: int, excluded: Rows | None = None) -> tuple[Rows, Vectors]:
        """Return rows and inner products of shape (n, min(k, rows not excluded)), by (-score, row).

        `excluded` holds distinct rows.
        """
        kept = np.arange(len(self.vectors), dtype=np.int64)
        if excluded is not None and len(excluded):
            kept = np.delete(kept, excluded)
        ranked = [self._ranked(query, kept, k) for query in queries]
        shape = (len(queries), min(k, len(kept)))
        rows = np.array([ranking.rows for ranking in ranked], np.int64).reshape(shape)
        return rows, np.array([ranking.scores for ranking in ranked], np.float32).reshape(shape)

    def save(self, path: Path) -> None:
        """Write the matrix to `path`, its report beside it."""
        with path.open("wb") as file:
            np.save(file, self.vectors, allow_pickle=False)
        write_report(path, self.report)

    def _ranked(self, query: Vectors, kept: Rows, k: int) -> Ranking:
        scores = self.vectors @ np.asarray(query, np.float32)
        return best(kept, scores if len(kept) == len(scores) else scores[kept], depth=k)


def fit_exact(vectors: Vectors) -> ExactStore:
    """Keep the vectors as they are."""
    started = perf_counter()
    held = np.ascontiguousarray(vectors, np.float32)
    return ExactStore(held, _report(held, perf_counter() - started))


def load_exact(path: Path) -> ExactStore:
    """Map a saved matrix: only the pages that a search reads take memory."""
    vectors = np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
    return ExactStore(vectors, _report(vectors, None))


def _report(vectors: Vectors, seconds: float | None) -> StoreReport:
    rows, dimension = vectors.shape
    return StoreReport(StoreKind.EXACT, rows, dimension, vectors.nbytes, recall_at_10=1.0, seconds=seconds)
