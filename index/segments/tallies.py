"""In how many passages a key stands, kept by document, so that a removed document counts no more."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.array_file import map_array_file, write_array_file
from index.keys import Hashes, find, hash_keys

Counts = npt.NDArray[np.int64]
_TALLY = ".tally"


@dataclass(frozen=True, slots=True)
class Tallied:
    """What was counted in passages of one document: each key's hash once, and how often it counts."""

    document: str
    keys: Hashes
    counts: npt.NDArray[np.int32]


def tallied(document: str, passages: Iterable[Iterable[str]]) -> Tallied:
    """Count in how many of some passages of a document, each given as its keys, each key stands."""
    numbers: dict[str, int] = {}
    for keys in passages:
        for key in set(keys):
            numbers[key] = numbers.get(key, 0) + 1
    return tallied_counts(document, numbers)


def tallied_hashes(document: str, passages: Iterable[Hashes]) -> Tallied:
    """Count in how many passages each key stands, where the keys are hashed already."""
    keys, counts = np.unique(
        _joined([np.unique(hashes) for hashes in passages], np.uint64), return_counts=True
    )
    return Tallied(document, keys, counts.astype(np.int32))


def tallied_counts(document: str, counts: Mapping[str, int]) -> Tallied:
    """Keep counts that were made elsewhere."""
    return Tallied(document, hash_keys(counts), np.fromiter(counts.values(), np.int32, len(counts)))


def write_tally(folder: Path, name: str, parts: Iterable[Tallied]) -> Hashes:
    """Write a segment's counts from its parts, which come in reading order; return the sorted keys."""
    documents = list(_by_document(parts))
    keys, columns = np.unique(_joined([d.keys for d in documents], np.uint64), return_inverse=True)
    counts = _joined([d.counts for d in documents], np.int32)
    totals = np.bincount(columns, weights=counts, minlength=len(keys))
    arrays = {
        "keys": keys,
        "totals": totals.astype(np.int32),
        "documents": hash_keys(d.document for d in documents),
        "bounds": np.cumsum([0, *(len(d.keys) for d in documents)], dtype=np.int64),
        "columns": columns.astype(np.int32),
        "counts": counts,
    }
    write_array_file(folder / f"{name}{_TALLY}", arrays)
    return keys


def _by_document(parts: Iterable[Tallied]) -> Iterator[Tallied]:
    """Add the runs of one document up."""
    for document, runs in groupby(parts, key=lambda part: part.document):
        own = list(runs)
        keys, places = np.unique(_joined([run.keys for run in own], np.uint64), return_inverse=True)
        counts = np.bincount(places, weights=_joined([r.counts for r in own], np.int32), minlength=len(keys))
        yield Tallied(document, keys, counts.astype(np.int32))


def _joined(arrays: Sequence[npt.NDArray[Any]], kind: type) -> npt.NDArray[Any]:
    return np.concatenate([np.empty(0, kind), *arrays])


class SegmentTally:
    """The counts of one segment without those of its removed documents; arrays are mapped."""

    def __init__(self, folder: Path, name: str, removed: Sequence[str] = ()) -> None:
        self._arrays = map_array_file(folder / f"{name}{_TALLY}")
        self._removed = removed

    @property
    def keys(self) -> Hashes:
        """Return the hashes of all keys ever counted, ascending."""
        return self._arrays["keys"]

    @cached_property
    def totals(self) -> npt.NDArray[np.int32]:
        """Return each key's count."""
        totals: npt.NDArray[np.int32] = self._arrays["totals"]
        if not len(self._removed):
            return totals
        totals = totals.copy()
        for place in np.flatnonzero(np.isin(self._arrays["documents"], hash_keys(self._removed))).tolist():
            own = slice(*self._arrays["bounds"][place : place + 2].tolist())
            totals[self._arrays["columns"][own]] -= self._arrays["counts"][own]
        return totals


class Tallies:
    """The counts of all segments together."""

    def __init__(self, segments: Sequence[SegmentTally]) -> None:
        self._segments = segments

    def counts(self, keys: Hashes) -> Counts:
        """Return each key's count, 0 for one that is nowhere."""
        found = np.zeros(len(keys), np.int64)
        for segment in self._segments:
            columns = find(segment.keys, keys)
            known = columns >= 0
            found[known] += segment.totals[columns[known]]
        return found

    def count(self, key: str) -> int:
        """Return one key's count."""
        return int(self.counts(hash_keys([key]))[0])
