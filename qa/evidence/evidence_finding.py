"""Question → Evidence: passages from the index, ordered again by how much of the question each one holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import exp, log

from corpus.normalizing import normalize, squash
from corpus.types import Passage
from index.hybrid import HybridRetriever
from index.passages import PassageStore
from index.tokenizer import SudachiTokenizer
from qa.deadline import check_time
from qa.evidence.nearness import PassageWords, Weighted, WordVectors, passage_words
from qa.evidence.passage_words import Analysed, WordStore
from qa.question.analysis import word_forms
from qa.question.vocabulary import Vocabulary
from qa.types import Evidence, Question, Term

_CANDIDATES = 40
# Added to the logarithm of the search's probability: 2.3 makes a passage ten times as likely.
_COVERAGE_WEIGHT = 3.0
_DESK_COVERED, _DESK_RANK = 0.15, 5
_LEAST_CHANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage: `passage.text[start:end]`, with the word forms in it."""

    start: int
    end: int
    forms: frozenset[str]


@dataclass(frozen=True)
class ReadPassage:
    """A passage cut into sentences, with all its word forms, headings included."""

    passage: Passage
    sentences: tuple[Sentence, ...]
    forms: frozenset[str]
    analysed: Analysed
    vectors: WordVectors

    @cached_property
    def words(self) -> PassageWords:
        """The words with their vectors; of most passages that are found nobody asks for them."""
        found = self.analysed
        return passage_words([own for _, _, own in found.sentences], found.heading, self.vectors)


class PassageReader:
    """Lays out what was found of passages at build time; the last ones read are kept."""

    def __init__(
        self, tokenizer: SudachiTokenizer, words: WordStore, vectors: WordVectors, *, kept: int = 1024
    ) -> None:
        self._tokenizer = tokenizer
        self._words = words
        self.vectors = vectors
        self.read = lru_cache(maxsize=kept)(self._read)
        self.spelled = lru_cache(maxsize=kept)(_spelled)

    def _read(self, passage: Passage) -> ReadPassage:
        found = self._words.get(passage)
        sentences = tuple(
            Sentence(start, end, frozenset(form for _, _, forms in own for form in forms))
            for start, end, own in found.sentences
        )
        everything = frozenset().union(*found.heading, *(s.forms for s in sentences))
        return ReadPassage(passage, sentences, everything, found, self.vectors)

    def forms(self, text: str) -> frozenset[str]:
        """Return the word forms of `text`."""
        return frozenset(form for _, forms in word_forms(normalize(text), self._tokenizer) for form in forms)


def _spelled(passage: Passage) -> str:
    """Return a passage with its headings as names are looked for in it: without spaces and widths."""
    return squash(passage.indexed_text)


class EvidenceFinder:
    """Finds the passages that speak of a question."""

    def __init__(
        self,
        retriever: HybridRetriever,
        passages: PassageStore,
        reader: PassageReader,
        vocabulary: Vocabulary,
    ) -> None:
        self._retriever = retriever
        self._passages = passages
        self._reader = reader
        self._vocabulary = vocabulary

    def find(self, question: Question, *, k: int) -> list[Evidence]:
        """Return the `k` best passages; ranks start at 1."""
        weighted = weigh(question.terms, self._vocabulary)
        hits = self._retriever.search(question.query, k=max(k, _CANDIDATES))
        passages = self._passages.get([hit.passage_id for hit in hits])
        scored = [
            (log(max(hit.score, _LEAST_CHANCE)) + self._bonus(weighted, passage), hit, passage)
            for hit, passage in zip(hits, passages, strict=True)
        ]
        scored.sort(key=lambda row: (-row[0], row[2].id))
        return [
            Evidence(passage, rank, exp(score), hit.legs)
            for rank, (score, hit, passage) in enumerate(scored[:k], 1)
        ]

    def desk(self, question: Question, evidence: Sequence[Evidence]) -> Evidence | None:
        """Return the division whose duties hold most of the question, if they hold enough of it."""
        weighted = weigh(question.terms, self._vocabulary)
        near = [e for e in evidence[:_DESK_RANK] if e.passage.heading and lists_duties(e.passage)]
        held = [
            (coverage(weighted, self._reader.read(item.passage).forms), -item.rank, item) for item in near
        ]
        best = max(held, default=None, key=lambda row: row[:2])
        return best[2] if best and best[0] >= _DESK_COVERED else None

    def _bonus(self, weighted: Weighted, passage: Passage) -> float:
        check_time()
        return _COVERAGE_WEIGHT * coverage(weighted, self._reader.read(passage).forms)


def weigh(terms: Sequence[Term], vocabulary: Vocabulary) -> Weighted:
    """Return each term's forms with how much it tells."""
    return tuple((vocabulary.weight(term.accepts), term.accepts) for term in terms)


def coverage(weighted: Weighted, forms: frozenset[str]) -> float:
    """Return the share of the question's terms, weighted by rarity, that `forms` holds; 0 without terms."""
    total = sum(weight for weight, _ in weighted)
    there = sum(weight for weight, accepts in weighted if not accepts.isdisjoint(forms))
    return there / total if total else 0.0


def lists_duties(passage: Passage) -> bool:
    """Tell whether a passage lists the duties of a division (〜に関すること)."""
    return "に関すること" in passage.text
