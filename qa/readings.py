"""How the corpus's words are read: looked up when a question is typed in kana or mistyped."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.normalizing import normalize
from corpus.types import Document, Passage
from index.arrays import load_array, save_arrays
from index.keys import Hashes, find, hash_keys
from index.tokenizer import SudachiTokenizer, shared_tokenizer
from index.types import Token
from qa.everyday import everyday_words

READINGS_NAME = "spoken"
READINGS_FILE = f"{READINGS_NAME}.keys.npy"
LONGEST = 24
"""No reading that is kept is longer."""

_CHAIN = 4
_SHORTEST_EVERYDAY = 3
# Shorter verbs Sudachi knows in kana, and they are heard in too many places (いえ, まえ).
_SHORTEST_VERB = 4
_SAVED = ("keys", "starts", "text", "counts")
_KANA = re.compile(r"[ぁ-ゖー]+")
_WORD = re.compile(r"[㐀-鿿々〆ぁ-ゖァ-ヺー]+")
_KANJI = re.compile(r"[㐀-鿿々]")
_LATIN = re.compile(r"(?<![A-Za-z])[A-Z][A-Z&]{1,5}s?(?![A-Za-z])")
_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
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


def hiragana(text: str) -> str:
    """Return `text` with katakana as hiragana, one for one.

    >>> hiragana("パスポート")
    'ぱすぽーと'
    """
    return text.translate(_HIRAGANA)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a corpus word is spelled, and how often it stands there so (0: only in the table of everyday words)."""

    spelling: str
    count: int


@dataclass(frozen=True)
class Readings:
    """The corpus's words by their readings, one a reading: the most frequent. Arrays are mapped."""

    keys: Hashes
    starts: npt.NDArray[np.int64]
    text: npt.NDArray[np.uint8]
    counts: npt.NDArray[np.int32]

    def find(self, readings: Sequence[str]) -> dict[str, Reading]:
        """Return those of `readings` (hiragana) that are words of the corpus."""
        rows = find(self.keys, hash_keys(readings)).tolist()
        return {reading: self._at(row) for reading, row in zip(readings, rows, strict=True) if row >= 0}

    def _at(self, row: int) -> Reading:
        spelled = self.text[self.starts[row] : self.starts[row + 1]].tobytes().decode()
        return Reading(spelled, int(self.counts[row]))

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        """Return the spellings that stand in the corpus; made when first asked for."""
        whole, starts = self.text.tobytes(), self.starts.tolist()
        spelled = (whole[start:end].decode() for start, end in pairwise(starts))
        return tuple(
            sorted({word for word, count in zip(spelled, self.counts.tolist(), strict=True) if count})
        )

    def save(self, folder: Path) -> None:
        """Write the arrays."""
        save_arrays(folder, READINGS_NAME, {key: getattr(self, key) for key in _SAVED})


def load_readings(folder: Path) -> Readings:
    """Map what ReadingsFile wrote."""
    return Readings(*(load_array(folder, READINGS_NAME, key) for key in _SAVED))


def gathered(counts: Counter[Spoken]) -> Readings:
    """Keep of each reading the most frequent spelling; of equals the longer, then the first."""
    best: dict[str, str] = {}
    for reading, spelling in sorted(counts, key=lambda word: (-counts[word], -len(word[1]), word)):
        best.setdefault(reading, spelling)
    readings = list(best)
    keys = hash_keys(readings)
    order = np.argsort(keys, kind="stable")
    ordered = [readings[row] for row in order.tolist()]
    spelled = [best[reading].encode() for reading in ordered]
    return Readings(
        keys[order],
        np.cumsum([0, *map(len, spelled)], dtype=np.int64),
        np.frombuffer(b"".join(spelled), dtype=np.uint8),
        np.array([counts[reading, best[reading]] for reading in ordered], dtype=np.int32),
    )


NO_READINGS = gathered(Counter())
"""Of a bundle that was built before readings were kept: questions are then read as typed."""


@dataclass(frozen=True, slots=True)
class ReadingsFile:
    """Collects how the words of the passages are read."""

    name: str = "語の読み"

    def write(self, folder: Path, documents: Sequence[Document], passages: Sequence[Passage]) -> None:
        """Write the readings of the passages' words, and of the everyday table's."""
        tokenizer = shared_tokenizer()
        counts = Counter(
            word for passage in passages for word in spoken(normalize(passage.indexed_text), tokenizer)
        )
        for word in _everyday(tokenizer):
            counts.setdefault(word, 0)
        gathered(counts).save(folder)


def _everyday(tokenizer: SudachiTokenizer) -> Iterator[Spoken]:
    """Yield the everyday table's words with kanji, so that a word the corpus lacks is not heard as two it has."""
    spelled = {word for everyday, words in everyday_words() for word in (everyday, *words)}
    for word in sorted(spelled):
        tokens = tokenizer.tokens(word, "C")
        # 申し込 is a part of the word, for finding it.
        whole = tokens[-1].pos not in _INFLECTED or word[-1] == hiragana(tokens[-1].reading)[-1:]
        if whole and _KANJI.search(word) and all(token.pos in _OF_EVERYDAY for token in tokens):
            yield from _kept(_joined(tokens), word, shortest=_SHORTEST_EVERYDAY)


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
                yield from _inflections(token)
    for start, end, reading in sorted(found):
        yield from _kept(reading, text[start:end])
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
            alone = len(chain) == 1 and _KANJI.match(token.surface)
            if (whole or alone) and part[-1].pos != "接頭辞":
                yield part[0].start, part[-1].end, _joined(part)


def _joined(tokens: Iterable[Token]) -> str:
    return hiragana("".join(token.reading for token in tokens))


def _kept(reading: str, spelling: str, *, shortest: int = 1) -> Iterator[Spoken]:
    if shortest <= len(reading) <= LONGEST and _KANA.fullmatch(reading):
        yield reading, spelling


def _inflections(token: Token) -> Iterator[Spoken]:
    """Yield every form that is spelled with the word's stem: 受け取っ → 受け取る, 受け取り, 受け取れ …"""
    reading, word = hiragana(token.reading), token.normalized
    stem = _common(token.surface, word[:-1])
    tail = token.surface[len(stem) :]
    if _KANJI.search(stem) and len(stem) == len(word) - 1 and reading.endswith(hiragana(tail)):
        read = reading[: len(reading) - len(tail)]
        for end in sorted({tail, *_ENDINGS.get(word[-1], "")}):
            yield from _kept(read + end, stem + end, shortest=_SHORTEST_VERB)
    elif _KANJI.search(token.surface) and token.surface[-1] == reading[-1:]:
        yield from _kept(reading, token.surface, shortest=_SHORTEST_VERB)


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
