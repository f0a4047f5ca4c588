"""A question → what the tables answer, with how surely: candidates, ranked, the likeliest read together with the question."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from corpus.normalizing import normalize
from corpus.tables.cell_forms import is_blank
from corpus.tables.types import ColumnKind
from corpus.types import Document
from qa.asking_back import Options
from qa.cross.judging import PairJudge
from qa.replies.messages import JAPANESE
from qa.tables.answer_texts import answer_key, cell_said, preview
from qa.tables.fitting_answers import can_answer
from qa.tables.frames import TableOperation
from qa.tables.plain_questions import plain_question
from qa.tables.reading.frame_ranker import FrameRanker
from qa.tables.reading.own_towns import OfTown
from qa.tables.reading.table_reader import TableCandidate, TableReader
from qa.tables.saying import said
from qa.tables.store.spoken_titles import shown_title
from qa.tables.store.value_keys import value_key
from qa.types import Answer, Decline

READ = 10
"""Answers that are read together with the question."""
_HELD = 64  # questions whose answers are kept for a while: a question is looked at twice
_SURELY, _WHOLLY = 0.8, 0.7  # likelihood and coverage from which on a row is surely the one that is named
_MOST_TOLD = 12
_LONGEST = 150  # characters of a question that is asked of a table
_OFFERED, _LEAST_OFFERED, _BEHIND_FIRST = 3, 0.1, 5
"""Readings that are asked back between: how many, how likely one is at least, and beside the likeliest."""
_MAY_BE_BLANK = 0.2  # share of a row's answers that are blank cells, from which on the row is not told whole
_AGREED = 0.5  # share of a row's answers that one must have to be the one that is asked for
Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A place that the passages choose for a question, and how likely it answers."""

    document: str
    start: int
    end: int
    probability: float


@dataclass(frozen=True)
class Likely:
    """An answer that may be right: its likeliest frame, and the probability of all frames that give it."""

    candidate: TableCandidate
    share: float

    @property
    def is_blank(self) -> bool:
        """Tell whether what it answers with is one cell, or one row's, that says nothing."""
        frame, rows = self.candidate.frame, self.candidate.result.rows
        told = frame.operation is TableOperation.VALUE and len(rows) == 1
        return told and all(is_blank(frame.table.text(rows[0], column)) for column in frame.columns)


