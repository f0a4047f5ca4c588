"""The one way from a question to a reply: analysis, ledger, evidence, draft, citing, or a decline."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from corpus.normalizing import squash
from corpus.tables.years import fiscal_years
from corpus.types import Document
from index.tokenizer import SudachiTokenizer
from qa.analysis import analyse
from qa.checking import checked
from qa.citing import cite
from qa.confidence import draft_features, model, probability
from qa.declining import Reason, decline, refuse_at_once
from qa.everyday import everyday_phrases
from qa.evidence import EvidenceFinder
from qa.passages import Draft, PassageAnswerer
from qa.types import Answer, Evidence, Question, Reply, Wanted
from qa.vocabulary import Vocabulary

_EVIDENCE = 20
_AMOUNT_COVERED = 0.75


class Ledgering(Protocol):
    """Answers questions about figures; None where a question is not about figures."""

    def answer(self, question: str) -> Reply | None: ...


def _doubtful_amount(question: Question, draft: Draft) -> bool:
    """An amount is only taken from a whole sentence that says most of the question; tables are the ledger's."""
    quote = draft.evidence.passage.text[draft.quote[0] : draft.quote[1]]
    return question.wanted is Wanted.AMOUNT and not (
        quote.endswith("。") and draft.covered >= _AMOUNT_COVERED
    )


class Answering:
    """Answers one question at a time; holds nothing between two questions."""

    def __init__(
        self,
        *,
        tokenizer: SudachiTokenizer,
        finder: EvidenceFinder,
        answerer: PassageAnswerer,
        ledger: Ledgering,
        vocabulary: Vocabulary,
        documents: Mapping[str, Document],
    ) -> None:
        self._tokenizer = tokenizer
        self._finder = finder
        self._answerer = answerer
        self._ledger = ledger
        self._vocabulary = vocabulary
        self._documents = documents

    def answer(self, text: str) -> Reply:
        """Return the reply to `text`: never an exception, whatever is typed."""
        refused = refuse_at_once(text)
        if refused:
            return decline(text, refused)
        return checked(self._ledger.answer(text) or self._from_passages(text), self._documents)

    def question(self, text: str) -> Question:
        """Return `text` as understood."""
        return analyse(text, self._tokenizer)

    def evidence(self, question: Question, *, k: int = _EVIDENCE) -> list[Evidence]:
        """Return the passages nearest to the question."""
        return self._finder.find(question, k=k)

    def _from_passages(self, text: str) -> Reply:
        question = self.question(text)
        if not question.terms:
            return decline(text, Reason.NO_QUESTION)
        evidence = self.evidence(question)
        reason = self._silent(question, evidence)
        draft = None if reason else self._answerer.draft(question, evidence)
        if draft is None:
            return self._declined(question, reason or Reason.NOT_TOLD, evidence)
        confidence = probability(draft_features(question, draft, evidence, self._vocabulary))
        if confidence < model().threshold or _doubtful_amount(question, draft):
            return self._declined(question, Reason.NOT_TOLD, evidence)
        return self._cited(question, draft, confidence)

    def _declined(self, question: Question, reason: Reason, evidence: Sequence[Evidence]) -> Reply:
        desk = self._finder.desk(question, evidence)
        return decline(question.text, reason, evidence, self._documents, desk)

    def _silent(self, question: Question, evidence: Sequence[Evidence]) -> Reason | None:
        """Tell why the documents cannot hold the answer, before any passage is read for it."""
        if not evidence:
            return Reason.NOT_TOLD
        if any(not self._stands(name, evidence) for name in question.names):
            return Reason.UNKNOWN_NAME
        told = {year for item in evidence for year in self._years(item)}
        if question.fiscal_years and not told & set(question.fiscal_years):
            return Reason.YEAR
        return None

    def _stands(self, name: str, evidence: Sequence[Evidence]) -> bool:
        """A name stands in the documents if the evidence spells it, or has another word for it."""
        spelled = squash(name)
        if any(spelled in squash(item.passage.indexed_text) for item in evidence):
            return True
        tokens = self._tokenizer.tokens(name)
        groups = [f"#{group}" for token in tokens for group in token.synonyms]
        others = [squash(word) for _, _, words in everyday_phrases(name) for word in words]
        return self._vocabulary.knows(groups) or any(
            word in squash(item.passage.text) for word in others for item in evidence
        )

    def _years(self, item: Evidence) -> set[int]:
        year = self._documents[item.passage.document].fiscal_year
        spoken = {span.year for span in fiscal_years(item.passage.text)}
        return spoken | ({year, year - 1} if year else set())

    def _cited(self, question: Question, draft: Draft, confidence: float) -> Answer:
        passage = draft.evidence.passage
        document = self._documents[passage.document]
        heading = passage.heading[-1] if passage.heading else ""
        citation = cite(document, passage.start + draft.quote[0], passage.start + draft.quote[1], 1, heading)
        members = tuple(passage.text[start:end] for start, end in draft.members)
        short = passage.text[draft.short[0] : draft.short[1]]
        text = "\n".join(f"・{member}" for member in members) if members else short
        if short != citation.quote and not members:
            text = f"{short}\n{citation.quote}"
        return Answer(question.text, text, short, (citation,), confidence, members)
