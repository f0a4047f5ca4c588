"""Which column is asked for, which orders or is computed with, which a condition is of: a small network; NumPy only."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float32]
TOLD, BY, HELD = 0, 1, 2
"""The roles of a column: its cells are told, rows are ordered by it or computed with it, a condition is of it."""


@dataclass(frozen=True)
class ColumnModel:
    """`asked` and `title` (dimension, rank) bring question and title together; what they share joins the signs.

    Layers: `first` (signs + rank + operations, width), `second` (width, roles), with biases; `mean`, `spread` scale signs.
    """

    mean: Numbers
    spread: Numbers
    asked: Numbers
    title: Numbers
    first: Numbers
    first_bias: Numbers
    second: Numbers
    second_bias: Numbers

    def scores(self, signs: Numbers, question: Numbers, titles: Numbers, operations: Numbers) -> Numbers:
        """Return a logit for each column and role, (columns, 3)."""
        scaled = np.clip((signs - self.mean) / self.spread, -6, 6)
        together = (question @ self.asked) * (titles @ self.title)
        told = np.broadcast_to(operations, (len(signs), len(operations)))
        hidden = np.maximum(
            np.concatenate([scaled, together, told], axis=1) @ self.first + self.first_bias, 0
        )
        return np.asarray(hidden @ self.second + self.second_bias, np.float32)


def load_columns(path: Path) -> ColumnModel:
    """Read a saved model."""
    with np.load(path) as held:
        return ColumnModel(
            **{name: held[name].astype(np.float32) for name in ColumnModel.__dataclass_fields__}
        )


@cache
def shipped_columns() -> ColumnModel:
    """Return the model that the project ships."""
    with as_file(files("qa.tables") / "model" / "columns.npz") as path:
        return load_columns(path)
