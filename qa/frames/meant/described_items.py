"""The items of a ledger as they are described, and how near each is to a stretch of a question: signs, no verdict."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from index.keys import hash_keys
from index.tokenizer import SudachiTokenizer
from index.types import Encoder, Token, Vectors
from qa.evidence.word_vectors import likeness_vectors
from qa.ledger.folding import fold, key

SIGNS = (
    "name", "text", "words of the name", "words of the text", "pairs of letters", "pairs of the name",
    "pairs of kana", "longest run", "short form", "likeness to the name", "likeness to the text",
    "rare pairs of letters",
)  # fmt: skip
CONTENT = frozenset(("名詞", "動詞", "形容詞", "形状詞", "副詞"))
NOUNS = frozenset(("名詞", "形状詞", "接頭辞", "接尾辞"))
EMPTY = frozenset(("数詞", "非自立可能", "助動詞語幹"))
_PROPER = "固有名詞"
_SHORT = re.compile(r"[一-龠]{2,4}")
_LONGEST_WORDS = 14  # letters of what two to four stand for
_LEAST_WEIGHT = 1e-6
Numbers = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]
Forms = frozenset[str]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch `start:end` of a folded question that may refer to an item."""

    start: int
    end: int
    text: str
    probability: float
    """How likely it refers to anything at all (0–1)."""
    forms: tuple[Forms, ...]
    """The forms of its words that budget questions do not have; of all its words, where they have them all."""
    sound: str
    names: tuple[Forms, ...] = ()
    """The forms of its proper nouns: an item that lacks one is another thing."""
    nouns: tuple[Forms, ...] = ()
    """The forms of all its words with a meaning of their own."""
    is_name: bool = False
    """Whether it is nouns alone: the name of something, not a description."""
    is_compound: bool = False
    """Whether it is nouns without の between them."""
    is_formal: bool = False
    """Whether it ends as names of items do: 〇〇補助金."""

    def traits(self) -> Numbers:
        """Return what it is like, whatever the item, each 0–1 or so."""
        flags = (self.is_name, self.is_compound, self.is_formal)
        return np.array([len(self.forms) / 5, len(self.text) / 20, *flags, self.probability], np.float32)


def is_content(token: Token) -> bool:
    """Tell whether a word has a meaning of its own."""
    return token.pos in CONTENT and token.subpos not in EMPTY


