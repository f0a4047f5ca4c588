"""The one way from a question to a reply: analysis, figures of the ledger, pieces of the passages, or a decline."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from corpus.types import Document
from index.tokenizer import SudachiTokenizer
from qa.asking_back import NOTHING, Options, asked_back
from qa.deadline import check_time
from qa.declining import Reason, decline, refuse_at_once
from qa.evidence.editions import Editions
from qa.evidence.evidence_finding import EvidenceFinder
from qa.evidence.read_order import FIRST, LEAST, in_order
from qa.pieces.answering import PieceAnswering, Reading
from qa.pieces.places_meant import place_meant
from qa.question.analysis import Spelling, analyse
from qa.replies.checking import checked
from qa.replies.edition_notes import with_edition
from qa.replies.messages import JAPANESE
from qa.tables.answering import Quoted, TableAnswering
from qa.tables.asking.asked_forms import today_in_tokyo
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
        tables: TableAnswering | None = None,
        budgets: frozenset[str] = frozenset(),
    ) -> None:
        """`budgets` are the documents that print amounts of money of a fiscal year."""
        self._tokenizer = tokenizer
        self._spelling = spelling
        self._finder = finder
        self._pieces = pieces
        self._documents = documents
        self._frames = frames
        self._tables = tables
        self._budgets = budgets
        self._editions = Editions(documents)

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
        return checked(replace(self._replied(spelled, turns), question=text), self._documents)

    def as_offered(self, text: str, history: Sequence[str] = (), language: str = JAPANESE) -> Reply | None:
        """Return what an option tells that was asked back: a reading of a table, or a place; None for all else."""
        turns = [self._spelling.spelled(turn) for turn in history]
        tables = self._tables
        table = tables.as_offered(text, turns, today_in_tokyo(), language) if tables else None
        told = table or self._of_place(text, turns, language)
        return checked(replace(told, question=text), self._documents) if told else None

    def _replied(self, spelled: str, turns: Sequence[str]) -> Reply:
        """Return what the figures tell; of what is no budget's a table may be surer; else what the documents tell."""
        figures = self._frames.reply(spelled, turns) if self._frames else None
        if figures is None:
            return self._told(spelled, turns)
        table = self.from_tables(spelled, turns)
        return (
            table
            if table and table.confidence > figures.confidence and not self._is_of_a_budget(table)
            else figures
        )

    def _of_place(self, text: str, turns: Sequence[str], language: str) -> Answer | None:
        """Return what a place tells of the question before it; where there was none, of what it quotes."""
        place = place_meant(text)
        if place is None:
            return None
        *before, asked = turns or [place.quote]
        told = (self._pieces.of_place(one, place, language) for one in self._readings(asked, before))
        return next((replace(answer, understood=asked) for answer in told if answer), None)

    def _is_of_a_budget(self, table: Answer) -> bool:
        return any(citation.document in self._budgets for citation in table.citations)

    def from_ledger(self, text: str) -> Reply | None:
        """Return what the figures tell, where the question is about figures."""
        return self._frames.reply(text) if self._frames else None

    def question(self, text: str) -> Question:
        """Return `text` as understood."""
        return analyse(text, self._tokenizer, self._spelling)

    def current(self, evidence: Sequence[Evidence], years: Sequence[int] = ()) -> list[Evidence]:
        """Return evidence without passages of editions that stand back behind another."""
        return self._editions.current(evidence, years)

    def evidence(self, question: Question, *, k: int = _EVIDENCE) -> list[Evidence]:
        """Return the passages nearest to the question."""
        return self._finder.find(question, k=k)

    def read_first(self, question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
        """Return the passages that read as the answer, the likeliest first."""
        chosen = self._pieces.read(question, evidence).chosen
        likely = [choice for choice in chosen.choices if choice.mass >= LEAST] if chosen else []
        return in_order(choice.evidence for choice in likely)[:FIRST]

    def from_passages(self, text: str, turns: Sequence[str], language: str = JAPANESE) -> Answer | None:
        """Return what the passages and tables tell of a question, alone or read with the turns before it: what is surest."""
        readings = self._readings(text, turns)
        told = self._answered(readings, language)
        return _surer(self.from_tables(text, turns, language, _chosen(readings)), told)

    def from_tables(
        self, text: str, turns: Sequence[str], language: str = JAPANESE, beside: Quoted | None = None
    ) -> Answer | None:
        """Return what the tables tell of a question, `beside` what the passages do."""
        return self._tables.answer(text, turns, today_in_tokyo(), language, beside) if self._tables else None

    def _readings(self, text: str, turns: Sequence[str]) -> list[Reading]:
        """Return the question as read alone, and with one and two turns before it; none where it has no words."""
        alone = self.question(text)
        asked = [(alone, None)] if alone.terms else []
        together = [
            self.question(" ".join([*turns[-n:], text])) for n in range(1, min(_TURNS, len(turns)) + 1)
        ]
        readings = []
        for question, asking in [*asked, *((one, alone.normalized) for one in together if one.terms)]:
            check_time()
            evidence = self.current(self.evidence(question), question.fiscal_years)
            readings.append(self._pieces.read(question, evidence, asking))
        return readings

    def _answered(self, readings: Sequence[Reading], language: str) -> Answer | None:
        found = [(reading, self._pieces.answer(reading, language)) for reading in readings]
        told = [
            replace(answer, understood=reading.question.text) if reading.follows else answer
            for reading, answer in found
            if answer and not self._is_blank_row(reading, answer)
        ]
        return max(told, key=lambda answer: answer.confidence, default=None)

    def _is_blank_row(self, reading: Reading, told: Answer) -> bool:
        """Tell whether a row of a table is told whole though what is asked for is likely one of its blank cells."""
        place = told.citations[0]
        quoted = Quoted(place.document, place.start, place.end, told.confidence)
        asked = reading.question.text
        return self._tables is not None and self._tables.reads_blank(asked, quoted, today_in_tokyo())

    def _told(self, spelled: str, turns: Sequence[str]) -> Reply:
        """Return what the tables or the passages tell; else what of the figures may be meant; else a decline."""
        readings = self._readings(spelled, turns)
        told = self._answered(readings, JAPANESE)
        table = self.from_tables(spelled, turns, JAPANESE, _chosen(readings))
        surest_told = _surer(table, told)
        if surest_told and not self._is_beside(spelled, surest_told, follows=bool(turns)):
            return with_edition(surest_told, self._editions, self._documents)
        blank = self._tables.blank(spelled, turns, today_in_tokyo()) if self._tables else None
        offered = blank or (self._frames.offer(spelled, turns) if self._frames else None)
        if offered:
            return offered
        if not readings:
            return decline(spelled, Reason.NO_QUESTION)
        surest = max(readings, key=lambda reading: reading.probability)
        desk = self._finder.desk(surest.question, surest.evidence)
        nearest = self._pieces.nearest(surest)
        untold = self._which(spelled, turns, surest, desk) or decline(
            spelled, Reason.NOT_TOLD, surest.evidence, self._documents, desk, nearest
        )
        lacking = self._tables.lacking(spelled, turns, today_in_tokyo()) if self._tables else None
        return replace(untold, text=f"{untold.text}\n{lacking}") if lacking else untold

    def which(self, text: str, turns: Sequence[str]) -> Clarification | None:
        """Return a question back between what the tables and the passages may tell; None where nothing is likely."""
        readings = self._readings(text, turns)
        surest = max(readings, key=lambda reading: reading.probability, default=None)
        return self._which(text, turns, surest, None) if surest else None

    def _which(
        self, text: str, turns: Sequence[str], surest: Reading, desk: Evidence | None
    ) -> Clarification | None:
        of_tables = self._tables.offer(text, turns, today_in_tokyo()) if self._tables else NOTHING
        places = Options(self._pieces.places(surest), surest.probability)
        heading = desk.passage.heading[-1] if desk else None
        return asked_back(text, of_tables, places, self._pieces.nearest(surest), heading)

    def _is_beside(self, spelled: str, told: Answer, *, follows: bool) -> bool:
        """Tell whether an answer is no figure of a budget though one is asked; tables that are no budget's tell their own."""
        if self._frames is None or (told.table and not self._is_of_a_budget(told)):
            return False
        return self._frames.is_beside(spelled, told, follows=follows)


def _chosen(readings: Sequence[Reading]) -> Quoted | None:
    """Return the place that the passages choose, however sure they are of it."""
    surest = max(readings, key=lambda reading: reading.probability, default=None)
    if surest is None or surest.chosen is None:
        return None
    choice = surest.chosen.choices[0]
    start, end = choice.piece.spans[0]
    return Quoted(choice.evidence.passage.document, start, end, surest.probability)


def _surer(table: Answer | None, told: Answer | None) -> Answer | None:
    """Return the surer of two answers; of one row the cell that is asked for, not the whole of it."""
    if table is None or told is None:
        return table or told
    row, place = table.citations[0], told.citations[0]
    same = row.document == place.document and row.start < place.end and place.start < row.end
    return table if same or table.confidence >= told.confidence else told
