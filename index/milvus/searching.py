"""One search in Milvus and how its keys become rows of the index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from index.milvus.binding import Binding, live_filter
from index.milvus.collections import KEY, VECTOR, Collections, numbers, places
from index.milvus.connection import SEARCH_SECONDS, Connection
from index.ranking import Rows, Scores
from index.types import Vectors

LARGEST_LIMIT = 16_384  # of Milvus, hits a search
# Candidates that an HNSW search keeps, at least: as many again as are asked for.
_LEAST_EF = 200


@dataclass(frozen=True, slots=True)
class SegmentPlace:
    """Where a segment's passages stand among the rows of the index.

    `headings` is None or, for heading i of the segment, its passages' rows `rows[starts[i]:starts[i + 1]]`.
    `alive` is None where no passage of the segment was removed.
    """

    base: int
    headings: "HeadingRows | None" = None
    alive: npt.NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True)
class HeadingRows:
    """The passages under each distinct heading of a segment: local rows `rows[starts[i]:starts[i + 1]]`."""

    starts: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of one search: keys, scores (inner products, best first) and other fields that were asked for."""

    keys: npt.NDArray[np.int64]
    scores: Scores
    fields: Mapping[str, npt.NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class Search:
    """A bundle's view of its collections: the live rows of its segments and no others."""

    connection: Connection
    collections: Collections
    filter: str
    segment_filter: str
    bases: Mapping[int, SegmentPlace]

    def run(
        self,
        collection: str,
        data: Sequence[Any],
        *,
        field: str,
        limit: int,
        filter_: str | None = None,
        output: Sequence[str] = (),
    ) -> list[Found]:
        """Return the hits of each query; StoreError if Milvus fails or is late."""
        limit = min(limit, LARGEST_LIMIT)
        answer = self.connection.call(
            "search",
            collection,
            timeout=SEARCH_SECONDS,
            data=list(data),
            anns_field=field,
            limit=limit,
            filter=self.filter if filter_ is None else filter_,
            output_fields=list(output),
            search_params={
                "metric_type": "IP",
                "params": {"ef": max(_LEAST_EF, 2 * limit)} if field == VECTOR else {},
            },
        )
        return [_found(hits, output) for hits in answer]

    def rows(self, keys: npt.NDArray[np.int64]) -> Rows:
        """Return the rows of the index of passages' keys."""
        found = numbers(keys)
        base = np.zeros(len(keys), np.int64)
        for number in np.unique(found).tolist():
            base[found == number] = self.bases[number].base
        return base + places(keys)


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


def vectors_of(encoded: Vectors) -> list[Any]:
    """Return query vectors as pymilvus takes them."""
    return [np.asarray(vector, np.float32) for vector in encoded]


def _found(hits: Any, output: Sequence[str]) -> Found:
    entities = [hit["entity"] for hit in hits] if output else []
    return Found(
        np.fromiter((hit[KEY] for hit in hits), np.int64),
        np.fromiter((hit["distance"] for hit in hits), np.float32),
        {name: np.fromiter((entity[name] for entity in entities), np.int64) for name in output},
    )
