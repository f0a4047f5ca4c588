"""A question, its evidence, and the three kinds of reply."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.types import Passage


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
    """A question as read: `text` as typed, `normalized` as spelled, `query` what is searched for, `terms` its content words."""

    text: str
    normalized: str
    query: str
    terms: tuple[Term, ...] = ()
    fiscal_years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage with its place in the ranking."""

    passage: Passage
    rank: int
    score: float
    legs: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote: the document's `text[start:end] == quote`, checked when it is made. Numbers start at 1.

    `machine_read` tells that a machine read some of it from a picture: a letter may be wrong.
    """

    number: int
    document: str
    title: str
    page: int
    heading: str
    quote: str
    start: int
    end: int
    machine_read: bool = False


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
class ShownTable:
    """Rows of a table behind an answer: cells as told, row by row; `marked` are the columns that were asked for.

    `total` is how many rows there are in all; `id` names the table where it can be seen whole.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    marked: tuple[int, ...]
    total: int
    id: str


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
    table: ShownTable | None = None


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
