"""What a question asks of a table, told by a small network over its letters, words and meaning; NumPy only."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.tokenizer import shared_tokenizer

BUCKETS = 8_192
NONE = "none"
"""The label of a question that no table is asked."""
_RUNS = (1, 2, 3)
_MARKS = ("補助記号", "空白")
Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True)
class AskedModel:
    """`letters` (buckets, width) and `meaning` (dimension, width) feed one hidden layer; a head each tells the operation and the
    kind of column that is asked for."""

    operations: tuple[str, ...]
    kinds: tuple[str, ...]
    letters: Numbers
    meaning: Numbers
    bias: Numbers
    to_operations: Numbers
    operations_bias: Numbers
    to_kinds: Numbers
    kinds_bias: Numbers

    def told(self, masked: str, vector: Numbers) -> tuple[Numbers, Numbers]:
        """Return the logarithms of the probabilities of each operation, and of each kind of column."""
        buckets = buckets_of(masked)
        hidden = self.bias + vector @ self.meaning
        hidden = hidden + self.letters[buckets].sum(axis=0) / max(len(buckets), 1) ** 0.5
        hidden = np.maximum(hidden, 0)
        return _log_softmax(hidden @ self.to_operations + self.operations_bias), _log_softmax(
            hidden @ self.to_kinds + self.kinds_bias
        )


def buckets_of(masked: str) -> list[int]:
    """Return the buckets of the runs of letters and the words of a masked question, each once."""
    return sorted({zlib.crc32(sign.encode()) % BUCKETS for sign in _signs(masked)})


def _signs(masked: str) -> Iterator[str]:
    text = f"^{masked}$"
    for length in _RUNS:
        for start in range(len(text) - length + 1):
            yield text[start : start + length]
    words = [
        t.normalized for t in shared_tokenizer().tokens(masked) if t.surface.strip() and t.pos not in _MARKS
    ]
    for place, word in enumerate(words):
        yield f"w {word}"
        for other in words[place + 1 : place + 4]:
            yield f"p {word} {other}"


def _log_softmax(logits: Numbers) -> Numbers:
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)), np.float32)


def load_asked(path: Path) -> AskedModel:
    """Read a saved model."""
    with np.load(path) as held:
        arrays = {
            name: held[name].astype(np.float32)
            for name in AskedModel.__dataclass_fields__
            if name not in ("operations", "kinds")
        }
        return AskedModel(tuple(map(str, held["operations"])), tuple(map(str, held["kinds"])), **arrays)


@cache
def shipped_asked() -> AskedModel:
    """Return the model that the project ships."""
    with as_file(files("qa.tables") / "model" / "asked.npz") as path:
        return load_asked(path)


def spoken(masked: str) -> str:
    """Return a masked question as a person would say it."""
    for letter, words in {NAME: "これ", NAMED: "それ"}.items():
        masked = masked.replace(letter, words)
    return masked


NAME, NAMED = "甲", "乙"
"""What stands in a masked question for a cell of the column that names rows, and for another cell."""


def meanings_of(masked: Sequence[str], encode: "object") -> Numbers:
    """Return the vectors of masked questions, of shape (n, dimension)."""
    return np.asarray(encode([spoken(text) for text in masked]), np.float32)  # type: ignore[operator]
