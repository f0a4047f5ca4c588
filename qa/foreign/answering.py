"""The one way from a question in another language to a reply: figures of the ledger, a quote, or a decline."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from corpus.types import Document
from index.types import Encoder
from qa.checking import unproven
from qa.declining import Reason, refuse_at_once
from qa.foreign import saying
from qa.foreign.choosing import Models
from qa.foreign.figures import FigureReader, Read
from qa.foreign.finding import ForeignFinder
from qa.foreign.gates import withheld
from qa.ledger import Ledger
from qa.ledger.composing import Composition
from qa.types import Answer, Decline, Evidence, Reply

FINGERPRINT = "use-m3"
"""How the fingerprint of an encoder begins that knows many languages and that the models here are fitted on."""
SHOWN = 0.35
"""From this probability on a quote is shown (figures in qa/foreign/model/README.md)."""
_TURNS = 2  # questions before this one in which an item may be named


class ForeignAnswering:
    """Answers one question at a time; holds nothing between two questions."""

    def __init__(
        self,
        *,
        encoder: Encoder,
        finder: ForeignFinder,
        models: Models,
        figures: FigureReader,
        ledger: Ledger,
        documents: Mapping[str, Document],
        least: float = SHOWN,
    ) -> None:
        self._encoder = encoder
        self._finder = finder
        self._models = models
        self._figures = figures
        self._ledger = ledger
        self._documents = documents
        self._least = least

    def answer(self, question: str, language: str, history: Sequence[str] = ()) -> Reply:
        """Return the reply to `question` in `language`; `history` are the questions before it, oldest first."""
        if refuse_at_once(question) not in (None, Reason.OTHER_LANGUAGE):
            return saying.declined(
                question, "ask_something", Reason.INSTRUCTION.name.lower(), (), {}, language
            )
        turns = list(reversed(history))[:_TURNS]
        vector, *before = self._encoder.encode_queries([question, *turns])
        read = self._figures.read(question, language, vector, list(zip(turns, before, strict=True)))
        if read:
            # An amount of the text would be of something else than what is asked for.
            reply = self._from_ledger(question, read, language) or self._not_told(question, vector, language)
        else:
            reply = self._from_passages(question, vector, language)
        if unproven(reply, _years(read)):
            return saying.declined(question, "no_figure", Reason.UNPROVEN.name.lower(), (), {}, language)
        return reply

    def evidence(self, question: str, *, k: int) -> list[Evidence]:
        """Return the `k` best passages."""
        vector = self._encoder.encode_queries([question])[0]
        return [evidence for _, evidence in self._finder.find(question, vector)][:k]

    def figures(self, question: str, language: str) -> list[Answer]:
        """Return what the ledger computes, in Japanese, for the way the question is read; none where that is not clear."""
        vector = self._encoder.encode_queries([question])[0]
        read = self._figures.read(question, language, vector, [])
        frames = read.frames if read and read.clear and not read.lacking else ()
        return [found for frame in frames if (found := self._figures.answer(frame))]

    def _from_ledger(self, question: str, read: Read, language: str) -> Reply | None:
        if not read.frames:
            return None
        if not read.clear:
            return saying.asked_back(question, read.frames, language)
        frame = read.frames[0]
        if read.lacking:
            made = Composition(self._ledger, question)
            return saying.lacking(question, frame, self._figures.known(frame.item), made, language)
        computed = self._figures.answer(frame)
        if computed is None:
            return None
        return saying.figure_answer(question, frame, computed, language, read.probability)

    def _from_passages(self, question: str, vector: npt.NDArray[np.float32], language: str) -> Reply:
        found = self._finder.find(question, vector)
        choice = self._models.chosen(vector, [read for read, _ in found])
        if (
            choice is None
            or choice.probability < self._least
            or withheld(question, choice, self._documents[choice.piece.passage.document], self._ledger)
        ):
            return self._not_told(question, vector, language)
        document = self._documents[choice.piece.passage.document]
        return saying.quoted_answer(question, choice, document, language)

    def _not_told(self, question: str, vector: npt.NDArray[np.float32], language: str) -> Decline:
        near = [evidence for _, evidence in self._finder.find(question, vector)]
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
    items = [frame.item for frame in read.frames if frame.item is not None]
    return {frame.year for frame in read.frames} | {year for item in items for year in item.years()}
