"""Plain text, as extracted from a PDF or typed by hand, to a Document."""

import re

from corpus.cleaning import clean_lines
from corpus.headings import heading_level, lists_duties, marked_heading
from corpus.physical_lines import Line
from corpus.types import Block, BlockKind, Document, Page

_ITEM = re.compile(
    r"[ 　]*(?:[・･●○◎◇◆□■▶◦•▪⚓]|[-*][ 　]|[（(][0-9０-９一二三四五六七八九十]{1,2}[)）]|[①-⑳]|[0-9０-９]{1,2}[ 　.．、])"
)
_NOTE = re.compile(r"[ 　]*※")
_PARAGRAPH_LENGTH = 25


def text_document(
    raw: str,
    *,
    id: str,
    title: str,
    publisher: str = "",
    source: str = "",
    fiscal_year: int | None = None,
    date: str | None = None,
    licence: str | None = None,
) -> Document:
    """Clean `raw` and return it as a Document with its pages and blocks."""
    lines = clean_lines(raw)
    text, spans = _assemble(lines)
    return Document(
        id=id,
        title=title,
        publisher=publisher,
        source=source,
        text=text,
        pages=_pages(lines, spans, len(text)),
        blocks=_blocks(lines, spans),
        fiscal_year=fiscal_year,
        date=date,
        licence=licence,
    )


def _assemble(lines: list[Line]) -> tuple[str, list[tuple[int, int]]]:
    """Join logical lines, a blank line where the source has one or more; return the text and each line's span."""
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    length = 0
    for line in lines:
        if pieces:
            pieces.append("\n\n" if line.gap or line.starts_page else "\n")
            length += len(pieces[-1])
        pieces.append(line.text)
        spans.append((length, length + len(line.text)))
        length += len(line.text)
    return "".join(pieces), spans


def _pages(lines: list[Line], spans: list[tuple[int, int]], length: int) -> tuple[Page, ...]:
    starts = [start for line, (start, _) in zip(lines, spans, strict=True) if line.starts_page]
    starts = starts or [0]
    ends = [*starts[1:], length]
    return tuple(
        Page(number, start, end) for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
    )


def _blocks(lines: list[Line], spans: list[tuple[int, int]]) -> tuple[Block, ...]:
    texts = [line.text.strip() for line in lines]
    organisation = lists_duties(texts)
    blocks = []
    for position, (line, (start, end)) in enumerate(zip(lines, spans, strict=True)):
        following = (
            texts[position + 1] if position + 1 < len(texts) and not lines[position + 1].starts_page else ""
        )
        preceding = texts[position - 1] if position and not line.starts_page else ""
        signs, level = marked_heading(line.text)
        level = level or heading_level(line.text, preceding, following, organisation=organisation) or 0
        kind = BlockKind.HEADING if level else line_kind(texts[position])
        indent = signs or len(line.text) - len(line.text.lstrip(" 　"))
        blocks.append(Block(kind, start + indent, end, level))
    return tuple(blocks)


def line_kind(text: str) -> BlockKind:
    """Return what a line that is no heading is, by how it begins and ends."""
    if _NOTE.match(text):
        return BlockKind.NOTE
    if _ITEM.match(text):
        return BlockKind.ITEM
    if text.endswith("。") or len(text) >= _PARAGRAPH_LENGTH:
        return BlockKind.PARAGRAPH
    return BlockKind.CELL
