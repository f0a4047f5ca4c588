"""The one way from a question to a reply: analysis, ledger, evidence, draft, citing, or a decline."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from corpus.normalizing import normalize, squash
from corpus.tables.years import fiscal_years
from corpus.types import Document
from index.tokenizer import SudachiTokenizer
from qa.analysis import Spelling, analyse, word_forms
from qa.asking_back import options, second_reading
from qa.checking import checked
from qa.citing import cite
from qa.confidence import answer_signs, sort_of
from qa.deadline import check_time
from qa.declining import Reason, decline, refuse_at_once
from qa.drafts import Draft, Piece
from qa.everyday import everyday_phrases
from qa.evidence import EvidenceFinder, PassageReader
from qa.gates import stated_count
from qa.judging import Judgement
from qa.passages import PassageAnswerer
from qa.premises import Correction, contradicted
from qa.types import Answer, Citation, Clarification, Decline, Evidence, Question, Reply, Wanted
from qa.vocabulary import Vocabulary

_EVIDENCE = 20
_NUMBERED = re.compile(r"[A-Za-z]-?[0-9]+$")
_WHICH = "文書には、いくつかの箇所に答えがあります。どれについてのお尋ねですか。"
_AMOUNT_HELD = 0.75


def _doubtful_amount(question: Question, draft: Draft) -> bool:
    """An amount is only taken from a whole sentence that says most of the question; tables are the ledger's."""
    quote = draft.first.evidence.passage.text[slice(*draft.first.quote)]
    return question.wanted is Wanted.AMOUNT and not (
        quote.endswith("。") and draft.signs.get("held", 0.0) >= _AMOUNT_HELD
    )


@dataclass(frozen=True, slots=True)
class Considered:
    """A question with everything that could answer it; `reason` tells why nothing does, `correction` what is so."""

    question: Question
    evidence: Sequence[Evidence]
    reason: Reason | None
    drafts: Sequence[Draft]
    correction: Correction | None = None


class Framing(Protocol):
    """What reads frames out of questions about figures."""

    def reply(self, question: str, history: Sequence[str] = ()) -> Reply | None: ...

    def is_beside(self, question: str, reply: Answer) -> bool: ...

    def offer(self, question: str, history: Sequence[str] = ()) -> Clarification | None: ...


