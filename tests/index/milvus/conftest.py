"""A small index whose every score can be worked out by brute force, and a Milvus Lite to put it into."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from index.bm25 import Bm25Index, fit_bm25
from index.keys import Hashes, hash_keys
from index.milvus.connection import Connection, connect, disconnect
from index.milvus.segment_rows import SegmentRows
from index.types import Vectors

DIMENSION = 16
WORDS = [f"語{number}" for number in range(60)]


def unit(size: int, *, seed: int) -> Vectors:
    """Return random unit vectors."""
    vectors = np.random.default_rng(seed).normal(size=(size, DIMENSION)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


@dataclass(frozen=True, slots=True)
class Given:
    """A segment with its truth: the terms of its passages, and which heading each stands under."""

    rows: SegmentRows
    headings: npt.NDArray[np.int64]


def segment(name: str, size: int, *, seed: int, documents: int = 4) -> Given:
    """Return a segment of random passages: one to four windows each, one heading for some three of them."""
    random = np.random.default_rng(seed)
    texts = {
        leg: [random.choice(WORDS, random.integers(0, 12)).tolist() for _ in range(size)]
        for leg in ("words", "bigrams")
    }
    owners = np.repeat(np.arange(size), random.integers(1, 5, size))
    return Given(
        SegmentRows(
            name=name,
            passages=[f"{name}-{row:04d}" for row in range(size)],
            documents=[f"{name}-文書{row % documents}" for row in range(size)],
            terms={leg: fit_bm25(terms) for leg, terms in texts.items()},
            windows=unit(len(owners), seed=seed + 1),
            owners=owners,
            titles=unit(size // 3 + 1, seed=seed + 2),
        ),
        headings=np.arange(size) // 3,
    )


@dataclass(frozen=True, slots=True)
class PlainWeights:
    """Every known term weighs one for each time that it is in the query."""

    known: Hashes

    def __call__(self, terms: Sequence[str]) -> tuple[Hashes, npt.NDArray[np.float32]]:
        hashes, times = np.unique(hash_keys(terms), return_counts=True)
        there = np.isin(hashes, self.known)
        return hashes[there], times[there].astype(np.float32)


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


def postings(given: Given, leg: str) -> Bm25Index:
    """Return the postings of a leg."""
    found = given.rows.terms[leg]
    assert isinstance(found, Bm25Index)
    return found


@pytest.fixture(scope="module")
def lite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """A Milvus Lite for a module; other processes may open its file afterwards."""
    uri = str(tmp_path_factory.mktemp("milvus") / "lite.db")
    yield connect(uri)
    disconnect(uri)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home."""
    return tmp_path / "home"
