"""One search in Milvus and how its keys become rows of the index."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from index.milvus.binding import Binding
from index.milvus.checking import live_filter
from index.milvus.collections import KEY, TERMS, VECTOR
from index.milvus.connection import CHECK_SECONDS, Connection
from index.milvus.dimensions import NO_TERM
from index.milvus.names import Collections, Keys, numbers, places
from index.ranking import Live, Rows, Scores

LARGEST_LIMIT = 16_384  # of Milvus, hits a search
# Hits asked for beyond the depth, so that ties at the cut are mostly broken by row here, as in the local legs.
SPARE = 50
# Candidates that an HNSW search keeps, at least: as many again as are asked for.
_LEAST_EF = 200


@dataclass(frozen=True, slots=True)
class Standing:
    """What a segment's vectors stand for: vector i for its passages `rows[starts[i]:starts[i + 1]]`."""

    starts: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class SegmentPlace:
    """Where a segment's passages stand among the rows of the index, and which of them count (None: all)."""

    base: int
    windows: Standing
    titles: Standing
    live: Live | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of one search: keys and inner products, best first."""

    keys: Keys
    scores: Scores


@dataclass(frozen=True, slots=True)
class Search:
    """A bundle's view of its collections: `live` filters for the rows that count, `bound` for those of its segments."""

    connection: Connection
    collections: Collections
    live: str
    bound: str
    segments: Mapping[int, SegmentPlace]

    def run(
        self,
        collection: str,
        data: Sequence[Any],
        *,
        field: str,
        limit: int,
        where: str,
        timeout: float | None = None,
    ) -> list[Found]:
        """Return the hits of each query; StoreError if Milvus fails or is late."""
        limit = min(limit, LARGEST_LIMIT)
        answer = self.connection.call(
            "search",
            collection,
            timeout=timeout or self.connection.search_seconds,
            data=list(data),
            anns_field=field,
            limit=limit,
            filter=where,
            search_params={
                "metric_type": "IP",
                "params": {"ef": max(_LEAST_EF, 2 * limit)} if field == VECTOR else {},
            },
        )
        return [_found(hits) for hits in answer]

    def warm(self) -> None:
        """Search once for nothing: the first search may take longer than a question may."""
        nothing = [{NO_TERM: 1.0}]
        passages = self.collections.passages
        self.run(passages, nothing, field=TERMS, limit=1, where=self.live, timeout=CHECK_SECONDS)

    def passages(self, found: Found) -> tuple[Rows, Scores]:
        """Return the rows of the index of hits in the collection of passages."""
        return self._each(found, lambda place, local: (local, np.arange(len(local))))

    def standing(self, found: Found, kind: Callable[[SegmentPlace], Standing]) -> tuple[Rows, Scores]:
        """Return the passages that count among those that vectors stand for, each once with its best score."""

        def under(place: SegmentPlace, local: Keys) -> tuple[Rows, Keys]:
            starts = kind(place).starts
            sizes = starts[local + 1] - starts[local]
            which = np.repeat(np.arange(len(local)), sizes)
            offsets = np.arange(len(which)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
            rows = kind(place).rows[starts[local][which] + offsets].astype(np.int64)
            return (rows, which) if place.live is None else (rows[place.live[rows]], which[place.live[rows]])

        return best_of_rows(*self._each(found, under))

    def _each(
        self, found: Found, rows_of: Callable[[SegmentPlace, Keys], tuple[Rows, Keys]]
    ) -> tuple[Rows, Scores]:
        """Turn the hits of each segment into rows; `rows_of` also tells which hit each comes from."""
        segments, local = numbers(found.keys), places(found.keys)
        rows, scores = [np.empty(0, np.int64)], [np.empty(0, np.float32)]
        for number in np.unique(segments).tolist():
            own = segments == number
            inside, which = rows_of(self.segments[number], local[own])
            rows.append(self.segments[number].base + inside)
            scores.append(found.scores[own][which])
        return np.concatenate(rows), np.concatenate(scores)


def opened(
    connection: Connection,
    binding: Binding,
    segments: Mapping[str, SegmentPlace],
    removed: Mapping[str, Sequence[str]],
) -> Search:
    """Return the view of a bundle whose segments stand at `segments`, without each one's `removed` documents."""
    return Search(
        connection,
        binding.collections,
        live_filter(binding, removed),
        live_filter(binding, {}),
        {binding.segments[name].number: place for name, place in segments.items()},
    )


def best_of_rows(rows: Rows, scores: Scores) -> tuple[Rows, Scores]:
    """Return each row once, with its best score."""
    order = np.lexsort((-scores, rows))
    rows, first = np.unique(rows[order], return_index=True)
    return rows, scores[order][first]


def _found(hits: Any) -> Found:
    return Found(
        np.fromiter((hit[KEY] for hit in hits), np.int64),
        np.fromiter((hit["distance"] for hit in hits), np.float32),
    )
