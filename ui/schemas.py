"""The records of the HTTP API and of `--json`, field by field: what other programs rely on."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FigureSchema(_Record):
    """A number of the reply. `value` is a plain number as a string."""

    label: str
    fiscal_year: int | None
    kind: Literal["amount", "difference", "rate", "share", "total", "count"]
    value: Annotated[str, StringConstraints(pattern=r"^-?\d+(\.\d+)?$")]
    unit: str
    derivation: str | None
    citations: list[int]


class CitationSchema(_Record):
    """A verbatim quote: the document's `text[start:end] == quote`. Numbers and pages start at 1."""

    number: int = Field(ge=1)
    document: str
    title: str
    page: int = Field(ge=1)
    heading: str
    quote: str = Field(min_length=1)
    start: int = Field(ge=0)
    end: int


class TimingsSchema(_Record):
    """Milliseconds."""

    total: float = Field(ge=0)


class ReplySchema(_Record):
    """One reply; `status` says which of the fields after it are filled.

    `understood` is a follow-up as completed from the questions before it, or how a question in another language was
    read; null where the question was taken as typed. `language` (BCP 47) is the asker's, in which the counter replies;
    what it quotes is Japanese.
    """

    id: str | int | float | None
    question: str
    understood: str | None
    language: str
    status: Literal["answered", "clarify", "declined"]
    answer: str
    short_answer: str
    members: list[str]
    figures: list[FigureSchema]
    citations: list[CitationSchema]
    options: list[str]
    reason: str | None
    confidence: float = Field(ge=0, le=1)
    timings_ms: TimingsSchema


class AskSchema(BaseModel):
    """A question, the asker's own id for it, and the questions before it as typed, oldest first.

    A question that lacks its subject (「では去年は？」) is completed from them; a whole one is left as it is.
    """

    question: str
    id: str | int | float | None = None
    history: list[str] = Field(default_factory=list, max_length=50)


class HitSchema(_Record):
    """One hit. Ranks start at 1, a higher score is better; `legs` has the rank in each leg."""

    rank: int = Field(ge=1)
    score: float
    legs: dict[str, int]
    passage_id: str
    document: str
    title: str
    page: int
    heading: str
    text: str
    start: int
    end: int


class SearchSchema(_Record):
    """The hits of one query, best first."""

    query: str
    hits: list[HitSchema]


class SuggestionSchema(_Record):
    """A title, heading or question of a document that fits what is being typed. Pages start at 1."""

    text: str = Field(min_length=1)
    kind: Literal["question", "title", "heading"]
    document: str
    page: int = Field(ge=1)


class DocumentSchema(_Record):
    """A document as listed."""

    id: str
    title: str
    publisher: str
    source: str
    fiscal_year: int | None
    date: str | None
    licence: str | None
    pages: int
    characters: int


class DocumentTextSchema(DocumentSchema):
    """A document with the text that citations point into."""

    text: str


class HealthSchema(_Record):
    """Whether the counter is open, which bundle serves, and why a newer one does not."""

    status: Literal["ok", "degraded", "closed"]
    bundle: str | None
    documents: int
    warning: str | None
