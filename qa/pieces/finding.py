"""Question → the pieces of the passages found, measured."""

from collections.abc import Sequence

import numpy as np

from index.types import Encoder
from qa.evidence.term_weights import AskedWords, WordVectors, weigh
from qa.pieces.cutting import Piece
from qa.pieces.signs import READ, Asked, Found, Numbers, measured
from qa.pieces.storing import PieceStore
from qa.pieces.told import Told
from qa.question.kanji import SharedKanji
from qa.question.vocabulary import Vocabulary
from qa.relevance.relevance_scoring import Relevance
from qa.types import Evidence, Question

_RELEVANT = 40  # sentences that the trained network reads


class PieceFinder:
    """Measures the pieces of passages against a question. Safe to share between threads."""

    def __init__(
        self,
        store: PieceStore,
        encoder: Encoder,
        vocabulary: Vocabulary,
        vectors: WordVectors,
        relevance: Relevance,
    ) -> None:
        self._store = store
        self._encoder = encoder
        self._vocabulary = vocabulary
        self._vectors = vectors
        self._relevance = relevance

    def asked(self, question: Question, asking: str | None = None) -> Asked:
        """Return the question as pieces are measured by it; `asking` is its last turn, where it holds several."""
        weighted = weigh(question.terms, self._vocabulary)
        words = AskedWords(weighted, self._vectors, proper=[term.proper for term in question.terms])
        vector, *own = self._encoder.encode_queries([question.normalized, *([asking] if asking else [])])
        kanji = SharedKanji(question.normalized, self._vocabulary.kanji_weight)
        now = asking or question.normalized
        return Asked(question.normalized, now, words, vector, own[0] if own else vector, kanji, bool(own))

    def names_unknown(self, question: Question) -> bool:
        """Tell whether a word of the question stands nowhere in the documents."""
        return any(not self._vocabulary.knows(term.accepts) for term in question.terms)

    def found(self, question: Question, asked: Asked, evidence: Sequence[Evidence]) -> Found:
        """Return the pieces of the first passages of `evidence`."""
        read = [(item, told) for item in evidence[:READ] if (told := self._store.of(item.passage))]
        return measured(asked, read, self._vectors, self._scores(question, asked, read))

    def _scores(
        self, question: Question, asked: Asked, read: Sequence[tuple[Evidence, Told]]
    ) -> list[tuple[Numbers, Numbers]]:
        """Return how well each piece answers by the trained network; a large one as well as the best within it.

        Only the sentences and rows nearest in meaning are read by it; the others have the lowest score of these.
        """
        rows = _nearest(asked, [told for _, told in read])
        stretches = [
            (item.passage.id, [_within(told.pieces[n], item) for n in own])
            for (item, told), own in zip(read, rows, strict=True)
        ]
        scored = self._relevance.scores(question, stretches)
        lowest = min((float(scores.min()) for scores, _ in scored if len(scores)), default=0.0)
        return [
            _spread(told, own, scores, chances, lowest)
            for (_, told), own, (scores, chances) in zip(read, rows, scored, strict=True)
        ]


def _nearest(asked: Asked, read: Sequence[Told]) -> list[list[int]]:
    """Return for each passage which of its sentences and rows are among the nearest of all."""
    near = [(told.bare + told.told) @ asked.vector for told in read]
    units = [(float(near[place][n]), place, n) for place, told in enumerate(read) for n in told.units]
    rows: list[list[int]] = [[] for _ in read]
    for _, place, n in sorted(units, reverse=True)[:_RELEVANT]:
        rows[place].append(n)
    return [sorted(own) for own in rows]


def _within(piece: Piece, item: Evidence) -> tuple[int, int]:
    """Return a piece's place in the text of its passage."""
    start, length = item.passage.start, len(item.passage.text)
    return piece.start - start, min(piece.end - start, length)


def _spread(
    told: Told, rows: Sequence[int], scores: Numbers, chances: Numbers, lowest: float
) -> tuple[Numbers, Numbers]:
    count = len(told.pieces)
    one, other = np.full(count, lowest, np.float32), np.zeros(count, np.float32)
    if not rows:
        return one, other
    starts, ends = told.places
    first = np.searchsorted(starts[rows], starts)
    last = np.searchsorted(starts[rows], ends)
    for number in np.flatnonzero(last > first).tolist():
        inside = slice(first[number], last[number])
        one[number], other[number] = scores[inside].max(), chances[inside].max()
    return one, other