class Answering:
    """Answers one question at a time; holds nothing between two questions."""

    def __init__(
        self,
        *,
        tokenizer: SudachiTokenizer,
        spelling: Spelling,
        finder: EvidenceFinder,
        passages: PassageReader,
        answerer: PassageAnswerer,
        judgement: Judgement,
        thresholds: Mapping[str, float],
        vocabulary: Vocabulary,
        documents: Mapping[str, Document],
        frames: Framing | None = None,
    ) -> None:
        self._tokenizer = tokenizer
        self._spelling = spelling
        self._finder = finder
        self._passages = passages
        self._answerer = answerer
        self._judgement = judgement
        self._thresholds = thresholds
        self._vocabulary = vocabulary
        self._documents = documents
        self._frames = frames

    def answer(self, text: str) -> Reply:
        """Return the reply to `text`: never an exception, whatever is typed, but OutOfTimeError under a time limit."""
        refused = refuse_at_once(text)
        if refused:
            return decline(text, refused)
        spelled = self._spelling.spelled(text)
        check_time()
        reply = self.from_ledger(spelled)
        if reply is None:
            reply = self._from_passages(spelled)
            if self._frames and isinstance(reply, Answer) and self._frames.is_beside(spelled, reply):
                question = self.question(spelled)
                reply = self._declined(question, Reason.NOT_TOLD, self.evidence(question))
            if isinstance(reply, Decline):
                reply = self.offered(text) or reply
        return checked(replace(reply, question=text), self._documents)

    def from_ledger(self, text: str) -> Reply | None:
        """Return what the figures tell, where the question is about figures.

        The ledger knows items that carry amounts; 「３つの施策」 may mean others.
        """
        reply = self._frames.reply(text) if self._frames else None
        stated = stated_count(normalize(text))
        if isinstance(reply, Answer) and reply.members and stated and stated != len(reply.members):
            return None
        return reply

    def from_frames(self, text: str, history: Sequence[str]) -> Reply | None:
        """Return what the figures tell where a question is one of them, completed from those before it."""
        if self._frames is None or refuse_at_once(text):
            return None
        spelled = self._spelling.spelled(text)
        reply = self._frames.reply(spelled, [self._spelling.spelled(turn) for turn in history])
        return None if reply is None else checked(replace(reply, question=text), self._documents)

    def offered(self, text: str, history: Sequence[str] = ()) -> Clarification | None:
        """Return what of the figures a question may mean that nothing answers."""
        if self._frames is None or refuse_at_once(text):
            return None
        offered = self._frames.offer(
            self._spelling.spelled(text), [self._spelling.spelled(turn) for turn in history]
        )
        return replace(offered, question=text) if offered else None

    def question(self, text: str) -> Question:
        """Return `text` as understood."""
        return analyse(text, self._tokenizer, self._spelling)

    def evidence(self, question: Question, *, k: int = _EVIDENCE) -> list[Evidence]:
        """Return the passages nearest to the question."""
        return self._finder.find(question, k=k)

    def considered(self, text: str) -> "Considered | None":
        """Return all that could answer `text`; None where it is refused at once or the ledger answers."""
        spelled = self._spelling.spelled(text)
        if refuse_at_once(text) or self.from_ledger(spelled):
            return None
        return self._considered(spelled)

    def _considered(self, text: str) -> "Considered":
        check_time()
        question = self.question(text)
        evidence = self.evidence(question) if question.terms else []
        check_time()
        reason = self._silent(question, evidence) if question.terms else Reason.NO_QUESTION
        correction = None if reason else self._contradicted(question, evidence)
        if correction:
            reason = Reason.PREMISE
        check_time()
        drafts = [] if reason else self._answerer.drafts(question, evidence)
        return Considered(question, evidence, reason, drafts, correction)

    def _contradicted(self, question: Question, evidence: Sequence[Evidence]) -> Correction | None:
        return contradicted(question, evidence, self._passages, self._tokenizer, self._vocabulary)

    def _from_passages(self, text: str) -> Reply:
        found = self._considered(text)
        question = found.question
        if not found.drafts:
            reason = found.reason or Reason.NOT_TOLD
            return self._declined(question, reason, found.evidence, found.correction)
        check_time()
        ranked = self._judgement.ranked(found.drafts)
        confidence = self._judgement.probability(self.signs(question, ranked))
        other = second_reading(question, ranked)
        # Asking back shows nothing as the answer: two readings that fit are offered, sure or not.
        back = self._asked_back(question, (ranked[0], other)) if other else None
        if back:
            return back
        least = self._thresholds[sort_of(question, ranked[0])]
        if confidence < least or _doubtful_amount(question, ranked[0]):
            return self._declined(question, Reason.NOT_TOLD, found.evidence)
        return self.cited(question, ranked[0], confidence)

    def signs(self, question: Question, ranked: Sequence[Draft]) -> Mapping[str, float]:
        """Return what tells how surely the first of `ranked` is right."""
        return answer_signs(question, ranked, self._vocabulary)

    def _asked_back(self, question: Question, readings: Sequence[Draft]) -> Clarification | None:
        offered = options(question, readings, self._tokenizer)
        citations = tuple(self._quoted(draft.first, number) for number, draft in enumerate(readings, 1))
        return Clarification(question.text, _WHICH, offered, citations) if offered else None

    def _declined(
        self,
        question: Question,
        reason: Reason,
        evidence: Sequence[Evidence],
        correction: Correction | None = None,
    ) -> Reply:
        desk = self._finder.desk(question, evidence)
        return decline(question.text, reason, evidence, self._documents, desk, correction)

    def _silent(self, question: Question, evidence: Sequence[Evidence]) -> Reason | None:
        """Tell why the documents cannot hold the answer, before any passage is read for it."""
        if not evidence:
            return Reason.NOT_TOLD
        if any(not self._stands(name, evidence) for name in question.names):
            return Reason.UNKNOWN_NAME
        asked = set(question.fiscal_years)
        if asked and not any(asked & self._years(item) for item in evidence):
            return Reason.YEAR
        return None

    def _stands(self, name: str, evidence: Sequence[Evidence]) -> bool:
        """A name stands in the documents if a passage spells it, has all its words, or another word for it."""
        spelled = squash(name)
        if any(spelled in self._passages.spelled(item.passage) for item in evidence):
            return True
        if _NUMBERED.search(normalize(name)):
            return False  # TICAD9 is not TICAD8.
        words = word_forms(name, self._tokenizer)
        if sum(token.end - token.start for token, _ in words) < len(name):
            words = []  # 避難所 is not there where 避難 is: 所 alone says nothing.
        others = [squash(word) for _, _, words in everyday_phrases(name) for word in words]
        return any(
            any(word in squash(item.passage.text) for word in others)
            or (
                words
                and all(not forms.isdisjoint(self._passages.read(item.passage).forms) for _, forms in words)
            )
            for item in evidence
        )

    def _years(self, item: Evidence) -> set[int]:
        year = self._documents[item.passage.document].fiscal_year
        spoken = {span.year for span in fiscal_years(item.passage.text)}
        return spoken | ({year, year - 1} if year else set())

    def cited(self, question: Question, draft: Draft, confidence: float) -> Answer:
        """Return the answer that a draft gives, its quotes found in their documents."""
        citations = tuple(self._quoted(piece, number) for number, piece in enumerate(draft.pieces, 1))
        short, members = draft.first.text, draft.members
        text = "\n".join(f"・{member}" for member in members) if members else short
        if not members and short != citations[0].quote:
            text = f"{short}\n{citations[0].quote}"
        return Answer(question.text, text, short, citations, confidence, members)

    def _quoted(self, piece: Piece, number: int) -> Citation:
        passage = piece.evidence.passage
        heading = passage.heading[-1] if passage.heading else ""
        start, end = piece.quote
        return cite(
            self._documents[passage.document], passage.start + start, passage.start + end, number, heading
        )
