"""Words that are not the question's but mean nearly the same: 創設 near 設立. Counted for all candidates at once."""

import numpy as np
import numpy.typing as npt

from index.keys import hash_keys
from qa.reading.asking import ROLES, Asked
from qa.reading.records import Floats, Spread
from qa.reading.vectors import LikenessVectors

_ALIKE = 0.3
"""Cosines up to this say nothing."""
_FOLLOWED = ("left_1", "right_1", "predicate", "subject")
_LOW = np.float32(-60.0)


def likeness(
    asked: Asked, spread: Spread, weights: Floats, word_of: npt.NDArray[np.int32], vectors: LikenessVectors
) -> dict[str, Floats]:
    """Return one column a feature; `word_of` numbers the passages' words by the question's, −1 for others."""
    content = spread.columns.content > 0
    own = vectors.of(spread.columns.keys[content])
    cosines = np.zeros((len(asked.keys), len(content)), np.float32)
    cosines[:, content] = vectors.of(hash_keys(asked.keys)) @ own.T
    alike = _alike(cosines, word_of)
    near_left, near_right = _scans(alike, spread, 6.0)
    far_left, far_right = _scans(alike, spread, 20.0)
    return {
        **_sums(asked, weights, near_left, near_right, far_left, far_right),
        **_followed(asked, near_left, near_right, far_left, far_right),
        **_phrases(asked, spread, weights, alike),
        **_kind(asked, spread, own, vectors, alike),
    }


def _alike(cosines: Floats, word_of: npt.NDArray[np.int32]) -> Floats:
    alike = np.clip((cosines - _ALIKE) / (1 - _ALIKE), 0, 0.9)
    places = np.flatnonzero(word_of >= 0)
    alike[word_of[places], places] = 1
    return np.asarray(alike, np.float32)


def _scans(alike: Floats, spread: Spread, scale: float) -> tuple[Floats, Floats]:
    """The best likeness before and after each candidate, each worth less the farther it is (a maximum scan)."""
    place = spread.place.astype(np.float32) / np.float32(scale)
    height = np.where(alike > 0, np.log(np.maximum(alike, 1e-9)), _LOW)
    edge = np.full((len(alike), 1), -np.inf, np.float32)
    before = np.hstack([edge, np.maximum.accumulate(height + place, axis=1)])
    after = np.hstack([np.maximum.accumulate((height - place)[:, ::-1], axis=1)[:, ::-1], edge])
    first, last = spread.columns.first, spread.columns.last
    left = np.exp(before[:, first] - place[first])
    right = np.exp(after[:, last] + place[last - 1])
    return np.asarray(left, np.float32), np.asarray(right, np.float32)


def _sums(
    asked: Asked, weights: Floats, near_left: Floats, near_right: Floats, far_left: Floats, far_right: Floats
) -> dict[str, Floats]:
    side = np.array(asked.side, np.int32)
    close = weights * np.exp(-(np.array(asked.distance, np.float32) - 1) / 3).astype(np.float32)
    close = close / max(float(close.sum()), 1e-6)
    left, right = np.where(side < 0, close, 0), np.where(side > 0, close, 0)
    near, far = np.maximum(near_left, near_right), np.maximum(far_left, far_right)
    return {
        "like_left": weights @ near_left,
        "like_right": weights @ near_right,
        "like_near": weights @ near,
        "like_far": weights @ far,
        "like_far_left": weights @ far_left,
        "like_far_right": weights @ far_right,
        "like_gap": close @ near,
        "like_gap_aligned": left @ near_left + right @ near_right,
        "like_gap_crossed": left @ near_right + right @ near_left,
        "like_far_below_best": (weights @ far).max(initial=0) - weights @ far,
    }


def _followed(
    asked: Asked, near_left: Floats, near_right: Floats, far_left: Floats, far_right: Floats
) -> dict[str, Floats]:
    many = near_left.shape[1]
    columns: dict[str, Floats] = {}
    for name in _FOLLOWED:
        number = asked.roles[ROLES.index(name)]
        none = np.full(many, -1, np.float32)
        columns[f"like_{name}_left"] = near_left[number] if number >= 0 else none
        columns[f"like_{name}_right"] = near_right[number] if number >= 0 else none
        columns[f"like_{name}_far"] = np.maximum(far_left, far_right)[number] if number >= 0 else none
    return columns


def _phrases(asked: Asked, spread: Spread, weights: Floats, alike: Floats) -> dict[str, Floats]:
    columns = spread.columns
    phrases = len(columns.heads)
    starts = np.searchsorted(columns.phrase, np.arange(phrases))
    # An empty phrase (of a line's spaces) would take its neighbour's words; it heads nothing, so no harm is done.
    per_phrase = np.maximum.reduceat(alike, np.minimum(starts, alike.shape[1] - 1), axis=1)
    end = columns.phrase[columns.last - 1]
    head = columns.heads[end]
    predicate = asked.roles[ROLES.index("predicate")]
    many = len(end)
    own_root = head == end
    return {
        "like_head": np.where(own_root, 0, (weights @ per_phrase)[head]),
        "like_head_predicate": np.where(own_root, 0, per_phrase[predicate][head])
        if predicate >= 0
        else np.full(many, -1),
        "like_next_phrase": (weights @ per_phrase)[np.minimum(end + 1, phrases - 1)],
    }


def _kind(
    asked: Asked, spread: Spread, own: Floats, vectors: LikenessVectors, alike: Floats
) -> dict[str, Floats]:
    columns = spread.columns
    first, last = columns.first, columns.last
    running = np.vstack([np.zeros((1, own.shape[1]), np.float32), np.cumsum(own, axis=0)])
    before = np.concatenate([[0], np.cumsum(columns.content > 0)])  # content words before each word
    middle = running[before[last]] - running[before[first]]
    length = np.maximum(np.linalg.norm(middle, axis=1), 1e-6)
    focus = vectors.of(hash_keys([asked.focus]))[0]
    to_focus = np.zeros(len(columns.content), np.float32)
    to_focus[columns.content > 0] = own @ focus
    best = alike.max(axis=0, initial=0)
    sums = np.concatenate([[0], np.cumsum(best, dtype=np.float64)])
    return {
        "like_focus_last": to_focus[last - 1],
        "like_focus_whole": (middle @ focus) / length,
        "like_own": (sums[last] - sums[first]) / np.maximum(last - first, 1),
        "like_own_last": best[last - 1],
    }