class TableAnswering:
    """Answers questions from the tables; `least` is the probability from which on an answer is shown.

    `least_of_numbers` is that of one that is a number, or a いいえ.
    """

    def __init__(
        self,
        reader: TableReader,
        ranker: FrameRanker,
        judge: PairJudge,
        documents: Mapping[str, Document],
        least: float,
        least_of_numbers: float,
    ) -> None:
        self._reader, self._ranker, self._judge = reader, ranker, judge
        self._documents, self._least = documents, least
        self._least_of_numbers = max(least, least_of_numbers)
        self._held = lru_cache(maxsize=_HELD)(self._likely)

    def answer(
        self,
        question: str,
        history: Sequence[str],
        today: date,
        language: str = JAPANESE,
        beside: Quoted | None = None,
    ) -> Answer | None:
        """Return the answer, None where none is likely enough to be right.

        `beside` is what the passages choose: where that is a row, the cell of it that is asked for is as sure.
        """
        likely = self.likely(question, history, today)
        agreeing = _of_quoted_row(likely, beside) if beside else None
        first = max((*likely[:1], *([agreeing] if agreeing else [])), key=lambda one: one.share, default=None)
        if first is None or first.share < self._least_for(first) or first.is_blank:
            return None
        if not _may_answer(question, first):
            return None
        frame, result = first.candidate.frame, first.candidate.result
        return said(question, frame, result, first.share, self._documents, language)

    def blank(self, question: str, history: Sequence[str], today: date) -> Decline | None:
        """Return, where what is surely asked for is a cell that says nothing, that it is blank."""
        first = next(iter(self.likely(question, history, today)), None)
        if first is None or first.share < self._least or not first.is_blank:
            return None
        return self._said_blank(question, first)

    def _said_blank(self, question: str, likely: Likely) -> Decline:
        """Return that a cell is blank, with its row quoted."""
        frame, result = likely.candidate.frame, likely.candidate.result
        row, columns = (
            result.rows[0],
            "と".join(shown_title(frame.table.columns[n].title) for n in frame.columns),
        )
        text = f"「{cell_said(frame, row, frame.table.name)}」の{columns}は、表では空欄です。"
        told = said(question, frame, result, likely.share, self._documents)
        return Decline(question, text, "blank", told.citations, understood=told.understood)

    def reads_blank(self, question: str, place: Quoted, today: date) -> bool:
        """Tell whether a place is the whole of a row of which a cell that says nothing may well be asked for."""
        own = [one for one in self.likely(question, (), today) if _is_of(one.candidate, place)]
        if not own or own[0].candidate.frame.table.row_at(place.start, place.end) is None:
            return False
        blank = sum(one.share for one in own if one.is_blank)
        return blank >= _MAY_BE_BLANK * sum(one.share for one in own)

    def as_offered(
        self, option: str, history: Sequence[str], today: date, language: str = JAPANESE
    ) -> Answer | Decline | None:
        """Return what an option tells that the last of `history` was asked back for; None for any other question.

        Without a history it is read as it stands.
        """
        if not option.startswith("「"):
            return None
        *before, asked = history or [option]
        found = (one for one in self.likely(asked, before, today) if _is_said(one.candidate, option))
        meant = next(found, None)
        if meant is None:
            return None
        if meant.is_blank:
            return self._said_blank(option, meant)
        frame, result = meant.candidate.frame, meant.candidate.result
        return said(option, frame, result, 1.0, self._documents, language)

    def _least_for(self, likely: Likely) -> float:
        """A number that is wrong, and a いいえ, do more harm than a wrong name: they have to be surer."""
        result, frame = likely.candidate.result, likely.candidate.frame
        told = frame.operation is TableOperation.VALUE and any(
            frame.table.columns[n].kind is ColumnKind.NUMBER for n in frame.columns
        )
        return (
            self._least_of_numbers
            if result.number is not None or result.holds is False or told
            else self._least
        )

    def offer(self, question: str, history: Sequence[str], today: date) -> Options:
        """Return the readings that a question may have, each as a plain question that `as_offered` knows again."""
        likely = self.likely(question, history, today)
        least = max(_LEAST_OFFERED, likely[0].share / _BEHIND_FIRST) if likely else 1.0
        close = [one for one in likely[:_OFFERED] if one.share >= least and _may_answer(question, one)]
        plainly = {plain_question(one.candidate.frame): one.share for one in close}
        short = {option: share for option, share in plainly.items() if len(option) <= _LONGEST}
        return Options(tuple(short), sum(short.values()))

    def lacking(self, question: str, history: Sequence[str], today: date) -> str | None:
        """Return what a table tells of the one row that a question surely names, where what is asked is not among it."""
        first = next(iter(self.likely(question, history, today)), None)
        frame = first.candidate.frame if first else None
        if frame is None or first is None or len(first.candidate.result.rows) != 1:
            return None
        sure = [
            c
            for c in frame.conditions
            if c.column == frame.table.name and c.chance >= _SURELY and c.coverage >= _WHOLLY
        ]
        if not sure:
            return None
        row = first.candidate.result.rows[0]
        told = [
            shown_title(c.title)
            for n, c in enumerate(frame.table.columns)
            if n != frame.table.name and not is_blank(frame.table.text(row, n))
        ]
        return f"「{cell_said(frame, row, frame.table.name)}」について表にあるのは、{'、'.join(told[:_MOST_TOLD])}です。"

    def likely(self, question: str, history: Sequence[str], today: date) -> list[Likely]:
        """Return the answers that may be right, likeliest first, of the question alone or after the turns before it."""
        return self._held(question, tuple(history[-1:]), today)

    def _likely(self, question: str, history: tuple[str, ...], today: date) -> list[Likely]:
        if len(question) > _LONGEST:
            return []
        history = tuple(turn for turn in history if len(turn) <= _LONGEST)
        asked = OfTown(question) if question.startswith("「") else self._reader.of_town(question)
        alone = self._read(asked, (), today)
        after = self._read(asked, history, today) if history else []
        return max(alone, after, key=lambda found: found[0].share if found else 0.0)

    def _read(self, asked: OfTown, before: Sequence[str], today: date) -> list[Likely]:
        question = asked.question
        reading = self._reader.read(question, today, before, asked.but)
        if not reading.candidates:
            return []
        if question.startswith("「"):
            own = [one for one in reading.candidates if _is_said(one, question)]
            if own:
                return [Likely(own[0], 1.0)]
        signs = np.stack([candidate.signs for candidate in reading.candidates])
        shares = self._ranker.shares(signs, reading.none)
        found = grouped(reading.candidates, shares)
        return self._judged(question, before, found, float(shares[-1]))

    def _judged(
        self, question: str, before: Sequence[str], found: Sequence[Likely], none: float
    ) -> list[Likely]:
        """Return the first answers as likely as reading them together with the question makes them."""
        first = found[:READ]
        texts = [pair_text(one.candidate) for one in first]
        signs = judge_signs(first, none)
        shares = self._judge.shares(question, " ".join(before), texts, signs)
        judged = [Likely(one.candidate, float(share)) for one, share in zip(first, shares, strict=False)]
        return sorted(judged, key=lambda one: -one.share)


