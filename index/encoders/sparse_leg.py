"""A SparseEncoder as one more leg: terms of its vocabulary with learned weights, ranked by inner product."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.arrays import load_array, save_arrays
from index.encoders.local_models import fingerprint, open_model
from index.encoders.opened_once import OpenedOnce
from index.encoders.settings import SparseSettings
from index.ranking import NOTHING, Ranking, best

SPARSE = "sparse"
_SAVED = ("starts", "rows", "weights")


@dataclass(frozen=True, slots=True)
class WeightedTerms:
    """The terms of some texts: text i has `terms` and `weights` `starts[i]:starts[i + 1]`, out of `vocabulary` terms."""

    starts: npt.NDArray[np.int64]
    terms: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]
    vocabulary: int


class SparseTermEncoder:
    """Turns texts into weighted terms; the model is opened when it is first used."""

    def __init__(self, settings: SparseSettings, expected: str | None = None) -> None:
        """`expected` is the fingerprint the index was built with: another model is refused."""
        self._settings = settings
        self._model = OpenedOnce(
            lambda: open_model("SparseEncoder", settings, settings.name, expected=expected)
        )

    @cached_property
    def fingerprint(self) -> str:
        """Return a digest of the model's files and of the settings that change its weights."""
        return fingerprint(self._settings, self._settings.name)

    def encode_queries(self, texts: Sequence[str]) -> WeightedTerms:
        """Return the terms of questions."""
        return self._encode("encode_query", texts, self._settings.query_prefix)

    def encode_passages(self, texts: Sequence[str]) -> WeightedTerms:
        """Return the terms of passages."""
        return self._encode("encode_document", texts, self._settings.passage_prefix)

    def _encode(self, method: str, texts: Sequence[str], prefix: str) -> WeightedTerms:
        if not texts:
            return joined([])
        encoded = getattr(self._model(), method)(
            list(texts),
            prompt=prefix or None,
            batch_size=self._settings.batch_size,
            show_progress_bar=False,
            convert_to_tensor=True,
            convert_to_sparse_tensor=True,
        )
        found = encoded.float().cpu().coalesce()
        # Its width, for some models' get_embedding_dimension is that of their hidden layer.
        return _weighted_terms(found.indices().numpy(), found.values().numpy(), *found.shape)


def joined(parts: Sequence[WeightedTerms]) -> WeightedTerms:
    """Return the terms of all parts' texts, in order; no part has no text."""
    sizes = [np.diff(part.starts) for part in parts]
    return WeightedTerms(
        np.concatenate([[0], np.cumsum(np.concatenate([np.empty(0, np.int64), *sizes]))]).astype(np.int64),
        np.concatenate([np.empty(0, np.int32), *(part.terms for part in parts)]),
        np.concatenate([np.empty(0, np.float32), *(part.weights for part in parts)]),
        max((part.vocabulary for part in parts), default=0),
    )


def _weighted_terms(
    places: npt.NDArray[np.int64], weights: npt.NDArray[np.float32], texts: int, vocabulary: int
) -> WeightedTerms:
    """Return the terms from (text, term) places, sorted by text."""
    starts = np.searchsorted(places[0], np.arange(texts + 1)).astype(np.int64)
    return WeightedTerms(starts, places[1].astype(np.int32), weights.astype(np.float32), vocabulary)


@dataclass(frozen=True, slots=True)
class SparseSegment:
    """The passages of one segment by term: term i stands in `rows` with `weights` `starts[i]:starts[i + 1]`.

    The segment's rows are `base` to `base + size` of the index; `live` tells which count, None where all do.
    """

    starts: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]
    size: int
    base: int = 0
    live: npt.NDArray[np.bool_] | None = field(default=None)

    def save(self, folder: Path, name: str = SPARSE) -> None:
        """Write the three arrays."""
        save_arrays(folder, name, {key: getattr(self, key) for key in _SAVED})

    def rank(self, terms: npt.NDArray[np.int32], weights: npt.NDArray[np.float32], *, depth: int) -> Ranking:
        """Return the rows of the index with the highest inner products; those that share no term are left out."""
        if not self.size:
            return NOTHING
        totals = np.zeros(self.size, np.float32)
        for term, weight in zip(terms.tolist(), weights.tolist(), strict=True):
            start, end = self.starts[term], self.starts[term + 1]
            totals[self.rows[start:end]] += np.float32(weight) * self.weights[start:end]
        if self.live is not None:
            totals[~self.live] = 0
        rows = np.flatnonzero(totals > 0)
        return best(rows + self.base, totals[rows], depth=depth)


def fit_sparse(passages: WeightedTerms) -> SparseSegment:
    """Return the segment of passages given as their terms, in the order of their rows."""
    order = np.argsort(passages.terms, kind="stable")
    rows = np.repeat(np.arange(len(passages.starts) - 1, dtype=np.int32), np.diff(passages.starts))
    counts = np.bincount(passages.terms, minlength=passages.vocabulary)
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return SparseSegment(starts, rows[order], passages.weights[order], len(passages.starts) - 1)


def load_sparse(
    folder: Path, name: str = SPARSE, *, size: int, base: int = 0, live: npt.NDArray[np.bool_] | None = None
) -> SparseSegment:
    """Map a saved segment of `size` passages."""
    starts, rows, weights = (load_array(folder, name, key) for key in _SAVED)
    return SparseSegment(starts, rows, weights, size, base, live)


class SparseLeg:
    """One leg over all segments."""

    def __init__(self, encoder: SparseTermEncoder, segments: Sequence[SparseSegment]) -> None:
        self._encoder = encoder
        self._segments = segments

    def rank(self, query: str, *, depth: int) -> Ranking:
        """Return the best passages; none if they share no term with the query."""
        return self.rank_many([query], depth=depth)[0]

    def rank_many(self, queries: list[str], *, depth: int) -> list[Ranking]:
        """Return one ranking a query."""
        found = self._encoder.encode_queries(queries)
        return [
            self._merged(found.terms[start:end], found.weights[start:end], depth)
            for start, end in zip(found.starts[:-1].tolist(), found.starts[1:].tolist(), strict=True)
        ]

    def _merged(self, terms: Any, weights: Any, depth: int) -> Ranking:
        ranked = [segment.rank(terms, weights, depth=depth) for segment in self._segments]
        if not ranked:
            return NOTHING
        return best(
            np.concatenate([ranking.rows for ranking in ranked]),
            np.concatenate([ranking.scores for ranking in ranked]),
            depth=depth,
        )
