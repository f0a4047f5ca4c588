"""What every face says about a document."""

from corpus.types import Document
from qa.replies.reply_record import Record

_FIELDS = ("id", "title", "publisher", "source", "fiscal_year", "date", "licence")


def document_record(document: Document) -> Record:
    """Return what a list says about a document, as plain JSON values."""
    sizes = {"pages": len(document.pages), "characters": len(document.text)}
    return {name: getattr(document, name) for name in _FIELDS} | sizes
