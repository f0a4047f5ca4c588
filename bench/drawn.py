"""Vectors drawn instead of encoded: between encoded ones and their neighbours, so that neighbours exist."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.types import Vectors

_Seeds = npt.NDArray[np.uint64]
_NEIGHBOURS = 32
_ASIDE = 0.25  # of the difference of two others: a drawn vector lies beside the line between two neighbours
_AROUND = 5_000  # texts that are encoded


@dataclass(frozen=True, slots=True)
class DrawnEncoder:
    """Gives every text a unit vector of its own, the same one every time.

    `around` are encoded vectors, `neighbours` the rows of each one's nearest.
    """

    around: Vectors
    neighbours: npt.NDArray[np.int32]
    fingerprint: str = "drawn"

    @property
    def dimension(self) -> int:
        """Return the width of the vectors."""
        return int(self.around.shape[1])

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of shape (n, dimension)."""
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of shape (n, dimension)."""
        digests = b"".join(blake2b(text.encode(), digest_size=8).digest() for text in texts)
        return self.drawn(np.frombuffer(digests, "<u8"))

    def drawn(self, seeds: _Seeds) -> Vectors:
        """Return the vectors of these numbers."""
        size = np.uint64(len(self.around))
        one, side, other, third = (_mixed(seeds + np.uint64(step)) for step in range(4))
        first = (one % size).astype(np.int64)
        second = self.neighbours[first, (side % np.uint64(self.neighbours.shape[1])).astype(np.int64)]
        share = ((side >> np.uint64(32)).astype(np.float32) / np.float32(2**32))[:, None]
        aside = self.around[(other % size).astype(np.int64)] - self.around[(third % size).astype(np.int64)]
        found = share * self.around[first] + (1 - share) * self.around[second] + _ASIDE * aside
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)

    def save(self, folder: Path) -> None:
        """Write what `open_drawn` reads."""
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "around.npy", self.around)
        np.save(folder / "neighbours.npy", self.neighbours)


def open_drawn(folder: Path) -> DrawnEncoder:
    """Map what `DrawnEncoder.save` wrote."""
    return DrawnEncoder(
        *(np.load(folder / f"{name}.npy", mmap_mode="r") for name in ("around", "neighbours"))
    )


def draw_around(encoded: Vectors) -> DrawnEncoder:
    """Draw around these vectors."""
    import faiss

    count = min(_NEIGHBOURS, len(encoded) - 1)
    _, rows = faiss.knn(encoded, encoded, count + 1, metric=faiss.METRIC_INNER_PRODUCT)
    return DrawnEncoder(encoded, rows[:, 1:].astype(np.int32))


def draw_around_texts(texts: Sequence[str]) -> DrawnEncoder:
    """Draw around texts, encoded by the built-in encoder; of very many, every so many-th."""
    from index.encoders.use_encoder import fresh_use

    chosen = texts[:: max(1, len(texts) // _AROUND)]
    return draw_around(fresh_use().encode_passages(chosen))


def _mixed(seeds: _Seeds) -> _Seeds:
    """Return numbers that look unrelated to their neighbours (splitmix64; Steele 2014)."""
    with np.errstate(over="ignore"):
        mixed = (seeds + np.uint64(0x9E3779B97F4A7C15)) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return np.asarray(mixed ^ (mixed >> np.uint64(31)), np.uint64)
