"""Question → Evidence: passages from the index, ordered again by how much of the question each one holds."""

from collections.abc import Sequence
from math import exp, log

from corpus.types import Passage
from index.hybrid import HybridRetriever
from index.passages import PassageStore
from qa.deadline import check_time
from qa.evidence.passage_words import PassageForms
from qa.evidence.term_weights import Weighted, coverage, weigh
from qa.question.vocabulary import Vocabulary
from qa.types import Evidence, Question

_CANDIDATES = 40
# Added to the logarithm of the search's probability: 2.3 makes a passage ten times as likely.
_COVERAGE_WEIGHT = 3.0
_DESK_COVERED, _DESK_RANK = 0.15, 5
_LEAST_CHANCE = 1e-9


class EvidenceFinder:
    """Finds the passages that speak of a question."""

    def __init__(
        self,
        retriever: HybridRetriever,
        passages: PassageStore,
        forms: PassageForms,
        vocabulary: Vocabulary,
    ) -> None:
        self._retriever = retriever
        self._passages = passages
        self._forms = forms
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
        held = [(coverage(weighted, self._forms.of(item.passage)), -item.rank, item) for item in near]
        best = max(held, default=None, key=lambda row: row[:2])
        return best[2] if best and best[0] >= _DESK_COVERED else None

    def _bonus(self, weighted: Weighted, passage: Passage) -> float:
        check_time()
        return _COVERAGE_WEIGHT * coverage(weighted, self._forms.of(passage))


def lists_duties(passage: Passage) -> bool:
    """Tell whether a passage lists the duties of a division (〜に関すること)."""
    return "に関すること" in passage.text
