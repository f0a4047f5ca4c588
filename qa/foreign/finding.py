"""A question in another language → the passages nearest in meaning, and those that spell its names."""

import re
from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from corpus.normalizing import normalize, squash
from corpus.types import Passage
from index.hybrid import HybridRetriever
from index.passages import PassageStore
from qa.foreign.passage_signs import ForeignPassageReader, ReadPassage
from qa.types import Evidence

CANDIDATES = 16
"""Passages looked at closely; twice as many lift the evidence within five by .01 only."""
_SPELLED = 4  # passages that the legs of words may add
_WORD = re.compile(r"[A-Za-z0-9-]+|[ぁ-ゖァ-ヺー]+")
_LEAST_KANA = 3
_YEAR_SIGNS = ("FY", "R", "H")


class Found(Protocol):
    """Finds passages for a query, best first."""

    def passages(self, query: str, *, k: int, meaning: bool) -> Sequence[tuple[Passage, dict[str, int]]]: ...


class IndexFound:
    """The index: legs of meaning are called `dense…`, all others go by words."""

    def __init__(self, retriever: HybridRetriever, store: PassageStore) -> None:
        self._retriever = retriever
        self._store = store

    def passages(self, query: str, *, k: int, meaning: bool) -> list[tuple[Passage, dict[str, int]]]:
        """Return the `k` best passages with their rank in each leg, by the legs of meaning or by those of words."""
        legs = [name for name in self._retriever.legs if name.startswith("dense") == meaning]
        if not legs:
            return []
        hits = self._retriever.search(query, k=k, legs=legs)
        passages = self._store.get([hit.passage_id for hit in hits])
        return [(passage, dict(hit.legs)) for passage, hit in zip(passages, hits, strict=True)]


class ForeignFinder:
    """Finds evidence for a question by its vector."""

    def __init__(self, index: Found, reader: ForeignPassageReader) -> None:
        self._index = index
        self._reader = reader

    def find(self, question: str, vector: npt.NDArray[np.float32]) -> list[tuple[ReadPassage, Evidence]]:
        """Return the passages nearest to the question, best first; ranks start at 1."""
        found = list(self._index.passages(question, k=CANDIDATES, meaning=True))
        names = spelled_names(question)
        if names:
            known = {passage.id for passage, _ in found}
            others = self._index.passages(" ".join(names), k=_SPELLED, meaning=False)
            found += [(p, legs) for p, legs in others if p.id not in known and named(names, p) > 0]
        read = [(self._reader.read(passage), legs) for passage, legs in found]
        scored = [(each.nearness(vector) + named(names, each.passage), each, legs) for each, legs in read]
        scored.sort(key=lambda row: (-row[0], row[1].passage.id))
        return [
            (each, Evidence(each.passage, rank, score, legs))
            for rank, (score, each, legs) in enumerate(scored, 1)
        ]


def spelled_names(question: str) -> list[str]:
    """Return what the question spells as Japanese documents do: capitals and digits, or Japanese letters.

    >>> spelled_names("When was TICAD8 held at みなとみらい in 2022?")
    ['TICAD8', 'みなとみらい']
    """
    return [word for word in _WORD.findall(normalize(question)) if _is_name(word)]


def _is_name(word: str) -> bool:
    if not word.isascii():
        return len(word) >= _LEAST_KANA
    telling = sum(char.isupper() or char.isdecimal() for char in word)
    letters = word.rstrip("0123456789")
    return telling > 1 and bool(letters) and letters not in _YEAR_SIGNS


def named(names: Sequence[str], passage: Passage) -> float:
    """Return how much of the names a passage spells: up to NAMED for all of them."""
    text = squash(passage.indexed_text)
    return NAMED * sum(squash(name) in text for name in names) / len(names) if names else 0.0


NAMED = 0.1
"""As much as the nearness of the first passage is above that of the fifth, in most questions."""
