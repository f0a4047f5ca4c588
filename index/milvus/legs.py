"""The legs of a ranking over Milvus: the same scores as the local legs give, so that what is above them is the same."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.bm25 import Terms
from index.dense import REMEMBERED, RememberingEncoder
from index.fields import SATURATIONS
from index.keys import Hashes
from index.milvus.collections import TERMS, VECTOR
from index.milvus.dimensions import dimensions, sparse
from index.milvus.searching import LARGEST_LIMIT, SPARE, Found, Search, best_of_rows
from index.ranking import NOTHING, Ranking, Rows, Scores, best
from index.types import Vectors


class QueryTerms(Protocol):
    """What a query's terms weigh: their hashes, each once, and rarity · (times in the query); unknown ones left out."""

    def weights(self, terms: Sequence[str]) -> tuple[Hashes, npt.NDArray[np.float32]]: ...

    def total(self, terms: Sequence[str]) -> float: ...


class MilvusTerms:
    """All legs of terms: they share a field, so one round trip ranks by each of them."""

    def __init__(
        self, search: Search, analysers: Mapping[str, Terms], weighing: Mapping[str, QueryTerms]
    ) -> None:
        """Take what finds a query's terms and what weighs them, by leg; legs of one analyser share its work."""
        self._search = search
        self._analysers = analysers
        self._weighing = weighing
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._rankings)

    def rankings(self, query: str, *, depth: int) -> Mapping[str, Ranking]:
        """Return the ranking by each leg. StoreError if Milvus fails."""
        return self._remembered(query, depth)

    def vectors(self, query: str) -> dict[str, dict[int, float]]:
        """Return the query as a sparse vector a leg; a leg that knows no term of it has none."""
        found = {analyse: analyse(query) for analyse in set(self._analysers.values())}
        vectors = {}
        for leg, analyse in self._analysers.items():
            hashes, weights = self._weighing[leg].weights(found[analyse])
            if len(hashes):
                vectors[leg] = sparse(dimensions(leg, hashes), weights)
        return vectors

    def _rankings(self, query: str, depth: int) -> Mapping[str, Ranking]:
        vectors = self.vectors(query)
        if not vectors:
            return {}
        found = self._search.run(
            self._search.collections.passages,
            list(vectors.values()),
            field=TERMS,
            limit=depth + SPARE,
            where=self._search.live,
        )
        return {
            leg: best(*self._search.passages(hits), depth=depth).under(self._ceiling(leg, query))
            for leg, hits in zip(vectors, found, strict=True)
        }

    def _ceiling(self, leg: str, query: str) -> float:
        return self._weighing[leg].total(self._analysers[leg](query)) * SATURATIONS[leg].most


@dataclass(frozen=True, slots=True)
class MilvusTermsLeg:
    """One leg of terms: the inner product of the terms' rarity with the stored impacts is their BM25."""

    name: str
    terms: MilvusTerms

    def rank(self, query: str, *, depth: int) -> Ranking:
        """Return the best passages; none if no term of the query is in the index. StoreError if Milvus fails."""
        return self.terms.rankings(query, depth=depth).get(self.name, NOTHING)


@dataclass(frozen=True, slots=True)
class MilvusWindowsLeg:
    """The dense leg over texts: a passage counts as much as the best of its windows."""

    search: Search
    encoder: RememberingEncoder
    has_further: bool

    def rank(self, query: str, *, depth: int) -> Ranking:
        """Return the nearest passages; none if the encoder knows no word of the query. StoreError if Milvus fails."""
        vector = self.encoder.vector(query)
        if not vector.any():
            return NOTHING
        collections = self.search.collections
        firsts = _searched(self.search, collections.passages, vector, depth + SPARE, self.search.live)
        rows, scores = self.search.passages(firsts)
        if self.has_further:
            further = _enough(
                lambda limit: _searched(self.search, collections.windows, vector, limit, self.search.live),
                lambda found: self.search.standing(found, lambda place: place.windows),
                depth=depth,
            )
            rows, scores = best_of_rows(
                np.concatenate([rows, further[0]]), np.concatenate([scores, further[1]])
            )
        return best(rows, scores, depth=depth).going_on()


@dataclass(frozen=True, slots=True)
class MilvusTitlesLeg:
    """The dense leg over headings: each is searched once and stands for all passages under it."""

    search: Search
    encoder: RememberingEncoder

    def rank(self, query: str, *, depth: int) -> Ranking:
        """Return the passages under the nearest headings; none if the encoder knows no word. StoreError if Milvus fails."""
        vector = self.encoder.vector(query)
        if not vector.any():
            return NOTHING
        titles = self.search.collections.titles
        # A heading is of no one document: passages that were removed are left out by row.
        rows, scores = _enough(
            lambda limit: _searched(self.search, titles, vector, limit, self.search.bound),
            lambda found: self.search.standing(found, lambda place: place.titles),
            depth=depth,
        )
        return best(rows, scores, depth=depth).going_on()


def _searched(search: Search, collection: str, vector: Vectors, limit: int, where: str) -> Found:
    return search.run(collection, list(vector), field=VECTOR, limit=limit, where=where)[0]


def _enough(
    searched: Callable[[int], Found], passages: Callable[[Found], tuple[Rows, Scores]], *, depth: int
) -> tuple[Rows, Scores]:
    """Search deeper until `depth` different passages were found, or there are no more hits."""
    limit = depth + SPARE
    while True:
        found = searched(limit)
        rows, scores = passages(found)
        if len(rows) >= depth or len(found.keys) < limit or limit >= LARGEST_LIMIT:
            return rows, scores
        limit = min(2 * limit, LARGEST_LIMIT)
