"""Questions one a line in, replies one a line out, in order: a bad line gets its reply like any other."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import perf_counter

from qa.assistant import Assistant
from qa.replies.reply_record import Record, reply_record
from qa.types import Reply
from ui.questions import LONGEST, before, cleaned, declined, objection


@dataclass(frozen=True, slots=True)
class Asked:
    """One line as understood; `fault` (Japanese) says why it cannot be asked."""

    question: str
    id: object = None
    history: tuple[str, ...] = ()
    fault: str | None = None


def read_line(line: str) -> Asked:
    """Return the question of one line: plain text, or a JSON object with `question` and optional `id`, `history`."""
    text = line.strip().removeprefix("\ufeff")
    if not text.startswith("{"):
        return _checked(Asked(cleaned(text)))
    try:
        record = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return Asked(
            cleaned(text)[:LONGEST], fault="この行を JSON として読めません。引用符と括弧を確かめてください。"
        )
    return _from_record(record)


def replies(assistant: Assistant, lines: Iterable[str]) -> Iterator[Record]:
    """Yield one reply record a line."""
    for line in lines:
        started = perf_counter()
        asked = read_line(line)
        reply = _reply(assistant, asked)
        yield reply_record(reply, id=asked.id, total_ms=(perf_counter() - started) * 1_000)


def _refuse(constant: str) -> None:
    raise ValueError(constant)  # NaN and Infinity are no JSON and could not be printed again


def _from_record(record: dict[str, object]) -> Asked:
    question, id_, history = record.get("question"), record.get("id"), record.get("history") or []
    if id_ is not None and not isinstance(id_, str | int | float):
        return Asked("", fault="id は文字列か数にしてください。")
    if not isinstance(question, str):
        return Asked("", id=id_, fault="この行には文字列の「question」がありません。")
    if not isinstance(history, list) or not all(isinstance(turn, str) for turn in history):
        return Asked(cleaned(question)[:LONGEST], id=id_, fault="history は文字列の配列にしてください。")
    return _checked(Asked(cleaned(question), id=id_, history=before(history)))


def _checked(asked: Asked) -> Asked:
    return Asked(asked.question, asked.id, asked.history, objection(asked.question))


def _reply(assistant: Assistant, asked: Asked) -> Reply:
    if asked.fault:
        return declined(asked.question, asked.fault)
    return assistant.ask(asked.question, history=asked.history)
