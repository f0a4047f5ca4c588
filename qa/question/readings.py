"""How the corpus's words are read: looked up when a question is typed in kana or mistyped."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import product
from pathlib import Path
from typing import Literal, cast

import numpy as np

from corpus.lexicon.scripts import HIRAGANA_WORD, KANJI
from corpus.normalizing import hiragana, normalize
from corpus.types import Document, Passage
from index.array_file import Array, map_array_file, write_array_file
from index.bundle import Bundle
from index.keys import Hashes, find, hash_keys
from index.segments.tallies import SegmentTally, Tallied, tallied_counts, write_tally
from index.tokenizer import SudachiTokenizer, shared_tokenizer
from index.types import Token
from qa.question.everyday_words import everyday_words

WORDS, COUNTS, EVERYDAY = "spoken", "spoken-counts", "spoken-everyday"
LONGEST = 24
"""No reading that is kept is longer."""

_CHAIN = 4
_SHORTEST_EVERYDAY = 3
# Shorter verbs Sudachi knows in kana, and they are heard in too many places (いえ, まえ).
_SHORTEST_VERB = 4
_WORDS = ".words"
_WORDS_KEPT = 16_384  # the same words come again and again when passages are analysed
_SAVED = ("readings", "starts", "text", "columns")
_SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")
_WORD = re.compile(r"[㐀-鿿々〆ぁ-ゖァ-ヺー]+")
_LATIN = re.compile(r"(?<![A-Za-z])[A-Z][A-Z&]{1,5}s?(?![A-Za-z])")
# A letter's names; what is in brackets is often left out when it is typed.
_LETTERS = (
    "えー/えい びー/び しー/し でぃー/でぃ/でー いー/い えふ じー/じ えいち/えっち あい じぇー/じぇい けー/けい える えむ えぬ "
    "おー/お ぴー/ぴ きゅー あーる えす てぃー/てぃ/てー ゆー/ゆ ぶい だぶりゅー えっくす わい ぜっと"
)
_NAMES = {
    letter: names.split("/")
    for letter, names in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", _LETTERS.split(), strict=True)
}
_NAMES |= {"&": ["あんど"], "s": ["ず", "す"]}
# The kana that the last kana of a dictionary form turns into; "" is the bare stem (教え).
_ENDINGS = {
    "う": "わいうえっ", "く": "かきくけい", "ぐ": "がぎぐげい", "す": "さしすせ", "つ": "たちつてっ",
    "ぬ": "なにぬねん", "ぶ": "ばびぶべん", "む": "まみむめん", "る": "らりるれっ", "い": "いくかけさ",
}  # fmt: skip
_INFLECTED = frozenset({"動詞", "形容詞"})
_MADE_OF = frozenset({"名詞", "接尾辞", "接頭辞", "形状詞"})
_OF_EVERYDAY = _MADE_OF | _INFLECTED
_NUMERAL = "数詞"
Spoken = tuple[str, str]


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
        write_words(folder, EVERYDAY, sorted(set(_everyday(shared_tokenizer()))), {})


def _everyday(tokenizer: SudachiTokenizer) -> Iterator[Spoken]:
    """Yield the everyday table's words with kanji, so that a word the corpus lacks is not heard as two it has."""
    spelled = {word for everyday, words in everyday_words() for word in (everyday, *words)}
    for word in sorted(spelled):
        tokens = tokenizer.tokens(word, "C")
        # 申し込 is a part of the word, for finding it.
        whole = tokens[-1].pos not in _INFLECTED or word[-1] == hiragana(tokens[-1].reading)[-1:]
        reading = _joined(tokens)
        if (
            whole
            and KANJI.search(word)
            and all(token.pos in _OF_EVERYDAY for token in tokens)
            and _is_kept(reading, shortest=_SHORTEST_EVERYDAY)
        ):
            yield reading, word


def spoken(text: str, tokenizer: SudachiTokenizer) -> Iterator[Spoken]:
    """Yield (reading, spelling) of each content word, inflection, compound and abbreviation, as often as it stands.

    A word that both of Sudachi's modes find is counted once a place.
    """
    found: set[tuple[int, int, str]] = set()
    for mode in ("A", "C"):
        tokens = tokenizer.tokens(text, "A" if mode == "A" else "C")
        found |= {span for chain in _chains(tokens) for span in _spans(chain)}
        for token in tokens:
            if token.pos in _INFLECTED:
                yield from _inflections(token.surface, token.reading, token.normalized)
    for start, end, reading in sorted(found):
        if _is_kept(reading):
            yield reading, text[start:end]
    for match in _LATIN.finditer(text):
        yield from ((reading, match[0]) for reading in letter_names(match[0]))


def _chains(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the longest rows of neighbouring nouns: what compounds are made of."""
    chain: list[Token] = []
    for token in tokens:
        if token.pos in _MADE_OF and token.subpos != _NUMERAL and _WORD.fullmatch(token.surface):
            chain.append(token)
        elif chain:
            yield chain
            chain = []
    if chain:
        yield chain


def _spans(chain: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    for first, token in enumerate(chain):
        if token.pos == "接尾辞":
            continue
        for last in range(first + 1, min(first + _CHAIN, len(chain)) + 1):
            part = chain[first:last]
            # One character is a word where it is a kanji and stands alone: neither イ of a list, nor 剣 in 剣川.
            whole = len(part) > 1 or len(token.surface) > 1
            alone = len(chain) == 1 and KANJI.match(token.surface)
            if (whole or alone) and part[-1].pos != "接頭辞":
                yield part[0].start, part[-1].end, _joined(part)


def _joined(tokens: Iterable[Token]) -> str:
    return "".join([_kana(token.reading) for token in tokens])


@lru_cache(maxsize=_WORDS_KEPT)
def _kana(reading: str) -> str:
    return hiragana(reading)


def _is_kept(reading: str, *, shortest: int = 1) -> bool:
    return shortest <= len(reading) <= LONGEST and bool(HIRAGANA_WORD.fullmatch(reading))


@lru_cache(maxsize=_WORDS_KEPT)
def _inflections(surface: str, reading: str, word: str) -> tuple[Spoken, ...]:
    """Return every form that is spelled with a word's stem: 受け取っ → 受け取る, 受け取り, 受け取れ …"""
    reading = hiragana(reading)
    stem = _common(surface, word[:-1])
    tail = surface[len(stem) :]
    forms: Iterable[Spoken] = ()
    if KANJI.search(stem) and len(stem) == len(word) - 1 and reading.endswith(hiragana(tail)):
        read = reading[: len(reading) - len(tail)]
        forms = ((read + end, stem + end) for end in sorted({tail, *_ENDINGS.get(word[-1], "")}))
    elif KANJI.search(surface) and surface[-1] == reading[-1:]:
        forms = ((reading, surface),)
    return tuple(form for form in forms if _is_kept(form[0], shortest=_SHORTEST_VERB))


def _common(a: str, b: str) -> str:
    length = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[:length]


@cache
def letter_names(word: str) -> tuple[str, ...]:
    """Return how an abbreviation is read letter by letter.

    >>> letter_names("SDGs")[0]
    'えすでぃーじーず'
    """
    return tuple(dict.fromkeys(map("".join, product(*(_NAMES[letter] for letter in word)))))
