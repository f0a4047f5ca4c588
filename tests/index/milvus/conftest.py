"""A small index whose every score can be worked out by brute force, and a Milvus Lite to put it into."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from index.bm25 import load_bm25
from index.dense import save_dense
from index.milvus.connection import Connection, connect, disconnect
from index.milvus.segment_rows import SegmentRows
from index.segments.postings import PostingsWriter, Saturation, postings
from index.types import Vectors

DIMENSION = 16
WORDS = [f"語{number}" for number in range(60)]
LEGS = ("words", "bigrams")


def unit(size: int, *, seed: int) -> Vectors:
    """Return random unit vectors."""
    vectors = np.random.default_rng(seed).normal(size=(size, DIMENSION)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


@dataclass(frozen=True, slots=True)
class Given:
    """A segment with its truth: its files, the terms of its passages by leg, the heading each stands under."""

    folder: Path
    rows: SegmentRows
    terms: dict[str, list[list[str]]]
    headings: npt.NDArray[np.int64]

    @property
    def size(self) -> int:
        """Return how many passages it has."""
        return len(self.rows.passages)


def segment(folder: Path, size: int, *, seed: int) -> Given:
    """Write a segment of random passages: one to four windows each, a heading for some three of them, not for all."""
    random = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    terms = {
        leg: [random.choice(WORDS, random.integers(0, 12)).tolist() for _ in range(size)] for leg in LEGS
    }
    for leg, texts in terms.items():
        writer = PostingsWriter()
        writer.add(postings(texts, Saturation(1.2, 0.75, pivot=6)), base=0)
        writer.write(folder / f"{leg}.postings")
    owners = np.repeat(np.arange(size, dtype=np.int32), random.integers(1, 5, size))
    windows, titles = unit(len(owners), seed=seed + 100), unit(size // 3, seed=seed + 200)
    headings = np.minimum(np.arange(size) // 3, len(titles))  # the last has no vector: no heading
    titled = np.flatnonzero(headings < len(titles)).astype(np.int32)
    save_dense(folder, "dense", windows, np.arange(len(owners) + 1), owners)
    save_dense(folder, "dense-title", titles, np.arange(len(titles) + 1) * 3, titled)
    return Given(
        folder,
        SegmentRows(
            name=folder.name,
            passages=[f"{folder.name}-{row:04d}" for row in range(size)],
            documents=[f"{folder.name}-文書{row % 4}" for row in range(size)],
            terms={leg: load_bm25(folder, leg, base=0, size=size) for leg in LEGS},
            windows=windows,
            owners=owners,
            titles=titles,
        ),
        terms,
        headings,
    )


@dataclass(frozen=True, slots=True)
class ListedVectors:
    """An encoder of made-up queries: "3" is the fourth vector; "" is a text that it knows no word of."""

    vectors: Vectors
    dimension: int = DIMENSION
    fingerprint: str = "listed"

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return np.array([self.vectors[int(t)] if t else np.zeros(DIMENSION) for t in texts], np.float32)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self.encode_queries(texts)


@pytest.fixture(scope="module")
def lite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """A Milvus Lite for a module; other processes may open its file afterwards."""
    uri = str(tmp_path_factory.mktemp("milvus") / "lite.db")
    yield connect(uri)
    disconnect(uri)
