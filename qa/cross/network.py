"""The cross-encoder in NumPy: a transformer of two layers (Vaswani et al. 2017) over a question and a text together.

Each word piece comes in as the built-in encoder's embedding, its part, and how it meets the other side; attention has
a learned bias for each distance (Raffel et al. 2020). `eval/training/cross` has the same network in torch; a test
holds them equal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from qa.cross.reading import ASKED, LONGEST, START, TEXT, Pair

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
_EPSILON = np.float32(1e-5)
_LEAST = -64.0  # the score of an answer in a text without word pieces
_EXTREME = 5.0  # standard deviations beyond which a sign of a choice says no more
_CUBIC = np.float32(0.044715)
_FLAT = np.float32(80)  # what exp still holds in single precision
_CURVE = np.float32((2 / np.pi) ** 0.5)  # the tanh form of the Gaussian error linear unit


@dataclass(frozen=True, slots=True)
class Judged:
    """Of each pair: the `score` that it answers, the score that `nothing` does, and of each word piece of its text
    the scores that the answer begins and ends with it, (word pieces, 2)."""

    score: Floats
    nothing: Floats
    ends: tuple[Floats, ...]


class CrossEncoder:
    """Scores pairs. Opening maps nothing and imports nothing heavy."""

    def __init__(self, weights: Mapping[str, npt.NDArray[np.float16]]) -> None:
        self._w = {name: array.astype(np.float32) for name, array in weights.items()}
        self._layers = sum(name.endswith(".qkv.weight") for name in self._w)
        self._heads = self._w["rel"].shape[1]
        self._biases = _biases(self._w["rel"], LONGEST)

    @property
    def signs(self) -> int:
        """Return how many signs of a choice come with each pair."""
        return int(self._w["signs.mean"].shape[0])

    @classmethod
    def open(cls, path: Path) -> "CrossEncoder":
        """Read the weights that training saved."""
        with np.load(path) as stored:
            return cls({name: stored[name] for name in stored.files})

    def judged(self, pairs: Sequence[Pair], vectors: Floats, places: Ints, signs: Floats) -> Judged:
        """Return what the network tells of pairs.

        The embedding of each word piece of all pairs, one after the other, is `vectors[places]`; `signs` (pairs, …) tell
        of each pair what it was chosen by.
        """
        w = self._w
        sizes = [len(pair.pieces) for pair in pairs]
        starts = np.cumsum([0, *sizes])
        rows = [slice(start, stop) for start, stop in pairwise(starts.tolist())]
        parts = np.concatenate([pair.parts for pair in pairs])
        met = np.concatenate([pair.signs for pair in pairs])
        known = (vectors / w["scale"]) @ w["proj.weight"].T
        told = known[places] + w["seg.weight"][parts] + self._linear("feat", met)
        told[parts == START] = w["cls"] + w["seg.weight"][START]
        told = self._normal("n0", told)
        for layer in range(self._layers):
            told = self._through(layer, told, rows)
        told = self._normal("nf", told)
        pooled = np.stack([self._pooled(told[own], parts[own]) for own in rows])
        scaled = np.clip((signs - w["signs.mean"]) / w["signs.spread"], -_EXTREME, _EXTREME)
        every = self._linear("span", told)
        ends = tuple(every[own][pair.text :] for own, pair in zip(rows, pairs, strict=True))
        phrase = np.stack([one.max(axis=0, initial=_LEAST) for one in ends])
        hidden = self._linear("pool", pooled) + self._linear("signs", scaled) + phrase @ w["told.weight"].T
        return Judged(
            self._linear("out", np.maximum(hidden, 0))[:, 0], self._linear("none", pooled)[:, 0], ends
        )

    def _through(self, layer: int, told: Floats, rows: Sequence[slice]) -> Floats:
        name = f"ls.{layer}"
        asked = self._linear(f"{name}.qkv", self._normal(f"{name}.n1", told))
        seen = np.concatenate([self._attended(layer, asked[own]) for own in rows])
        told = told + self._linear(f"{name}.o", seen)
        inner = self._linear(f"{name}.a", self._normal(f"{name}.n2", told))
        return told + self._linear(f"{name}.b", _gelu(inner))

    def _attended(self, layer: int, asked: Floats) -> Floats:
        size, width = len(asked), asked.shape[1] // 3
        query, key, value = asked.reshape(size, 3, self._heads, -1).transpose(1, 2, 0, 3)
        looks = (query / np.float32(query.shape[2] ** 0.5)) @ key.transpose(0, 2, 1)
        looks += self._biases[layer, :, :size, :size]
        looks -= looks.max(axis=2, keepdims=True)
        np.exp(looks, out=looks)
        looks /= looks.sum(axis=2, keepdims=True)
        return np.asarray((looks @ value).transpose(1, 0, 2).reshape(size, width), np.float32)

    def _pooled(self, told: Floats, parts: npt.NDArray[np.int64]) -> Floats:
        """Join the first place, the mean of the question's and the largest of the text's."""
        asked, own = told[parts == ASKED], told[parts == TEXT]
        empty = np.zeros(told.shape[1], np.float32)
        return np.concatenate(
            [
                told[0],
                asked.mean(axis=0) if len(asked) else empty,
                own.max(axis=0) if len(own) else empty - 4,
            ]
        )

    def _linear(self, name: str, rows: Floats) -> Floats:
        return np.asarray(rows @ self._w[f"{name}.weight"].T + self._w[f"{name}.bias"], np.float32)

    def _normal(self, name: str, rows: Floats) -> Floats:
        centred = rows - rows.mean(axis=1, keepdims=True)
        spread = np.sqrt(np.einsum("ij,ij->i", centred, centred)[:, None] / rows.shape[1] + _EPSILON)
        return np.asarray(centred / spread * self._w[f"{name}.weight"] + self._w[f"{name}.bias"], np.float32)


def _biases(learned: Floats, size: int) -> Floats:
    """Return the bias of each place for each other, (layers, heads, size, size), from that of each distance."""
    reach = learned.shape[2] // 2
    order = np.arange(size)
    return np.ascontiguousarray(learned[:, :, np.clip(order - order[:, None], -reach, reach) + reach])


def _gelu(values: Floats) -> Floats:
    """Return the tanh form, written with exp, which NumPy computes many times faster than tanh and powers."""
    inner = values * values
    inner *= _CUBIC
    inner += 1
    inner *= values
    inner *= -2 * _CURVE
    np.minimum(inner, _FLAT, out=inner)
    np.exp(inner, out=inner)
    inner += 1
    return np.asarray(values / inner, np.float32)
