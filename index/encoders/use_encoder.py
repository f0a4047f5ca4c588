"""The built-in encoder: texts in, unit vectors out, over mapped files; no torch, no network."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.encoders.settings import EncoderError
from index.encoders.use_model import embeddings, encode_pieces
from index.encoders.use_package import read_package
from index.encoders.use_tokenizer import BEGIN, END, PieceData, UseTokenizer, load_pieces
from index.encoders.use_tuning import FINGERPRINT, tuned
from index.encoders.use_weights import DIMENSION, UseWeights, load_weights
from index.types import Vectors

# Pieces encoded as one matrix. Passages of 300 characters a second on one busy thread: 256 give 108, 512 128,
# 1,024 146, 2,048 140, 4,096 137. Texts that hold one another (see `use_model`), in seconds for a thousand sentences
# with their lines and sections: 1,024 2.8, 4,096 2.3, 8,192 2.3.
MOST_TOGETHER = 4096
_RAREST = 16.0  # minus the logarithm of the rarest pieces' shares


class UseEncoder:
    """Google's multilingual Universal Sentence Encoder 3, tuned to questions and passages; safe to share between threads.

    It leaves the number of BLAS threads alone, which is the whole process's: `qa.process_setup` sets it to one.
    """

    def __init__(self, weights: UseWeights, pieces: PieceData) -> None:
        self._weights, self._pieces = weights, pieces
        self._tokenizer = UseTokenizer(pieces)
        # A text of unknown characters only is a space, which begins every word, and an unknown piece.
        self._blank = frozenset((BEGIN, END, *self._tokenizer.cut("\N{SUSHI}")))

    def save(self, folder: Path) -> None:
        """Write what the query path needs into the folder (84 MB), made if missing."""
        folder.mkdir(parents=True, exist_ok=True)
        self._weights.save(folder)
        self._pieces.save(folder)

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""
        return DIMENSION

    @property
    def fingerprint(self) -> str:
        """Return what names the weights and the way of computing."""
        return FINGERPRINT

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of shape (n, dimension); zeros where a text has no letter or digit that is known."""
        return self._encode([self._cut(text) for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of shape (n, dimension), as for queries."""
        return self.encode_queries(texts)

    def placed(self, text: str) -> list[tuple[int, int, int, bool]]:
        """Return the word pieces of a stretch with their places: see `UseTokenizer.placed`."""
        return self._tokenizer.placed(text)

    def embeddings(self, pieces: npt.NDArray[np.int64]) -> Vectors:
        """Return the embeddings of word pieces, before any layer: (n, dimension)."""
        return embeddings(self._weights, pieces)

    def rarity(self, pieces: npt.NDArray[np.int64]) -> Vectors:
        """Return how rare word pieces are in the language at large, some 0 to 1."""
        return np.asarray(-self._pieces.scores[pieces] / _RAREST, np.float32)

    def _cut(self, text: str) -> list[int]:
        return self._tokenizer.encode(text) if any(map(str.isalnum, text)) else []

    def _encode(self, cut: Sequence[Sequence[int]]) -> Vectors:
        encoded = np.zeros((len(cut), DIMENSION), np.float32)
        known = [number for number, pieces in enumerate(cut) if not self._blank.issuperset(pieces)]
        for group in _groups(cut, known):
            encoded[group] = encode_pieces(self._weights, [cut[number] for number in group])
        return encoded


def _groups(cut: Sequence[Sequence[int]], numbers: Sequence[int]) -> Iterator[list[int]]:
    """Yield runs of texts of at most MOST_TOGETHER pieces; a text is never parted."""
    group: list[int] = []
    pieces = 0
    for number in numbers:
        if group and pieces + len(cut[number]) > MOST_TOGETHER:
            yield group
            group, pieces = [], 0
        group.append(number)
        pieces += len(cut[number])
    if group:
        yield group


@cache
def fresh_use() -> UseEncoder:
    """Return the encoder from pip's files, in memory (some 4 s, once a process); EncoderError if they are bad."""
    weights, pieces = read_package()
    return UseEncoder(tuned(weights), pieces)


def open_use(folder: Path) -> UseEncoder:
    """Map the files; EncoderError if one is missing, cut short or of another shape."""
    try:
        return UseEncoder(load_weights(folder), load_pieces(folder))
    except (OSError, ValueError, EOFError) as error:
        raise EncoderError(
            f"内蔵の埋め込みモデルのファイル（{folder.name}）を開けません（{error}）。"
            "「madoguchi build」で索引を作り直してください。"
        ) from error
