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

    `focus` is the term that the interrogative is about; a `proper` one has no likeness to another name. The vectors
    of term `told[i]` begin at `vectors[begins[i]]`; other terms have none.
    """

    def __init__(
        self,
        weighted: Weighted,
        vectors: WordVectors,
        *,
        focus: int = -1,
        proper: Sequence[bool] = (),
    ) -> None:
        self.focus = focus
        total = sum(weight for weight, _ in weighted) or 1.0
        self.accepts = [accepts for _, accepts in weighted]
        self.weights = np.array([weight / total for weight, _ in weighted], np.float32)
        plain = [sorted(form for form in accepts if not form.startswith("#")) for accepts in self.accepts]
        if proper:
            plain = [[] if name else forms for forms, name in zip(plain, proper, strict=True)]
        self.vectors = vectors.of(hash_keys(form for forms in plain for form in forms))
        counts = np.array([len(forms) for forms in plain], np.int64)
        self.told = np.flatnonzero(counts)
        self.begins = (np.cumsum(counts) - counts)[self.told]


@dataclass(frozen=True, slots=True)
class Nearby:
    """Spans of one sentence, one row each: how near the question's words lie to them.

    `around` leaves out their own words, since what the question says already is no answer; `with_own` counts them,
    since a clause that holds much of the question is. `said` is the share of their words that the question says.
    """

    around: Floats
    with_own: Floats
    said: Floats


class Nearness:
    """How near each term of a question is to each word, and to each sentence, of one passage."""

    def __init__(self, asked: AskedWords, words: PassageWords) -> None:
        self._words = words
        self._weights = asked.weights
        shape = (len(asked.accepts), len(words.starts))
        self.same = np.zeros(shape, np.float32)
        self.alike = np.zeros(shape, np.float32)
        for row, accepts in enumerate(asked.accepts):
            for form in accepts:
                if form in words.places:
                    self.same[row, words.places[form]] = 1
        if len(asked.told) and shape[1]:
            cosines = np.maximum.reduceat(asked.vectors @ words.vectors.T, asked.begins, axis=0)
            self.alike[asked.told] = np.clip((cosines - _ALIKE) / (1 - _ALIKE), 0, _MOST)
        np.maximum(self.alike, self.same, out=self.alike)
        self._named = self.same.max(axis=0, initial=0)
        self._same = _by_sentence(self.same, words.bounds)
        self._alike = _by_sentence(self.alike, words.bounds)
        self._told: Mapping[str, list[float]] = {
            name: values.tolist()
            for name, values in _told(self._weights, self._same, self._alike, asked.focus).items()
        }

    def says(self, term: int) -> bool:
        """Tell whether the passage has term number `term`, or a word that counts as the same."""
        return bool(self.same[term].any())

    def whole(self) -> tuple[float, float]:
        """Return how much of the question the passage with its headings holds: by the same words, by like ones."""
        return self._held(self.same), self._held(self.alike)

    def sentence(self, number: int, *, with_heading: bool = False) -> tuple[float, float]:
        """Return how much of the question sentence `number` holds, by the same words and by like ones."""
        names = ("context", "context_alike") if with_heading else ("held", "held_alike")
        same, alike = (self._told[name][number] for name in names)
        return same, alike

    def signs(self, number: int) -> dict[str, float]:
        """Return what sentence `number` holds and lacks of the question, each 0–1.

        `held` by itself, `context` with the headings, `before` with the two sentences before it too. Of the last it
        lacks: the `heaviest` term's weight, the share of terms (`missing`), the `last` term, and the `focus`.
        """
        return {name: values[number] for name, values in self._told.items()}

    def sign(self, name: str, number: int) -> float:
        """Return one of the signs of sentence `number`."""
        return self._told[name][number]

    def stretch(self, start: int, end: int) -> tuple[float, float]:
        """Return how much of the question `text[start:end]` holds, and how much of itself the question says."""
        inside = (self._words.starts >= start) & (self._words.ends <= end) & (self._words.ends > 0)
        alike = self.alike[:, inside]
        if not alike.size:
            return 0.0, 0.0
        return self._held(alike), float(alike.max(axis=0).mean())

    def parts(self, number: int, ends: Sequence[int]) -> Floats:
        """Return how much of the question each part of sentence `number` holds; part i ends before `ends[i]`."""
        first, last = int(self._words.bounds[number]), int(self._words.bounds[number + 1])
        held = np.zeros(len(ends), np.float32)
        if first == last or not len(self._weights):
            return held
        places = np.searchsorted(np.array(ends, np.int32), self._words.starts[first:last], side="right")
        for part in set(places.tolist()) - {len(ends)}:
            held[part] = self._weights @ self.alike[:, first:last][:, places == part].max(axis=1)
        return held

    def spans(self, number: int, spans: Sequence[tuple[int, int]]) -> Nearby:
        """Return how near the question's words in sentence `number` lie to each of its spans."""
        first, last = int(self._words.bounds[number]), int(self._words.bounds[number + 1])
        if not spans or first == last or not len(self._weights):
            nothing = np.zeros(len(spans), np.float32)
            return Nearby(nothing, nothing, nothing)
        starts, ends = self._words.starts[first:last], self._words.ends[first:last]
        begin, finish = np.array(spans, np.int32).T
        distance = np.maximum(begin[:, None] - ends[None, :], starts[None, :] - finish[:, None])
        own = distance < 0
        decay = np.exp(np.maximum(distance, 0) * np.float32(-1 / _REACH)).astype(np.float32)
        alike = self.alike[:, None, first:last]
        with_own = self._weights @ (alike * decay).max(axis=2)
        decay[own] = 0
        around = self._weights @ (alike * decay).max(axis=2)
        return Nearby(around, with_own, self._said(first, last, own))

    def said(self, number: int, spans: Sequence[tuple[int, int]]) -> Floats:
        """Return which share of the words of each span of sentence `number` the question says."""
        first, last = int(self._words.bounds[number]), int(self._words.bounds[number + 1])
        if not spans or first == last or not len(self._weights):
            return np.zeros(len(spans), np.float32)
        begin, finish = np.array(spans, np.int32).T
        starts, ends = self._words.starts[first:last], self._words.ends[first:last]
        return self._said(first, last, (begin[:, None] < ends) & (starts < finish[:, None]))

    def _said(self, first: int, last: int, own: npt.NDArray[np.bool_]) -> Floats:
        return np.asarray((own * self._named[first:last]).sum(axis=1) / np.maximum(own.sum(axis=1), 1))

    def _held(self, likeness: Floats) -> float:
        if not likeness.shape[0] or not likeness.shape[1]:
            return 0.0
        return float(self._weights @ likeness.max(axis=1))


