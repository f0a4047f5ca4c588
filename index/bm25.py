"""BM25 (Robertson 2009) over one kind of term: impacts are stored by segment, rarity is told when a question comes."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.array_file import map_array_file
from index.keys import Hashes, find, hash_keys
from index.ranking import NOTHING, Live, Ranking, best, merged
from index.segments.postings import PostingsWriter, Saturation, postings

Terms = Callable[[str], list[str]]
# A term of more passages than this is so common that it finds none by itself: it only scores what rarer terms
# have found. Reading all rows of a term of a million passages takes longer than everything else together.
COMMON = 50_000
USUAL_IMPACT = 2.2  # with Robertson's k1 of 1.2
POSTINGS = ".postings"
"""What the file of a leg that counts terms ends in."""


@dataclass(frozen=True, slots=True)
class Bm25Segment:
    """One segment's postings, mapped: term i has rows and impacts `starts[i]:starts[i + 1]`, rows ascending.

    `live` tells which rows count, None where all do. The rows of the index are `base` plus these.
    """

    terms: Hashes
    starts: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int32]
    impacts: npt.NDArray[np.float32]
    base: int
    size: int
    live: Live | None = None

    def postings(self, column: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
        """Return the live rows of a term (−1: unknown) and its impacts there."""
        own = slice(0, 0) if column < 0 else slice(int(self.starts[column]), int(self.starts[column + 1]))
        rows, impacts = self.rows[own], self.impacts[own]
        if self.live is None:
            return rows, impacts
        kept = self.live[rows]
        return rows[kept], impacts[kept]


def load_bm25(folder: Path, name: str, *, base: int, size: int, live: Live | None = None) -> Bm25Segment:
    """Map what `index.segments.postings` wrote of a segment of `size` passages."""
    return Bm25Segment(**map_array_file(folder / f"{name}{POSTINGS}"), base=base, size=size, live=live)


def fit_bm25(passages: Sequence[Sequence[str]], saturation: Saturation) -> Bm25Segment:
    """Return a segment in memory, of passages given as their terms."""
    writer = PostingsWriter()
    writer.add(postings(passages, saturation), base=0)
    return Bm25Segment(**writer.arrays(), base=0, size=len(passages))


class Bm25Leg:
    """One leg: the terms that `analyse` finds in a query, scored in `passages` live passages of all segments."""

    def __init__(
        self,
        segments: Sequence[Bm25Segment],
        analyse: Terms,
        passages: int,
        *,
        impact: float = USUAL_IMPACT,
        common: int = COMMON,
    ) -> None:
        """`impact` is the most that a term can count in a passage: k1 + 1."""
        self._segments = segments
        self._analyse = analyse
        self._passages = passages
        self._impact = impact
        self._common = common

    def rank(self, query: str, *, depth: int) -> Ranking:
        """Return the best passages; none if no term of the query is in the index."""
        return self.rank_terms(self._analyse(query), depth=depth)

    def rank_terms(self, terms: Iterable[str], *, depth: int) -> Ranking:
        """Return the best passages for a query given as its terms; a repeated term counts as often."""
        counts = Counter(terms)
        if not counts or not self._segments:
            return NOTHING
        repeats = np.fromiter(counts.values(), np.float32, len(counts))
        keys = hash_keys(counts)
        found = [
            [segment.postings(column) for column in find(segment.terms, keys).tolist()]
            for segment in self._segments
        ]
        frequencies = np.array([[len(rows) for rows, _ in of_segment] for of_segment in found]).sum(axis=0)
        weights = repeats * rarity(frequencies, self._passages)
        order = [number for number in np.argsort(frequencies, kind="stable").tolist() if frequencies[number]]
        rare = [number for number in order if frequencies[number] <= self._common] or order[:1]
        ranked = []
        for segment, of_segment in zip(self._segments, found, strict=True):
            totals = np.zeros(segment.size, np.float32)
            for number in rare:
                rows, impacts = of_segment[number]
                totals[rows] += weights[number] * impacts
            rows = np.flatnonzero(totals)
            for number in order[len(rare) :]:
                _add_common(totals, rows, of_segment[number], weights[number])
            ranked.append(best(rows, totals[rows], depth=depth))
        found_best = merged(ranked, [segment.base for segment in self._segments], depth=depth)
        return found_best.under(float(weights.sum()) * self._impact)


def rarity(frequencies: npt.NDArray[np.int64], passages: int) -> npt.NDArray[np.float32]:
    """Return each term's inverse document frequency, Lucene's variant: never below 0."""
    return np.log1p((passages - frequencies + 0.5) / (frequencies + 0.5)).astype(np.float32)


def _add_common(
    totals: npt.NDArray[np.float32],
    wanted: npt.NDArray[np.int64],
    postings: tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]],
    weight: np.float32,
) -> None:
    """Add a common term's impacts where `wanted` rows hold it."""
    rows, impacts = postings
    if not len(rows) or not len(wanted):
        return
    places = np.searchsorted(rows, wanted.astype(np.int32))
    places[places == len(rows)] = 0
    there = rows[places] == wanted
    totals[wanted[there]] += weight * impacts[places[there]]
