"""The records of the HTTP API and of `--json`, field by field: what other programs rely on."""

from typing import Annotated, Any, Literal

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
    """A verbatim quote: the document's `text[start:end] == quote`. Numbers and pages start at 1.

    `machine_read` tells that a machine read some of it from the picture of a page: a letter may be wrong.
    """

    number: int = Field(ge=1)
    document: str
    title: str
    page: int = Field(ge=1)
    heading: str
    quote: str = Field(min_length=1)
    start: int = Field(ge=0)
    end: int
    machine_read: bool = False


class ShownTableSchema(_Record):
    """Rows of a table behind an answer, as told; `marked` are the places of the columns asked for, `total` counts all rows."""

    title: str
    columns: list[str]
    rows: list[list[str]]
    marked: list[int]
    total: int = Field(ge=0)
    id: str


class TimingsSchema(_Record):
    """Milliseconds."""

    total: float = Field(ge=0)


class ReplySchema(_Record):
    """One reply; `status` says which of the fields after it are filled.

    `understood` is a follow-up as completed from the questions before it, or how a question in another language was
    read; null where the question was taken as typed. `language` (BCP 47) is the asker's, in which the counter replies;
    what it quotes is Japanese. `options` are questions to choose from where `status` is clarify: the one that is chosen is
    asked with the question that it was offered for as the last of `history`.
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
    table: ShownTableSchema | None
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


class ListedDocumentSchema(DocumentSchema):
    """A document of the list. `problems` counts what is to be looked at; `added` is when its file was taken up."""

    passages: int
    problems: int
    added: str | None


class DocumentTextSchema(DocumentSchema):
    """A document with the text that citations point into."""

    text: str


class HealthSchema(_Record):
    """Whether the counter is open, which bundle serves, and why a newer one does not."""

    status: Literal["ok", "degraded", "closed"]
    bundle: str | None
    documents: int
    warning: str | None


_TABLE: dict[str, Any] = {
    "id": "halls~1",
    "title": "公共施設の一覧",
    "document": "halls",
    "page": 1,
    "columns": [
        {"title": "施設名", "kind": "name", "unit": ""},
        {"title": "定員", "kind": "number", "unit": "人"},
    ],
}


class TableColumnSchema(_Record):
    """A column: its title as printed, what its cells are (name, category, number, date …), the unit that it states."""

    title: str
    kind: str
    unit: str


class TableProblemSchema(_Record):
    """What was met in reading the document."""

    message: str
    page: int | None


class TableSchema(_Record):
    """A table of a document. The id stays as long as the document has its tables in this order."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{**_TABLE, "rows": 113, "notes": ["令和8年4月1日現在"], "problems": []}]
        }
    )
    id: str
    title: str
    document: str
    page: int = Field(ge=1)
    columns: list[TableColumnSchema]
    rows: int
    notes: list[str]
    problems: list[TableProblemSchema]


class TableChoiceColumnSchema(TableColumnSchema):
    """A column with its different cells, where it is one of a few words or marks."""

    choices: list[str]


class TableLineSchema(_Record):
    """A row as printed. Numbers start at 1, in the order of the document, where it stands at `start:end`.

    `adds_up` tells that it is a total of others: it keeps no filter and stands last in every order.
    """

    row: int = Field(ge=1)
    page: int = Field(ge=1)
    start: int = Field(ge=0)
    end: int
    adds_up: bool
    cells: list[str]


class TableRowsSchema(_Record):
    """One page of a table's rows; `total` counts those of all pages, `size` all rows of the table."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    **_TABLE,
                    "columns": [{**column, "choices": []} for column in _TABLE["columns"]],
                    "size": 113,
                    "total": 1,
                    "offset": 0,
                    "limit": 50,
                    "rows": [
                        {
                            "row": 4,
                            "page": 1,
                            "start": 96,
                            "end": 105,
                            "adds_up": False,
                            "cells": ["中央公民館", "300"],
                        }
                    ],
                }
            ]
        }
    )
    id: str
    title: str
    document: str
    page: int = Field(ge=1)
    columns: list[TableChoiceColumnSchema]
    size: int
    total: int
    offset: int
    limit: int
    rows: list[TableLineSchema]


class TableCellSchema(_Record):
    """A cell: the document's `text[start:end]` is how it is printed (a CSV doubles a quotation mark in a cell)."""

    column: str
    text: str
    start: int = Field(ge=0)
    end: int


class TableRowSchema(_Record):
    """One row, cell by cell."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    **{name: _TABLE[name] for name in ("id", "title", "document", "page")},
                    "row": 4,
                    "start": 96,
                    "end": 105,
                    "adds_up": False,
                    "cells": [
                        {"column": "施設名", "text": "中央公民館", "start": 96, "end": 101},
                        {"column": "定員", "text": "300", "start": 102, "end": 105},
                    ],
                }
            ]
        }
    )
    id: str
    title: str
    document: str
    row: int = Field(ge=1)
    page: int = Field(ge=1)
    start: int = Field(ge=0)
    end: int
    adds_up: bool
    cells: list[TableCellSchema]
