"""How near the words of a question lie to a stretch of a passage: the same word, or one that means nearly the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.keys import Hashes, hash_keys

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Weighted = tuple[tuple[float, frozenset[str]], ...]

_ALIKE = 0.4
"""Cosines of two words up to this say nothing."""
_MOST = 0.7
"""The likeness of two different words, at most; the same word has 1."""
_HARDLY = 0.3
_REACH = 20.0
"""Characters over which a word's nearness falls to a third."""


class WordVectors(Protocol):
    """Unit vectors of words; zeros for an unknown one."""

    def of(self, words: Hashes) -> Floats: ...


@dataclass(frozen=True, slots=True)
class PassageWords:
    """The content words of a passage, in order, the words of its headings first.

    `starts`, `ends` are characters of the passage's text (0 for headings), `bounds` where each sentence's words
    begin: sentence i has the words `bounds[i]:bounds[i + 1]`. `places` finds the words that have a form.
    """

    starts: Ints
    ends: Ints
    bounds: Ints
    places: Mapping[str, Ints]
    vectors: Floats


def passage_words(
    sentences: Sequence[Sequence[tuple[int, int, frozenset[str]]]],
    heading: Sequence[frozenset[str]],
    vectors: WordVectors,
) -> PassageWords:
    """Lay out words given as (start, end, forms) for each sentence."""
    words = [(0, 0, forms) for forms in heading] + [word for sentence in sentences for word in sentence]
    counts = [len(heading), *map(len, sentences)]
    places: dict[str, list[int]] = {}
    for number, (_, _, forms) in enumerate(words):
        for form in forms:
            places.setdefault(form, []).append(number)
    return PassageWords(
        np.array([start for start, _, _ in words], np.int32),
        np.array([end for _, end, _ in words], np.int32),
        np.cumsum(counts, dtype=np.int32),
        {form: np.array(numbers, np.int32) for form, numbers in places.items()},
        vectors.of(hash_keys(plain_form(forms) for _, _, forms in words)),
    )


def plain_form(forms: frozenset[str]) -> str:
    """Return the word itself among the forms it counts as; the others are `#` synonym groups."""
    return min((form for form in forms if not form.startswith("#")), default="")


class AskedWords:
    """A question's terms with their weights, which add up to 1, and the vectors of all words they count as.

    `focus` is the term that the interrogative is about.
    """

    def __init__(self, weighted: Weighted, vectors: WordVectors, *, focus: int = -1) -> None:
        self.focus = focus
        total = sum(weight for weight, _ in weighted) or 1.0
        self.accepts = [accepts for _, accepts in weighted]
        self.weights = np.array([weight / total for weight, _ in weighted], np.float32)
        plain = [sorted(form for form in accepts if not form.startswith("#")) for accepts in self.accepts]
        self.vectors = [vectors.of(hash_keys(forms)) for forms in plain]


