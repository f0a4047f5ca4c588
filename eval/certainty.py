"""From which probability an answer is shown, and what that comes to: read from cross-validated answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.home import Certainty
from qa.judging import SORTS

Floats = npt.NDArray[np.float64]

_LEAST_SLOPE = 0.2
_UNTOLD, _WRONG, _TOUCHING = 1.0, 0.25, 0.0
"""How much harm a wrong answer does beside the good of a right one: where the documents have no answer, where they have
one, and where its quote holds it."""
_UNTOLD_NUMBER, _WRONG_NUMBER, _TOUCHING_NUMBER = 2.0, 2.0, 0.5
"""The same for a number: nobody sees that it is wrong."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The draft chosen for one question: its signs, of which of SORTS it is, and how right it is.

    `lenient`: the answer stands in it somewhere; `touching`: it quotes the evidence.
    """

    signs: Mapping[str, float]
    sort: str
    right: bool
    lenient: bool
    touching: bool
    answerable: bool


def thresholds(judged: Sequence[Judged], chances: Floats) -> dict[Certainty, dict[str, float]]:
    """Return from which probability an answer is shown, by the certainty chosen and by the sort of answer.

    Balanced: where answers of the sort do as much good as harm; else so that 95 or 99 of 100 answers are right,
    whatever their sort.
    """
    right = np.array([j.right for j in judged])
    most, nearly_all = _least_for(0.95, right, chances), _least_for(0.99, right, chances)
    return {
        Certainty.BALANCED: {sort: _balanced(judged, chances, sort) for sort in SORTS},
        Certainty.MOST: dict.fromkeys(SORTS, most),
        Certainty.NEARLY_ALL: dict.fromkeys(SORTS, nearly_all),
    }


def _balanced(judged: Sequence[Judged], chances: Floats, sort: str) -> float:
    """Return the probability at which answers of a sort do as much good as harm.

    Good does a right one, harm one to a question that the documents do not answer; another wrong one does less, if it
    is no number, and none where its quote holds the answer; a wrong number does most. Read from a curve (Platt 1999),
    so that one question more moves it little.
    """
    own = np.array([j.sort == sort for j in judged])
    right = np.array([j.lenient for j in judged])[own]
    weight = np.array([_weight(j) for j in judged])[own]
    odds = _logit(chances[own])

    def loss(line: Floats) -> float:
        chance = 1 / (1 + np.exp(-np.clip(line[0] * odds + line[1], -30, 30)))
        fits = weight @ np.where(right, np.log(chance + 1e-9), np.log(1 - chance + 1e-9))
        return float((line[0] - 1) ** 2 / 2 + line[1] ** 2 / 20 - fits)

    from scipy.optimize import minimize

    slope, shift = minimize(loss, np.array([1.0, 0.0])).x
    return round(float(1 / (1 + np.exp(shift / max(slope, _LEAST_SLOPE)))), 4)


def _weight(judged: Judged) -> float:
    if judged.lenient:
        return 1.0
    number = judged.sort == "number"
    if not judged.answerable:
        return _UNTOLD_NUMBER if number else _UNTOLD
    if judged.touching:
        return _TOUCHING_NUMBER if number else _TOUCHING
    return _WRONG_NUMBER if number else _WRONG


def _logit(chances: Floats) -> Floats:
    safe = np.clip(chances, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(safe / (1 - safe)))


def _least_for(precision: float, right: npt.NDArray[np.bool_], chances: Floats) -> float:
    """Return the lowest probability above which at least `precision` of the answers are right."""
    order = np.argsort(-chances, kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(share >= precision)
    return round(float(chances[order[enough[-1]]]), 4) if len(enough) else 1.0


def report(judged: Sequence[Judged], chances: Floats, limits: Mapping[Certainty, Mapping[str, float]]) -> str:
    """Return the cross-validated figures as lines."""
    lines = [f"交差検証 {len(judged)} 問、選んだ答えの正解 {share(judged)}"]
    for certainty, least in limits.items():
        shown = chances >= np.array([least[j.sort] for j in judged])
        answered = [j for j, s in zip(judged, shown, strict=True) if s]
        refused = [not s for j, s in zip(judged, shown, strict=True) if not j.answerable]
        lines.append(
            f"{certainty}（{_listed(least)} 以上）: 答える {shown.mean():.3f}、そのうち正解 {_precision(answered)}、"
            f"答えのない質問を断る {np.mean(refused) if refused else 1:.3f}"
        )
    return "\n".join(lines)


def _listed(least: Mapping[str, float]) -> str:
    return "、".join(f"{sort} {limit:.2f}" for sort, limit in least.items())


def share(judged: Sequence[Judged]) -> str:
    """Return the share of answerable questions that are answered rightly, as a Japanese phrase."""
    answerable = [j for j in judged if j.answerable]
    return f"{np.mean([j.right for j in answerable]):.3f}（文中まで見れば {np.mean([j.lenient for j in answerable]):.3f}）"


def _precision(answered: Sequence[Judged]) -> str:
    return f"{np.mean([j.right for j in answered]):.3f}" if answered else "—"
