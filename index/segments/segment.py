"""An open segment: its files, its place among the rows of the index, and which of its rows count."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.types import Problem
from index.array_file import map_array_file
from index.manifest import SegmentRecord
from index.passages import PASSAGES_FILE, SegmentPassages
from index.ranking import Live
from index.segments.file_names import IDS, KEY, PROBLEMS_FILE
from index.segments.values import VALUES_FILE, SegmentValues


@dataclass(frozen=True)
class Segment:
    """Rows `base` to `base + size` of the index; `removed` are the ids of documents that no longer count."""

    folder: Path
    base: int
    size: int
    removed: Sequence[str] = ()

    @cached_property
    def passages(self) -> SegmentPassages:
        """The documents and passages that count."""
        return SegmentPassages(self.folder / PASSAGES_FILE, self.removed)

    @cached_property
    def values(self) -> SegmentValues:
        """What was found of each passage."""
        return SegmentValues(self.folder / VALUES_FILE)

    @cached_property
    def ids(self) -> npt.NDArray[np.bytes_]:
        """The ids of all passages, mapped."""
        return map_array_file(self.folder / IDS)[KEY]

    @cached_property
    def live(self) -> Live | None:
        """Which rows count; None where all do."""
        if not self.removed:
            return None
        live = np.ones(self.size, np.bool_)
        live[self.passages.places(self.removed)] = False
        return live

    def problems(self) -> list[Problem]:
        """Return what was met in reading the documents that count, and the files that are none."""
        rows = json.loads((self.folder / PROBLEMS_FILE).read_text(encoding="utf-8"))
        return [Problem(**row) for row in rows if row["document"] not in self.removed]


class PassageValues:
    """One artefact's values over all segments."""

    def __init__(self, segments: Sequence[Segment], name: str) -> None:
        self._segments = segments
        self._name = name

    def get(self, passage_id: str) -> bytes:
        """Return the value of a passage; KeyError if it is not of this bundle."""
        for segment in self._segments:
            position = segment.passages.place(passage_id)
            if position is not None:
                return segment.values.get(self._name, position)
        raise KeyError(passage_id)


class RowIds:
    """The passage id of each row of the index."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._bases = np.array([segment.base for segment in segments], np.int64)

    def __getitem__(self, row: int) -> str:
        segment = self._segments[int(np.searchsorted(self._bases, row, side="right")) - 1]
        return bytes(segment.ids[row - segment.base]).decode()


def segment_of(bundle: Path, record: SegmentRecord, *, base: int = 0) -> Segment:
    """Return a segment of the bundle in that folder."""
    return Segment(bundle / record.folder, base, record.passages, record.removed)


def segments_of(bundle: Path, records: Sequence[SegmentRecord]) -> list[Segment]:
    """Return segments of a bundle, their rows one after the other. Files are opened when they are first asked."""
    bases = accumulate((record.passages for record in records), initial=0)
    return [segment_of(bundle, record, base=base) for record, base in zip(records, bases, strict=False)]
