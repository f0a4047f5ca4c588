"""The built-in encoder, for fitting: texts read once are kept, for many cities are read again and again."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.encoders.use_encoder import UseEncoder
from index.encoders.use_package import read_package
from index.encoders.use_tuning import tuned
from index.types import Encoder, Vectors

_WITHOUT_FOREIGN = Path(__file__).parent / "encoder" / "without_foreign.npz"


def foreign_training_encoder() -> Encoder:
    """Return the built-in encoder with a turn that saw no question in another language (scripts/tune-encoder.sh).

    To the shipped one the questions that are fitted on are better known than any new one will be.
    """
    weights, pieces = read_package()
    return _Remembering(UseEncoder(tuned(weights, _WITHOUT_FOREIGN), pieces))


class _Remembering:
    """Encodes each text once; queries and passages of the built-in encoder are encoded alike."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, Vectors] = {}

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""
        return self._encoder.dimension

    @property
    def fingerprint(self) -> str:
        """Return the encoder's."""
        return self._encoder.fingerprint

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of shape (n, dimension)."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._encoder.encode_queries(new), strict=True))
        rows = [self._known[text] for text in texts]
        return np.stack(rows) if rows else np.zeros((0, self.dimension), np.float32)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of shape (n, dimension)."""
        return self.encode_queries(texts)
