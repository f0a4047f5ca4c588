"""The built-in encoder as the query path reads it: word vectors in mapped files, NumPy, no torch."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.normalizing import normalize
from index.arrays import Array, load_array, save_arrays
from index.keys import Hashes, find, hash_keys
from index.tokenizer import shared_tokenizer
from index.types import Vectors


@dataclass(frozen=True, slots=True)
class StaticVectors:
    """Fitted word vectors. Word `keys[i]` weighs `weights[i]` times `vectors[rows[i]]`.

    `components` (c, dimension) are the orthonormal directions that all passages share, to be removed.
    """

    keys: Hashes
    rows: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]
    vectors: npt.NDArray[np.float16]
    components: npt.NDArray[np.float32]

    def save(self, folder: Path) -> None:
        """Write each array to its own file."""
        save_arrays(folder, "static", {field.name: getattr(self, field.name) for field in fields(self)})


def load_static(folder: Path) -> StaticVectors:
    """Map the saved arrays."""
    return StaticVectors(*(load_array(folder, "static", field.name) for field in fields(StaticVectors)))


def static_fingerprint(vectors: StaticVectors) -> str:
    """Return a digest of all arrays."""
    digest = sha256()
    for field in fields(vectors):
        array: Array = getattr(vectors, field.name)
        digest.update(np.ascontiguousarray(array).tobytes())
    return f"static-{digest.hexdigest()[:16]}"


def segment(text: str) -> list[str]:
    """Return the words that the vectors are keyed by: normalised forms, particles included."""
    return [
        word
        for word in shared_tokenizer().normalized(normalize(text), "A")
        if not any(map(str.isspace, word))
    ]


class StaticEncoder:
    """Smooth inverse frequency (Arora 2017): the weighted mean of the words, common components removed."""

    def __init__(self, vectors: StaticVectors, fingerprint: str) -> None:
        self._vectors = vectors
        self._fingerprint = fingerprint

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""
        return int(self._vectors.vectors.shape[1])

    @property
    def fingerprint(self) -> str:
        """Return what names these very vectors."""
        return self._fingerprint

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of shape (n, dimension); zeros where no word is known."""
        encoded = np.zeros((len(texts), self.dimension), np.float32)
        for number, text in enumerate(texts):
            encoded[number] = self._encode(segment(text))
        return encoded

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of shape (n, dimension), as for queries."""
        return self.encode_queries(texts)

    def _encode(self, words: list[str]) -> Vectors:
        fitted = self._vectors
        known = find(fitted.keys, hash_keys(words))
        known = known[known >= 0]
        rows = fitted.vectors[fitted.rows[known]].astype(np.float32)
        total: Vectors = fitted.weights[known] @ rows
        total -= (fitted.components @ total) @ fitted.components
        length = float(np.linalg.norm(total))
        return total / np.float32(length) if length > 0 else total
