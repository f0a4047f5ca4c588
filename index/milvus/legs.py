"""The legs of a ranking over Milvus: the same scores as the local legs give, so that what is above them is the same."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.keys import Hashes
from index.milvus.collections import OWNER, TERMS, VECTOR, numbers, places
from index.milvus.dimensions import dimensions, sparse
from index.milvus.searching import LARGEST_LIMIT, Found, Search, best_of_rows, vectors_of
from index.ranking import NOTHING, Ranking, Rows, Scores, best
from index.types import Encoder, Vectors

# Hits asked for beyond the depth, so that ties at the cut are mostly broken by row here, as in the local legs.
_SPARE = 50


class QueryTerms(Protocol):
    """What a query's terms weigh: their hashes, each once, and idf · (times in the query); unknown terms left out."""

    def __call__(self, terms: Sequence[str]) -> tuple[Hashes, npt.NDArray[np.float32]]: ...


class MilvusTermsLeg:
    """One leg of terms: the inner product of idf with the stored parts is their BM25."""

    def __init__(
        self, name: str, search: Search, analyse: Callable[[str], list[str]], weigh: QueryTerms
    ) -> None:
        self._name = name
        self._search = search
        self._analyse = analyse
        self._weigh = weigh

    def rank(self, query: str, *, depth: int) -> Ranking:
        """Return the best passages; none if no term of the query is in the index. StoreError if Milvus fails."""
        return self.rank_many([query], depth=depth)[0]

    def rank_many(self, queries: Sequence[str], *, depth: int) -> list[Ranking]:
        """Return one ranking a query, in one round trip."""
        vectors = [self.vector(query) for query in queries]
        asked = [vector for vector in vectors if vector]
        if not asked:
            return [NOTHING] * len(queries)
        found = iter(
            self._search.run(self._search.collections.passages, asked, field=TERMS, limit=depth + _SPARE)
        )
        return [self._ranking(next(found), depth) if vector else NOTHING for vector in vectors]

    def vector(self, query: str) -> dict[int, float]:
        """Return the query as a sparse vector, empty if the index knows no term of it."""
        hashes, weights = self._weigh(self._analyse(query))
        return sparse(dimensions(self._name, hashes), weights)

    def _ranking(self, found: Found, depth: int) -> Ranking:
        return best(self._search.rows(found.keys), found.scores, depth=depth)


class MilvusWindowsLeg:
    """The dense leg over texts: a passage counts as much as the best of its windows."""

    def __init__(self, search: Search, encoder: Encoder, *, has_further: bool) -> None:
        self._search = search
        self._encoder = encoder
        self._has_further = has_further

    def rank(self, query: str, *, depth: int) -> Ranking:
        """Return the nearest passages; none if the encoder knows no word of the query. StoreError if Milvus fails."""
        return self.rank_many([query], depth=depth)[0]

    def rank_many(self, queries: Sequence[str], *, depth: int) -> list[Ranking]:
        """Return one ranking a query."""
        return _each(self._encoder.encode_queries(list(queries)), lambda given: self._nearest(given, depth))

    def _nearest(self, vectors: Vectors, depth: int) -> list[Ranking]:
        firsts = self._search.run(
            self._search.collections.passages, vectors_of(vectors), field=VECTOR, limit=depth + _SPARE
        )
        return [
            self._with_further(vector, self._search.rows(found.keys), found.scores, depth)
            for vector, found in zip(vectors, firsts, strict=True)
        ]

    def _with_further(
        self, vector: npt.NDArray[np.float32], rows: Rows, scores: Scores, depth: int
    ) -> Ranking:
        if not self._has_further:
            return best(rows, scores, depth=depth)

        def owners(found: Found) -> tuple[Rows, Scores]:
            segments = numbers(found.keys)
            return self._search.rows(segments << 32 | found.fields[OWNER]), found.scores

        def windows(limit: int) -> Found:
            collection = self._search.collections.windows
            return self._search.run(collection, [vector], field=VECTOR, limit=limit, output=[OWNER])[0]

        further = _enough(windows, owners, depth=depth)
        every = best_of_rows(np.concatenate([rows, further[0]]), np.concatenate([scores, further[1]]))
        return best(*every, depth=depth)


class MilvusTitlesLeg:
    """The dense leg over headings: each is searched once and stands for all passages under it."""

    def __init__(self, search: Search, encoder: Encoder) -> None:
        self._search = search
        self._encoder = encoder

    def rank(self, query: str, *, depth: int) -> Ranking:
        """Return the passages under the nearest headings; none if the encoder knows no word. StoreError if Milvus fails."""
        return self.rank_many([query], depth=depth)[0]

    def rank_many(self, queries: Sequence[str], *, depth: int) -> list[Ranking]:
        """Return one ranking a query."""
        return _each(self._encoder.encode_queries(list(queries)), lambda given: self._nearest(given, depth))

    def _nearest(self, vectors: Vectors, depth: int) -> list[Ranking]:
        return [self._passages(vector, depth) for vector in vectors]

    def _passages(self, vector: npt.NDArray[np.float32], depth: int) -> Ranking:
        found = _enough(lambda limit: self._titles(vector, limit), self._under, depth=depth)
        return best(*found, depth=depth)

    def _titles(self, vector: npt.NDArray[np.float32], limit: int) -> Found:
        # A heading has no document: what was removed is left out below, by row.
        return self._search.run(
            self._search.collections.titles,
            [vector],
            field=VECTOR,
            limit=limit,
            filter_=self._search.segment_filter,
        )[0]

    def _under(self, found: Found) -> tuple[Rows, Scores]:
        rows, scores = [np.empty(0, np.int64)], [np.empty(0, np.float32)]
        which = zip(numbers(found.keys).tolist(), places(found.keys).tolist(), found.scores, strict=True)
        for number, heading, score in which:
            place = self._search.bases[number]
            if place.headings is None:
                continue
            start, end = place.headings.starts[heading : heading + 2]
            local = place.headings.rows[start:end]
            if place.alive is not None:
                local = local[place.alive[local]]
            rows.append(place.base + local)
            scores.append(np.full(len(local), score, np.float32))
        return np.concatenate(rows), np.concatenate(scores)


def _each(encoded: Vectors, nearest: Callable[[Vectors], list[Ranking]]) -> list[Ranking]:
    """Search for the vectors that say something; a zero vector ranks nothing."""
    known = np.asarray(encoded.any(axis=1), np.bool_)
    found = iter(nearest(encoded[known]) if known.any() else [])
    return [next(found) if there else NOTHING for there in known.tolist()]


def _enough(
    search: Callable[[int], Found], passages: Callable[[Found], tuple[Rows, Scores]], *, depth: int
) -> tuple[Rows, Scores]:
    """Search deeper until `depth` different passages were found, or there are no more hits."""
    limit = depth + _SPARE
    while True:
        found = search(limit)
        rows, scores = best_of_rows(*passages(found))
        if len(rows) >= depth or len(found.keys) < limit or limit >= LARGEST_LIMIT:
            return rows, scores
        limit = min(2 * limit, LARGEST_LIMIT)
