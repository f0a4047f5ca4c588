"""Bootstrap confidence intervals by question: percentile and BCa (Efron 1987), seeded."""

import zlib

import numpy as np

from eval.columns import Column, Floats
from eval.types import Interval

SEED = 20240401
RESAMPLES = 10_000
LEVEL = 0.95
# Above this many different rows, drawing counts for each of them costs more than drawing questions.
_MOST_COUNTED = 256
_DRAWN_AT_ONCE = 4_000_000
_FEW = 30


def interval(
    column: Column, *, name: str, level: float = LEVEL, resamples: int = RESAMPLES, seed: int = SEED
) -> Interval | None:
    """Return the interval of a measure, or None if it applies to no question.

    BCa where it can be had. Of few questions, or where all came out alike, a bootstrap knows too little
    doubt: there a 0/1 measure has the exact binomial interval (Clopper and Pearson 1934).
    """
    if not column.n:
        return None
    rng = generator(seed, name)
    replicates = bootstrap(column, rng=rng, resamples=resamples)
    percentile = percentile_ends(replicates, level)
    bca = bca_ends(replicates, column, level)
    if column.binary and (column.n < _FEW or np.ptp(column.applied) == 0):
        low, high = _exact(column, level)
        method = "exact"
    else:
        (low, high), method = bca, "bca"
    return Interval(column.mean, low, high, column.n, method, percentile, bca)


def generator(seed: int, name: str) -> np.random.Generator:
    """Return a generator of its own for each name: the order of the measures then changes nothing."""
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


def bootstrap(column: Column, *, rng: np.random.Generator, resamples: int = RESAMPLES) -> Floats:
    """Return the aggregate of `resamples` draws of questions with replacement, sorted."""
    sums = resampled_sums(np.column_stack([column.values, column.weights]), rng=rng, resamples=resamples)
    with np.errstate(invalid="ignore", divide="ignore"):
        replicates = sums[:, 0] / sums[:, 1]
    # A draw in which the measure never applies says nothing about it.
    return np.sort(replicates[np.isfinite(replicates)])


def resampled_sums(rows: Floats, *, rng: np.random.Generator, resamples: int) -> Floats:
    """Return the column sums of `resamples` draws of rows: shape (resamples, columns).

    Few different rows are drawn as counts, which has the same distribution as drawing the rows.
    """
    distinct, counts = np.unique(rows, axis=0, return_counts=True)
    if len(distinct) <= _MOST_COUNTED:
        drawn = rng.multinomial(len(rows), counts / len(rows), size=resamples)
        sums: Floats = drawn @ distinct
        return sums
    batch = max(1, _DRAWN_AT_ONCE // len(rows))
    parts = []
    for first in range(0, resamples, batch):
        chosen = rng.integers(len(rows), size=(min(batch, resamples - first), len(rows)))
        parts.append(np.stack([rows[:, j][chosen].sum(axis=1) for j in range(rows.shape[1])], axis=1))
    return np.concatenate(parts)


def percentile_ends(replicates: Floats, level: float = LEVEL) -> tuple[float, float]:
    """Return the percentile interval of sorted replicates."""
    tail = (1 - level) / 2
    low, high = np.quantile(replicates, [tail, 1 - tail])
    return float(low), float(high)


def bca_ends(replicates: Floats, column: Column, level: float = LEVEL) -> tuple[float, float]:
    """Return the bias-corrected and accelerated interval; the jackknife has a closed form for a ratio of sums."""
    from scipy.special import ndtr, ndtri

    tail = (1 - level) / 2
    # Half of the ties count as below, as in scipy.stats.bootstrap.
    below = (
        np.searchsorted(replicates, column.mean, "left") + np.searchsorted(replicates, column.mean, "right")
    ) / 2
    bias = ndtri(below / len(replicates))
    if not np.isfinite(bias):
        return percentile_ends(replicates, level)
    acceleration = _acceleration(column)
    z = ndtri(np.array([tail, 1 - tail]))
    share = ndtr(bias + (bias + z) / (1 - acceleration * (bias + z)))
    low, high = np.quantile(replicates, share)
    return float(low), float(high)


def _acceleration(column: Column) -> float:
    left_out = column.weights.sum() - column.weights
    if not (left_out > 0).all():
        return 0.0
    jackknife = (column.values.sum() - column.values) / left_out
    away = jackknife.mean() - jackknife
    spread = (away**2).sum()
    return float((away**3).sum() / (6 * spread**1.5)) if spread > 0 else 0.0


def _exact(column: Column, level: float) -> tuple[float, float]:
    from scipy.stats import binomtest

    ends = binomtest(int(column.values.sum()), column.n).proportion_ci(level, method="exact")
    return float(ends.low), float(ends.high)
