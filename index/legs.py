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
from index.encoder import EncoderSettings
from index.hybrid import HybridRetriever
from index.pretrained import PretrainedEncoder
from index.ranking import Leg
from index.static import StaticEncoder, StaticVectors, load_static
from index.terms import TERMS
from index.types import Encoder
from index.vectors.stores import SavedStore, fit_store, load_store

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Legs:
    """Everything that ranks passages. Rows are numbered in the order of `ids`, which is sorted."""

    ids: npt.NDArray[np.bytes_]
    terms: Mapping[str, Bm25Index]
    store: SavedStore
    encoder: Encoder
    static: StaticVectors | None

    def save(self, folder: Path) -> None:
        """Write the legs' files."""
        save_arrays(folder, "passages", {"ids": self.ids})
        for name, index in self.terms.items():
            index.save(folder, name)
        self.store.save(folder / "dense.vectors")
        if self.static is not None:
            self.static.save(folder)

    def retriever(self) -> HybridRetriever:
        """Return the legs searched together."""
        legs: dict[str, Leg] = {name: Bm25Retriever(index, TERMS[name]) for name, index in self.terms.items()}
        legs["dense"] = DenseRetriever(self.encoder, self.store)
        return HybridRetriever(self.ids, legs)


def load_legs(folder: Path, settings: EncoderSettings, fingerprint: str) -> Legs:
    """Map saved legs; a model by name is opened when it is first asked."""
    ids = load_array(folder, "passages", "ids")
    terms = {name: load_bm25(folder, name, size=len(ids)) for name in TERMS}
    store = load_store(folder / "dense.vectors")
    if settings.name is not None:
        return Legs(ids, terms, store, PretrainedEncoder(settings, fingerprint), None)
    static = load_static(folder)
    return Legs(ids, terms, store, StaticEncoder(static, fingerprint), static)


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
    encoder, static = _fitted(settings, texts)
    store = fit_store(encoder.encode_passages(texts))
    tell("ベクトル", len(texts), len(texts))
    ids = np.array([passage.id.encode() for passage in ordered], dtype=np.bytes_)
    return Legs(ids, terms, store, encoder, static)


def build_retriever(
    passages: Sequence[Passage], *, encoder: EncoderSettings | None = None
) -> HybridRetriever:
    """Return a throw-away retriever in memory, as for one evaluation."""
    return fit_legs(passages, encoder or EncoderSettings()).retriever()


def _fitted(settings: EncoderSettings, texts: Sequence[str]) -> tuple[Encoder, StaticVectors | None]:
    if settings.name is not None:
        return PretrainedEncoder(settings), None
    from index.chive import chive
    from index.sif import ComposedEncoder, fit_static

    words = chive()
    static = fit_static(words, texts)
    return ComposedEncoder(words, static), static


def _silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""
