"""The network's parameters: their names, shapes and first values."""

import numpy as np
import numpy.typing as npt

from qa.relevance.word_vectors import DIMENSION

HIDDEN = 64
_COMMON, _TAG, _KIND = 24, 8, 32
_WIDTH = DIMENSION + _COMMON + _TAG + 1
_SIGNS = 6
_MET = 3
_FEATURES = 4 * HIDDEN + _KIND + 6


def initial(common: int, tags: int, *, seed: int) -> dict[str, npt.NDArray[np.float32]]:
    """Return the first values, for so many common words and tags; word vectors begin as they are."""
    draw = np.random.default_rng(seed)

    def random(*shape: int, scale: float | None = None) -> npt.NDArray[np.float32]:
        bound = scale or 1 / np.sqrt(shape[0])
        return draw.uniform(-bound, bound, shape).astype(np.float32)

    def bias(size: int) -> npt.NDArray[np.float32]:
        return np.zeros(size, np.float32)

    side = {
        f"{name}.{part}": random(_WIDTH, DIMENSION, scale=1 / np.sqrt(3 * _WIDTH))
        for name in ("question", "text")
        for part in ("before", "at", "after")
    }
    layers = {
        "gate": (DIMENSION + _WIDTH, 1),
        "kind": (DIMENSION + _WIDTH, 1),
        "wanted": (DIMENSION, _KIND),
        "given": (DIMENSION + _MET, _KIND),
        "back": (2 * DIMENSION + _MET, HIDDEN),
        "compare": (3 * DIMENSION + _SIGNS, HIDDEN),
        "hidden": (_FEATURES, HIDDEN),
        "out": (HIDDEN, 2),
    }
    return {
        "project": np.eye(DIMENSION, dtype=np.float32),
        "common": random(common + 1, _COMMON, scale=1.0),
        "tags": random(tags + 1, _TAG, scale=1.0),
        **side,
        "question.bias": bias(DIMENSION),
        "text.bias": bias(DIMENSION),
        "ask": random(DIMENSION, DIMENSION),
        "tell": random(DIMENSION, DIMENSION),
        "sharp": np.array([6.0], np.float32),
        **{name: random(*shape) for name, shape in layers.items()},
        **{f"{name}.bias": bias(shape[1]) for name, shape in layers.items()},
    }
