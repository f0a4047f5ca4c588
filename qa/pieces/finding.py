"""Question → the pieces of the passages found, measured."""

from collections.abc import Sequence

from index.types import Encoder
from qa.evidence.term_weights import AskedWords, WordVectors, weigh
from qa.pieces.signs import READ, Asked, Found, measured
from qa.pieces.storing import PieceStore
from qa.question.kanji import SharedKanji
from qa.question.vocabulary import Vocabulary
from qa.types import Evidence, Question


class PieceFinder:
    """Measures the pieces of passages against a question. Safe to share between threads."""

    def __init__(
        self,
        store: PieceStore,
        encoder: Encoder,
        vocabulary: Vocabulary,
        vectors: WordVectors,
    ) -> None:
        self._store = store
        self._encoder = encoder
        self._vocabulary = vocabulary
        self._vectors = vectors

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
        return measured(asked, read, self._vectors)
