"""The nearest vectors by FAISS (Douze 2024): lists around centres, of which a search reads the nearest few.

A vector is kept as 8 bits a dimension of its difference from its centre (Jégou 2011, with a scalar quantiser), in
a file that is mapped: a search reads only the lists it looks into.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from index.types import Vectors
from index.vectors.faiss_module import faiss_module
from index.vectors.recall import RecallProbe, draw_probe
from index.vectors.reports import read_report, write_report
from index.vectors.types import Rows, StoreKind, StoreReport

WANTED_RECALL = 0.985
_LISTS_PER_ROOT = 4  # times the root of the rows
_ROWS_PER_LIST = 64  # of the sample that the centres are found from
_ROUNDS = 10
_SEED = 20_260_801
_BLOCK = 65_536  # rows added at once
_NONE = np.empty(0, np.int64)


class InvertedLists:
    """A FAISS index of unit vectors; scores are inner products. Safe to share between threads."""

    def __init__(self, index: Any, report: StoreReport) -> None:
        self._index = index
        self._report = report
        self._selection: tuple[Rows, Any] = (_NONE, None)

    @property
    def report(self) -> StoreReport:
        """Return what was built, and the recall that was measured."""
        return self._report

    def nearest(self, queries: Vectors, *, k: int, excluded: Rows | None = None) -> tuple[Rows, Vectors]:
        """Return rows and inner products of shape (n, min(k, rows not excluded)), by (-score, row).

        `excluded` holds distinct rows; the same array, passed again, is prepared only once.
        """
        off = _NONE if excluded is None else excluded
        k = min(k, self._report.rows - len(off))
        if k <= 0 or not len(queries):
            shape = (len(queries), max(k, 0))
            return np.empty(shape, np.int64), np.empty(shape, np.float32)
        asked = np.ascontiguousarray(queries, np.float32)
        rows, scores = self._search(asked, k, off, self._report.parameters["probes"])
        if (rows < 0).any():
            # The nearest lists hold fewer than k rows.
            rows, scores = self._search(asked, k, off, self._report.parameters["lists"])
        order = np.lexsort((rows, -scores), axis=1)
        return np.take_along_axis(rows, order, 1), np.take_along_axis(scores, order, 1)

    def save(self, path: Path) -> None:
        """Write the index to `path`, its report beside it."""
        faiss_module().write_index(self._index, str(path))
        write_report(path, replace(self._report, bytes=path.stat().st_size))

    def _search(self, queries: Vectors, k: int, off: Rows, probes: int) -> tuple[Rows, Vectors]:
        # One query is over before a second thread is awake; the server's clients need the cores.
        faiss = faiss_module(threads=1)
        parameters = faiss.SearchParametersIVF(nprobe=probes, sel=self._selector(off))
        scores, rows = self._index.search(queries, k, params=parameters)
        return rows, scores

    def _selector(self, off: Rows) -> Any:
        if not len(off):
            return None
        held, selector = self._selection
        if held is not off:
            kept = np.ones(self._report.rows, bool)
            kept[off] = False
            selector = faiss_module(threads=1).IDSelectorBitmap(np.packbits(kept, bitorder="little"))
            self._selection = (off, selector)
        return selector


def fit_inverted_lists(vectors: Vectors, *, wanted: float = WANTED_RECALL) -> InvertedLists:
    """Index the rows, and look into as few lists as find the `wanted` share of each query's nearest ten."""
    started = perf_counter()
    rows, dimension = vectors.shape
    index = _trained(vectors)
    for block in _blocks(vectors):
        index.add(block)
    probe = draw_probe(vectors)
    probes, recall = _fewest_probes(index, probe, wanted)
    parameters = {"lists": index.nlist, "probes": probes, "bits": 8, "queries": len(probe.queries)}
    size = rows * (index.code_size + 8) + index.nlist * dimension * 4
    report = StoreReport(
        StoreKind.INVERTED_LISTS, rows, dimension, size, recall, parameters, perf_counter() - started
    )
    return InvertedLists(index, report)


def load_inverted_lists(path: Path) -> InvertedLists:
    """Map a saved index."""
    faiss = faiss_module(threads=1)
    index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP)
    # FAISS starts 32 threads a query to read ahead, which costs 2 ms; the system keeps the pages that are asked for.
    faiss.downcast_InvertedLists(index.invlists).prefetch_nthread = 0
    return InvertedLists(index, read_report(path))


def _trained(vectors: Vectors) -> Any:
    faiss = faiss_module()
    rows, dimension = vectors.shape
    lists = max(1, int(_LISTS_PER_ROOT * rows**0.5))
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dimension),
        dimension,
        lists,
        faiss.ScalarQuantizer.QT_8bit,
        faiss.METRIC_INNER_PRODUCT,
    )
    index.cp.niter, index.cp.seed = _ROUNDS, _SEED
    index.cp.max_points_per_centroid, index.cp.min_points_per_centroid = _ROWS_PER_LIST, 1
    index.train(_sample(vectors, lists * _ROWS_PER_LIST))
    return index


def _sample(vectors: Vectors, size: int) -> Vectors:
    rows = np.arange(len(vectors))
    if size < len(rows):
        rows = np.sort(np.random.default_rng(_SEED).choice(rows, size, replace=False))
    return np.ascontiguousarray(vectors[rows], np.float32)


def _blocks(vectors: Vectors) -> Iterator[Vectors]:
    for start in range(0, len(vectors), _BLOCK):
        yield np.ascontiguousarray(vectors[start : start + _BLOCK], np.float32)


def _fewest_probes(index: Any, probe: RecallProbe, wanted: float) -> tuple[int, float]:
    """Return the smallest number of lists that reaches the wanted recall (all, if none does), and its recall."""
    faiss = faiss_module()

    def measured(probes: int) -> float:
        parameters = faiss.SearchParametersIVF(nprobe=probes)
        return probe.recall(lambda queries: index.search(queries, probe.depth, params=parameters)[1])

    low, high = 1, index.nlist
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if measured(middle) >= wanted else (middle + 1, high)
    return low, measured(low)
