"""Which operation a masked question asks for: a linear model over runs of its letters and its meaning; NumPy only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.tokenizer import shared_tokenizer
from index.types import Encoder, Token
from qa.foreign.linear import LinearModel
from qa.frames.masking import AMOUNT, COUNT, DIVISION, ITEMS, SIGNS, SOURCE
from qa.frames.operations import Operation

RUNS = (1, 2, 3, 4)
"""Letters of the runs that are counted."""
UNKNOWN = "〇"
"""What stands for a noun that no wording of a budget question has: its place tells whether it narrows an item."""
_SPOKEN = {
    **dict(zip(ITEMS, ("この事業", "あの事業", "その事業", "別の事業"), strict=True)),
    SOURCE: "国",
    DIVISION: "この課",
    COUNT: "3つ",
    AMOUNT: "1億円",
    UNKNOWN: "それ",
}
_MEANING = 2.0  # length of the vector beside the runs
_NOUNS, _NUMERAL = frozenset(("名詞", "形状詞")), "数詞"
Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True)
class OperationModel:
    """`runs` number the runs of letters that the model knows; its signs are these, then the encoder's vector.

    `words` are those that several wordings of budget questions have, as Sudachi normalises them.
    """

    runs: Mapping[str, int]
    linear: LinearModel
    words: frozenset[str]
    joins: frozenset[str] = frozenset()
    """Nouns that stand right behind an item, or before it, and leave it that item: 甲予算額."""

    def chances(self, masked: str, encoder: Encoder) -> dict[Operation, float]:
        """Return the probability of each operation."""
        signs = signs_of([plain(masked, self.words)], self.runs, encoder)
        told = self.linear.one_of(signs)[0].tolist()
        return dict(zip(map(Operation, self.linear.labels), told, strict=True))

    def save(self, path: Path) -> None:
        """Write the model; half precision."""
        np.savez_compressed(
            path,
            runs=np.array(list(self.runs)),
            words=np.array(sorted(self.words)),
            joins=np.array(sorted(self.joins)),
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
        words, joins = (frozenset(map(str, held[name])) for name in ("words", "joins"))
        return OperationModel(runs, linear, words, joins)


@cache
def shipped_operations() -> OperationModel:
    """Return the model that the project ships."""
    with as_file(files("qa.frames") / "model" / "operations.npz") as path:
        return load_operations(path)


def nouns_of(masked: str) -> list[Token]:
    """Return the nouns of a masked question, numbers and what stands for something exact aside."""
    return [
        token
        for token in shared_tokenizer().tokens(masked)
        if token.pos in _NOUNS and token.subpos != _NUMERAL and not SIGNS & set(token.surface)
    ]


def plain(masked: str, known: frozenset[str]) -> str:
    """Return a masked question with UNKNOWN for each run of nouns that are not known."""
    parts: list[str] = []
    position = 0
    for token in nouns_of(masked):
        if token.normalized in known or token.surface in known:
            continue
        between = masked[position : token.start]
        if between or not parts:
            parts += [between, UNKNOWN]
        position = token.end
    return "".join([*parts, masked[position:]])


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
    meant = _MEANING * encoder.encode_queries([spoken(text) for text in masked])
    return np.concatenate([there, meant], axis=1)


def spoken(masked: str) -> str:
    """Return a masked question as a person would say it."""
    for sign, words in _SPOKEN.items():
        masked = masked.replace(sign, words)
    return masked
