"""Frozen records of evaluation. A measure that does not apply to a question is None, never 0."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from qa.types import Citation, Evidence, FigureShown, Reply

UNANSWERABLE = "unanswerable"
KINDS = ("fact", "figure", "list", "compute", "compare", UNANSWERABLE)


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """One question with what counts as right. `fields` holds every other column of the set, as text."""

    id: str
    question: str
    kind: str
    user: str = ""
    answers: tuple[str, ...] = ()
    members: tuple[tuple[str, ...], ...] = ()
    value: Decimal | None = None
    unit: str = ""
    evidence: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    note: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def answerable(self) -> bool:
        """True if the documents answer it."""
        return self.kind != UNANSWERABLE

    @property
    def ambiguous(self) -> bool:
        """True if asking back is right: the note says AMBIGUOUS."""
        return "AMBIGUOUS" in self.note


@dataclass(frozen=True, slots=True)
class SetProblem:
    """What is wrong in a test set. `row` counts as the file's editor does (1 is the first line or header).

    `fatal` rows are left out; the others are read, with the remark.
    """

    message: str
    row: int | None = None
    column: str | None = None
    fatal: bool = True

    def __str__(self) -> str:
        """Return the problem as one Japanese line."""
        place = "、".join(part for part in (f"{self.row}行目" if self.row else "", self.column or "") if part)
        return f"{place}：{self.message}" if place else self.message


@dataclass(frozen=True, slots=True)
class GoldSet:
    """The good rows of a test set, and what was wrong with the others. `sha256` is of the file as read."""

    name: str
    sha256: str
    questions: tuple[GoldQuestion, ...]
    problems: tuple[SetProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplyRecord:
    """A reply in the form of the contract. `status` is answered, clarify, declined, or error."""

    status: str
    answer: str = ""
    short_answer: str = ""
    members: tuple[str, ...] = ()
    figures: tuple[FigureShown, ...] = ()
    citations: tuple[Citation, ...] = ()
    options: tuple[str, ...] = ()
    reason: str = ""
    confidence: float | None = None
    understood: str | None = None

    @property
    def answered(self) -> bool:
        """True if the reply claims something."""
        return self.status == "answered"


@dataclass(frozen=True, slots=True)
class Score:
    """One question's measures by name, and in plain Japanese why it counts as it does."""

    id: str
    outcome: str
    reason: str
    measures: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with its 95 % confidence interval over `n` questions. `method` says how it was found."""

    value: float
    low: float
    high: float
    n: int
    method: str
    percentile: tuple[float, float]
    bca: tuple[float, float]


class Answering(Protocol):
    """Answers a question, given the questions asked before it."""

    def ask(self, question: str, *, history: Sequence[str] = ()) -> Reply: ...


class Searching(Protocol):
    """Ranks passages for a query."""

    def search(self, query: str, *, k: int = 10) -> Sequence[Evidence]: ...


class Told(Protocol):
    """Is told how far a long piece of work has come."""

    def __call__(self, done: int, total: int, /) -> object: ...
