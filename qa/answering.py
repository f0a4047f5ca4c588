"""The one way from a question to a reply: analysis, figures of the ledger, pieces of the passages, or a decline."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from corpus.types import Document
from index.tokenizer import SudachiTokenizer
from qa.analysis import Spelling, analyse
from qa.checking import checked
from qa.deadline import check_time
from qa.declining import Reason, decline, refuse_at_once
from qa.evidence import EvidenceFinder
from qa.messages import JAPANESE
from qa.pieces.answering import PieceAnswering
from qa.types import Answer, Clarification, Evidence, Question, Reply

_EVIDENCE = 20
_TURNS = 2  # turns before a question that it is read with


class Framing(Protocol):
    """What reads frames out of questions about figures."""

    def reply(self, question: str, history: Sequence[str] = ()) -> Reply | None: ...

    def is_beside(self, question: str, reply: Answer, *, follows: bool = False) -> bool: ...

    def offer(self, question: str, history: Sequence[str] = ()) -> Clarification | None: ...


class Answering:
    """Answers one question at a time; holds nothing between two questions."""

    def __init__(
        self,
        *,
        tokenizer: SudachiTokenizer,
        spelling: Spelling,
        finder: EvidenceFinder,
        pieces: PieceAnswering,
        documents: Mapping[str, Document],
        frames: Framing | None = None,
    ) -> None:
        self._tokenizer = tokenizer
        self._spelling = spelling
        self._finder = finder
        self._pieces = pieces
        self._documents = documents
        self._frames = frames

    def answer(self, text: str, history: Sequence[str] = ()) -> Reply:
        """Return the reply to `text`: never an exception, whatever is typed, but OutOfTimeError under a time limit.

        `history` are the questions before it, as typed, the oldest first.
        """
        refused = refuse_at_once(text)
        if refused:
            return decline(text, refused)
        spelled = self._spelling.spelled(text)
        turns = [self._spelling.spelled(turn) for turn in history if not refuse_at_once(turn)]
        check_time()
        figures = self._frames.reply(spelled, turns) if self._frames else None
        reply = figures or self._told(spelled, turns)
        return checked(replace(reply, question=text), self._documents)

    def from_ledger(self, text: str) -> Reply | None:
        """Return what the figures tell, where the question is about figures."""
        return self._frames.reply(text) if self._frames else None

    def question(self, text: str) -> Question:
        """Return `text` as understood."""
        return analyse(text, self._tokenizer, self._spelling)

    def evidence(self, question: Question, *, k: int = _EVIDENCE) -> list[Evidence]:
        """Return the passages nearest to the question."""
        return self._finder.find(question, k=k)

    def from_passages(self, text: str, turns: Sequence[str], language: str = JAPANESE) -> Answer | None:
        """Return what the passages tell of a question, alone or read with the turns before it: what is surest."""
        alone = self.question(text)
        readings: list[tuple[Question, str | None]] = [(alone, None)] if alone.terms else []
        for back in range(1, min(_TURNS, len(turns)) + 1):
            together = self.question(" ".join([*turns[-back:], text]))
            readings += [(together, alone.normalized)] if together.terms else []
        replies = [self._read(question, asking, language) for question, asking in readings]
        told = [reply for reply in replies if reply]
        return max(told, key=lambda reply: reply.confidence) if told else None

    def _read(self, question: Question, asking: str | None, language: str) -> Answer | None:
        check_time()
        reply = self._pieces.answer(question, self.evidence(question), asking=asking, language=language)
        return replace(reply, understood=question.text) if reply and asking else reply

    def _told(self, spelled: str, turns: Sequence[str]) -> Reply:
        """Return what the passages tell; else what of the figures may be meant; else a decline."""
        told = self.from_passages(spelled, turns)
        if told and not (self._frames and self._frames.is_beside(spelled, told, follows=bool(turns))):
            return told
        offered = self._frames.offer(spelled, turns) if self._frames else None
        if offered:
            return offered
        question = self.question(spelled)
        if not question.terms:
            return decline(spelled, Reason.NO_QUESTION)
        evidence = self.evidence(question)
        desk = self._finder.desk(question, evidence)
        nearest = self._pieces.nearest(question, evidence)
        return decline(question.text, Reason.NOT_TOLD, evidence, self._documents, desk, nearest)
