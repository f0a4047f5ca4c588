"""A ranking by one leg: rows of the index with their scores, best first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]
Live = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows with scores, higher first. Rows follow the reading order of the documents: ties go to the lower row.

    `ceiling` is the most that any row could score for this query, so that scores of different queries, legs and
    collections can be compared; `absent` is what to think of a row that is not listed.
    """

    rows: Rows
    scores: Scores
    ceiling: float = 1.0
    absent: float = 0.0

    @property
    def dead(self) -> bool:
        """True if the leg says nothing: no row at all, or the same score for all of several."""
        if len(self.rows) < 2:
            return not len(self.rows)
        return bool(self.scores.min() == self.scores.max())

    def under(self, ceiling: float) -> "Ranking":
        """Return the same ranking with the most that a row could score."""
        return replace(self, ceiling=ceiling)

    def going_on(self) -> "Ranking":
        """Return the same ranking, where a row that is not listed may be just below the last that is."""
        return replace(self, absent=float(self.scores[-1])) if len(self.rows) else self


class Leg(Protocol):
    """One way to rank passages for a query."""

    def rank(self, query: str, *, depth: int) -> Ranking: ...


NOTHING = Ranking(np.empty(0, np.int64), np.empty(0, np.float32))


def best(rows: Rows, scores: Scores, *, depth: int) -> Ranking:
    """Return the `depth` best by (-score, row)."""
    if len(rows) > depth:
        # All that tie with the last place stay in until the sort has broken the ties.
        threshold = np.partition(scores, len(scores) - depth)[len(scores) - depth]
        kept = scores >= threshold
        rows, scores = rows[kept], scores[kept]
    order = np.lexsort((rows, -scores))[:depth]
    return Ranking(rows[order], scores[order])


def merged(ranked: Sequence[Ranking], bases: Sequence[int], *, depth: int) -> Ranking:
    """Return the best of several segments; the rows of each are counted from its base."""
    if len(ranked) == 1 and not bases[0]:
        return ranked[0]
    rows = np.concatenate([ranking.rows + base for ranking, base in zip(ranked, bases, strict=True)])
    return best(rows, np.concatenate([ranking.scores for ranking in ranked]), depth=depth)
