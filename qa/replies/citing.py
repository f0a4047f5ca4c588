"""A citation is a span of a document: verbatim by construction."""

from corpus.types import Document
from qa.types import Citation


def cite(document: Document, start: int, end: int, number: int, heading: str = "") -> Citation:
    """Return the citation of `document.text[start:end]`; the span must not be empty and must lie inside."""
    if not 0 <= start < end <= len(document.text):
        raise ValueError(
            f"Span {start}:{end} is outside {document.id} (0:{len(document.text)}); cite inside it."
        )
    return Citation(
        number=number,
        document=document.id,
        title=document.title,
        page=document.page_at(start),
        heading=heading,
        quote=document.text[start:end],
        start=start,
        end=end,
        machine_read=document.is_machine_read(start, end),
    )
