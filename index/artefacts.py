"""What an upper folder adds to a bundle: found of documents and passages when they are indexed, read when asked for.

Finding runs in worker processes, so an artefact is a small picklable value (best a frozen dataclass without fields)
and opens what it needs (a tokenizer, a model) when it is first called. A long document comes in several runs of its
passages, in order, and runs of one document may be given to different workers: with passages the document comes without
text, pages and blocks.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from corpus.types import Document, Passage, Problem

Summary = tuple[int, tuple[Problem, ...]]


class PassageArtefact(Protocol):
    """One value a passage, kept in its segment and read by passage id (`index.rows.Rows`)."""

    @property
    def name(self) -> str:
        """Return the name of its table: ASCII letters, digits and underscores."""
        ...

    def values(self, document: Document, passages: Sequence[Passage]) -> Sequence[bytes]:
        """Return one value for each of a run of the document's passages."""
        ...


class SegmentArtefact(Protocol):
    """Files of a segment that are made of what was found in all its passages."""

    @property
    def name(self) -> str:
        """Return what a person reads while it is made (Japanese)."""
        ...

    def part(self, document: Document, passages: Sequence[Passage]) -> object:
        """Return what is found in a run of the document's passages; picklable."""
        ...

    def write(self, folder: Path, parts: Iterable[object]) -> None:
        """Write the segment's files from all parts, which come in reading order."""
        ...


class DocumentArtefact(Protocol):
    """Files of a segment that are made of whole documents."""

    @property
    def name(self) -> str:
        """Return what a person reads while it is made (Japanese)."""
        ...

    def part(self, document: Document) -> object:
        """Return what is found in one document; picklable."""
        ...

    def write(self, folder: Path, parts: Iterable[object]) -> None:
        """Write the segment's files from all parts, which come in the order of the documents."""
        ...


class SharedArtefact(Protocol):
    """Files of a segment that are made of whole documents with much work, which all workers share."""

    @property
    def name(self) -> str:
        """Return what a person reads while it is made (Japanese)."""
        ...

    def shares(self, document: Document) -> Sequence[object]:
        """Cut the work that a document makes into shares of about a second: small picklable values, quickly found."""
        ...

    def part(self, share: object) -> object:
        """Return what is found in one share; picklable."""
        ...

    def write(self, folder: Path, parts: Iterable[object]) -> None:
        """Write the segment's files from all parts, which come in the order of the documents and their shares."""
        ...


class BundleArtefact(Protocol):
    """Files that do not depend on the documents, such as a model: written by a build, kept when documents change."""

    @property
    def name(self) -> str:
        """Return what a person reads while it is made (Japanese)."""
        ...

    def write(self, folder: Path) -> None:
        """Write the bundle's files."""
        ...


class SegmentRead(Protocol):
    """A segment's folder, and the documents in it that count no more."""

    @property
    def folder(self) -> Path: ...

    @property
    def removed(self) -> Collection[str]: ...


def no_summary(segments: Iterable[SegmentRead]) -> Summary:
    """Return that no figures were read."""
    return 0, ()


@dataclass(frozen=True, slots=True)
class Artefacts:
    """All that an upper folder adds; `summary` tells how many figures segments hold, and what is wrong with them."""

    passages: tuple[PassageArtefact, ...] = ()
    segments: tuple[SegmentArtefact, ...] = ()
    documents: tuple[DocumentArtefact, ...] = ()
    shared: tuple[SharedArtefact, ...] = ()
    bundle: tuple[BundleArtefact, ...] = ()
    summary: Callable[[Iterable[SegmentRead]], Summary] = no_summary


NO_ARTEFACTS = Artefacts()
