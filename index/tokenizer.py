"""Japanese words by Sudachi: the one file that knows SudachiPy."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from index.types import Token

if TYPE_CHECKING:
    from sudachipy import Dictionary, Morpheme, MorphemeList, Tokenizer

Mode = Literal["A", "C"]

# Not 代名詞, 連体詞, 接頭辞: どこ, その, お say nothing of what is asked (municipal FAQ: nDCG@10 .506 → .517).
CONTENT_POS = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞", "接尾辞"})
_NO_WORD = frozenset({"補助記号", "空白", "記号"})
# Sudachi refuses inputs over 49,149 bytes; a character has at most four.
_LONGEST = 12_000
# Texts remembered. A question is looked at by many, each for something else, and so is a passage that is indexed.
_SHORT, _SHORT_KEPT = 200, 512
# Passages are analysed sixteen at a time by several readers, one reader after the other, in some four forms.
_LONG, _LONG_KEPT = 2_000, 64
_WORDS_KEPT = 32_768  # some 20 MB
_JOINED = 0xFFFF_FFFF  # the number of any word that is no entry: numerals in a row, whose reading their place decides

_Word = tuple[str, str, str, str, str, tuple[int, ...], str, str, str]
"""A token without its place."""
_Units = tuple[tuple[int, int, _Word], ...]
"""The short units (mode A) that a long one is made of, with their places in it; none where it is one itself."""


@cache
def dictionary() -> "Dictionary":
    """Return the process's one open dictionary (it is mapped, not read: some 40 ms and 70 MB)."""
    from sudachipy import Dictionary

    return Dictionary(dict="core")


@cache
def dictionary_version() -> str:
    """Return the installed version of the dictionary, such as `20260723`."""
    from importlib.metadata import version

    return version("sudachidict-core")


@dataclass(frozen=True, slots=True)
class _Cut:
    """A text's words in both modes."""

    short: tuple[Token, ...]
    long: tuple[Token, ...]


class SudachiTokenizer:
    """Splits text into words; safe to share between threads, since each thread gets its own analyser."""

    def __init__(self) -> None:
        self._local = threading.local()
        self._words: dict[tuple[int, int, str], tuple[_Word, _Units]] = {}
        self._cut_short = lru_cache(maxsize=_SHORT_KEPT)(self._cut)
        self._cut_long = lru_cache(maxsize=_LONG_KEPT)(self._cut)

    def tokens(self, text: str, mode: Mode = "A") -> tuple[Token, ...]:
        """Return every word of `text`, symbols and spaces included; offsets are characters of `text`."""
        cut = self._cut_short if len(text) <= _SHORT else self._cut_long if len(text) <= _LONG else self._cut
        words = cut(text)
        return words.short if mode == "A" else words.long

    def words(self, text: str) -> list[str]:
        """Return the normalised forms of the content words: 「引越しの届」→ ["引っ越し", "届け"]."""
        return [t.normalized.casefold() for t in self.tokens(text) if t.pos in CONTENT_POS]

    def synonyms(self, text: str) -> list[str]:
        """Return the synonym group numbers of the content words: 旅券 and パスポート give the same."""
        return [str(group) for t in self.tokens(text) if t.pos in CONTENT_POS for group in t.synonyms]

    def normalized(self, text: str, mode: Mode) -> list[str]:
        """Return the normalised form of every word, particles included, symbols not."""
        return [t.normalized for t in self.tokens(text, mode) if t.pos not in _NO_WORD]

    def _cut(self, text: str) -> _Cut:
        """Cut once for both modes: Sudachi finds the long units and parts them into short ones."""
        short: list[Token] = []
        long: list[Token] = []
        for offset, morphemes in self._analysed(text):
            for morpheme in morphemes:
                start, end = offset + morpheme.begin(), offset + morpheme.end()
                word, units = self._word(morpheme)
                token = Token(start, end, *word)
                long.append(token)
                if units:
                    short += [Token(start + first, start + last, *unit) for first, last, unit in units]
                else:
                    short.append(token)
        return _Cut(tuple(short), tuple(long))

    def _word(self, morpheme: "Morpheme") -> tuple[_Word, _Units]:
        """Return what a word is wherever it stands; the same words come again and again."""
        key = morpheme.word_id(), morpheme.part_of_speech_id(), morpheme.surface()
        known = self._words.get(key)
        if known is None:
            known = _word_of(morpheme), _units_of(morpheme)
            if key[0] != _JOINED:
                if len(self._words) >= _WORDS_KEPT:
                    self._words.clear()
                self._words[key] = known
        return known

    def _analysed(self, text: str) -> Iterator[tuple[int, "MorphemeList"]]:
        analyser = self._analyser()
        # A lone surrogate cannot cross into Sudachi; "?" takes its place, one for one.
        clean = text.encode("utf-8", "replace").decode("utf-8")
        for start, end in _pieces(clean):
            yield start, analyser.tokenize(clean[start:end])

    def _analyser(self) -> "Tokenizer":
        analyser: Tokenizer | None = getattr(self._local, "analyser", None)
        if analyser is None:
            from sudachipy import SplitMode

            analyser = self._local.analyser = dictionary().create(SplitMode.C)
        return analyser


@cache
def shared_tokenizer() -> SudachiTokenizer:
    """Return the process's one tokenizer."""
    return SudachiTokenizer()


def _word_of(morpheme: "Morpheme") -> _Word:
    pos = morpheme.part_of_speech()
    return (
        morpheme.surface(),
        morpheme.normalized_form(),
        morpheme.reading_form(),
        pos[0],
        pos[1],
        tuple(morpheme.synonym_group_ids()),
        pos[2],
        pos[3],
        pos[5],
    )


def _units_of(morpheme: "Morpheme") -> _Units:
    from sudachipy import SplitMode

    start = morpheme.begin()
    units = morpheme.split(SplitMode.A, add_single=False)
    return tuple((unit.begin() - start, unit.end() - start, _word_of(unit)) for unit in units)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Cut at a line or sentence end where there is one, so that no word is split."""
    start = 0
    while start < len(text):
        end = min(start + _LONGEST, len(text))
        if end < len(text):
            cut = max(text.rfind("\n", start, end), text.rfind("。", start, end))
            end = cut + 1 if cut > start else end
        yield start, end
        start = end
