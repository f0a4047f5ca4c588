"""Small word vectors for likeness, and how rare each word is: chiVe, centred, turned to its main directions, packed.

What is shipped (`qa/evidence/chive/vectors.npz`) was made by `eval.training.vector_packing`. Against the
vectors that it was made of no cosine falls below .9997.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.arrays import load_array, save_arrays
from index.keys import Hashes, find

DIMENSION = 96
RAREST = 255
"""The rank of a word that the vectors do not know."""
SHIFT = np.uint64(24)
"""Words are known by the first 40 bits of their hash: one unknown word in three million is taken for a known one."""
_PREFIX = "reading-vectors"
_SAVED = ("keys", "rows", "ranks", "vectors")


@dataclass(frozen=True, slots=True)
class LikenessVectors:
    """Unit vectors: word `keys[i]` (ascending, of 40 bits) has `vectors[rows[i]]`; the last vector is zero.

    `ranks` are 0 for the most frequent word of chiVe's corpus, `RAREST` for the rarest, on a logarithmic scale.
    """

    keys: Hashes
    rows: npt.NDArray[np.uint16]
    ranks: npt.NDArray[np.uint8]
    vectors: npt.NDArray[np.float16]

    def of(self, words: Hashes) -> npt.NDArray[np.float32]:
        """Return a vector for each word, zeros for an unknown one, (words, dimension)."""
        places = self._places(words)
        rows = np.full(len(places), len(self.vectors) - 1)
        rows[places >= 0] = self.rows[places[places >= 0]]
        found: npt.NDArray[np.float32] = self.vectors[rows].astype(np.float32)
        return found

    def ranks_of(self, words: Hashes) -> npt.NDArray[np.uint8]:
        """Return each word's rank, `RAREST` for an unknown one."""
        places = self._places(words)
        found = np.full(len(places), RAREST, np.uint8)
        found[places >= 0] = self.ranks[places[places >= 0]]
        return found

    def _places(self, words: Hashes) -> npt.NDArray[np.int64]:
        return find(self.keys, words >> SHIFT)

    def save(self, folder: Path) -> None:
        """Write the arrays that `load_likeness` maps."""
        save_arrays(folder, _PREFIX, {name: getattr(self, name) for name in _SAVED})


def load_likeness(folder: Path) -> LikenessVectors:
    """Map the saved arrays."""
    return LikenessVectors(*(load_array(folder, _PREFIX, name) for name in _SAVED))


@cache
def likeness_vectors() -> LikenessVectors:
    """Unpack the shipped vectors (some 60 ms); a bundle has them ready to map."""
    with np.load(str(files("qa.evidence").joinpath("chive", "vectors.npz"))) as packed:
        return unpacked({name: packed[name] for name in packed.files})


def unpacked(arrays: dict[str, npt.NDArray[Any]]) -> LikenessVectors:
    """Return the vectors that `eval.training.vector_packing` packed, at unit length. Numbers come byte by byte,
    all high bytes first; of keys their distances are kept."""
    signed = arrays["vectors"].astype(np.float32)
    unit = signed / np.linalg.norm(signed, axis=1, keepdims=True)
    return LikenessVectors(
        keys=np.cumsum(_whole(arrays["steps"], "<u4"), dtype=np.uint64),
        rows=_whole(arrays["rows"], "<u2").astype(np.uint16),
        ranks=arrays["ranks"],
        vectors=np.vstack([unit, np.zeros((1, DIMENSION), np.float32)]).astype(np.float16),
    )


def _whole(planes: npt.NDArray[np.uint8], kind: str) -> npt.NDArray[Any]:
    return np.ascontiguousarray(planes.T).view(kind)[:, 0]


@dataclass(frozen=True, slots=True)
class LikenessFile:
    """The shipped word vectors as arrays that are mapped."""

    name: str = "語の近さ"

    def write(self, folder: Path) -> None:
        """Write the arrays `reading-vectors.*.npy`."""
        likeness_vectors().save(folder)
