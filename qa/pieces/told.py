"""What is known of a document's pieces: their vectors, their forms, their words and letters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from index.keys import Hashes, hash_keys
from index.tokenizer import shared_tokenizer
from qa.pieces.cutting import Piece, Size, plain
from qa.pieces.forms import held
from qa.pieces.letters import pairs
from qa.question.analysis import word_forms
from qa.question.kanji import kanji_of

Vectors = npt.NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Lexicon:
    """The distinct words of many texts by their hashes; text `filled[i]` has the words `flat[begins[i]:begins[i + 1]]`."""

    keys: Hashes
    filled: Numbers
    begins: Numbers
    flat: Numbers

    @classmethod
    def of(cls, texts: Sequence[frozenset[str]]) -> "Lexicon":
        """Number the words of `texts`, synonym groups aside."""
        plain = [[word for word in text if not word.startswith("#")] for text in texts]
        words = sorted({word for own in plain for word in own})
        place = {word: number for number, word in enumerate(words)}
        filled = [number for number, own in enumerate(plain) if own]
        counts = [len(plain[number]) for number in filled]
        flat = [place[word] for number in filled for word in plain[number]]
        begins = np.cumsum([0, *counts])[:-1] if counts else np.zeros(0, np.int64)
        return cls(hash_keys(words), np.array(filled, np.int64), begins, np.array(flat, np.int64))


@dataclass(frozen=True)
class Told:
    """Pieces of a document with what is known of each; rows of all arrays are those of `pieces`.

    `bare`, `told` and `above` are the unit vectors of the text, of the text behind its titles, and of the titles;
    `words`, `over` hold the word forms of the text and of its titles.
    """

    document: str
    pieces: tuple[Piece, ...]
    bare: Vectors
    told: Vectors
    above: Vectors
    words: tuple[frozenset[str], ...]
    over: tuple[frozenset[str], ...]

    @cached_property
    def forms(self) -> Vectors:
        """Which forms each piece holds, 0 or 1: (pieces, FORMS)."""
        return held([plain(piece.text) for piece in self.pieces])

    @cached_property
    def letters(self) -> tuple[frozenset[str], ...]:
        """The pairs of letters in each piece."""
        return tuple(pairs(piece.text) for piece in self.pieces)

    @cached_property
    def letters_above(self) -> tuple[frozenset[str], ...]:
        """The pairs of letters in the titles above each piece."""
        return tuple(pairs(" ".join(piece.path)) for piece in self.pieces)

    @cached_property
    def kanji(self) -> tuple[frozenset[str], ...]:
        """The kanji of each piece."""
        return tuple(kanji_of(piece.text) for piece in self.pieces)

    @cached_property
    def kanji_above(self) -> tuple[frozenset[str], ...]:
        """The kanji of the titles above each piece."""
        return tuple(kanji_of(" ".join(piece.path)) for piece in self.pieces)

    @cached_property
    def units(self) -> list[int]:
        """The sentences and rows among the pieces."""
        return [n for n, piece in enumerate(self.pieces) if piece.size in (Size.SENTENCE, Size.ROW)]

    @cached_property
    def places(self) -> tuple[Numbers, Numbers]:
        """Where each piece begins and ends."""
        return (
            np.array([piece.start for piece in self.pieces]),
            np.array([piece.end for piece in self.pieces]),
        )

    @cached_property
    def lexicon(self) -> "Lexicon":
        """The words of all pieces and of their titles."""
        return Lexicon.of([*self.words, *self.over])

    def taken(self, rows: Sequence[int]) -> "Told":
        """Return some of the pieces."""
        return Told(
            self.document,
            tuple(self.pieces[row] for row in rows),
            self.bare[rows],
            self.told[rows],
            self.above[rows],
            tuple(self.words[row] for row in rows),
            tuple(self.over[row] for row in rows),
        )


def tell(document: str, title: str, found: Sequence[Piece], encode: Encode) -> Told:
    """Find out what is known of neighbouring pieces of a document, which has an id and a title."""
    title = plain(title)
    texts = [plain(piece.text) or "。" for piece in found]
    behind = [piece.told or "。" for piece in found]
    above = [plain(" ".join(piece.path[-3:])) or title or "。" for piece in found]
    # Neighbours stand together: the encoder computes what they share once.
    distinct = list(dict.fromkeys(chain.from_iterable(zip(texts, behind, above, strict=True))))
    place = {text: number for number, text in enumerate(distinct)}
    vectors = encode(distinct)
    rows = [[place[text] for text in own] for own in (texts, behind, above)]
    return Told(
        document, tuple(found), vectors[rows[0]], vectors[rows[1]], vectors[rows[2]],
        tuple(_words(text) for text in texts),
        tuple(_words(f"{plain(' '.join(piece.path))} {title}") for piece in found),
    )  # fmt: skip


@lru_cache(maxsize=4_096)
def _words(text: str) -> frozenset[str]:
    return frozenset(form for _, forms in word_forms(text, shared_tokenizer()) for form in forms)


def joined(found: Sequence[Told]) -> Told:
    if len(found) == 1:
        return found[0]
    return Told(
        found[0].document,
        tuple(piece for one in found for piece in one.pieces),
        np.concatenate([one.bare for one in found]),
        np.concatenate([one.told for one in found]),
        np.concatenate([one.above for one in found]),
        tuple(words for one in found for words in one.words),
        tuple(words for one in found for words in one.over),
    )
