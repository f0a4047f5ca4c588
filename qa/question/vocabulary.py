"""How often each word stands in the corpus: what a question's words are worth, and which are not there at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import log
from pathlib import Path
from typing import Protocol, cast

from corpus.normalizing import normalize
from corpus.types import Document, Passage
from index.bundle import Bundle
from index.segments.tallies import Tallied, Tallies, tallied, write_tally
from index.tokenizer import shared_tokenizer
from qa.question.analysis import word_forms
from qa.question.kanji import kanji_of

FORMS, KANJI = "vocabulary", "kanji"
_LEAST = 0.2
_KEPT = 4_096


class Frequencies(Protocol):
    """In how many passages something stands, as a dict says it."""

    def get(self, key: str, default: int, /) -> int: ...


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Document frequencies over passages, of words and of single kanji."""

    passages: int
    frequency: Frequencies
    kanji: Frequencies = field(default_factory=dict[str, int])

    def weight(self, forms: Iterable[str]) -> float:
        """Return the inverse document frequency of the most frequent of `forms`; the highest for an unknown word."""
        most = max((self.frequency.get(form, 0) for form in forms), default=0)
        return log(1 + (self.passages - most + 0.5) / (most + 0.5))

    def kanji_weight(self, character: str) -> float:
        """Return the inverse document frequency of one kanji, at least a little."""
        return max(_LEAST, log((self.passages + 1) / (self.kanji.get(character, 0) + 0.5)))

    def knows(self, forms: Iterable[str]) -> bool:
        """Tell whether any of `forms` stands anywhere in the corpus."""
        return any(self.frequency.get(form, 0) > 0 for form in forms)


@dataclass(frozen=True, slots=True)
class FormCounts:
    """Counts in how many passages each word form stands."""

    name: str = "語の頻度"

    def part(self, document: Document, passages: Sequence[Passage]) -> Tallied:
        """Count some passages' word forms."""
        return tallied(document.id, map(_forms, passages))

    def write(self, folder: Path, parts: Iterable[object]) -> None:
        """Write the segment's counts."""
        write_tally(folder, FORMS, cast("Iterable[Tallied]", parts))


@dataclass(frozen=True, slots=True)
class KanjiCounts:
    """Counts in how many passages each kanji stands."""

    name: str = "漢字の頻度"

    def part(self, document: Document, passages: Sequence[Passage]) -> Tallied:
        """Count some passages' kanji."""
        return tallied(document.id, (kanji_of(passage.indexed_text) for passage in passages))

    def write(self, folder: Path, parts: Iterable[object]) -> None:
        """Write the segment's counts."""
        write_tally(folder, KANJI, cast("Iterable[Tallied]", parts))


def _forms(passage: Passage) -> set[str]:
    words = word_forms(normalize(passage.indexed_text), shared_tokenizer())
    return {form for _, forms in words for form in forms}


def open_vocabulary(bundle: Bundle) -> Vocabulary:
    """Return the vocabulary of a bundle; counts are looked up when they are asked for."""
    forms, kanji = (_Counted(bundle.tallies(name)) for name in (FORMS, KANJI))
    return Vocabulary(bundle.manifest.passages, forms, kanji)


class _Counted:
    """Counts as a dict gives them; those asked for last are kept."""

    def __init__(self, tallies: Tallies) -> None:
        self._count = lru_cache(maxsize=_KEPT)(tallies.count)

    def get(self, key: str, default: int, /) -> int:
        return self._count(key) or default
