"""What a segment gives to Milvus, and the rows it becomes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from index.keys import Hashes
from index.milvus.checking import document_keys
from index.milvus.collections import DOCUMENT, DOCUMENT_KEY, ID_BYTES, KEY, PASSAGE, SEGMENT, TERMS, VECTOR
from index.milvus.dimensions import NO_TERM, dimensions, sparse
from index.milvus.names import SEALS, key
from index.types import Vectors

# Passages whose postings are turned over at once: bounds the memory a large segment needs for it.
_BLOCK = 20_000


class Postings(Protocol):
    """The stored parts of one leg's BM25: term i has rows and impacts `starts[i]:starts[i + 1]`."""

    @property
    def terms(self) -> Hashes: ...

    @property
    def starts(self) -> npt.NDArray[np.int64]: ...

    @property
    def rows(self) -> npt.NDArray[np.int32]: ...

    @property
    def impacts(self) -> npt.NDArray[np.float32]: ...


@dataclass(frozen=True, slots=True)
class SegmentRows:
    """A segment's passages in the order of their rows, with all that ranks them.

    `windows` has one unit vector a window, of shape (windows, dimension), rows of one passage together and in order;
    `owners[i]` is the row of the passage that window i belongs to; every passage has one. `titles` has one unit vector
    a distinct heading.
    """

    name: str
    passages: Sequence[str]
    documents: Sequence[str]
    terms: Mapping[str, Postings]
    windows: Vectors
    owners: npt.NDArray[np.int32]
    titles: Vectors

    def digest(self, number: int) -> str:
        """Return a digest of one writing of the segment: its number, its passages' ids, how many vectors there are."""
        told = [self.name, str(number), str(len(self.windows)), str(len(self.titles)), *self.passages]
        return sha256("\n".join(told).encode("utf-8", "replace")).hexdigest()[:32]


def passage_rows(segment: SegmentRows, number: int) -> Iterator[dict[str, Any]]:
    """Yield the rows of the passages, in order."""
    first = _first_windows(segment)
    keys = document_keys(segment.documents).tolist()
    for row, terms in enumerate(_terms_of_passages(segment)):
        yield {
            KEY: key(number, row),
            SEGMENT: number,
            DOCUMENT_KEY: keys[row],
            VECTOR: segment.windows[first[row]],
            TERMS: terms or {NO_TERM: 1.0},
            DOCUMENT: _cut(segment.documents[row]),
            PASSAGE: _cut(segment.passages[row]),
        }


def window_rows(segment: SegmentRows, number: int) -> Iterator[dict[str, Any]]:
    """Yield the rows of the windows after each passage's first."""
    keys = document_keys(segment.documents).tolist()
    further = np.ones(len(segment.windows), bool)
    further[_first_windows(segment)] = False
    for place in np.flatnonzero(further).tolist():
        yield _vector_row(number, place, keys[int(segment.owners[place])], segment.windows[place])


def title_rows(segment: SegmentRows, number: int) -> Iterator[dict[str, Any]]:
    """Yield the rows of the distinct headings, which are of no one document."""
    for place, vector in enumerate(segment.titles):
        yield _vector_row(number, place, 0, vector)


def seal_row(segment: SegmentRows, number: int) -> dict[str, Any]:
    """Return the row that says: this segment was written to its end, and it was this one."""
    vector = np.zeros(segment.windows.shape[1], np.float32)
    vector[0] = 1.0
    return {
        **_vector_row(SEALS, number, 0, vector),
        TERMS: {NO_TERM: 1.0},
        DOCUMENT: _cut(segment.name),
        PASSAGE: segment.digest(number),
    }


def _vector_row(number: int, place: int, document: int, vector: npt.NDArray[np.float32]) -> dict[str, Any]:
    return {KEY: key(number, place), SEGMENT: number, DOCUMENT_KEY: document, VECTOR: vector}


def _cut(text: str) -> str:
    """Return as much of an id as its field holds."""
    return text.encode("utf-8", "replace")[:ID_BYTES].decode("utf-8", "ignore")


def _first_windows(segment: SegmentRows) -> npt.NDArray[np.int64]:
    owners, first = np.unique(segment.owners, return_index=True)
    if not np.array_equal(owners, np.arange(len(segment.passages))):
        raise ValueError(f"every passage of segment {segment.name!r} must have a window")
    return first


def _terms_of_passages(segment: SegmentRows) -> Iterator[dict[int, float]]:
    """Yield each passage's terms of all legs as one sparse vector: postings turned over, block by block."""
    size = len(segment.passages)
    for start in range(0, size, _BLOCK):
        stop = min(start + _BLOCK, size)
        rows, columns, weights = _block(segment.terms, start, stop)
        ends = np.searchsorted(rows, np.arange(start, stop + 1))
        for a, b in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True):
            yield sparse(columns[a:b], weights[a:b])


def _block(
    legs: Mapping[str, Postings], start: int, stop: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint32], npt.NDArray[np.float32]]:
    """Return rows, dimensions and impacts of the passages from `start` to `stop`, by row."""
    rows, columns, weights = [np.empty(0, np.int64)], [np.empty(0, np.uint32)], [np.empty(0, np.float32)]
    for leg, postings in legs.items():
        inside = np.flatnonzero((postings.rows >= start) & (postings.rows < stop))
        term = np.searchsorted(postings.starts, inside, side="right") - 1
        rows.append(postings.rows[inside].astype(np.int64))
        columns.append(dimensions(leg, postings.terms)[term])
        weights.append(postings.impacts[inside])
    every = np.concatenate(rows)
    order = np.argsort(every, kind="stable")
    return every[order], np.concatenate(columns)[order], np.concatenate(weights)[order]
