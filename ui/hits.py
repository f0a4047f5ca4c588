"""A hit as the record that the faces show."""

from qa.replies.reply_record import Record
from qa.types import Evidence


def hit_record(evidence: Evidence, *, title: str) -> Record:
    """Return one hit as plain JSON values, with its rank in every leg."""
    passage = evidence.passage
    return {
        "rank": evidence.rank,
        "score": round(float(evidence.score), 6),
        "legs": dict(evidence.legs),
        "passage_id": passage.id,
        "document": passage.document,
        "title": title,
        "page": passage.page,
        "heading": " > ".join(passage.heading),
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
    }
