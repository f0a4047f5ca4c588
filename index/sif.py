"""Fits the built-in encoder and composes it from sentence-transformers' own modules (build time)."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.chive import WordVectors
from index.keys import find, hash_keys
from index.offline import sentence_transformers
from index.static import StaticEncoder, StaticVectors, segment, static_fingerprint
from index.types import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# A word of probability p weighs a / (a + p). Measured on the municipal FAQ, nDCG@10: a = 1e-3 gives .388,
# 3e-4 .431, 1e-4 .426, 3e-5 .414; one component or four make no difference, none loses .016.
SMOOTHING = 3e-4
COMPONENTS = 1
# Below this many passages what they share is their subject, not the language: nothing is removed.
FEWEST_FOR_COMPONENTS = 50
# The Zipf-Mandelbrot shift: the very first words are not quite as common as 1 / rank says.
_ZIPF_SHIFT = 2.7
UNKNOWN = "\N{REPLACEMENT CHARACTER}"


def fit_static(words: WordVectors, passages: Sequence[str]) -> StaticVectors:
    """Weigh the words by how common they are, here and in general; find the common components."""
    segmented = [segment(passage) for passage in passages]
    fitted = StaticVectors(
        keys=words.keys,
        rows=words.rows,
        weights=_weights(words, segmented),
        vectors=words.vectors,
        components=np.zeros((0, words.vectors.shape[1]), np.float32),
    )
    components = _common(StaticEncoder(fitted, ""), passages)
    return StaticVectors(fitted.keys, fitted.rows, fitted.weights, fitted.vectors, components)


def _weights(words: WordVectors, segmented: Sequence[Sequence[str]]) -> npt.NDArray[np.float32]:
    """Return a / (a + p), p the mean of Zipf's law over the vocabulary and of the corpus's counts."""
    zipf = 1.0 / (words.ranks + _ZIPF_SHIFT)
    zipf /= zipf.sum()
    counts = Counter(word for text in segmented for word in text)
    places = find(words.keys, hash_keys(counts))
    own = np.zeros(len(words.keys))
    own[places[places >= 0]] = np.fromiter(counts.values(), np.float64, len(counts))[places >= 0]
    weights = SMOOTHING / (SMOOTHING + (zipf + own / max(1, counts.total())) / 2)
    # Three digits are plenty and let the words that share a row share a weight too.
    return np.round(weights, 3).astype(np.float32)


def _common(encoder: StaticEncoder, passages: Sequence[str]) -> npt.NDArray[np.float32]:
    """Return the first right singular vectors of the passages' vectors."""
    if len(passages) < FEWEST_FOR_COMPONENTS:
        return np.zeros((0, encoder.dimension), np.float32)
    encoded = encoder.encode_passages(passages).astype(np.float64)
    _, directions = np.linalg.eigh(encoded.T @ encoded)
    return np.ascontiguousarray(directions.T[::-1][:COMPONENTS], dtype=np.float32)


def compose(words: WordVectors, fitted: StaticVectors) -> "SentenceTransformer":
    """Return StaticEmbedding, Dense, Normalize; its texts are the words of `segment` joined by spaces."""
    modules = sentence_transformers().sentence_transformer.modules
    vocabulary, rows = _folded(words, fitted)
    embedding = modules.StaticEmbedding(_word_level(vocabulary), embedding_weights=rows)
    model: SentenceTransformer = sentence_transformers().SentenceTransformer(
        modules=[embedding, _removing(fitted.components), modules.Normalize()], device="cpu"
    )
    return model


def _folded(words: WordVectors, fitted: StaticVectors) -> tuple[dict[str, int], npt.NDArray[np.float32]]:
    """Return each word's number and the weighted rows; words with the same row and weight share a number."""
    pairs = fitted.rows * 1001 + np.round(fitted.weights * 1000).astype(np.int64)
    distinct, first, numbers = np.unique(pairs, return_index=True, return_inverse=True)
    rows = fitted.vectors[fitted.rows[first]].astype(np.float32)
    weighted = np.zeros((len(distinct) + 1, rows.shape[1]), np.float32)
    weighted[1:] = rows * fitted.weights[first, None]
    vocabulary = dict(zip(words.words, (numbers + 1).tolist(), strict=True))
    return {UNKNOWN: 0, **vocabulary}, weighted


def _word_level(vocabulary: dict[str, int]) -> object:
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import WhitespaceSplit

    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    return tokenizer


def _removing(components: npt.NDArray[np.float32]) -> object:
    """Return the linear layer I - UᵀU."""
    import torch

    size = components.shape[1]
    weight = np.eye(size, dtype=np.float32) - components.T @ components
    return sentence_transformers().sentence_transformer.modules.Dense(
        size, size, bias=False, activation_function=torch.nn.Identity(), init_weight=torch.from_numpy(weight)
    )


class ComposedEncoder:
    """The built-in encoder run by sentence-transformers: what the corpus is encoded with."""

    def __init__(self, words: WordVectors, fitted: StaticVectors) -> None:
        self._model = compose(words, fitted)
        self._fingerprint = static_fingerprint(fitted)
        self._dimension = int(fitted.vectors.shape[1])

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""
        return self._dimension

    @property
    def fingerprint(self) -> str:
        """Return the fingerprint of the exported vectors: both paths give the same."""
        return self._fingerprint

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of shape (n, dimension); zeros where no word is known."""
        sentences = [" ".join(segment(text)) for text in texts]
        if not sentences:
            return np.zeros((0, self._dimension), np.float32)
        return np.asarray(self._model.encode(sentences, show_progress_bar=False), np.float32)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of shape (n, dimension), as for queries."""
        return self.encode_queries(texts)
