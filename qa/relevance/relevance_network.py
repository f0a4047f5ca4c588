"""The network in NumPy: it reads a question against all words of the passages at once, then each stretch of them.

Word vectors are compared word by word, as in decomposable attention (Parikh et al. 2016), with kernels over their
likeness (Xiong et al. 2017); what is learnt is which words of a question must be met and how. `eval/training/relevance`
has the same network in torch; a test holds them equal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
_NONE = np.float32(-1e9)


@dataclass(frozen=True, slots=True)
class Seen:
    """Words as the network sees them: `likeness` (words, dimension) unit vectors, `input` (words, inputs)."""

    likeness: Floats
    input: Floats


class Network:
    """Scores stretches of text. Opening maps nothing and imports nothing heavy."""

    def __init__(self, weights: Mapping[str, npt.NDArray[np.float16]]) -> None:
        self._w = {name: array.astype(np.float32) for name, array in weights.items()}

    @classmethod
    def open(cls, path: Path) -> "Network":
        """Read the weights that training saved."""
        with np.load(path) as stored:
            return cls({name: stored[name] for name in stored.files})

    def see(self, vectors: Floats, ranks: Floats, common: Ints, tags: Ints) -> Seen:
        """Return words as inputs; `vectors` (words, 96), `ranks` in 0–1."""
        projected = vectors @ self._w["project"]
        lengths = np.linalg.norm(projected, axis=1, keepdims=True)
        likeness = projected / np.maximum(lengths, np.float32(1e-6))
        return Seen(
            likeness,
            np.hstack([projected, self._w["common"][common], self._w["tags"][tags], ranks[:, None]]),
        )

    def context(self, seen: Seen, side: str) -> Floats:
        """Return each word in its surroundings, (words, hidden); `side` is `question` or `text`."""
        padded = np.pad(seen.input, ((1, 1), (0, 0)))
        return _relu(
            padded[:-2] @ self._w[f"{side}.before"]
            + padded[1:-1] @ self._w[f"{side}.at"]
            + padded[2:] @ self._w[f"{side}.after"]
            + self._w[f"{side}.bias"]
        )

    def scores(
        self, asked: Seen, told: Seen, told_context: Floats, match: Floats, words: Ints, own: Floats
    ) -> tuple[Floats, Floats]:
        """Return a score for each stretch (higher is better), and the logit that it answers at all.

        `match` (question, text) is 1 for the same word; `words`, `own` (stretches, words) as `layout` makes them.
        """
        w, question = self._w, self.context(asked, "question")
        like = np.maximum(asked.likeness @ told.likeness.T, match)
        attention = (
            (question @ w["ask"]) @ (told_context @ w["tell"]).T / np.float32(question.shape[1] ** 0.5)
        )
        attention = attention + w["sharp"] * like
        gates = np.hstack([question, asked.input])
        weight = _softmax((gates @ w["gate"] + w["gate.bias"])[:, 0])
        kind = _softmax((gates @ w["kind"] + w["kind.bias"])[:, 0])

        # Once a word of the text: how the question looks from it, and whether it is of the kind asked for.
        beside = _softmax(attention.T) @ question
        met = np.stack([like.max(axis=0), match.max(axis=0), told.input[:, -1]], axis=1)
        from_text = _relu(np.hstack([told_context, told_context * beside, met]) @ w["back"] + w["back.bias"])
        wanted = np.tanh((kind @ question) @ w["wanted"] + w["wanted.bias"])
        of_kind = np.tanh(np.hstack([told_context, met]) @ w["given"] + w["given.bias"]) * wanted

        # Then a stretch: its words, gathered.
        there, mine = words >= 0, own > 0
        at = np.maximum(words, 0)
        # A stretch's own words come first; what is asked of them alone is not asked of the rest.
        first = slice(int(mine.sum(axis=1).max(initial=1)))
        mine, at_own = mine[:, first], at[:, first]
        near, same = like.T[at], match.T[at]  # (stretches, words, question)
        looks = np.where(there[:, :, None], attention.T[at], _NONE)
        aligned = _softmax(looks, axis=1).transpose(0, 2, 1) @ told_context[at]
        met_all, met_own = _most(near, there), _most(near[:, first], mine)
        same_all, same_own = _most(same, there), _most(same[:, first], mine)
        ranks = np.broadcast_to(asked.input[:, -1], met_own.shape)
        kernel = np.exp(-np.square(met_own - np.float32(0.5)) / np.float32(0.02))
        each = np.broadcast_to(question, aligned.shape)
        signs = np.stack([met_all, met_own, same_all, same_own, ranks, kernel], axis=2)
        compared = _relu(
            np.concatenate([each, aligned, each * aligned, signs], axis=2) @ w["compare"] + w["compare.bias"]
        )
        covered = np.stack([met_own @ weight, met_all @ weight, same_own @ weight, same_all @ weight], axis=1)
        backward = from_text[at_own] * mine[:, :, None]
        size = mine.sum(axis=1, keepdims=True).astype(np.float32)
        kinds = np.where(mine[:, :, None], of_kind[at_own], np.float32(-9)).max(axis=1)
        best = np.where(mine, of_kind.sum(axis=1)[at_own], np.float32(-100)).max(axis=1, keepdims=True) / 4
        features = np.hstack(
            [
                weight @ compared,
                compared.max(axis=1),
                backward.max(axis=1),
                backward.sum(axis=1) / np.maximum(size, 1),
                kinds,
                covered,
                best,
                np.log1p(size),
            ]
        )
        out = _relu(features @ w["hidden"] + w["hidden.bias"]) @ w["out"] + w["out.bias"]
        return out[:, 0], out[:, 1]


def _relu(values: Floats) -> Floats:
    return np.maximum(values, np.float32(0))


def _softmax(values: Floats, axis: int = -1) -> Floats:
    raised = np.exp(values - values.max(axis=axis, keepdims=True))
    return np.asarray(raised / raised.sum(axis=axis, keepdims=True))


def _most(likeness: Floats, mask: npt.NDArray[np.bool_]) -> Floats:
    """Return the best likeness of each word of the question in each stretch, (stretches, question)."""
    return np.asarray(np.where(mask[:, :, None], likeness, np.float32(0)).max(axis=1, initial=0))
