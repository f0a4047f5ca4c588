"""A small network in NumPy: signs in, one score a row; several of them, trained from other seeds, vote."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float32]
_EXTREME = 6.0  # standard deviations beyond which a sign says no more


@dataclass(frozen=True)
class Networks:
    """Networks of two hidden layers with a straight path beside them; arrays have one network a row.

    `mean`, `spread` (signs) scale what comes in. Weights: `first` (n, signs, hidden), `second` (n, hidden, hidden),
    `third` (n, hidden), `straight` (n, signs), with their biases.
    """

    mean: Numbers
    spread: Numbers
    first: Numbers
    first_bias: Numbers
    second: Numbers
    second_bias: Numbers
    third: Numbers
    straight: Numbers
    bias: Numbers

    def scores(self, signs: Numbers) -> Numbers:
        """Return the mean score of each row of `signs` (rows, signs)."""
        scaled = np.clip((signs - self.mean) / self.spread, -_EXTREME, _EXTREME).astype(np.float32)
        total = np.zeros(len(scaled), np.float32)
        for number in range(len(self.bias)):
            hidden = np.maximum(scaled @ self.first[number] + self.first_bias[number], 0)
            hidden = np.maximum(hidden @ self.second[number] + self.second_bias[number], 0)
            total += hidden @ self.third[number] + scaled @ self.straight[number] + self.bias[number]
        return total / np.float32(len(self.bias))

    def save(self, path: Path) -> None:
        """Write the networks, in half precision but for the scaling."""
        held = {name: getattr(self, name) for name in self.__dataclass_fields__}
        kept = {
            name: array.astype(np.float32 if name in ("mean", "spread") else np.float16)
            for name, array in held.items()
        }
        np.savez_compressed(path, **kept)


def load_networks(path: Path) -> Networks:
    """Read saved networks."""
    with np.load(path) as held:
        return Networks(**{name: held[name].astype(np.float32) for name in Networks.__dataclass_fields__})
