"""The parts of a retriever: fitted from passages, saved to a folder, opened from it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.types import Passage
from index.arrays import load_array, save_arrays
from index.bm25 import Bm25Index, Bm25Retriever, fit_bm25, load_bm25
from index.dense import DenseRetriever
from index.encoders.opening import fresh_encoder, open_encoder
from index.encoders.settings import EncoderSettings
from index.encoders.use_encoder import UseEncoder
from index.faiss_store import FaissStore, exact_or_hnsw, load_faiss
from index.hybrid import HybridRetriever
from index.ranking import Leg
from index.terms import TERMS
from index.types import Encoder

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Legs:
    """Everything that ranks passages. Rows are numbered in the order of `ids`, which is sorted."""

    ids: npt.NDArray[np.bytes_]
    terms: Mapping[str, Bm25Index]
    store: FaissStore
    encoder: Encoder

    def save(self, folder: Path) -> None:
        """Write the legs' files."""
        save_arrays(folder, "passages", {"ids": self.ids})
        for name, index in self.terms.items():
            index.save(folder, name)
        self.store.save(folder / "dense.faiss")
        if isinstance(self.encoder, UseEncoder):
            self.encoder.save(folder / "encoder")

    def retriever(self) -> HybridRetriever:
        """Return the legs searched together."""
        legs: dict[str, Leg] = {name: Bm25Retriever(index, TERMS[name]) for name, index in self.terms.items()}
        legs["dense"] = DenseRetriever(self.encoder, self.store)
        return HybridRetriever(self.ids, legs)


def load_legs(folder: Path, settings: EncoderSettings, fingerprint: str) -> Legs:
    """Map saved legs; a model by name is opened when it is first asked."""
    ids = load_array(folder, "passages", "ids")
    terms = {name: load_bm25(folder, name, size=len(ids)) for name in TERMS}
    store = load_faiss(folder / "dense.faiss")
    return Legs(ids, terms, store, open_encoder(settings, folder / "encoder", fingerprint))


def fit_legs(
    passages: Sequence[Passage], settings: EncoderSettings, progress: Progress | None = None
) -> Legs:
    """Index the passages' `indexed_text`."""
    ordered = sorted(passages, key=lambda passage: passage.id.encode())
    texts = [passage.indexed_text for passage in ordered]
    tell = progress or _silent
    terms = {}
    for number, (name, analyse) in enumerate(TERMS.items()):
        tell("語の索引", number, len(TERMS))
        terms[name] = fit_bm25([analyse(text) for text in texts])
    tell("語の索引", len(TERMS), len(TERMS))
    tell("ベクトル", 0, len(texts))
    encoder = fresh_encoder(settings)
    store = exact_or_hnsw(encoder.encode_passages(texts))
    tell("ベクトル", len(texts), len(texts))
    ids = np.array([passage.id.encode() for passage in ordered], dtype=np.bytes_)
    return Legs(ids, terms, store, encoder)


def build_retriever(
    passages: Sequence[Passage], *, encoder: EncoderSettings | None = None
) -> HybridRetriever:
    """Return a throw-away retriever in memory, as for one evaluation."""
    return fit_legs(passages, encoder or EncoderSettings()).retriever()


def _silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""
