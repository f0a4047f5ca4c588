"""The three collections of a generation, what a row of each holds, and how rows are numbered.

- `passages`: one row a passage with its terms (sparse) and the vector of its first window (dense).
- `windows`: the vectors of a long passage's further windows, one row each.
- `titles`: the vectors of distinct headings, one row each. Repeated for each passage they would cost as much as the
  passages' own, and thousands of equal vectors make a graph index (HNSW) lose its way.

A row's key is its segment's number and its place in the segment: what a search returns is already the row of the
index, and no other field need travel.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from index.milvus.connection import LOAD_SECONDS, WRITE_SECONDS, Connection

KEY, SEGMENT, DOCUMENT_KEY, OWNER = "key", "segment", "document_key", "owner"
DOCUMENT, PASSAGE, TERMS, VECTOR = "document", "passage", "terms", "vector"

_LOCAL_BITS = 32
_LOCAL_MASK = (1 << _LOCAL_BITS) - 1
LARGEST_NUMBER = 2**31 - 1  # so that a key stays within a signed 64-bit integer
# Rows with this number are seals: never searched, they say that a segment was written to its end.
SEALS = 0

# Longest ids in bytes; Milvus allows 65,535. Only what people read in Milvus' own tools depends on it: longer ones are cut.
ID_BYTES = 512

# From so many vectors on a graph is searched instead of every vector: where index/faiss_store.py switches too.
HNSW_FROM = 50_000
_HNSW = {"M": 32, "efConstruction": 200}


@dataclass(frozen=True, slots=True)
class Collections:
    """The names of a generation's collections."""

    passages: str
    windows: str
    titles: str

    def __iter__(self) -> Any:
        return iter((self.passages, self.windows, self.titles))


def named(prefix: str) -> Collections:
    """Return the names that begin with `prefix`."""
    return Collections(f"{prefix}_passages", f"{prefix}_windows", f"{prefix}_titles")


def key(number: int, row: int) -> int:
    """Return the key of a segment's row."""
    return number << _LOCAL_BITS | row


def numbers(keys: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the segment number of each key."""
    return keys >> _LOCAL_BITS


def places(keys: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the row in its segment of each key."""
    return keys & _LOCAL_MASK


def create(connection: Connection, names: Collections, *, dimension: int, expected: int) -> None:
    """Create the three empty collections, not yet loaded; `expected` vectors decide how they are searched.

    StoreError if Milvus cannot.
    """
    dense = _dense_index(expected)
    for name, fields in (
        (names.passages, _passages_fields(dimension)),
        (names.windows, _vector_fields(dimension, owner=True)),
        (names.titles, _vector_fields(dimension, owner=False)),
    ):
        schema, index = connection.prepared_schema(), connection.prepared_index()
        for field in fields:
            schema.add_field(**field)
        index.add_index(VECTOR, metric_type="IP", **dense)
        if name == names.passages:
            index.add_index(TERMS, metric_type="IP", index_type="SPARSE_INVERTED_INDEX")
        connection.call(
            "create_collection",
            name,
            timeout=WRITE_SECONDS,
            schema=schema,
            consistency_level="Strong",  # what was written is found by the next call, whoever makes it
        )
        # Not waited for (pymilvus sleeps half a second an index): loading, after the writing, waits for it.
        connection.call("create_index", name, timeout=WRITE_SECONDS, index_params=index, sync=False)


def load(connection: Connection, names: Collections) -> None:
    """Have the server hold the collections ready to search; at once where it does already."""
    for name in names:
        connection.call("load_collection", name, timeout=LOAD_SECONDS)


def _dense_index(expected: int) -> dict[str, Any]:
    if expected < HNSW_FROM:
        return {"index_type": "FLAT"}
    return {"index_type": "HNSW", "params": _HNSW}


def _passages_fields(dimension: int) -> list[dict[str, Any]]:
    from pymilvus import DataType

    return [
        *_vector_fields(dimension, owner=False),
        {"field_name": DOCUMENT_KEY, "datatype": DataType.INT64},
        {"field_name": DOCUMENT, "datatype": DataType.VARCHAR, "max_length": ID_BYTES},
        {"field_name": PASSAGE, "datatype": DataType.VARCHAR, "max_length": ID_BYTES},
        {"field_name": TERMS, "datatype": DataType.SPARSE_FLOAT_VECTOR},
    ]


def _vector_fields(dimension: int, *, owner: bool) -> list[dict[str, Any]]:
    from pymilvus import DataType

    fields: list[dict[str, Any]] = [
        {"field_name": KEY, "datatype": DataType.INT64, "is_primary": True},
        {"field_name": SEGMENT, "datatype": DataType.INT64},
        {"field_name": VECTOR, "datatype": DataType.FLOAT_VECTOR, "dim": dimension},
    ]
    if owner:
        fields.append({"field_name": OWNER, "datatype": DataType.INT64})
        fields.append({"field_name": DOCUMENT_KEY, "datatype": DataType.INT64})
    return fields
