"""Replies as records of the contract: from the counter itself, or from another program's JSON Lines."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from eval.types import ReplyRecord
from qa.replies.reply_record import reply_record
from qa.types import Citation, FigureShown, Reply


def record(reply: Reply) -> ReplyRecord:
    """Return a reply of the counter in the form of the contract."""
    return from_json(reply_record(reply))


def failed(error: Exception) -> ReplyRecord:
    """Return the record of a question on which the program itself failed."""
    return ReplyRecord("error", reason=f"{type(error).__name__}: {error}")


def to_json(reply: ReplyRecord, *, id: str, question: str) -> dict[str, Any]:
    """Return the contract's JSON object, without timings: those differ from run to run."""
    return {"id": id, "question": question, **asdict(reply)}


def from_json(row: Mapping[str, Any]) -> ReplyRecord:
    """Read one object of the contract; null means absent. Raises pydantic's ValidationError, field named."""
    read = _Reply.model_validate(_without_nulls(row))
    return ReplyRecord(
        read.status,
        answer=read.answer,
        short_answer=read.short_answer,
        members=tuple(read.members),
        figures=tuple(FigureShown(**figure.model_dump()) for figure in read.figures),
        citations=tuple(Citation(**citation.model_dump()) for citation in read.citations),
        options=tuple(read.options),
        reason=read.reason,
        confidence=read.confidence,
        understood=read.understood,
    )


def _without_nulls(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_nulls(inner) for key, inner in value.items() if inner is not None}
    return [_without_nulls(inner) for inner in value] if isinstance(value, list) else value


class _Lenient(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True, extra="ignore")


class _Figure(_Lenient):
    label: str = ""
    fiscal_year: int | None = None
    kind: str = "amount"
    value: str
    unit: str = ""
    derivation: str | None = None
    citations: tuple[int, ...] = ()


class _Citation(_Lenient):
    number: int = 0
    document: str = ""
    title: str = ""
    page: int = 0
    heading: str = ""
    quote: str = ""
    start: int = 0
    end: int = 0
    machine_read: bool = False


class _Reply(_Lenient):
    status: Literal["answered", "clarify", "declined", "error"]
    answer: str = ""
    short_answer: str = ""
    members: list[str] = []
    figures: list[_Figure] = []
    citations: list[_Citation] = []
    options: list[str] = []
    reason: str = ""
    confidence: float | None = None
    understood: str | None = None
