"""The three collections of a generation and what a row of each holds.

- `passages`: one row a passage with its terms (sparse) and the vector of its first window (dense): its whole text.
- `windows`: the vectors of a long passage's further windows, one row each.
- `titles`: the vectors of distinct headings, one row each. Repeated for each passage they would cost as much as the
  passages' own, and thousands of equal vectors make a graph index (HNSW) lose its way.
"""

from typing import Any

from index.milvus.connection import LOAD_SECONDS, WRITE_SECONDS, Connection
from index.milvus.names import Collections

KEY, SEGMENT, DOCUMENT_KEY = "key", "segment", "document_key"
DOCUMENT, PASSAGE, TERMS, VECTOR = "document", "passage", "terms", "vector"

# Longest ids in bytes; Milvus allows 65,535. Only what people read in Milvus' own tools depends on it: longer ones are cut.
ID_BYTES = 512

# From so many vectors on a graph is searched instead of every vector: comparing 50,000 of 512 numbers with a question
# reads 100 MB, some 20 ms on one core.
HNSW_FROM = 50_000
_HNSW = {"M": 32, "efConstruction": 200}


def create(connection: Connection, names: Collections, *, dimension: int, expected: int) -> None:
    """Create the three empty collections, not yet loaded; `expected` vectors decide how they are searched.

    StoreError if Milvus cannot.
    """
    dense = _dense_index(expected)
    for name, fields in (
        (names.passages, _passages_fields(dimension)),
        (names.windows, _vector_fields(dimension)),
        (names.titles, _vector_fields(dimension)),
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
        *_vector_fields(dimension),
        {"field_name": DOCUMENT, "datatype": DataType.VARCHAR, "max_length": ID_BYTES},
        {"field_name": PASSAGE, "datatype": DataType.VARCHAR, "max_length": ID_BYTES},
        {"field_name": TERMS, "datatype": DataType.SPARSE_FLOAT_VECTOR},
    ]


def _vector_fields(dimension: int) -> list[dict[str, Any]]:
    from pymilvus import DataType

    return [
        {"field_name": KEY, "datatype": DataType.INT64, "is_primary": True},
        {"field_name": SEGMENT, "datatype": DataType.INT64},
        {"field_name": DOCUMENT_KEY, "datatype": DataType.INT64},
        {"field_name": VECTOR, "datatype": DataType.FLOAT_VECTOR, "dim": dimension},
    ]
