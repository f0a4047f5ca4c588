"""What the legs say of a query's candidates, as numbers that mean the same in every leg and collection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.ranking import Ranking, Rows

Floats = npt.NDArray[np.float32]
# How far the first stands out is told against the mean of the next so many.
_NEXT = 9


@dataclass(frozen=True, slots=True)
class Signs:
    """The candidates of one query, `rows`, ascending.

    `shares` (rows, legs) tells how much each scores of the most that it could; a leg that was not asked or says
    nothing is NaN. `query` (2 × legs) tells of each leg how much its best row scores and how far that stands out.
    """

    rows: Rows
    shares: Floats
    query: Floats


def signs_of(rankings: Mapping[str, Ranking], legs: Sequence[str]) -> Signs:
    """Return the signs of all rows that a leg found; the columns are those of `legs`, in that order."""
    alive = {name: ranking for name, ranking in rankings.items() if name in legs and not ranking.dead}
    if not alive:
        return Signs(np.empty(0, np.int64), np.empty((0, len(legs)), np.float32), _silent(len(legs)))
    rows = np.unique(np.concatenate([ranking.rows for ranking in alive.values()]))
    shares = np.full((len(rows), len(legs)), np.nan, np.float32)
    query = _silent(len(legs))
    for column, name in enumerate(legs):
        if name not in alive:
            continue
        ranking = alive[name]
        own = ranking.scores / np.float32(ranking.ceiling)
        shares[:, column] = ranking.absent / ranking.ceiling
        shares[np.searchsorted(rows, ranking.rows), column] = own
        query[column] = own[0]
        query[len(legs) + column] = standing_out(own)
    return Signs(rows, shares, query)


def standing_out(scores: Floats) -> float:
    """Return how far the best of some scores, best first, stands out: 0 among equals, 1 alone.

    >>> standing_out(np.array([1.0, 0.2, 0.2], np.float32))
    1.0
    """
    spread = float(scores[0] - scores[-1])
    if len(scores) < 2 or spread <= 0:
        return 1.0
    return (float(scores[0]) - float(scores[1 : 1 + _NEXT].mean())) / spread


def _silent(legs: int) -> Floats:
    return np.full(2 * legs, np.nan, np.float32)
