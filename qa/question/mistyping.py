"""A mistyped word (市民会間, パスポードセンター) also read as the one corpus word that it can stand for."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property

from index.tokenizer import SudachiTokenizer, dictionary
from index.types import Token
from qa.question.readings import Readings

Phrase = tuple[int, int, tuple[str, ...]]
_KANJI = re.compile(r"[㐀-鿿々]{3,}")
_KATAKANA = re.compile(r"[ァ-ヺー]{4,}")
# What stands after a number counts, and is nobody's name: 何歳以上.
_NUMBER = frozenset("何0123456789〇一二三四五六七八九十百千万")
_SHORTEST = 3
_LONGEST = 12
_LONG_KATAKANA = 6
_NEAR = 50
_CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞", "接尾辞"})
_NEVER = frozenset({"固有名詞", "数詞"})
# A slip of the hand in katakana: a long vowel, a doubled consonant, a small letter, a voicing.
_PLAIN = str.maketrans(
    "ァィゥェォャュョガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポ",
    "アイウエオヤユヨカキクケコサシスセソタチツテトハヒフヘホハヒフヘホ",
    "ーッ",
)


class Mistyped:
    """Finds what mistyped words stand for. `known` tells whether a token is a word of the corpus.

    A real word is nobody's misspelling: a wrong kanji must sound like the right one (会間 for 会館) and stand in no word
    of its own, so that 転出届 is never read as 転入届; a katakana word must be in no dictionary.
    """

    def __init__(
        self, tokenizer: SudachiTokenizer, readings: Readings, known: Callable[[Token], bool]
    ) -> None:
        self._tokenizer = tokenizer
        self._readings = readings
        self._known = known

    def meant(self, text: str) -> list[Phrase]:
        """Return (start, end, (the corpus word,)) of each mistyped word of normalised `text`."""
        runs = [*_KANJI.finditer(text), *_KATAKANA.finditer(text)]
        tokens = self._tokenizer.tokens(text) if runs and self._readings else []
        found = []
        for run in runs:
            inside = [token for token in tokens if run.start() <= token.start and token.end <= run.end()]
            strange = [token for token in inside if token.pos in _CONTENT and not self._known(token)]
            if strange and (phrase := self._longest(text, inside, strange)):
                found.append(phrase)
        return found

    def _longest(self, text: str, inside: Sequence[Token], strange: Sequence[Token]) -> Phrase | None:
        """Return what the longest part that holds a strange word stands for: only if one word alone can be meant."""
        parts = sorted(
            (
                (first.start, last.end)
                for first in inside
                for last in inside
                if _SHORTEST <= last.end - first.start <= _LONGEST
                and _NUMBER.isdisjoint(text[max(first.start - 1, 0) : first.start + 1])
            ),
            key=lambda part: (part[0] - part[1], part),
        )
        for start, end in parts:
            if any(start <= token.start and token.end <= end for token in strange):
                near = self._near(text[start:end])
                if len(near) > 1 and _KATAKANA.fullmatch(text[start:end]):
                    return None
                meant = [word for word in near if self._slipped(text[start:end], word)]
                if meant:
                    return (start, end, (meant[0],)) if len(meant) == 1 else None
        return None

    def _near(self, typed: str) -> list[str]:
        """Return the corpus words of the same script that are one character away; none if `typed` is one itself."""
        from rapidfuzz.distance import Levenshtein
        from rapidfuzz.process import extract

        lengths = (
            (len(typed) - 1, len(typed), len(typed) + 1) if _KATAKANA.fullmatch(typed) else (len(typed),)
        )
        words = [word for length in lengths for word in self._words.get(length, ())]
        found = extract(typed, words, scorer=Levenshtein.distance, score_cutoff=1, limit=_NEAR)
        script = _KATAKANA if _KATAKANA.fullmatch(typed) else _KANJI
        near = [word for word, distance, _ in found if distance or word == typed]
        return [] if typed in near else [word for word in near if script.fullmatch(word)]

    def _slipped(self, typed: str, word: str) -> bool:
        if _KATAKANA.fullmatch(typed):
            alike = typed.translate(_PLAIN) == word.translate(_PLAIN) or len(typed) >= _LONG_KATAKANA
            return alike and not dictionary().lookup(typed)
        place = next(n for n, (a, b) in enumerate(zip(typed, word, strict=True)) if a != b)
        wrong, right = (_at(self._tokenizer.tokens(text), place) for text in (typed, word))
        real = len(wrong.surface) > 1 and bool(dictionary().lookup(wrong.surface))
        named = not _NEVER.isdisjoint({wrong.subpos, right.subpos})
        return not real and not named and not _sounds(typed[place]).isdisjoint(_sounds(word[place]))

    @cached_property
    def _words(self) -> Mapping[int, Sequence[str]]:
        """The corpus's words by length; made when the first strange word is met."""
        words: dict[int, list[str]] = {}
        for word in self._readings.spellings:
            if len(word) >= _SHORTEST and (_KANJI.fullmatch(word) or _KATAKANA.fullmatch(word)):
                words.setdefault(len(word), []).append(word)
        return words


def _at(tokens: Sequence[Token], place: int) -> Token:
    return next(token for token in tokens if token.start <= place < token.end)


@cache
def _sounds(kanji: str) -> frozenset[str]:
    """Return how a kanji is read by itself, in any word of the dictionary."""
    return frozenset(morpheme.reading_form() for morpheme in dictionary().lookup(kanji))
