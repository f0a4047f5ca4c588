"""Which operation a masked question asks for: a linear model over runs of its letters and its meaning; NumPy only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.tokenizer import shared_tokenizer
from index.types import Encoder
from qa.foreign.linear import LinearModel
from qa.frames.frame import Operation
from qa.frames.masking import ITEMS

RUNS = (1, 2, 3, 4)
"""Letters of the runs that are counted."""
_SAID = dict(zip(ITEMS, ("この事業", "あの事業", "その事業"), strict=True))
_NOUN, _NUMERAL = "名詞", "数詞"
Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True)
class OperationModel:
    """`runs` number the runs of letters that the model knows; its signs are these, then the encoder's vector.

    `nouns` are those of the wordings about figures: another one may narrow what is asked.
    """

    runs: Mapping[str, int]
    linear: LinearModel
    nouns: frozenset[str]

    def knows(self, masked: str) -> bool:
        """Tell whether every noun of a masked question is one that wordings about figures have."""
        return nouns_of(masked) <= self.nouns

    def chances(self, masked: str, encoder: Encoder) -> dict[Operation, float]:
        """Return the probability of each operation."""
        signs = signs_of([masked], self.runs, encoder)
        told = self.linear.one_of(signs)[0].tolist()
        return dict(zip(map(Operation, self.linear.labels), told, strict=True))

    def save(self, path: Path) -> None:
        """Write the model; half precision."""
        np.savez_compressed(
            path,
            runs=np.array(list(self.runs)),
            nouns=np.array(sorted(self.nouns)),
            labels=np.array(self.linear.labels),
            weights=self.linear.weights.astype(np.float16),
            bias=self.linear.bias,
        )


def load_operations(path: Path) -> OperationModel:
    """Read a saved model."""
    with np.load(path) as held:
        runs = {str(run): number for number, run in enumerate(held["runs"])}
        labels = tuple(map(str, held["labels"]))
        linear = LinearModel(labels, held["weights"].astype(np.float32), held["bias"])
        return OperationModel(runs, linear, frozenset(map(str, held["nouns"])))


@cache
def shipped_operations() -> OperationModel:
    """Return the model that the project ships."""
    with as_file(files("qa.frames") / "model" / "operations.npz") as path:
        return load_operations(path)


def nouns_of(masked: str) -> set[str]:
    """Return the nouns of a masked question, numbers and what stands for items aside."""
    tokens = shared_tokenizer().tokens(masked)
    return {
        t.normalized for t in tokens if t.pos == _NOUN and t.subpos != _NUMERAL and t.surface not in ITEMS
    }


def runs_of(masked: str) -> Iterator[str]:
    """Yield the runs of letters of a masked question, its ends marked."""
    text = f"^{masked}$"
    for length in RUNS:
        for start in range(len(text) - length + 1):
            yield text[start : start + length]


def signs_of(masked: Sequence[str], runs: Mapping[str, int], encoder: Encoder) -> Numbers:
    """Return signs of shape (n, runs + dimension): which runs are there, of unit length, and the vector."""
    there = np.zeros((len(masked), len(runs)), np.float32)
    for row, text in enumerate(masked):
        known = [runs[run] for run in set(runs_of(text)) if run in runs]
        there[row, known] = 1 / max(len(known), 1) ** 0.5
    meant = encoder.encode_queries([spoken(text) for text in masked])
    return np.concatenate([there, meant], axis=1)


def spoken(masked: str) -> str:
    """Return a masked question as a person would say it."""
    for sign, words in _SAID.items():
        masked = masked.replace(sign, words)
    return masked