def _may_answer(question: str, likely: Likely) -> bool:
    return can_answer(normalize(question), likely.candidate.frame, likely.candidate.result)


def _is_said(candidate: TableCandidate, question: str) -> bool:
    """Tell whether a question is a frame's own plain question, to the letter: one that was offered."""
    return value_key(plain_question(candidate.frame)) == value_key(question)


def _of_quoted_row(likely: Sequence[Likely], told: Quoted) -> Likely | None:
    """Return the likeliest answer that is of the row which the passages choose, as sure as both are together."""
    own = [one for one in likely if _is_of(one.candidate, told)]
    if not own:
        return None
    share = own[0].share / sum(one.share for one in own)
    return replace(own[0], share=max(own[0].share, told.probability * share)) if share >= _AGREED else None


def _is_of(candidate: TableCandidate, place: Quoted) -> bool:
    frame, rows = candidate.frame, candidate.result.rows
    if (
        frame.table.document != place.document
        or len(rows) != 1
        or frame.operation is not TableOperation.VALUE
    ):
        return False
    start, end = frame.table.span(rows[0], frame.table.name)
    return place.start < end and start < place.end


def grouped(candidates: Sequence[TableCandidate], shares: Numbers) -> list[Likely]:
    """Return the different answers that candidates give, likeliest first."""
    together: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, one in enumerate(candidates):
        together[answer_key(one.frame, one.result)].append(number)
    found = [
        Likely(candidates[max(own, key=lambda n: float(shares[n]))], float(shares[own].sum()))
        for own in together.values()
    ]
    return sorted(found, key=lambda one: -one.share)


def pair_text(candidate: TableCandidate) -> tuple[str, Sequence[str], str]:
    """Return what is read beside a question: the table's title, and the frame as a plain question with its answer."""
    frame = candidate.frame
    said_so = plain_question(frame).split("」で、", 1)[-1]
    return frame.table.title, (), f"{said_so} {preview(frame, candidate.result)}"


def judge_signs(likely: Sequence[Likely], none: float) -> Numbers:
    """Return the signs of answers that are read together with a question: the candidate's, and what the ranker made of it."""
    shares = np.array([one.share for one in likely], np.float32)
    logs = np.log(np.maximum(shares, 1e-6))
    beside = np.stack(
        [logs, logs - logs.max(), np.full(len(logs), np.log(max(none, 1e-6)), np.float32)], axis=1
    )
    return np.concatenate([np.stack([one.candidate.signs for one in likely]), beside], axis=1).astype(
        np.float32
    )