def _by_sentence(likeness: Floats, bounds: Ints) -> Floats:
    """Return the best likeness of each term in the headings (column 0) and in each sentence."""
    starts = np.concatenate([[0], bounds[:-1]])
    filled = np.flatnonzero(bounds > starts)
    best = np.zeros((len(likeness), len(bounds)), np.float32)
    if len(filled) and len(likeness):
        best[:, filled] = np.maximum.reduceat(likeness, starts[filled], axis=1)
    return best


def _told(weights: Floats, same: Floats, alike: Floats, focus: int) -> dict[str, Floats]:
    """Return the signs of all sentences at once."""
    sentences = alike[:, 1:]
    context = np.maximum(sentences, alike[:, :1])
    before = context.copy()
    for back in (1, 2):
        before[:, back:] = np.maximum(before[:, back:], sentences[:, :-back])
    nothing = np.zeros(sentences.shape[1], np.float32)
    lacking = 1 - before
    return {
        "held": weights @ same[:, 1:],
        "held_alike": weights @ sentences,
        "context": weights @ np.maximum(same[:, 1:], same[:, :1]),
        "context_alike": weights @ context,
        "before": weights @ before,
        "heaviest": (lacking * weights[:, None]).max(axis=0) if len(weights) else nothing,
        "missing": (before < _HARDLY).mean(axis=0) if len(weights) else nothing,
        "last": lacking[-1] if len(weights) else nothing,
        "focus": lacking[focus] if len(weights) else nothing,
    }
