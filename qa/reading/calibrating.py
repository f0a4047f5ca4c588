"""Fits the probability that an answer is right: a logistic model by Newton's method (Platt 1999)."""

import numpy as np
import numpy.typing as npt

from qa.reading.ranker import Calibration

_RIDGE = 1e-3
_STEPS = 40


def fit_calibration(
    signs: npt.NDArray[np.float64],
    right: npt.NDArray[np.float64],
    *,
    rank_weight: float,
    score_weight: float,
) -> Calibration:
    """Return the calibration of highest likelihood; `signs` is (answers, signs), `right` 0 or 1 for each."""
    inputs = np.column_stack([signs, np.ones(len(signs))])
    weights = np.zeros(inputs.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        gradient = inputs.T @ (right - chance) - _RIDGE * weights
        spread = (inputs * (chance * (1 - chance))[:, None]).T @ inputs + _RIDGE * np.eye(len(weights))
        weights = weights + np.linalg.solve(spread, gradient)
    return Calibration(tuple(map(float, weights[:-1])), float(weights[-1]), rank_weight, score_weight)