class Nearness:
    """How near each term of a question is to each word of one passage."""

    def __init__(self, asked: AskedWords, words: PassageWords) -> None:
        self._words = words
        self._weights = asked.weights
        self._focus = asked.focus
        shape = (len(asked.accepts), len(words.starts))
        self.same = np.zeros(shape, np.float32)
        self.alike = np.zeros(shape, np.float32)
        for row, (accepts, vectors) in enumerate(zip(asked.accepts, asked.vectors, strict=True)):
            for form in accepts:
                self.same[row, words.places.get(form, [])] = 1
            if len(vectors) and shape[1]:
                cosines = (vectors @ words.vectors.T).max(axis=0)
                self.alike[row] = np.clip((cosines - _ALIKE) / (1 - _ALIKE), 0, _MOST)
        self.alike = np.maximum(self.alike, self.same)

    def says(self, term: int) -> bool:
        """Tell whether the passage has term number `term`, or a word that counts as the same."""
        return bool(self.same[term].any())

    def whole(self) -> tuple[float, float]:
        """Return how much of the question the passage with its headings holds: by the same words, by like ones."""
        return self._held(self.same), self._held(self.alike)

    def sentence(self, number: int, *, before: int = 0, with_heading: bool = False) -> tuple[float, float]:
        """Return how much of the question sentence `number` holds, by the same words and by like ones.

        `before` sentences before it are held too.
        """
        first = int(self._words.bounds[max(0, number - before)])
        columns = slice(first, int(self._words.bounds[number + 1]))
        same, alike = self.same[:, columns], self.alike[:, columns]
        if with_heading:
            heading = slice(0, int(self._words.bounds[0]))
            same = np.hstack([self.same[:, heading], same])
            alike = np.hstack([self.alike[:, heading], alike])
        return self._held(same), self._held(alike)

    def lacking(self, number: int) -> tuple[float, float, float, float]:
        """Return what sentence `number`, two before it and the headings lack of the question.

        The weight of the heaviest term that is missing, the share of terms missing, how much of the last term is,
        and how much of the focus: the last term before the interrogative.
        """
        first = int(self._words.bounds[max(0, number - 2)])
        columns = np.r_[0 : int(self._words.bounds[0]), first : int(self._words.bounds[number + 1])]
        if not len(self._weights):
            return 0.0, 0.0, 0.0, 0.0
        best = (
            self.alike[:, columns].max(axis=1) if len(columns) else np.zeros(len(self._weights), np.float32)
        )
        heaviest = float(((1 - best) * self._weights).max())
        return heaviest, float((best < _HARDLY).mean()), float(1 - best[-1]), float(1 - best[self._focus])

    def stretch(self, start: int, end: int) -> tuple[float, float]:
        """Return how much of the question `text[start:end]` holds, and how much of itself the question says."""
        inside = (self._words.starts >= start) & (self._words.ends <= end) & (self._words.ends > 0)
        alike = self.alike[:, inside]
        if not alike.size:
            return 0.0, 0.0
        return self._held(alike), float(alike.max(axis=0).mean())

    def around(self, number: int, spans: Sequence[tuple[int, int]], *, own: bool = False) -> Floats:
        """Return for each span of sentence `number` how near the question's words lie.

        The span's own words count only with `own`: what the question says already is no answer, but a clause
        that holds much of the question is.
        """
        first, last = int(self._words.bounds[number]), int(self._words.bounds[number + 1])
        if not spans or first == last or not len(self._weights):
            return np.zeros(len(spans), np.float32)
        starts, ends = self._words.starts[first:last], self._words.ends[first:last]
        begin, finish = np.array(spans, np.int32).T
        before = begin[:, None] - ends[None, :]
        after = starts[None, :] - finish[:, None]
        distance = np.maximum(before, after)
        decay = np.exp(-np.maximum(distance, 0) / _REACH).astype(np.float32)
        if not own:
            decay[distance < 0] = 0
        nearest = (self.alike[:, None, first:last] * decay[None]).max(axis=2)
        return np.asarray(self._weights @ nearest, np.float32)

    def inside(self, number: int, spans: Sequence[tuple[int, int]]) -> Floats:
        """Return for each span of sentence `number` the share of its own words that the question says already."""
        first, last = int(self._words.bounds[number]), int(self._words.bounds[number + 1])
        if not spans or first == last or not len(self._weights):
            return np.zeros(len(spans), np.float32)
        starts, ends = self._words.starts[first:last], self._words.ends[first:last]
        begin, finish = np.array(spans, np.int32).T
        within = (starts[None, :] >= begin[:, None]) & (ends[None, :] <= finish[:, None])
        said = self.same[:, first:last].max(axis=0)
        return np.asarray((within @ said) / np.maximum(within.sum(axis=1), 1), np.float32)

    def _held(self, likeness: Floats) -> float:
        if not likeness.shape[0] or not likeness.shape[1]:
            return 0.0
        return float(self._weights @ likeness.max(axis=1))
