"""A linear model over signs or vectors, kept as numbers in a file; NumPy only."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True)
class LinearModel:
    """`labels` name what is told: one logit each, `weights` of shape (signs, labels), `bias` of shape (labels)."""

    labels: tuple[str, ...]
    weights: Numbers
    bias: Numbers

    def logits(self, signs: Numbers) -> Numbers:
        """Return one logit a label for `signs` of shape (n, signs): shape (n, labels)."""
        return np.asarray(signs @ self.weights + self.bias, np.float32)

    def each(self, signs: Numbers) -> Numbers:
        """Return the probability of each label by itself (logistic): several may hold."""
        return np.asarray(1 / (1 + np.exp(-np.clip(self.logits(signs), -30, 30))), np.float32)

    def one_of(self, signs: Numbers) -> Numbers:
        """Return the probability of each label where just one holds (softmax)."""
        logits = self.logits(signs)
        raised = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)

    def save(self, path: Path) -> None:
        """Write the model; half precision, whose error is far below that of any weight."""
        np.savez_compressed(
            path,
            labels=np.array(self.labels),
            weights=self.weights.astype(np.float16),
            bias=self.bias.astype(np.float32),
        )


def load_linear(path: Path) -> LinearModel:
    """Read a saved model."""
    with np.load(path) as held:
        labels = tuple(str(label) for label in held["labels"])
        return LinearModel(labels, held["weights"].astype(np.float32), held["bias"].astype(np.float32))
