"""A CSV file to a Document: its decoded text, one block a row."""

import re

from corpus.budgets.headers import find_header
from corpus.decoding import decode
from corpus.tables.cells import find_delimiter, read_rows, row_span
from corpus.types import Block, BlockKind, Document, Page, Problem


def csv_document(
    data: bytes, *, id: str, title: str, publisher: str, source: str, fiscal_year: int | None = None
) -> tuple[Document, list[Problem]]:
    """Decode `data` and return it as a Document; what cannot be decoded is empty, with its Problem."""
    text, problem = decode(data, name=id)
    document = table_document(
        _one_newline(text or ""),
        id=id,
        title=title,
        publisher=publisher,
        source=source,
        fiscal_year=fiscal_year,
    )
    return document, [problem] if problem else []


def table_document(
    text: str, *, id: str, title: str, publisher: str, source: str, fiscal_year: int | None
) -> Document:
    """Return the Document of one delimited text on one page."""
    return Document(
        id=id,
        title=title,
        publisher=publisher,
        source=source,
        text=text,
        pages=(Page(1, 0, len(text)),),
        blocks=row_blocks(text, 0, delimiter=find_delimiter(text), quotes=True),
        fiscal_year=fiscal_year,
    )


def row_blocks(text: str, offset: int, *, delimiter: str, quotes: bool) -> tuple[Block, ...]:
    """Return a block for each printed row: notes and header rows above the data are cells, the data are rows."""
    rows = list(read_rows(text, delimiter=delimiter, quotes=quotes, offset=offset))
    header = find_header(rows)
    first = header.last + 1 if header else 0
    blocks = []
    for number, row in enumerate(rows):
        if any(cell.text for cell in row):
            kind = BlockKind.ROW if number >= first else BlockKind.CELL
            blocks.append(Block(kind, *row_span(row)))
    return tuple(blocks)


def _one_newline(text: str) -> str:
    return re.sub(r"\r\n?", "\n", text).rstrip("\n\x1a")
