"""Which operation a masked question asks for: small networks over its letters, words and meaning; NumPy only."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.lexicon.scripts import HIRAGANA_WORD
from index.tokenizer import shared_tokenizer
from index.types import Encoder, Token
from qa.frames.exact.masking import AMOUNT, COUNT, DIVISION, ITEMS, SIGNS, SOURCE
from qa.frames.operations import Operation

RUNS = (1, 2, 3, 4)
"""Letters of the runs that are counted."""
_REACH = 10
"""How many words apart two words may stand that are counted as a pair: 「新規 … 合計」 says more than either."""
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
PAIRS = 1.5  # length of the signs of words, beside those of letters
_MEANING = 2.0  # length of the vector beside both
_MARKS = "補助記号"
_NOUNS, _NUMERAL = frozenset(("名詞", "形状詞")), "数詞"
Numbers = npt.NDArray[np.float32]
Layer = tuple[Numbers, Numbers]


@dataclass(frozen=True)
class OperationModel:
    """`runs` and `pairs` number what the model knows of letters and of words; its signs are these, then the encoder's vector.

    `layers` of the networks are weights and bias each: those of the first layer of all stand side by side, of shape (signs,
    networks × width), the last one's are of shape (networks, width, labels). What they say is averaged.
    `words` are those that several wordings of budget questions have, as Sudachi normalises them.
    """

    runs: Mapping[str, int]
    pairs: Mapping[str, int]
    labels: tuple[str, ...]
    layers: tuple[Layer, Layer]
    words: frozenset[str]
    joins: frozenset[str] = frozenset()
    """Nouns that stand right behind an item, or before it, and leave it that item: 甲予算額."""

    def chances(self, masked: str, encoder: Encoder) -> dict[Operation, float]:
        """Return the probability of each operation."""
        text = plain(masked, self.words)
        letters, words = known(runs_of(text), self.runs), known(pairs_of(text), self.pairs)
        shift = len(self.runs) + len(self.pairs)
        (weights, bias), (out, out_bias) = self.layers
        hidden = bias + meaning_of([text], encoder)[0] @ weights[shift:]
        hidden += weights[letters].sum(axis=0) / max(len(letters), 1) ** 0.5
        hidden += PAIRS * weights[[len(self.runs) + n for n in words]].sum(axis=0) / max(len(words), 1) ** 0.5
        inner = np.maximum(hidden, 0).reshape(len(out), 1, -1)
        logits = (inner @ out)[:, 0] + out_bias
        raised = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances = (raised / raised.sum(axis=1, keepdims=True)).mean(axis=0)
        return dict(zip(map(Operation, self.labels), chances.tolist(), strict=True))


def load_operations(path: Path) -> OperationModel:
    """Read a saved model."""
    with np.load(path) as held:
        runs, pairs = (
            {str(sign): number for number, sign in enumerate(held[name])} for name in ("runs", "pairs")
        )
        labels = tuple(map(str, held["labels"]))
        weights = held["weights"] * held["scale"]
        layers = (weights, held["bias"]), (held["out"], held["out_bias"])
        words, joins = (frozenset(map(str, held[name])) for name in ("words", "joins"))
        return OperationModel(runs, pairs, labels, layers, words, joins)


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
    """Return a masked question with UNKNOWN for each run of nouns that are not known.

    What is written in hiragana alone is a word of dialect or a slip more often than a name: it stays.
    """
    parts: list[str] = []
    position = 0
    for token in nouns_of(masked):
        if token.normalized in known or token.surface in known or HIRAGANA_WORD.fullmatch(token.surface):
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


def pairs_of(masked: str) -> Iterator[str]:
    """Yield the words of a masked question, normalised, and each two of them that stand near one another, in order."""
    tokens = shared_tokenizer().tokens(masked)
    words = [token.normalized for token in tokens if token.surface.strip() and token.pos != _MARKS]
    for place, word in enumerate(words):
        yield word
        for other in words[place + 1 : place + 1 + _REACH]:
            yield f"{word} {other}"


def meaning_of(masked: Sequence[str], encoder: Encoder) -> Numbers:
    """Return the vectors of masked questions as a person would say them, of shape (n, dimension)."""
    return np.asarray(_MEANING * encoder.encode_queries([spoken(text) for text in masked]), np.float32)


def known(signs: Iterable[str], numbers: Mapping[str, int]) -> list[int]:
    """Return the numbers of the signs that are known, each once."""
    return [numbers[sign] for sign in dict.fromkeys(signs) if sign in numbers]


def spoken(masked: str) -> str:
    """Return a masked question as a person would say it."""
    for sign, words in _SPOKEN.items():
        masked = masked.replace(sign, words)
    return masked
