"""Writes one segment: first its documents and passages, then all that is found of them."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from itertools import groupby, islice
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from corpus.types import Problem
from index.array_file import write_array_file
from index.artefacts import Artefacts
from index.bm25 import POSTINGS
from index.fields import DENSE, SATURATIONS, TITLE
from index.leg_store import SaveVectors
from index.passages import PASSAGES_FILE, PassageWriter, SegmentPassages
from index.segments.analysis import Analyst, Found, ReadDocument, Run, Share
from index.segments.file_names import IDS, KEY, PROBLEMS_FILE
from index.segments.postings import PostingsWriter
from index.segments.spools import PartSpool, VectorSpool
from index.segments.values import VALUES_FILE, ValueWriter
from index.segments.workers import Workers
from index.vectors.stores import SavedStore

# Passages that are analysed at once: some half a second of work, so that its progress is seen.
RUN = 16
_TITLES_AT_ONCE = 64
Element = TypeVar("Element")


class SegmentWriter:
    """Takes the documents of a segment, then has them analysed."""

    def __init__(self, folder: Path, artefacts: Artefacts, save_vectors: SaveVectors) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self._artefacts = artefacts
        self._save_vectors = save_vectors
        self._passages = PassageWriter(folder / PASSAGES_FILE)
        self._problems: list[Problem] = []
        self._parts = [PartSpool() for _ in artefacts.documents]
        self._shares = [PartSpool() for _ in artefacts.shared]

    @property
    def documents(self) -> int:
        """Return how many documents were added."""
        return self._passages.documents

    @property
    def passages(self) -> int:
        """Return how many passages they have."""
        return self._passages.passages

    def add(self, read: ReadDocument) -> None:
        """Add a document, or the problems of one that could not be read."""
        self._problems += read.source.problems
        if read.source.document is None:
            return
        self._passages.add(read.source.document, read.source.passages)
        for spool, part in zip(self._parts, read.parts, strict=True):
            spool.add(part)
        for spool, shares in zip(self._shares, read.shares, strict=True):
            for share in shares:
                spool.add(share)

    def note(self, problem: Problem) -> None:
        """Keep a problem that no source told of."""
        self._problems.append(problem)

    def shares(self, artefact: int) -> int:
        """Return in how many shares the work of a shared artefact lies, which is named by its number."""
        return self._shares[artefact].size

    def share_out(self, artefact: int, workers: Workers, tell: Callable[[int], None]) -> None:
        """Have the shares of one artefact's work done, and write what was found; `tell` hears of each that is done."""
        shares = (Share(artefact, work) for work in self._shares[artefact].parts())
        found = workers.ordered(Analyst.share, shares)
        self._artefacts.shared[artefact].write(self.folder, _told(found, tell))

    def fill(self, workers: Workers, tell: Callable[[int], None]) -> Mapping[str, SavedStore]:
        """Analyse all passages and write what was found; `tell` hears how many passages are done.

        Returns the stores of vectors by leg, none where vectors are kept elsewhere.
        """
        self._passages.close()
        rows = [asdict(problem) for problem in self._problems]
        (self.folder / PROBLEMS_FILE).write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        for artefact, spool in zip(self._artefacts.documents, self._parts, strict=True):
            artefact.write(self.folder, spool.parts())
        stored = SegmentPassages(self.folder / PASSAGES_FILE)
        keys = np.array([key.encode() for key in stored.ids()], dtype=np.bytes_)
        write_array_file(self.folder / IDS, {KEY: keys})
        gathering = _Gathering(self.folder, self._artefacts, self._save_vectors)
        for found in workers.ordered(Analyst.analyse, _runs(stored)):
            gathering.add(found)
            tell(len(found.titles))
        return gathering.write(workers)


def _runs(stored: SegmentPassages) -> Iterator[Run]:
    for key, passages in groupby(stored.passages(), key=lambda passage: passage.document):
        document = stored.document(key)
        if document is None:
            raise ValueError(f"passages of a document that is not there: {key!r}")
        # A long document would be sent whole with each of its hundreds of runs.
        about = replace(document, text="", pages=(), blocks=())
        for run in _batches(passages, RUN):
            yield Run(about, run)


def _told(found: Iterator[Element], tell: Callable[[int], None]) -> Iterator[Element]:
    for one in found:
        tell(1)
        yield one


def _batches(elements: Iterator[Element], size: int) -> Iterator[list[Element]]:
    while batch := list(islice(elements, size)):
        yield batch


class _Gathering:
    """What is found run by run, until it is written as the segment's files."""

    def __init__(self, folder: Path, artefacts: Artefacts, save_vectors: SaveVectors) -> None:
        self._folder = folder
        self._artefacts = artefacts
        self._save_vectors = save_vectors
        self._size = 0
        self._postings = {name: PostingsWriter() for name in SATURATIONS}
        self._values = ValueWriter(folder / VALUES_FILE, [a.name for a in artefacts.passages])
        self._parts = [PartSpool() for _ in artefacts.segments]
        self._vectors = VectorSpool()
        self._windows: list[npt.NDArray[np.int32]] = []
        self._titles: dict[str, int] = {}
        self._titled: list[tuple[int, int]] = []

    def add(self, found: Found) -> None:
        for name, writer in self._postings.items():
            writer.add(found.postings[name], base=self._size)
        self._values.add(self._size, found.values)
        for spool, part in zip(self._parts, found.parts, strict=True):
            spool.add(part)
        self._vectors.add(found.vectors)
        self._windows.append(found.windows + np.int32(self._size))
        for row, title in enumerate(found.titles, self._size):
            if title.strip():
                self._titled.append((self._titles.setdefault(title, len(self._titles)), row))
        self._size += len(found.titles)

    def write(self, workers: Workers) -> Mapping[str, SavedStore]:
        self._values.close()
        for name, writer in self._postings.items():
            writer.write(self._folder / f"{name}{POSTINGS}")
        for artefact, spool in zip(self._artefacts.segments, self._parts, strict=True):
            artefact.write(self._folder, spool.parts())
        stores = {DENSE: self._write_windows(), f"{DENSE}{TITLE}": self._write_titles(workers)}
        return {name: store for name, store in stores.items() if store is not None}

    def _write_windows(self) -> SavedStore | None:
        rows = np.concatenate([np.empty(0, np.int32), *self._windows])
        starts = np.arange(len(rows) + 1, dtype=np.int64)
        return self._save_vectors(self._folder, DENSE, self._vectors.vectors(), starts, rows)

    def _write_titles(self, workers: Workers) -> SavedStore | None:
        """Each distinct title is encoded once."""
        spool = VectorSpool()
        for vectors in workers.ordered(Analyst.encode, _batches(iter(self._titles), _TITLES_AT_ONCE)):
            spool.add(vectors)
        titled = np.array(self._titled, np.int32).reshape(-1, 2)
        rows = titled[np.argsort(titled[:, 0], kind="stable"), 1]
        starts = np.concatenate([[0], np.cumsum(np.bincount(titled[:, 0], minlength=len(self._titles)))])
        return self._save_vectors(
            self._folder, f"{DENSE}{TITLE}", spool.vectors(), starts.astype(np.int64), rows
        )
