"""What ties a bundle to its collections, and whether they still are what the bundle wrote.

**Why it is done so.** One generation of collections serves a home until the next full build. Its rows carry the number
of their segment, and a bundle searches only the segments that its manifest binds:

- `add` inserts the rows of one new segment under a number that nobody used, then a seal (a row with the segment's
  digest), then publishes the bundle by its one rename. Killed before the rename, there are rows that no bundle names:
  the old bundle does not see them, the next writing clears them. Killed after it, all of them are there. No moment in
  between.
- `remove` writes nothing to Milvus: the new manifest lists the document, the filter leaves its rows out. They are
  deleted when a compaction or a build has replaced the segment and no bundle of the home binds it any more.
- `rollback` needs nothing: the rows of the previous bundle's segments stay as long as it is there.
- A full build makes a new generation; the old one stays until no bundle binds it.
- The alias `…_live` is for people and other programs: a bundle goes by the names in its manifest, so it does not matter
  at which moment a kill leaves the alias behind. It is set right by the next publishing.

A number is drawn anew for each writing and is part of the digest's key, so a collection dropped and filled by someone
else, even from the same documents, has no seal of ours.
"""

import json
from collections.abc import Mapping, Sequence

from pydantic import BaseModel, ConfigDict

from index.milvus import errors
from index.milvus.collections import DOCUMENT_KEY, KEY, PASSAGE, SEALS, SEGMENT, Collections, key, load, named
from index.milvus.connection import CHECK_SECONDS, Connection
from index.milvus.segment_rows import document_keys


class BoundSegment(BaseModel):
    """One segment as it was written: its number, how many rows each collection got, its digest."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int
    passages: int
    windows: int
    titles: int
    digest: str


class Binding(BaseModel):
    """The collections of a bundle: where, which, and what must be in them. `shared` counts terms that share a dimension."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    uri: str
    prefix: str
    segments: Mapping[str, BoundSegment]
    shared: int = 0

    @property
    def collections(self) -> Collections:
        """Return the names of the collections."""
        return named(self.prefix)


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
