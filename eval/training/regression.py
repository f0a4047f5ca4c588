"""Linear models fitted by maximum likelihood with a ridge: logistic, multinomial, conditional logit."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from qa.learned.linear_models import LinearModel

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = npt.NDArray[np.float64]
_LEAST_SPREAD = 1e-6


def logistic(
    signs: npt.ArrayLike, right: npt.ArrayLike, labels: Sequence[str], *, ridge: float
) -> LinearModel:
    """Fit one logistic model a label; `right` of shape (n, labels) is 0 or 1, `ridge` a weight on squares."""
    x, y = np.asarray(signs, float), np.asarray(right, float).reshape(len(np.asarray(right)), -1)
    mean, spread = x.mean(axis=0), x.std(axis=0) + _LEAST_SPREAD
    columns = [_binary((x - mean) / spread, y[:, number], ridge) for number in range(y.shape[1])]
    return _plain(
        np.stack([c[:-1] for c in columns], 1), np.array([c[-1] for c in columns]), mean, spread, labels
    )


def multinomial(
    vectors: "npt.ArrayLike | csr_matrix",
    names: Sequence[str],
    *,
    ridge: float,
    beside: npt.NDArray[np.float32] | None = None,
) -> LinearModel:
    """Fit a softmax model of the names.

    Many signs that are mostly 0 are quicker as a sparse matrix, those `beside` them that are not as an array.
    """
    from scipy.sparse import csr_matrix

    sparse = csr_matrix(vectors, dtype=np.float32)
    ones = np.ones((sparse.shape[0], 1), np.float32)
    full = ones if beside is None else np.hstack([beside, ones])
    labels = tuple(sorted(set(names)))
    right = np.array([labels.index(name) for name in names])
    rows, turned, cut = np.arange(len(right)), csr_matrix(sparse.T), sparse.shape[1]
    shape = (cut + full.shape[1], len(labels))

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(shape).astype(np.float32)
        logits = sparse @ weights[:cut] + full @ weights[cut:]
        logits -= logits.max(axis=1, keepdims=True)
        chances = np.exp(logits)
        whole = chances.sum(axis=1, keepdims=True)
        value = -float((logits[rows, right] - np.log(whole[:, 0])).mean())
        chances /= whole
        chances[rows, right] -= 1
        chances /= len(rows)
        penalty = ridge * weights
        penalty[-1] = 0
        slope = np.vstack([np.asarray(turned @ chances), full.T @ chances]) + penalty
        return value + 0.5 * float((penalty * weights).sum()), slope.astype(float).ravel()

    best = _least(loss, np.zeros(shape[0] * shape[1])).reshape(shape)
    return LinearModel(labels, best[:-1].astype(np.float32), best[-1].astype(np.float32))


def conditional(groups: Sequence[tuple[npt.ArrayLike, npt.ArrayLike]], *, ridge: float) -> LinearModel:
    """Fit a conditional logit (McFadden 1974): of each group's rows, one that is right should score highest."""
    told = [(np.asarray(x, float), np.asarray(y, float)) for x, y in groups if np.any(y)]
    rows = np.concatenate([x for x, _ in told])
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + _LEAST_SPREAD
    scaled = [((x - mean) / spread, y) for x, y in told]

    def loss(weights: Floats) -> tuple[float, Floats]:
        value, slope = 0.5 * ridge * float(weights @ weights), ridge * weights
        for x, y in scaled:
            raised = np.exp(x @ weights - (x @ weights).max())
            chances, right = raised / raised.sum(), raised * y / (raised @ y + 1e-12)
            value -= np.log(chances @ y + 1e-12) / len(scaled)
            slope = slope + x.T @ (chances - right) / len(scaled)
        return float(value), slope

    best = _least(loss, np.zeros(rows.shape[1]))
    return _plain(best[:, None], np.zeros(1), mean, spread, ("right",))


def _binary(x: Floats, y: Floats, ridge: float) -> Floats:
    def loss(weights: Floats) -> tuple[float, Floats]:
        logits = x @ weights[:-1] + weights[-1]
        chances = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
        value = -(y * np.log(chances + 1e-12) + (1 - y) * np.log(1 - chances + 1e-12)).mean()
        slope = np.append(x.T @ (chances - y) / len(x) + ridge * weights[:-1], (chances - y).mean())
        return float(value + 0.5 * ridge * weights[:-1] @ weights[:-1]), slope

    return _least(loss, np.zeros(x.shape[1] + 1))


def _least(loss: Callable[[Floats], tuple[float, Floats]], start: Floats) -> Floats:
    from scipy.optimize import minimize

    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x, float)


def _plain(weights: Floats, bias: Floats, mean: Floats, spread: Floats, labels: Sequence[str]) -> LinearModel:
    """Return the model for signs as they are, not centred and scaled."""
    own = weights / spread[:, None]
    return LinearModel(tuple(labels), own.astype(np.float32), (bias - mean @ own).astype(np.float32))
