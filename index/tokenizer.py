"""Japanese words by Sudachi: the one file that knows SudachiPy."""

import threading
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from index.types import Token

if TYPE_CHECKING:
    from sudachipy import Dictionary, MorphemeList, Tokenizer

Mode = Literal["A", "C"]

# Not 代名詞, 連体詞, 接頭辞: どこ, その, お say nothing of what is asked (municipal FAQ: nDCG@10 .506 → .517).
CONTENT_POS = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞", "接尾辞"})
_NO_WORD = frozenset({"補助記号", "空白", "記号"})
# Sudachi refuses inputs over 49,149 bytes; a character has at most four.
_LONGEST = 12_000
_SHORT, _KEPT = 200, 512
# Passages are analysed sixteen at a time, each by several readers, one reader after the other.
_LONG, _LONG_KEPT = 2_000, 128


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


class SudachiTokenizer:
    """Splits text into words; safe to share between threads, since each thread gets its own analyser."""

    def __init__(self) -> None:
        self._local = threading.local()
        # A question is looked at by many, each for something else.
        self._short_tokens = lru_cache(maxsize=_KEPT)(self._tokens)
        self._long_tokens = lru_cache(maxsize=_LONG_KEPT)(self._tokens)

    def tokens(self, text: str, mode: Mode = "A") -> tuple[Token, ...]:
        """Return every word of `text`, symbols and spaces included; offsets are characters of `text`."""
        if len(text) > _LONG:
            return self._tokens(text, mode)
        return self._short_tokens(text, mode) if len(text) <= _SHORT else self._long_tokens(text, mode)

    def _tokens(self, text: str, mode: Mode) -> tuple[Token, ...]:
        return tuple(
            token for offset, morphemes in self._analysed(text, mode) for token in _tokens(morphemes, offset)
        )

    def words(self, text: str) -> list[str]:
        """Return the normalised forms of the content words: 「引越しの届」→ ["引っ越し", "届け"]."""
        return [t.normalized.casefold() for t in self.tokens(text) if t.pos in CONTENT_POS]

    def synonyms(self, text: str) -> list[str]:
        """Return the synonym group numbers of the content words: 旅券 and パスポート give the same."""
        return [str(group) for t in self.tokens(text) if t.pos in CONTENT_POS for group in t.synonyms]

    def normalized(self, text: str, mode: Mode) -> list[str]:
        """Return the normalised form of every word, particles included, symbols not."""
        return [t.normalized for t in self.tokens(text, mode) if t.pos not in _NO_WORD]

    def _analysed(self, text: str, mode: Mode) -> Iterator[tuple[int, "MorphemeList"]]:
        analyser = self._analyser(mode)
        # A lone surrogate cannot cross into Sudachi; "?" takes its place, one for one.
        clean = text.encode("utf-8", "replace").decode("utf-8")
        for start, end in _pieces(clean):
            yield start, analyser.tokenize(clean[start:end])

    def _analyser(self, mode: Mode) -> "Tokenizer":
        analysers: dict[str, Tokenizer] | None = getattr(self._local, "analysers", None)
        if analysers is None:
            analysers = self._local.analysers = {}
        if mode not in analysers:
            analysers[mode] = _create(mode)
        return analysers[mode]


@cache
def shared_tokenizer() -> SudachiTokenizer:
    """Return the process's one tokenizer."""
    return SudachiTokenizer()


def _create(mode: Mode) -> "Tokenizer":
    from sudachipy import SplitMode

    return dictionary().create(SplitMode.A if mode == "A" else SplitMode.C)


def _tokens(morphemes: "MorphemeList", offset: int) -> Iterator[Token]:
    for morpheme in morphemes:
        pos = morpheme.part_of_speech()
        yield Token(
            surface=morpheme.surface(),
            normalized=morpheme.normalized_form(),
            reading=morpheme.reading_form(),
            pos=pos[0],
            subpos=pos[1],
            start=offset + morpheme.begin(),
            end=offset + morpheme.end(),
            synonyms=tuple(morpheme.synonym_group_ids()),
            detail=pos[2],
            fine=pos[3],
            form=pos[5],
        )


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
