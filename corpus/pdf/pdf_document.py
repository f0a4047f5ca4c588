"""A PDF to a Document: its pages, the text as it is read, headings, tables, and what could not be read."""

from collections.abc import Iterator, Sequence
from typing import Any

from corpus.pdf.heading_levels import heading_levels
from corpus.pdf.page_layout import page_layout
from corpus.pdf.page_tables import page_tables
from corpus.pdf.paragraphs import paragraphs
from corpus.pdf.pdf_problems import PageState, page_problems, page_state
from corpus.pdf.pdf_title import pdf_title
from corpus.pdf.pdfium_file import PdfFile
from corpus.pdf.running_heads import LaidPage, without_running_heads
from corpus.pdf.stored_text import StoredText, stored_text, units
from corpus.pdf.tables_in_place import with_continued_tables
from corpus.reading.text import line_kind
from corpus.refusing import RefusedError
from corpus.types import Block, BlockKind, Document, Problem


def pdf_document(
    data: bytes, *, id: str, title: str | None = None, publisher: str = "", source: str = "", **about: Any
) -> tuple[Document | None, list[Problem]]:
    """Return the Document of a PDF, None where no text can be read; `about` are the other fields of a Document."""
    try:
        with PdfFile(data) as file:
            named = file.title
            states, pages = _read(file)
    except RefusedError as error:
        return None, [Problem(id, str(error), code=error.code)]
    problems = page_problems(id, states)
    whole = with_continued_tables(without_running_heads(pages))
    written = units(list(paragraphs(whole)))
    if not written:
        return None, problems
    stored = stored_text(written, len(pages))
    document = Document(
        id=id,
        title=title or pdf_title(named, written) or id,
        publisher=publisher,
        source=source,
        text=stored.text,
        pages=stored.pages,
        blocks=tuple(_blocks(stored, heading_levels(written))),
        **about,
    )
    return document, problems


def _read(file: PdfFile) -> tuple[list[PageState], list[LaidPage]]:
    """Read all pages; of each only its lines and tables are kept."""
    states = []
    pages = []
    for page in file.pages():
        states.append(page_state(page))
        pages.append(LaidPage(page.number, page.height, tuple(page_layout(page, page_tables(page)))))
    return states, pages


def _blocks(stored: StoredText, levels: Sequence[int]) -> Iterator[Block]:
    for (start, end), level in zip(stored.spans, levels, strict=True):
        kind = BlockKind.HEADING if level else line_kind(stored.text[start:end])
        yield Block(kind, start, end, level)
