"""The one way from a question in another language to a reply: figures of the ledger, the passages, or a decline."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from corpus.budgets.amounts import parse_amounts
from corpus.types import Document
from index.types import Encoder
from qa.declining import Reason, refuse_at_once
from qa.foreign import saying
from qa.foreign.figures import FigureReader, Read
from qa.ledger import Ledger
from qa.ledger.composing import Composition
from qa.replies.checking import unproven
from qa.replies.messages import say
from qa.types import Answer, Clarification, Decline, Evidence, Question, Reply

FINGERPRINT = "use-m3"
"""How the fingerprint of an encoder begins that knows many languages and that the models here are fitted on."""
_TURNS = 2  # questions before this one in which an item may be named


class Passages(Protocol):
    """What answers from the passages, whatever the language of a question."""

    def from_passages(self, text: str, turns: Sequence[str], language: str) -> Answer | None: ...

    def which(self, text: str, turns: Sequence[str]) -> Clarification | None: ...

    def question(self, text: str) -> Question: ...

    def evidence(self, question: Question) -> list[Evidence]: ...


class ForeignAnswering:
    """Answers one question at a time; holds nothing between two questions."""

    def __init__(
        self,
        *,
        encoder: Encoder,
        figures: FigureReader,
        ledger: Ledger,
        documents: Mapping[str, Document],
        passages: Passages,
    ) -> None:
        self._encoder = encoder
        self._figures = figures
        self._ledger = ledger
        self._documents = documents
        self._passages = passages

    def answer(self, question: str, language: str, history: Sequence[str] = ()) -> Reply:
        """Return the reply to `question` in `language`; `history` are the questions before it, oldest first."""
        if refuse_at_once(question) not in (None, Reason.OTHER_LANGUAGE):
            return saying.declined(
                question, "ask_something", Reason.NO_QUESTION.name.lower(), (), {}, language
            )
        turns = list(reversed(history))[:_TURNS]
        vector, *before = self._encoder.encode_queries([question, *turns])
        read = self._figures.read(question, language, vector, list(zip(turns, before, strict=True)))
        if read:
            # An amount of the text would be of something else than what is asked for.
            reply = self._from_ledger(question, read, language) or self._not_told(question, language)
        else:
            told = self._passages.from_passages(question, history, language)
            reply = (
                told
                if told and not self._shows_budget(told)
                else self._which(question, language, history) or self._not_told(question, language)
            )
        if unproven(reply, _years(read)):
            return saying.declined(question, "no_figure", Reason.UNPROVEN.name.lower(), (), {}, language)
        return reply

    def figures(self, question: str, language: str) -> tuple[list[Answer], bool]:
        """Return what the ledger computes, in Japanese, for each way the question may be read, and whether that is clear."""
        vector = self._encoder.encode_queries([question])[0]
        read = self._figures.read(question, language, vector, [])
        if read is None or read.lacking:
            return [], False
        return [found for frame in read.frames if (found := self._figures.answer(frame))], read.clear

    def _from_ledger(self, question: str, read: Read, language: str) -> Reply | None:
        if not read.frames:
            return None
        if not read.clear:
            return saying.asked_back(question, read.frames, language)
        frame = read.frames[0]
        if read.lacking:
            made = Composition(self._ledger, question)
            return saying.lacking(question, frame, self._figures.known(frame.items), made, language)
        computed = self._figures.answer(frame)
        if computed is None:
            return None
        return saying.figure_answer(question, frame, computed, language, read.probability)

    def _shows_budget(self, told: Answer) -> bool:
        """Tell whether a quote's headline is an amount of the budget: it is no price, and the ledger would have told it."""
        places = [(citation.document, citation.start, citation.end) for citation in told.citations]
        return bool(parse_amounts(told.short)) and any(self._ledger.has_figure_in(*place) for place in places)

    def _which(self, question: str, language: str, history: Sequence[str]) -> Clarification | None:
        offered = self._passages.which(question, history)
        return offered and replace(offered, text=say("which", language), language=language)

    def _not_told(self, question: str, language: str) -> Decline:
        near = self._passages.evidence(self._passages.question(question))
        return saying.declined(
            question, "not_told", Reason.NOT_TOLD.name.lower(), near, self._documents, language
        )


def out_of_time(question: str, language: str) -> Decline:
    """Return the decline of a question that took longer than it may."""
    return saying.declined(question, "not_told", Reason.OUT_OF_TIME.name.lower(), (), {}, language)


def _years(read: Read | None) -> set[int]:
    """Return the years that a reply may name: the one asked for, and those that its item has figures of."""
    if read is None:
        return set()
    asked = {frame.year for frame in read.frames if frame.year is not None}
    return asked | {year for frame in read.frames for item in frame.items for year in item.years()}
