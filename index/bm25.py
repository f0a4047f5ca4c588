"""BM25 (Robertson 2009) over one kind of term: impacts are stored by segment, rarity is told when a question comes."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.array_file import map_array_file
from index.keys import Hashes, find, hash_keys
from index.ranking import NOTHING, Live, Ranking, Rows, Scores, best, merged
from index.segments.postings import PostingsWriter, Saturation, postings

Terms = Callable[[str], list[str]]
Posted = tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]
# A term of more passages than this is so common that it finds none by itself: it only scores what rarer terms
# have found. Reading all rows of a term of a million passages takes longer than everything else together.
COMMON = 20_000
# With fewer rows than this share of all, sorting them is faster than looking through all.
_SPARSE = 16
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

    def postings(self, column: int) -> Posted:
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
        """`impact` is the most that a term can count in a passage: k1 + 1; `common` is for tests."""
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
        keys = hash_keys(counts)
        found = [
            [segment.postings(column) for column in find(segment.terms, keys).tolist()]
            for segment in self._segments
        ]
        frequencies = np.array([[len(rows) for rows, _ in of_segment] for of_segment in found]).sum(axis=0)
        repeats = np.fromiter(counts.values(), np.float32, len(counts))
        weights = repeats * rarity(frequencies, self._passages)
        rare, common = self._parted(frequencies, depth)
        ranked = []
        for segment, of_segment in zip(self._segments, found, strict=True):
            rows, totals = _summed([(of_segment[n], weights[n]) for n in rare], segment.size)
            if common:
                more = float(weights[common].sum()) * self._impact
                rows, totals = _hopeful(rows, totals, more, depth)
                for number in common:
                    _add_common(totals, rows, of_segment[number], weights[number])
            ranked.append(best(rows, totals, depth=depth))
        found_best = merged(ranked, [segment.base for segment in self._segments], depth=depth)
        return found_best.under(float(weights.sum()) * self._impact)

    def _parted(self, frequencies: npt.NDArray[np.int64], depth: int) -> tuple[list[int], list[int]]:
        """Return the numbers of the terms that find passages, and of those that only score them; rarest first."""
        order = [n for n in np.argsort(frequencies, kind="stable").tolist() if frequencies[n]]
        rare = sum(bool(frequencies[n] <= self._common) for n in order)
        while rare < len(order) and frequencies[order[:rare]].sum() < depth:
            rare += 1
        return order[:rare], order[rare:]


def rarity(frequencies: npt.NDArray[np.int64], passages: int) -> npt.NDArray[np.float32]:
    """Return each term's inverse document frequency, Lucene's variant: never below 0."""
    return np.log1p((passages - frequencies + 0.5) / (frequencies + 0.5)).astype(np.float32)


def _summed(found: Sequence[tuple[Posted, np.float32]], size: int) -> tuple[Rows, Scores]:
    """Return the rows that hold a term, ascending, with their scores."""
    if not found:
        return NOTHING.rows, NOTHING.scores
    if sum(len(rows) for (rows, _), _ in found) * _SPARSE > size:
        totals = np.zeros(size, np.float32)
        for (rows, impacts), weight in found:
            totals[rows] += weight * impacts
        there = np.flatnonzero(totals)
        return there, totals[there]
    # Few rows of many: they are sorted (runs that are sorted already) instead of looked for among all.
    every = np.concatenate([rows for (rows, _), _ in found])
    order = np.argsort(every, kind="stable")
    scores = np.concatenate([weight * impacts for (_, impacts), weight in found])[order]
    every = every[order]
    starts = np.flatnonzero(np.diff(every, prepend=-1))
    if not len(starts):
        return NOTHING.rows, NOTHING.scores
    return every[starts].astype(np.int64), np.add.reduceat(scores, starts)


def _hopeful(rows: Rows, scores: Scores, more: float, depth: int) -> tuple[Rows, Scores]:
    """Keep the rows that are among the `depth` best, or would be with `more`."""
    if len(rows) <= depth:
        return rows, scores
    least = np.partition(scores, len(scores) - depth)[len(scores) - depth]
    kept = scores + more >= least
    return rows[kept], scores[kept]


def _add_common(scores: Scores, wanted: Rows, posted: Posted, weight: np.float32) -> None:
    """Add a common term's impacts where `wanted` rows hold it."""
    rows, impacts = posted
    if not len(rows) or not len(wanted):
        return
    places = np.searchsorted(rows, wanted.astype(np.int32))
    places[places == len(rows)] = 0
    there = rows[places] == wanted
    scores[there] += weight * impacts[places[there]]
