"""Where a segment's documents come from: files, records in memory, other segments."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from corpus.types import Document, Passage, Problem
from index.passages import PASSAGES_FILE, SegmentPassages


@dataclass(frozen=True, slots=True)
class ReadSource:
    """What was read: a document with its passages, None where there is none, and the problems met."""

    document: Document | None
    passages: Sequence[Passage]
    problems: Sequence[Problem] = ()


class Source(Protocol):
    """One document to be read, in a worker process; a small picklable value."""

    @property
    def size(self) -> int:
        """Return about how many bytes of text there are to read."""
        ...

    def read(self) -> ReadSource:
        """Read the document and cut it into passages."""
        ...


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file of a format that `corpus.library` knows."""

    path: Path

    @property
    def size(self) -> int:
        """Return the size of the file; 0 for one that is not there."""
        return self.path.stat().st_size if self.path.exists() else 0

    def read(self) -> ReadSource:
        """Read the file with its header, take out what is damaged and cut the rest into passages."""
        from corpus.chunking import chunk
        from corpus.guarded_reading import shared_reader
        from corpus.linting.linting import lint

        document, problems = shared_reader().read(self.path)
        if document is None:
            return ReadSource(None, (), tuple(problems))
        linted = lint(document, problems)
        problems = [*problems, *linted.problems]
        if not linted.document.text.strip():  # every page was damaged
            return ReadSource(None, (), tuple(problems))
        return ReadSource(linted.document, chunk(linted.document), tuple(problems))


@dataclass(frozen=True, slots=True)
class GivenSource:
    """A document in memory, already cut."""

    document: Document
    passages: tuple[Passage, ...]

    @property
    def size(self) -> int:
        """Return the length of its text in bytes."""
        return len(self.document.text.encode("utf-8", "replace"))

    def read(self) -> ReadSource:
        """Return it as it is."""
        return ReadSource(self.document, self.passages)


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A document of another segment, taken over as it was cut; `problems` are those met when it was read."""

    segment: Path
    document: str
    size: int
    problems: tuple[Problem, ...] = ()

    def read(self) -> ReadSource:
        """Read it from the segment's file."""
        stored = SegmentPassages(self.segment / PASSAGES_FILE)
        return ReadSource(stored.document(self.document), stored.of_document(self.document), self.problems)
