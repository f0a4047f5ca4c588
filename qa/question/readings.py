"""How the corpus's words are read: looked up when a question is typed in kana or mistyped."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, cast

import numpy as np

from corpus.normalizing import normalize
from corpus.types import Document, Passage
from index.array_file import Array, map_array_file, write_array_file
from index.bundle import Bundle
from index.keys import Hashes, find, hash_keys
from index.segments.tallies import SegmentTally, Tallied, tallied_counts, write_tally
from index.tokenizer import shared_tokenizer
from qa.question.spoken_words import Spoken, everyday_spoken, spoken

WORDS, COUNTS, EVERYDAY = "spoken", "spoken-counts", "spoken-everyday"
_WORDS = ".words"
_SAVED = ("readings", "starts", "text", "columns")
_SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a corpus word is spelled, and how often it stands there so (0: only in the table of everyday words)."""

    spelling: str
    count: int


class Readings:
    """The words of a corpus and of the everyday table by their readings, one a reading: the most frequent."""

    def __init__(self, words: Sequence["StoredWords"]) -> None:
        self._words = words

    def __bool__(self) -> bool:
        return bool(self._words)

    def find(self, readings: Sequence[str]) -> dict[str, Reading]:
        """Return those of `readings` (hiragana) that are words of the corpus."""
        counts: dict[str, Counter[str]] = {reading: Counter() for reading in readings}
        keys = hash_keys(counts)
        for words in self._words:
            for own, found in zip(counts.values(), words.find(keys), strict=True):
                for spelling, count in found:
                    own[spelling] += count
        return {reading: _most_frequent(own) for reading, own in counts.items() if own}

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        """Return the spellings that stand in the corpus; made when first asked for."""
        return tuple(sorted({spelling for words in self._words for spelling in words.standing()}))


def _most_frequent(counts: Counter[str]) -> Reading:
    """Return the most frequent spelling; of equals the longer, then the first."""
    spelling = min(counts, key=lambda spelling: (-counts[spelling], -len(spelling), spelling))
    return Reading(spelling, counts[spelling])


class StoredWords:
    """What `write_words` wrote, mapped: a segment's words with their counts, or the everyday table's without."""

    def __init__(self, folder: Path, name: str, tally: SegmentTally | None = None) -> None:
        arrays = map_array_file(folder / f"{name}{_WORDS}")
        self._keys, self._starts, self._text, self._columns = (arrays[key] for key in _SAVED)
        self._tally = tally

    def find(self, keys: Hashes) -> Iterator[Sequence[tuple[str, int]]]:
        """Yield for the hash of each reading the spellings that are read so, with their counts."""
        first, last = (np.searchsorted(self._keys, keys, side=side).tolist() for side in _SIDES)
        for start, end in zip(first, last, strict=True):
            yield [
                (self._spelled(row), count) for row in range(start, end) if (count := self._count(row)) >= 0
            ]

    def standing(self) -> Iterator[str]:
        """Yield the spellings that stand in passages."""
        return (self._spelled(row) for row in range(len(self._keys)) if self._count(row) > 0)

    def _count(self, row: int) -> int:
        """Return how often a word stands, 0 for one of the everyday table, −1 if all its documents are removed."""
        if self._tally is None:
            return 0
        return int(self._tally.totals[self._columns[row]]) or -1

    def _spelled(self, row: int) -> str:
        return self._text[self._starts[row] : self._starts[row + 1]].tobytes().decode()


def write_words(folder: Path, name: str, words: Iterable[Spoken], columns: Mapping[Spoken, int]) -> None:
    """Write words by the hashes of their readings; `columns` tells where in a tally each one is counted."""
    every = list(words)
    keys = hash_keys(reading for reading, _ in every)
    order = np.argsort(keys, kind="stable")
    ordered = [every[row] for row in order.tolist()]
    spelled = [spelling.encode() for _, spelling in ordered]
    arrays: dict[str, Array] = {
        "readings": keys[order],
        "starts": np.cumsum([0, *map(len, spelled)], dtype=np.int64),
        "text": np.frombuffer(b"".join(spelled), dtype=np.uint8),
        "columns": np.array([columns.get(word, 0) for word in ordered], dtype=np.int32),
    }
    write_array_file(folder / f"{name}{_WORDS}", arrays)


def open_readings(bundle: Bundle) -> Readings:
    """Map a bundle's readings."""
    tallies = [SegmentTally(segment.folder, COUNTS, segment.removed) for segment in bundle.segments]
    own = [StoredWords(s.folder, WORDS, tally) for s, tally in zip(bundle.segments, tallies, strict=True)]
    return Readings([*own, StoredWords(bundle.path, EVERYDAY)])


@dataclass(frozen=True, slots=True)
class SpokenWords:
    """Collects how the words of the passages are read."""

    name: str = "語の読み"

    def part(self, document: Document, passages: Sequence[Passage]) -> tuple[str, Counter[Spoken]]:
        """Count the readings in some passages."""
        tokenizer = shared_tokenizer()
        words = (word for passage in passages for word in spoken(normalize(passage.indexed_text), tokenizer))
        return document.id, Counter(words)

    def write(self, folder: Path, parts: Iterable[object]) -> None:
        """Write the segment's words and their counts."""
        words: dict[str, Spoken] = {}

        def counted() -> Iterator[Tallied]:
            for document, counts in cast("Iterable[tuple[str, Counter[Spoken]]]", parts):
                named = {"\0".join(word): count for word, count in counts.items()}
                words.update(zip(named, counts, strict=True))
                yield tallied_counts(document, named)

        keys = write_tally(folder, COUNTS, counted())
        columns = dict(zip(words.values(), find(keys, hash_keys(words)).tolist(), strict=True))
        write_words(folder, WORDS, sorted(columns), columns)


@dataclass(frozen=True, slots=True)
class EverydayWords:
    """How the words of the everyday table are read."""

    name: str = "ふだんの語の読み"

    def write(self, folder: Path) -> None:
        """Write the words."""
        write_words(folder, EVERYDAY, sorted(set(everyday_spoken(shared_tokenizer()))), {})
