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

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from index.milvus.names import Collections, named


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
