"""BM25 (Robertson 2009) over one kind of term: scored by the bm25s library, read back by NumPy."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.arrays import load_array, save_arrays
from index.keys import Hashes, find, hash_keys
from index.ranking import NOTHING, Ranking, best

Terms = Callable[[str], list[str]]
_SAVED = ("terms", "starts", "rows", "scores")


@dataclass(frozen=True, slots=True)
class Bm25Index:
    """What each term adds to each passage's score: term i has rows and scores `starts[i]:starts[i + 1]`."""

    terms: Hashes
    starts: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int32]
    scores: npt.NDArray[np.float32]
    size: int

    def rank(self, terms: Sequence[str], *, depth: int) -> Ranking:
        """Return the passages that hold a term; a term that the query repeats counts as often."""
        columns = find(self.terms, hash_keys(terms))
        columns = columns[columns >= 0]
        if not len(columns):
            return NOTHING
        totals = np.zeros(self.size, np.float32)
        for column in columns.tolist():
            start, end = self.starts[column], self.starts[column + 1]
            totals[self.rows[start:end]] += self.scores[start:end]
        rows = np.flatnonzero(totals)
        return best(rows, totals[rows], depth=depth)

    def save(self, folder: Path, name: str) -> None:
        """Write the index as four arrays."""
        save_arrays(folder, name, {key: getattr(self, key) for key in _SAVED})


def load_bm25(folder: Path, name: str, *, size: int) -> Bm25Index:
    """Map a saved index of `size` passages."""
    terms, starts, rows, scores = (load_array(folder, name, key) for key in _SAVED)
    return Bm25Index(terms, starts, rows, scores, size)


def fit_bm25(passages: Sequence[Sequence[str]], *, k1: float = 1.2, b: float = 0.75) -> Bm25Index:
    """Score every term of every passage (given as its terms) with Lucene's variant of BM25."""
    vocabulary = sorted({term for terms in passages for term in terms})
    hashes = hash_keys(vocabulary)
    order = np.argsort(hashes, kind="stable")
    # bm25s numbers terms by a set's order, which changes from run to run: number them here, by their hash.
    numbers = {vocabulary[position]: number for number, position in enumerate(order.tolist())}
    if not numbers:
        empty = np.empty(0, np.int32)
        return Bm25Index(hashes, np.zeros(1, np.int64), empty, empty.astype(np.float32), len(passages))
    matrix = _scored([[numbers[term] for term in terms] for terms in passages], numbers, k1=k1, b=b)
    return Bm25Index(hashes[order], *matrix, size=len(passages))


def _scored(
    ids: list[list[int]], numbers: dict[str, int], *, k1: float, b: float
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.float32]]:
    import bm25s

    engine = bm25s.BM25(method="lucene", k1=k1, b=b)
    engine.index((ids, numbers), create_empty_token=False, show_progress=False)
    starts = engine.scores["indptr"].astype(np.int64)[: len(numbers) + 1]
    return starts, engine.scores["indices"].astype(np.int32), engine.scores["data"].astype(np.float32)


class Bm25Retriever:
    """One leg: the terms that `analyse` finds in a query, scored by BM25."""

    def __init__(self, index: Bm25Index, analyse: Terms) -> None:
        self._index = index
        self._analyse = analyse

    def rank(self, query: str, *, depth: int) -> Ranking:
        """Return the best passages; none if no term of the query is in the index."""
        return self._index.rank(self._analyse(query), depth=depth)

    def rank_many(self, queries: list[str], *, depth: int) -> list[Ranking]:
        """Return one ranking a query."""
        return [self.rank(query, depth=depth) for query in queries]
