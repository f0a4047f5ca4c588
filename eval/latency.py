"""How long the counter took to reply."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Latency:
    """Percentiles in milliseconds over `n` replies."""

    n: int
    p50: float
    p90: float
    p95: float
    p99: float
    longest: float


def latency(milliseconds: Sequence[float]) -> Latency | None:
    """Return the percentiles, or None if nothing was timed."""
    if not milliseconds:
        return None
    p50, p90, p95, p99 = (round(float(value), 2) for value in np.percentile(milliseconds, [50, 90, 95, 99]))
    return Latency(len(milliseconds), p50, p90, p95, p99, round(max(milliseconds), 2))
