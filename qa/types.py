"""A question, its evidence, and the three kinds of reply."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from corpus.types import Passage


class Wanted(StrEnum):
    """What kind of thing a question asks for."""

    WHO = "who"
    WHERE = "where"
    WHEN = "when"
    COUNT = "count"
    FREQUENCY = "frequency"
    AMOUNT = "amount"
    DIVISION = "division"
    NAME = "name"
    DEFINITION = "definition"
    REASON = "reason"
    METHOD = "method"
    LIST = "list"
    DUTY = "duty"
    YES_NO = "yes_no"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of a question, and every form that counts as the same: normalised words, `#` synonym groups.

    `proper` names one thing: what is merely like it (another city, another language) is something else.
    """

    text: str
    accepts: frozenset[str]
    proper: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood. `text` is as typed; `query` is what is searched for.

    `terms` are the content words, `names` the terms that must not go missing (proper names, quoted and latin terms),
    `counter` is what is counted (人, 件 …), `head` the noun an answer ends in (区, 条例 …), `subject` what is to be explained,
    `focus` the number of the term that the interrogative is about (−1: the last).
    """

    text: str
    normalized: str
    wanted: Wanted
    query: str
    terms: tuple[Term, ...] = ()
    names: tuple[str, ...] = ()
    fiscal_years: tuple[int, ...] = ()
    counter: str | None = None
    head: str | None = None
    subject: str | None = None
    wants_all: bool = False
    focus: int = -1


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage with its place in the ranking."""

    passage: Passage
    rank: int
    score: float
    legs: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote: the document's `text[start:end] == quote`, checked when it is made. Numbers start at 1."""

    number: int
    document: str
    title: str
    page: int
    heading: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FigureShown:
    """A number in a reply: `value` is a plain number as text; `derivation` is None where it is printed."""

    label: str
    fiscal_year: int | None
    kind: str
    value: str
    unit: str
    derivation: str | None
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the documents say. `confidence` in 0–1: higher is more often right.

    `understood`, in every kind of reply, is a follow-up as completed from the questions before it, or how a
    question in another language was read, else None. `language` (BCP 47) is the one the counter speaks in.
    """

    question: str
    text: str
    short: str
    citations: tuple[Citation, ...]
    confidence: float
    members: tuple[str, ...] = ()
    figures: tuple[FigureShown, ...] = ()
    understood: str | None = None
    language: str = "ja"


@dataclass(frozen=True, slots=True)
class Clarification:
    """A question back: the readings that are equally good, as questions the person can choose from."""

    question: str
    text: str
    options: tuple[str, ...]
    citations: tuple[Citation, ...] = ()
    confidence: float = 0.0
    understood: str | None = None
    language: str = "ja"


@dataclass(frozen=True, slots=True)
class Decline:
    """The documents do not tell. `citations` are the nearest passages, `text` may name the desk in charge."""

    question: str
    text: str
    reason: str
    citations: tuple[Citation, ...] = ()
    confidence: float = 0.0
    understood: str | None = None
    language: str = "ja"


Reply = Answer | Clarification | Decline
