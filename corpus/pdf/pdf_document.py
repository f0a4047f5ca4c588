"""A PDF to a Document: its pages, the text as it is read, headings, tables, and what could not be read."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from corpus.pdf.heading_levels import heading_levels
from corpus.pdf.page_layout import page_layout
from corpus.pdf.page_ocr import MOST_SCANS, is_scanned, read_scan
from corpus.pdf.page_tables import page_tables
from corpus.pdf.paragraphs import paragraphs
from corpus.pdf.pdf_problems import PageState, page_problems, page_state
from corpus.pdf.pdf_title import pdf_title
from corpus.pdf.pdfium_file import PdfFile
from corpus.pdf.ruled_tables import ruled_tables
from corpus.pdf.running_heads import LaidPage, without_running_heads
from corpus.pdf.stored_text import StoredText, stored_text, units, with_gaps
from corpus.pdf.tables_in_place import with_continued_tables
from corpus.pdf.tesseract import TESSERACT, Tesseract
from corpus.pdf.types import PageContent, PageTable
from corpus.reading.text import line_kind
from corpus.reading_time import ask_for_picture_time
from corpus.refusing import RefusedError
from corpus.types import Block, BlockKind, Document, Page, Problem


def pdf_document(
    data: bytes,
    *,
    id: str,
    title: str | None = None,
    publisher: str = "",
    source: str = "",
    machine: Tesseract = TESSERACT,
    **about: Any,
) -> tuple[Document | None, list[Problem]]:
    """Return the Document of a PDF, None where no text can be read; `about` are the other fields of a Document.

    Pages that are only pictures are read by `machine` where that is installed.
    """
    try:
        with PdfFile(data) as file:
            named = file.title
            states, pages = _read(file, machine)
    except RefusedError as error:
        return None, [Problem(id, str(error), code=error.code)]
    problems = page_problems(id, states, installed=machine.installed)
    whole = with_continued_tables(without_running_heads(pages))
    written = units(list(paragraphs(whole)))
    if not written:
        return None, problems
    levels = heading_levels(written)
    stored = stored_text(with_gaps(written, levels), len(pages))
    document = Document(
        id=id,
        title=title or pdf_title(named, written) or id,
        publisher=publisher,
        source=source,
        text=stored.text,
        pages=_marked(stored.pages, states),
        blocks=tuple(_blocks(stored, levels)),
        **about,
    )
    return document, problems


def _read(file: PdfFile, machine: Tesseract) -> tuple[list[PageState], list[LaidPage]]:
    """Read all pages; of each only its lines and tables are kept."""
    states = []
    pages = []
    for page in _pages(file, machine):
        states.append(page_state(page))
        pages.append(LaidPage(page.number, page.height, tuple(page_layout(page, _tables(page)))))
    return states, pages


def _pages(file: PdfFile, machine: Tesseract) -> Iterator[PageContent]:
    """Yield the pages, those that are only pictures as a machine reads them."""
    left = MOST_SCANS if machine.installed else 0
    for page in file.pages():
        if left and is_scanned(page):
            left -= 1
            ask_for_picture_time()
            yield read_scan(page, file.picture(page.number), machine)
        else:
            yield page


def _tables(page: PageContent) -> list[PageTable]:
    """Return the tables of a page; those that a machine read are told by their lines only, and never counted with."""
    return page_tables(page) if page.machine_read is None else list(ruled_tables(page))


def _marked(pages: Sequence[Page], states: Sequence[PageState]) -> tuple[Page, ...]:
    """Return pages, each with how sure a machine was that read it."""
    return tuple(
        replace(page, machine_read=state.machine_read) for page, state in zip(pages, states, strict=True)
    )


def _blocks(stored: StoredText, levels: Sequence[int]) -> Iterator[Block]:
    for (start, end), level in zip(stored.spans, levels, strict=True):
        kind = BlockKind.HEADING if level else line_kind(stored.text[start:end])
        yield Block(kind, start, end, level)
