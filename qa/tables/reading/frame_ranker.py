"""How likely each reading of a question is right, and that none is: a small network over their signs; NumPy only."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True)
class FrameRanker:
    """Weights of candidates: `first` (signs, width), `second` (width), a `straight` path beside them (signs).

    Those of none of them are the same without such a path. `mean` and `spread` scale the signs."""

    mean: Numbers
    spread: Numbers
    first: Numbers
    first_bias: Numbers
    second: Numbers
    straight: Numbers
    bias: float
    none_mean: Numbers
    none_spread: Numbers
    none_first: Numbers
    none_first_bias: Numbers
    none_second: Numbers
    none_bias: float

    def shares(self, signs: Numbers, none: Numbers) -> Numbers:
        """Return the probability of each candidate, then of none of them: (candidates + 1)."""
        scaled = np.clip((signs - self.mean) / self.spread, -6, 6)
        logits = (
            np.maximum(scaled @ self.first + self.first_bias, 0) @ self.second
            + scaled @ self.straight
            + self.bias
        )
        of_none = np.clip((none - self.none_mean) / self.none_spread, -6, 6)
        last = (
            np.maximum(of_none @ self.none_first + self.none_first_bias, 0) @ self.none_second
            + self.none_bias
        )
        every = np.append(logits, last)
        raised = np.exp(every - every.max())
        return np.asarray(raised / raised.sum(), np.float32)


def load_ranker(path: Path) -> FrameRanker:
    """Read a saved ranker."""
    with np.load(path) as held:
        arrays: dict[str, Any] = {
            name: held[name].astype(np.float32) for name in FrameRanker.__dataclass_fields__
        }
    for name in ("bias", "none_bias"):
        arrays[name] = float(arrays[name])
    return FrameRanker(**arrays)


@cache
def shipped_ranker() -> FrameRanker:
    """Return the ranker that the project ships."""
    with as_file(files("qa.tables") / "model" / "ranker.npz") as path:
        return load_ranker(path)
