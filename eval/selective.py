"""How much can be answered at a given correctness, and does the confidence mean what it says?"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

TARGETS = (0.99, 0.95, 0.90)
_BINS = 10
_FEWEST_IN_BIN = 8


@dataclass(frozen=True, slots=True)
class Point:
    """Answering only at `threshold` or above: the share of answerable questions answered, and how many are right."""

    threshold: float
    answered: int
    coverage: float
    precision: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of like confidence: how sure they were, how many were right."""

    low: float
    high: float
    n: int
    confidence: float
    correct: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Reliability in bins of about equal size; expected calibration error (Naeini 2015) and Brier score (1950)."""

    bins: tuple[Bin, ...]
    error: float
    brier: float


def risk_coverage(confidences: Sequence[float], right: Sequence[bool], answerable: int) -> tuple[Point, ...]:
    """Return a point for each distinct confidence, the surest first (El-Yaniv and Wiener 2010).

    Equal confidences stand or fall together: no threshold can part them.
    """
    ordered = sorted(zip(confidences, right, strict=True), key=lambda pair: -pair[0])
    points: list[Point] = []
    answered = correct = 0
    for threshold, group in groupby(ordered, key=lambda pair: pair[0]):
        marks = [mark for _, mark in group]
        answered += len(marks)
        correct += sum(marks)
        points.append(Point(threshold, answered, answered / max(answerable, 1), correct / answered))
    return tuple(points)


def coverage_at(points: Sequence[Point], target: float) -> Point | None:
    """Return the point that answers most while at least `target` of the answers are right, or None."""
    return max(
        (point for point in points if point.precision >= target), key=lambda p: p.answered, default=None
    )


def calibration(confidences: Sequence[float], right: Sequence[bool]) -> Calibration | None:
    """Return how confidence and correctness agree, or None without answers."""
    if not confidences:
        return None
    order = np.argsort(np.asarray(confidences), kind="stable")
    sure, marks = np.asarray(confidences)[order], np.asarray(right, dtype=np.float64)[order]
    count = max(1, min(_BINS, len(sure) // _FEWEST_IN_BIN))
    bins = tuple(
        Bin(float(c[0]), float(c[-1]), len(c), float(c.mean()), float(m.mean()))
        for c, m in zip(np.array_split(sure, count), np.array_split(marks, count), strict=True)
    )
    error = sum(b.n * abs(b.confidence - b.correct) for b in bins) / len(sure)
    return Calibration(bins, float(error), float(((sure - marks) ** 2).mean()))