class Described:
    """The items of a ledger: names, texts, vectors, words; in the order given."""

    def __init__(
        self, names: Sequence[str], texts: Sequence[str], encoder: Encoder, tokenizer: SudachiTokenizer
    ) -> None:
        self.names = names
        self._texts = texts
        self._encoder = encoder
        self._tokenizer = tokenizer

    def piece(self, text: str, start: int, end: int, probability: float, known: frozenset[str]) -> Piece:
        """Return a stretch of a folded question as it is compared; `known` are the words of budget questions."""
        own = [token for token in self._tokenizer.tokens(text) if token.start < end and start < token.end]
        content = [token for token in own if is_content(token)]
        strange = [token for token in content if token.normalized not in known] or content
        is_compound = all(token.pos in NOUNS for token in own)
        return Piece(
            start,
            end,
            text[start:end],
            probability,
            tuple(token.forms for token in strange),
            "".join(token.reading for token in own),
            tuple(token.forms for token in own if token.subpos == _PROPER),
            tuple(token.forms for token in content),
            all(token.pos in NOUNS or token.surface == "の" for token in own),
            is_compound,
            is_compound and bool(own) and own[-1].surface in self.endings,
        )

    @cached_property
    def vectors(self) -> tuple[Vectors, Vectors]:
        """Return the vectors of the names and of the texts; some 6 ms an item."""
        told = [text or name for name, text in zip(self.names, self._texts, strict=True)]
        return self._encoder.encode_queries(list(self.names)), self._encoder.encode_passages(told)

    @cached_property
    def words(self) -> tuple[list[Forms], list[Forms], Mapping[str, float]]:
        """Return the forms of the words of each name and of each text, and the weight of each form."""
        of_names = [self._words(name) for name in self.names]
        of_texts = [name | self._words(text) for name, text in zip(of_names, self._texts, strict=True)]
        return of_names, of_texts, _weights(of_texts)

    @cached_property
    def vocabulary(self) -> tuple[Forms, Forms]:
        """Return the forms of the words that any name has, and any text."""
        of_names, of_texts, _ = self.words
        return Forms().union(*of_names), Forms().union(*of_texts)

    @cached_property
    def keys(self) -> list[str]:
        """Return the names without what does not tell them apart."""
        return [key(name) for name in self.names]

    @cached_property
    def endings(self) -> frozenset[str]:
        """Return the nouns that the names end in."""
        return frozenset(
            tokens[-1].surface for n in self.names if (tokens := self._tokenizer.tokens(fold(n)))
        )

    def signs(self, pieces: Sequence[Piece]) -> list[Numbers]:
        """Return how near each item is to each piece of a question, of shape (items, SIGNS), each 0–1 or so."""
        if not pieces:
            return []
        said = self._encoder.encode_queries([piece.text for piece in pieces])
        return [self._near(piece, vector) for piece, vector in zip(pieces, said, strict=True)]

    def _near(self, piece: Piece, said: Numbers) -> Numbers:
        names, texts = self.vectors
        of_names, of_texts, weights = self.words
        rarest = log(1 + len(self.names))
        heavy = [max((weights.get(form, rarest) for form in forms), default=0.0) for forms in piece.forms]
        letters, kana = _pairs(key(piece.text)), _pairs(piece.sound)
        rare = {pair: self._pair_weights.get(pair, rarest) for pair in letters}
        short = [form for forms in piece.nouns for form in forms if _SHORT.fullmatch(form)]
        said_key = key(piece.text)
        near = [
            names @ said,
            texts @ said,
            _column(of_names, lambda own: _part(piece.forms, heavy, own)),
            _column(of_texts, lambda own: _part(piece.forms, heavy, own)),
            _column(self._pairs_of_names, lambda own: len(own & letters) / max(len(letters), 1)),
            _column(self._pairs_of_names, lambda own: len(own & letters) / max(len(own), 1)),
            _column(self._sounds, lambda own: len(own & kana) / max(len(kana), 1)),
            _column(self.keys, lambda own: _longest(own, said_key)),
            _column(self.keys, lambda own: float(any(is_abbreviated(noun, own) for noun in short))),
            *(self._likeness(piece.forms, heavy, vectors) for vectors in self._word_vectors),
            _column(self._pairs, lambda own: sum(rare[p] for p in letters & own) / (sum(rare.values()) or 1)),
        ]
        return np.asarray(np.stack(near, axis=1), np.float32)

    def _likeness(
        self, forms: Sequence[Forms], heavy: Sequence[float], own: tuple[Numbers, Places]
    ) -> Numbers:
        """Return how like the likest word of each item is to each word of a piece, on average (0–1).

        Khattab and Zaharia (2020) call it late interaction.
        """
        vectors, starts = own
        words = [min((form for form in one if not form.startswith("#")), default="") for one in forms]
        if not words:
            return np.zeros(len(starts), np.float32)
        likest = np.maximum.reduceat(likeness_vectors().of(hash_keys(words)) @ vectors.T, starts, axis=1)
        weights = np.array(heavy, np.float32) + _LEAST_WEIGHT
        return np.asarray(weights @ np.maximum(likest, 0) / weights.sum(), np.float32)

    @cached_property
    def _word_vectors(self) -> tuple[tuple[Numbers, Places], tuple[Numbers, Places]]:
        """Return the vectors of the words of all names, and of names and texts, and where each item's begin."""
        of_names = [self._content(name) for name in self.names]
        of_texts = [name + self._content(text) for name, text in zip(of_names, self._texts, strict=True)]
        return _flat(of_names), _flat(of_texts)

    @cached_property
    def _pairs_of_names(self) -> list[Forms]:
        return [_pairs(own) for own in self.keys]

    @cached_property
    def _pairs(self) -> list[Forms]:
        return [_pairs(fold(text) + own) for text, own in zip(self._texts, self.keys, strict=True)]

    @cached_property
    def _pair_weights(self) -> Mapping[str, float]:
        return _weights(self._pairs)

    @cached_property
    def _sounds(self) -> list[Forms]:
        """Return the pairs of kana of how each name is read."""
        readings = ([token.reading for token in self._tokenizer.tokens(fold(name))] for name in self.names)
        return [_pairs("".join(reading)) for reading in readings]

    def _content(self, text: str) -> list[str]:
        return [token.normalized for token in self._tokenizer.tokens(fold(text)) if is_content(token)]

    def _words(self, text: str) -> Forms:
        tokens = self._tokenizer.tokens(fold(text))
        return frozenset(form for token in tokens if is_content(token) for form in token.forms)

    def explains(self, number: int, piece: Piece) -> bool:
        """Tell whether an item may be what a piece names: it has all its proper nouns, and what a name has to share.

        A name that ends as the items' do has all its words in that item's name; another compound has one there.
        """
        named, told = self.words[0][number], self.words[1][number]
        if piece.is_formal and not all(named & forms for forms in piece.nouns):
            return False
        if piece.is_compound and not any(named & forms for forms in piece.forms):
            return False
        return all(told & forms for forms in piece.names)


def _flat(words: Sequence[Sequence[str]]) -> tuple[Numbers, Places]:
    """Return the vectors of all words, and where each item's begin; one of no word has a vector that is like none."""
    filled = [own or [""] for own in words]
    starts = np.cumsum([0, *(len(own) for own in filled[:-1])])
    return likeness_vectors().of(hash_keys([word for own in filled for word in own])), starts


def _weights(told: Sequence[Forms]) -> dict[str, float]:
    """Return how much each of them tells: the more, the fewer items have it."""
    counted = Counter(form for forms in told for form in forms)
    return {form: log(1 + len(told) / n) for form, n in counted.items()}


def _part(forms: Sequence[Forms], heavy: Sequence[float], own: Forms) -> float:
    """Return which part of what the forms weigh an item has."""
    return sum(weight for one, weight in zip(forms, heavy, strict=True) if one & own) / (sum(heavy) or 1.0)


def is_abbreviated(short: str, name: str) -> bool:
    """Tell whether a noun is letters of a name from a word's first one on, but no part of it: 児相 of 児童相談所."""
    if short in name:
        return False
    starts = [match.start() for match in re.finditer(rf"(?<![一-龠]){short[0]}|^{short[0]}", name)]
    return any(_in_order(short, name[start : start + _LONGEST_WORDS]) for start in starts)


def _in_order(short: str, name: str) -> bool:
    letters = iter(name)
    return all(letter in letters for letter in short)


def _pairs(text: str) -> Forms:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def _longest(one: str, other: str) -> float:
    """Return the longest run of letters that both have, as a part of the shorter one."""
    best = 0
    for start in range(len(one)):
        while start + best < len(one) and one[start : start + best + 1] in other:
            best += 1
    return best / max(min(len(one), len(other)), 1)


def _column(own: Sequence[T], measure: Callable[[T], float]) -> Numbers:
    return np.array([measure(each) for each in own], np.float32)
