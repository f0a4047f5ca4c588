"""Fits the ranker: the list-wise softmax loss (ListNet's top one; Cao et al. 2007), convex, by L-BFGS."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eval.training.fusion.examples import Example, ExampleSet
from index.fusion.ranker import FARTHEST, FusionRanker

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Strength:
    """How strongly weights are drawn to 0, and how much more the gates are: few sets are to move them.

    Chosen by looking at JSQuAD, the municipal FAQ and two invented cities, none of them fitted on, so figures on these
    are a little optimistic. With JaQuAD among the sets, weaker gates (.02) lost .016 nDCG@10 on the FAQ, stronger ones
    (5) .003, and .002 MRR on JSQuAD.
    """

    weights: float = 0.01
    gates: float = 0.5


@dataclass(frozen=True, slots=True)
class _Sheet:
    """All candidates of all queries, one after the other; query q has the rows `starts[q]:starts[q + 1]`.

    `right` is what share of its query's grades a candidate has; `importance` how much a query counts.
    """

    shares: Doubles
    query: Doubles
    right: Doubles
    starts: npt.NDArray[np.int64]
    importance: Doubles


def fit_ranker(
    sets: Sequence[ExampleSet], importance: Sequence[float], legs: Sequence[str], *, strength: Strength
) -> FusionRanker:
    """Return the ranker of these legs that fits the sets best; each set counts as told, whatever its size."""
    from scipy.optimize import minimize

    bare = _scaling(sets, legs)
    sheet = _sheet(sets, importance, bare)
    many = len(legs)
    start = np.zeros(many + 2 * many * many)
    found = minimize(_loss, start, args=(sheet, many, strength), jac=True, method="L-BFGS-B")
    weights, gates = found.x[:many], found.x[many:].reshape(2 * many, many)
    return FusionRanker(
        bare.legs,
        bare.centre,
        bare.scale,
        weights.astype(np.float32),
        bare.query_centre,
        bare.query_scale,
        gates.astype(np.float32),
    )


def _loss(at: Doubles, sheet: _Sheet, many: int, strength: Strength) -> tuple[float, Doubles]:
    """Return the mean cross entropy of right and chance with its penalty, and the gradient."""
    weights, gates = at[:many], at[many:].reshape(2 * many, many)
    sizes = np.diff(sheet.starts)
    own = weights + sheet.query @ gates
    scores = np.einsum("ij,ij->i", sheet.shares, np.repeat(own, sizes, axis=0))
    first = sheet.starts[:-1]
    scores -= np.repeat(np.maximum.reduceat(scores, first), sizes)
    total = np.add.reduceat(np.exp(scores), first)
    logs = scores - np.repeat(np.log(total), sizes)
    each = np.repeat(sheet.importance, sizes)
    slope = each * (np.exp(logs) - sheet.right)
    by_query = np.add.reduceat(slope[:, None] * sheet.shares, first, axis=0)
    value = -float(each @ (sheet.right * logs))
    value += strength.weights * float(weights @ weights) + strength.gates * float((gates * gates).sum())
    gradient = np.concatenate(
        [
            by_query.sum(axis=0) + 2 * strength.weights * weights,
            (sheet.query.T @ by_query + 2 * strength.gates * gates).ravel(),
        ]
    )
    return value, gradient


def _scaling(sets: Sequence[ExampleSet], legs: Sequence[str]) -> FusionRanker:
    """Return a ranker without weights whose signs are centred and scaled over all sets alike."""
    shares = np.concatenate([np.concatenate([e.signs.shares for e in s.examples]) for s in sets])
    query = np.concatenate([np.stack([e.signs.query for e in s.examples]) for s in sets])
    many = len(legs)
    return FusionRanker(
        tuple(legs),
        np.nanmean(shares, axis=0),
        np.maximum(np.nanstd(shares, axis=0), 1e-3),
        np.zeros(many, np.float32),
        np.nanmean(query, axis=0),
        np.maximum(np.nanstd(query, axis=0), 1e-3),
        np.zeros((2 * many, many), np.float32),
    )


def _sheet(sets: Sequence[ExampleSet], importance: Sequence[float], bare: FusionRanker) -> _Sheet:
    told = [
        (e, weight / len(s.examples)) for s, weight in zip(sets, importance, strict=True) for e in s.examples
    ]
    used = [(e, weight) for e, weight in told if e.grades.any()]
    total = sum(importance)
    return _Sheet(
        np.concatenate([np.nan_to_num((e.signs.shares - bare.centre) / bare.scale) for e, _ in used]).astype(
            float
        ),
        np.stack([_query_signs(e, bare) for e, _ in used]),
        np.concatenate([e.grades / e.grades.sum() for e, _ in used]).astype(float),
        np.cumsum([0, *(len(e.grades) for e, _ in used)]),
        np.array([weight / total for _, weight in used]),
    )


def _query_signs(example: Example, bare: FusionRanker) -> Doubles:
    signs = np.nan_to_num((example.signs.query - bare.query_centre) / bare.query_scale)
    return np.asarray(np.clip(signs, -FARTHEST, FARTHEST), np.float64)
