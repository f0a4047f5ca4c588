"""Whether the collections still are what a bundle wrote, and the filter for the rows that it answers from."""

import json
from collections.abc import Mapping, Sequence

import numpy as np

from index.keys import hash_keys
from index.milvus import errors
from index.milvus.binding import Binding
from index.milvus.collections import DOCUMENT_KEY, KEY, PASSAGE, SEGMENT, load
from index.milvus.connection import CHECK_SECONDS, Connection
from index.milvus.names import SEALS, Keys, key


def check(connection: Connection, binding: Binding) -> None:
    """Load the collections and compare them with the binding; StoreError if anything is missing or differs."""
    names = binding.collections
    for name in names:
        if not connection.call("has_collection", name, timeout=CHECK_SECONDS):
            raise errors.gone(connection.uri, name)
    load(connection, names)
    _check_seals(connection, binding)
    for kind in ("passages", "windows", "titles"):
        expected = sum(getattr(segment, kind) for segment in binding.segments.values())
        found = count(connection, getattr(names, kind), [s.number for s in binding.segments.values()])
        if found != expected:
            raise errors.foreign(
                connection.uri, getattr(names, kind), why=f"{expected:,} 行のはずが {found:,} 行あります"
            )


def document_keys(documents: Sequence[str]) -> Keys:
    """Return a 64-bit key for each document id: a number needs no quoting in a filter."""
    return hash_keys(documents).view(np.int64)


def count(connection: Connection, collection: str, segments: Sequence[int]) -> int:
    """Return how many rows of a collection belong to the segments."""
    if not segments:
        return 0
    rows = connection.call(
        "query",
        collection,
        timeout=CHECK_SECONDS,
        filter=f"{SEGMENT} in {json.dumps(sorted(segments))}",
        output_fields=["count(*)"],
    )
    return int(rows[0]["count(*)"])


def live_filter(binding: Binding, removed: Mapping[str, Sequence[str]]) -> str:
    """Return the filter for the rows that a bundle answers from: its segments, without each one's removed documents."""
    whole = sorted(s.number for name, s in binding.segments.items() if not removed.get(name))
    parts = [f"{SEGMENT} in {json.dumps(whole)}"] if whole else []
    for name, segment in binding.segments.items():
        if removed.get(name):
            keys = json.dumps(sorted(document_keys(list(removed[name])).tolist()))
            parts.append(f"({SEGMENT} == {segment.number} and {DOCUMENT_KEY} not in {keys})")
    return " or ".join(parts)


def _check_seals(connection: Connection, binding: Binding) -> None:
    wanted = {key(SEALS, segment.number): segment.digest for segment in binding.segments.values()}
    rows = connection.call(
        "query",
        binding.collections.passages,
        timeout=CHECK_SECONDS,
        filter=f"{KEY} in {json.dumps(sorted(wanted))}",
        output_fields=[KEY, PASSAGE],
    )
    found = {int(row[KEY]): str(row[PASSAGE]) for row in rows}
    if found != wanted:
        raise errors.foreign(
            connection.uri, binding.collections.passages, why="索引が残した目印がないか、違います"
        )
