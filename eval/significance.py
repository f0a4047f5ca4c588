"""Are two runs on the same questions different? Paired tests, corrected for many measures, and their power."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from eval.columns import Column, Floats
from eval.resampling import LEVEL, RESAMPLES, SEED, generator, percentile_ends, resampled_sums

ALPHA = 0.05
POWER = 0.8
# Up to this many differing pairs every swap is tried, so that the p-value is exact.
_EXACT_PAIRS = 13


@dataclass(frozen=True, slots=True)
class Difference:
    """B minus A for one measure. `low:high` is the 95 % interval; `detectable` the smallest difference that
    would be found with probability 0.8; `changed` the questions on which the runs differ."""

    name: str
    a: float
    b: float
    difference: float
    low: float
    high: float
    n: int
    changed: int
    p: float
    p_holm: float
    mcnemar: float | None
    detectable: float | None


def randomisation_p(a: Column, b: Column, *, rng: np.random.Generator, resamples: int = RESAMPLES) -> float:
    """Return the two-sided p-value of the paired randomisation test (Fisher 1935; Smucker 2007).

    Under the null hypothesis each question's pair of results could as well be swapped.
    """
    pairs = _differing(a, b)
    if not len(pairs):
        return 1.0
    observed = abs(_ratio(a.values.sum(), a.weights.sum()) - _ratio(b.values.sum(), b.weights.sum()))
    fixed = _sums(a, b) - pairs.sum(axis=0)
    exact = len(pairs) <= _EXACT_PAIRS
    swaps = _all_swaps(len(pairs)) if exact else None
    extreme, tried = 0, 0
    for swap in [swaps] if swaps is not None else _random_swaps(len(pairs), resamples, rng):
        extreme += int((_swapped_difference(pairs, fixed, swap) >= observed - 1e-12).sum())
        tried += len(swap)
    return extreme / tried if exact else (extreme + 1) / (tried + 1)


def _differing(a: Column, b: Column) -> Floats:
    rows = np.column_stack([a.values, a.weights, b.values, b.weights])
    kept: Floats = rows[(a.values != b.values) | (a.weights != b.weights)]
    return kept


def _sums(a: Column, b: Column) -> Floats:
    return np.array([a.values.sum(), a.weights.sum(), b.values.sum(), b.weights.sum()])


def _all_swaps(n: int) -> Floats:
    return ((np.arange(2**n)[:, None] >> np.arange(n)) & 1).astype(np.float64)


def _random_swaps(n: int, resamples: int, rng: np.random.Generator) -> list[Floats]:
    batch = max(1, 4_000_000 // n)
    sizes = [min(batch, resamples - first) for first in range(0, resamples, batch)]
    return [rng.integers(2, size=(size, n)).astype(np.float64) for size in sizes]


def _swapped_difference(pairs: Floats, fixed: Floats, swap: Floats) -> Floats:
    moved = swap @ (pairs[:, [2, 3]] - pairs[:, [0, 1]])
    total = fixed + pairs.sum(axis=0)
    first, second = total[:2] + moved, total[2:] - moved
    with np.errstate(invalid="ignore", divide="ignore"):
        difference: Floats = np.abs(first[:, 0] / first[:, 1] - second[:, 0] / second[:, 1])
    # Where a swap leaves one side without a question, nothing can be said: counted as extreme, to be careful.
    return np.nan_to_num(difference, nan=np.inf)


def _ratio(values: float, weights: float) -> float:
    return float(values / weights) if weights else float("nan")


def mcnemar_p(a: Column, b: Column) -> float:
    """Return the exact two-sided p-value of McNemar's test on right/wrong pairs (McNemar 1947)."""
    from scipy.stats import binomtest

    both = (a.weights > 0) & (b.weights > 0)
    gained = int(((a.values < b.values) & both).sum())
    lost = int(((a.values > b.values) & both).sum())
    return float(binomtest(gained, gained + lost, 0.5).pvalue) if gained + lost else 1.0


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Return p-values adjusted for their number (Holm 1979).

    >>> holm({"a": 0.01, "b": 0.04, "c": 0.03})
    {'a': 0.03, 'b': 0.06, 'c': 0.06}
    """
    adjusted: dict[str, float] = {}
    highest = 0.0
    for tested, (name, p) in enumerate(sorted(p_values.items(), key=lambda item: (item[1], item[0]))):
        highest = max(highest, min(1.0, (len(p_values) - tested) * p))
        adjusted[name] = highest
    return {name: adjusted[name] for name in p_values}


def difference_interval(
    a: Column, b: Column, *, rng: np.random.Generator, level: float = LEVEL, resamples: int = RESAMPLES
) -> tuple[float, float]:
    """Return the bootstrap percentile interval of B minus A, questions drawn in pairs."""
    sums = resampled_sums(
        np.column_stack([a.values, a.weights, b.values, b.weights]), rng=rng, resamples=resamples
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        differences = sums[:, 2] / sums[:, 3] - sums[:, 0] / sums[:, 1]
    return percentile_ends(np.sort(differences[np.isfinite(differences)]), level)


def detectable(a: Column, b: Column, *, alpha: float = ALPHA, power: float = POWER) -> float | None:
    """Return the smallest difference that this set would show with probability `power`.

    From the spread of the paired differences; for 0/1 measures never less than the fewest one-sided changes
    that McNemar's test can call significant. None where nothing changed in a graded measure.
    """
    from scipy.stats import norm

    both = (a.weights > 0) & (b.weights > 0)
    n = int(both.sum())
    if n < 2:
        return None
    spread = float(np.std((b.values - a.values)[both], ddof=1))
    found = float(norm.ppf(1 - alpha / 2) + norm.ppf(power)) * spread / math.sqrt(n)
    if a.binary and b.binary:
        return min(1.0, max(found, fewest_changes(alpha) / n))
    return found if found > 0 else None


def detectable_share(n: int, *, changing: float, alpha: float = ALPHA, power: float = POWER) -> float:
    """Return the smallest difference in a share of `n` questions, if `changing` of them come out differently.

    Connor (1987), paired proportions: n = (z_a √ψ + z_b √(ψ − δ²))² / δ², solved for δ.
    """
    from scipy.optimize import brentq
    from scipy.stats import norm

    z_alpha, z_power = norm.ppf(1 - alpha / 2), norm.ppf(power)

    def missing(delta: float) -> float:
        needed = (z_alpha * changing**0.5 + z_power * (changing - delta**2) ** 0.5) / delta
        return float(needed - n**0.5)

    floor = fewest_changes(alpha) / n
    if missing(changing) > 0:
        return max(changing, floor)
    return min(1.0, max(float(brentq(missing, 1e-9, changing)), floor))


def fewest_changes(alpha: float = ALPHA) -> int:
    """Return how many questions must change, all one way, for McNemar's exact test to reach `alpha`."""
    changes = 1
    while 2 * 0.5**changes >= alpha:
        changes += 1
    return changes


def compare_columns(
    columns: Mapping[str, tuple[Column, Column]], *, seed: int = SEED, resamples: int = RESAMPLES
) -> dict[str, Difference]:
    """Test every measure, then correct for their number."""
    usable = {name: pair for name, pair in columns.items() if pair[0].n and pair[1].n}
    p_values = {
        name: randomisation_p(a, b, rng=generator(seed, f"swap {name}"), resamples=resamples)
        for name, (a, b) in usable.items()
    }
    corrected = holm(p_values)
    return {
        name: _difference(name, a, b, p_values[name], corrected[name], seed, resamples)
        for name, (a, b) in usable.items()
    }


def _difference(
    name: str, a: Column, b: Column, p: float, p_holm: float, seed: int, resamples: int
) -> Difference:
    low, high = difference_interval(a, b, rng=generator(seed, f"pair {name}"), resamples=resamples)
    binary = a.binary and b.binary
    return Difference(
        name,
        a.mean,
        b.mean,
        b.mean - a.mean,
        low,
        high,
        max(a.n, b.n),
        len(_differing(a, b)),
        p,
        p_holm,
        mcnemar_p(a, b) if binary else None,
        detectable(a, b),
    )
