"""What every face says about a document."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from corpus.types import Document
from index.homes.standings import standings
from index.segments.segment import Segment
from qa.building.artefacts import ledger_summary
from qa.replies.reply_record import Record

_FIELDS = ("id", "title", "publisher", "source", "fiscal_year", "date", "licence")


def document_record(document: Document) -> Record:
    """Return what a list says about a document, as plain JSON values."""
    sizes = {"pages": len(document.pages), "characters": len(document.text)}
    return {name: getattr(document, name) for name in _FIELDS} | sizes


def document_list(home: Path, segments: Sequence[Segment], documents: Iterable[Document]) -> list[Record]:
    """Return what a list says about the documents of a bundle and how they stand."""
    _, unproven = ledger_summary(segments)
    known = standings(home, segments, unproven)
    return [document_record(document) | asdict(known[document.id]) for document in documents]
