"""What each term says of each passage of a segment: gathered run by run, sorted by term, written as arrays."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from index.array_file import write_array_file
from index.keys import Hashes, hash_keys

# Postings held in memory before they go to disk: 16 bytes each, so 32 MB a leg.
HELD = 2_000_000
# A segment of 100,000 passages has 25 million bigrams: by the first four bits of the hash they are sorted a
# sixteenth at a time.
_SHARE_BITS = 4
_KINDS = (np.uint64, np.int32, np.float32)


@dataclass(frozen=True, slots=True)
class Postings:
    """Row by row: the hash of a term, the passage that holds it, and how much the term counts there (its impact)."""

    terms: Hashes
    rows: npt.NDArray[np.int32]
    impacts: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Saturation:
    """BM25's parameters (Robertson 2009). `pivot` is the length, in terms, of a passage that is neither long nor short.

    The usual pivot is the mean length of the corpus; a fixed one lets a passage keep its scores when others come.
    """

    k1: float
    b: float
    pivot: float

    @property
    def most(self) -> float:
        """What a term counts at most in a passage."""
        return self.k1 + 1

    def impacts(
        self, frequencies: npt.NDArray[np.float64], lengths: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.float64]:
        """Return what terms count, below k1 + 1, each standing so often in a passage of so many terms."""
        norm = self.k1 * (1 - self.b + self.b * lengths / self.pivot)
        return frequencies * (self.k1 + 1) / (frequencies + norm)


def postings(passages: Sequence[Sequence[str]], saturation: Saturation) -> Postings:
    """Return the postings of a run of passages, each given as its terms; rows are numbered from 0."""
    counted = [Counter(terms) for terms in passages]
    distinct = [len(counts) for counts in counted]
    frequencies = np.fromiter(chain.from_iterable(counts.values() for counts in counted), np.float64)
    lengths = np.repeat([float(len(terms)) for terms in passages], distinct)
    return Postings(
        hash_keys(chain.from_iterable(counted)),
        np.repeat(np.arange(len(counted), dtype=np.int32), distinct),
        saturation.impacts(frequencies, lengths).astype(np.float32),
    )


class PostingsWriter:
    """Gathers the postings of one leg; what is too much to hold waits on disk."""

    def __init__(self, *, held: int = HELD) -> None:
        self._limit = held
        self._held: list[Postings] = []
        self._size = 0
        self._shares: list[IO[bytes]] = []

    def add(self, found: Postings, *, base: int) -> None:
        """Add the postings of a run whose first passage has the row `base`; runs come in order."""
        self._held.append(Postings(found.terms, found.rows + np.int32(base), found.impacts))
        self._size += len(found.terms)
        if self._size > self._limit:
            self._put_aside()

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return distinct `terms`, ascending, and `starts`: term i has `rows` and `impacts` `starts[i]:starts[i + 1]`."""
        shares = [_sorted(share) for share in self._all_shares()]
        terms, sizes, rows, impacts = (np.concatenate(column) for column in zip(*shares, strict=True))
        starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        return {"terms": terms, "starts": starts, "rows": rows, "impacts": impacts}

    def write(self, path: Path) -> None:
        """Write the arrays to a file."""
        write_array_file(path, self.arrays())

    def _put_aside(self) -> None:
        if not self._shares:
            self._shares = [TemporaryFile() for _ in range(1 << _SHARE_BITS)]  # noqa: SIM115 - closed by write
        held = _joined(self._held)
        share = (held.terms >> np.uint64(64 - _SHARE_BITS)).astype(np.intp)
        for number, file in enumerate(self._shares):
            own = share == number
            _records(held.terms[own], held.rows[own], held.impacts[own]).tofile(file)
        self._held, self._size = [], 0

    def _all_shares(self) -> Iterator[Postings]:
        if not self._shares:
            yield _joined(self._held)
            return
        self._put_aside()
        for file in self._shares:
            file.seek(0)
            records = np.fromfile(file, _RECORD)
            yield Postings(records["term"], records["row"], records["impact"])
            file.close()


_RECORD = np.dtype([("term", np.uint64), ("row", np.int32), ("impact", np.float32)])


def _records(
    terms: Hashes, rows: npt.NDArray[np.int32], impacts: npt.NDArray[np.float32]
) -> npt.NDArray[Any]:
    records = np.empty(len(terms), _RECORD)
    records["term"], records["row"], records["impact"] = terms, rows, impacts
    return records


def _joined(parts: Sequence[Postings]) -> Postings:
    columns = zip(*((p.terms, p.rows, p.impacts) for p in parts), strict=True)
    joined = [np.concatenate(column) for column in columns] or [np.empty(0, kind) for kind in _KINDS]
    return Postings(*joined)


def _sorted(found: Postings) -> tuple[npt.NDArray[Any], ...]:
    """Return the distinct terms, how many rows each has, and rows and impacts by (term, row)."""
    order = np.argsort(found.terms, kind="stable")
    terms, sizes = np.unique(found.terms, return_counts=True)
    return terms, sizes, found.rows[order], found.impacts[order]
