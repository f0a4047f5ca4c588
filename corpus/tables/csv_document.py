"""A CSV file to a Document: its decoded text, one block a row."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from corpus.budgets.headers import find_header
from corpus.tables.cells import find_delimiter, read_rows, row_span
from corpus.types import Block, BlockKind, Document, Page, Problem


def csv_document(
    data: bytes, *, id: str, title: str, publisher: str, source: str, fiscal_year: int | None = None
) -> tuple[Document, list[Problem]]:
    """Decode `data` and return it as a Document; an encoding that had to be guessed is a Problem."""
    text, problems = decode_table(data, name=id)
    return table_document(
        text, id=id, title=title, publisher=publisher, source=source, fiscal_year=fiscal_year
    ), problems


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


def decode_table(data: bytes, *, name: str) -> tuple[str, list[Problem]]:
    """Return the text of `data` in UTF-8, UTF-16, Shift_JIS (CP932) or whatever it looks like; line ends are \\n."""
    for encoding in ("utf-8-sig", *_utf16(data), "cp932"):
        try:
            return _one_newline(data.decode(encoding)), []
        except UnicodeDecodeError:
            continue
    return _guessed(data, name)


def _utf16(data: bytes) -> tuple[str, ...]:
    return ("utf-16",) if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else ()


def _guessed(data: bytes, name: str) -> tuple[str, list[Problem]]:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None or b"\x00" in data:
        message = "文字コードが分かりません。UTF-8 の CSV として保存し直してください。"
        return "", [Problem(name, message, code="encoding")]
    message = f"文字コードを {best.encoding} と推定して読みました。UTF-8 で保存し直すと確実です。"
    return _one_newline(str(best)), [Problem(name, message, code="encoding")]


def _one_newline(text: str) -> str:
    return re.sub(r"\r\n?", "\n", text).rstrip("\n\x1a")
