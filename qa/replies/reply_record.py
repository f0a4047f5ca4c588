"""The one reply record of all faces: the same fields for an answer, a question back and a decline."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from qa.types import Answer, Clarification, Decline, Reply

Record = dict[str, Any]


def reply_record(reply: Reply, *, id: object = None, total_ms: float = 0.0) -> Record:
    """Return the reply as plain JSON values, every field of the contract present; times in milliseconds."""
    return {
        "id": id,
        "question": reply.question,
        "understood": reply.understood,
        "language": reply.language,
        "status": _status(reply),
        "answer": reply.text,
        "short_answer": reply.short if isinstance(reply, Answer) else "",
        "members": list(reply.members) if isinstance(reply, Answer) else [],
        "figures": _figures(reply),
        "table": asdict(reply.table) if isinstance(reply, Answer) and reply.table else None,
        "citations": [asdict(citation) for citation in reply.citations],
        "options": list(reply.options) if isinstance(reply, Clarification) else [],
        "reason": reply.reason if isinstance(reply, Decline) else None,
        "confidence": round(reply.confidence, 4),
        "timings_ms": {"total": round(total_ms, 2)},
    }


def stamped(record: Mapping[str, Any], *, id: object, total_ms: float) -> Record:
    """Return the record under another id and time: a reply may be shared, these two are the asker's own."""
    return {**record, "id": id, "timings_ms": {"total": round(total_ms, 2)}}


def _status(reply: Reply) -> str:
    if isinstance(reply, Answer):
        return "answered"
    return "clarify" if isinstance(reply, Clarification) else "declined"


def _figures(reply: Reply) -> list[Record]:
    if not isinstance(reply, Answer):
        return []
    return [{**asdict(figure), "citations": list(figure.citations)} for figure in reply.figures]
