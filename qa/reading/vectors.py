"""Small word vectors for likeness: chiVe, centred and turned to its main directions."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.arrays import load_array, save_arrays
from index.keys import Hashes, find

DIMENSION = 96
_PREFIX = "reading-vectors"


@dataclass(frozen=True, slots=True)
class LikenessVectors:
    """Unit vectors: word `keys[i]` (ascending hashes) has `vectors[rows[i]]`; the last vector is zero."""

    keys: Hashes
    rows: npt.NDArray[np.int32]
    vectors: npt.NDArray[np.float16]

    def of(self, words: Hashes) -> npt.NDArray[np.float32]:
        """Return a vector for each word, zeros for an unknown one, (words, dimension)."""
        places = find(self.keys, words)
        rows = np.full(len(places), len(self.vectors) - 1)
        rows[places >= 0] = self.rows[places[places >= 0]]
        found: npt.NDArray[np.float32] = self.vectors[rows].astype(np.float32)
        return found

    def save(self, folder: Path) -> None:
        """Write the arrays that `load_likeness` maps."""
        save_arrays(folder, _PREFIX, {"keys": self.keys, "rows": self.rows, "vectors": self.vectors})


def load_likeness(folder: Path) -> LikenessVectors:
    """Map the saved arrays."""
    return LikenessVectors(*(load_array(folder, _PREFIX, name) for name in ("keys", "rows", "vectors")))


@cache
def likeness_vectors() -> LikenessVectors:
    """Make the vectors from the installed chiVe (some 5 s); for building and training only."""
    from index.chive import chive

    words = chive()
    turned = _turned(words.vectors.astype(np.float64))
    vectors = np.vstack([turned, np.zeros((1, DIMENSION))]).astype(np.float16)
    return LikenessVectors(words.keys, words.rows, vectors)


def no_vectors() -> LikenessVectors:
    """Return vectors that know no word."""
    zero = np.zeros((1, DIMENSION), np.float16)
    return LikenessVectors(np.empty(0, np.uint64), np.empty(0, np.int32), zero)


def _turned(vectors: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    centred = vectors - vectors.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    # Eigenvectors come by ascending variance.
    small = centred @ directions[:, -DIMENSION:]
    lengths = np.linalg.norm(small, axis=1, keepdims=True)
    return np.asarray(small / np.maximum(lengths, 1e-9))
