"""From which probability an answer is shown, and what that comes to: read from cross-validated answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.home import Certainty

Floats = npt.NDArray[np.float64]

_DECLINED = 0.16
"""Of the questions that the documents answer, so many may be declined at the balanced threshold."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The draft chosen for one question: its signs, and whether it is right."""

    signs: Mapping[str, float]
    right: bool
    lenient: bool
    answerable: bool


def thresholds(judged: Sequence[Judged], chances: Floats, *, without: int = 0) -> dict[Certainty, float]:
    """Return from which probability an answer is shown, by the certainty chosen.

    Balanced: so that few questions that the documents answer are declined, those among them that have no draft at
    all (`without`); else so that 95 or 99 of 100 answers are right.
    """
    right = np.array([j.right for j in judged])
    answerable = np.array([j.answerable for j in judged])
    drafted = int(answerable.sum())
    declined = max(0.0, _DECLINED * (drafted + without) - without) / max(1, drafted)
    return {
        Certainty.BALANCED: round(float(np.quantile(chances[answerable], declined)), 4),
        Certainty.MOST: _least_for(0.95, right, chances),
        Certainty.NEARLY_ALL: _least_for(0.99, right, chances),
    }


def _least_for(precision: float, right: npt.NDArray[np.bool_], chances: Floats) -> float:
    """Return the lowest probability above which at least `precision` of the answers are right."""
    order = np.argsort(-chances, kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(share >= precision)
    return round(float(chances[order[enough[-1]]]), 4) if len(enough) else 1.0


def report(judged: Sequence[Judged], chances: Floats, limits: Mapping[Certainty, float]) -> str:
    """Return the cross-validated figures as lines."""
    lines = [f"交差検証 {len(judged)} 問、選んだ答えの正解 {share(judged)}"]
    for certainty, limit in limits.items():
        shown = chances >= limit
        answered = [j for j, s in zip(judged, shown, strict=True) if s]
        refused = [not s for j, s in zip(judged, shown, strict=True) if not j.answerable]
        lines.append(
            f"{certainty}（{limit:.2f} 以上）: 答える {shown.mean():.3f}、そのうち正解 {_precision(answered)}、"
            f"答えのない質問を断る {np.mean(refused) if refused else 1:.3f}"
        )
    return "\n".join(lines)


def share(judged: Sequence[Judged]) -> str:
    """Return the share of answerable questions that are answered rightly, as a Japanese phrase."""
    answerable = [j for j in judged if j.answerable]
    return f"{np.mean([j.right for j in answerable]):.3f}（文中まで見れば {np.mean([j.lenient for j in answerable]):.3f}）"


def _precision(answered: Sequence[Judged]) -> str:
    return f"{np.mean([j.right for j in answered]):.3f}" if answered else "—"
