"""What the cross-encoder reads: the word pieces of a question and of a text behind its titles, and how they meet."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from index.encoders.use_encoder import UseEncoder
from qa.pieces.headlines import clauses

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

ASKED, BEFORE, TITLE, PATH, TEXT, START = range(6)
"""The part of what is read that a word piece belongs to."""
MOST_ASKED, MOST_TITLE, MOST_PATH, MOST_TEXT = 40, 12, 30, 100
"""Word pieces of each part, at most."""
LONGEST = 1 + 2 * MOST_ASKED + MOST_TITLE + MOST_PATH + MOST_TEXT
"""Word pieces of a pair, at most: what was asked before may be as long as what is asked now."""
_PATH_CHARACTERS, _PATH_PIECES = 60, 16  # of one title
SIGNS = 8
"""How a word piece meets the other side: four numbers of a question's, four of a text's."""
_KEPT = 4_096


@dataclass(frozen=True, slots=True)
class Cut:
    """A text's word pieces, and where each stands in it; `digits` is 1 for those that hold a digit."""

    pieces: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    digits: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a text as one row of word pieces; `parts` (n) tells the part of each, `signs` (n, SIGNS).

    The first is START, then come the question's, then the text's with its titles; `text` is where its own begin.
    """

    pieces: Ints
    parts: Ints
    signs: Floats
    text: int


class PairReader:
    """Cuts questions and texts; safe to share between threads."""

    def __init__(self, encoder: UseEncoder) -> None:
        self._encoder = encoder
        self.cut = lru_cache(maxsize=_KEPT)(self._cut)

    def vectors(self, pieces: Ints) -> Floats:
        """Return the encoder's embeddings of word pieces, (n, dimension)."""
        return self._encoder.embeddings(pieces)

    def pairs(self, asked: str, before: str, texts: Sequence[tuple[str, Sequence[str], str]]) -> list[Pair]:
        """Return the question, with what was asked before it, beside each (title of the document, titles, text)."""
        own = self.cut(asked, MOST_ASKED).pieces
        earlier = self.cut(before, MOST_ASKED).pieces if before else ()
        question = np.array([*own, *earlier], np.int64)
        parts = np.array([ASKED] * len(own) + [BEFORE] * len(earlier), np.int64)
        unit = self._unit(question)
        return [self._pair(question, parts, unit, *text) for text in texts]

    def _pair(
        self, question: Ints, asked: Ints, unit: Floats, title: str, path: Sequence[str], text: str
    ) -> Pair:
        titled, above = self.cut(title, MOST_TITLE), self._above(path)
        own = self.cut(text, MOST_TEXT)
        told = np.array([*titled.pieces, *above.pieces, *own.pieces], np.int64)
        digits = np.array([*titled.digits, *above.digits, *own.digits], np.float32)
        parts = np.repeat([TITLE, PATH, TEXT], [len(one.pieces) for one in (titled, above, own)])
        alike, same = unit @ self._unit(told).T, (question[:, None] == told).astype(np.float32)
        within = parts == TEXT
        signs = np.zeros((1 + len(question) + len(told), SIGNS), np.float32)
        signs[1 : 1 + len(question), :4] = np.stack(
            [_most(alike[:, within], 1), _most(same[:, within], 1), _most(alike[:, ~within], 1), _most(same[:, ~within], 1)], 1
        )  # fmt: skip
        signs[1 + len(question) :, 4:] = np.stack(
            [_most(alike, 0), _most(same, 0), self._encoder.rarity(told), digits], 1
        )
        return Pair(
            np.concatenate([[0], question, told]),
            np.concatenate([[START], asked, parts]),
            signs,
            1 + len(question) + len(told) - len(own.pieces),
        )

    def _above(self, path: Sequence[str]) -> Cut:
        """Return the titles above a text, the nearest last; of what is too long the outermost are left out."""
        kept: list[Cut] = []
        for title in reversed(path):
            one = self.cut(title[:_PATH_CHARACTERS], _PATH_PIECES)
            if sum(len(other.pieces) for other in kept) + len(one.pieces) > MOST_PATH:
                break
            kept.insert(0, one)
        return Cut(
            tuple(piece for one in kept for piece in one.pieces),
            (),
            tuple(digit for one in kept for digit in one.digits),
        )

    def _unit(self, pieces: Ints) -> Floats:
        found = self.vectors(pieces)
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(found / np.maximum(lengths, 1e-6), np.float32)

    def _cut(self, text: str, most: int) -> Cut:
        """Cut clause by clause, so that a word piece never goes over the end of one."""
        pieces: list[int] = []
        spans: list[tuple[int, int]] = []
        digits: list[float] = []
        for start, end in clauses(text):
            for piece, begin, stop, digit in self._encoder.placed(text[start:end]):
                pieces.append(piece)
                spans.append((start + begin, start + stop))
                digits.append(float(digit))
            if len(pieces) >= most:
                break
        return Cut(tuple(pieces[:most]), tuple(spans[:most]), tuple(digits[:most]))


def _most(values: Floats, axis: int) -> Floats:
    return np.asarray(values.max(axis=axis, initial=0), np.float32)
