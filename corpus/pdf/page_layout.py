"""A page to its lines and tables in reading order."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from corpus.pdf.line_texts import line_of
from corpus.pdf.page_pieces import page_pieces
from corpus.pdf.printed_lines import Line, Piece, rows, stood_up
from corpus.pdf.reading_order import columns
from corpus.pdf.types import Glyph, PageContent, PageTable

_LEAST_LINES = 4
"""Lines of a column from which its usual pitch is told."""


def page_layout(page: PageContent, tables: Sequence[PageTable] = ()) -> list[Line | PageTable]:
    """Return the lines of a page and its tables, as they are read."""
    pieces, vertical = page_pieces(page, tables)
    found: list[Line | PageTable] = []
    number = 0
    for column in columns(pieces, () if vertical else page.rules):
        for part in _parts(column):
            number += 1
            if isinstance(part, PageTable):
                found.append(part)
            else:
                found.extend(_in_column(part, number, vertical=vertical))
    return found


def glyphs_as_read(page: PageContent) -> list[Glyph]:
    """Return the glyphs of a page's lines in reading order."""
    pieces, vertical = page_pieces(page, ())
    in_rows = (row for column in columns(pieces, () if vertical else page.rules) for row in rows(column))
    glyphs = [glyph for row in in_rows for piece in row for glyph in piece.glyphs]
    return [stood_up(glyph, page.width) for glyph in glyphs] if vertical else glyphs


def _parts(column: Sequence[Piece]) -> Iterator[list[Line] | PageTable]:
    """Yield the lines of a column between its tables, and what was read apart from them."""
    lines: list[Line] = []
    for row in rows(column):
        text = [piece for piece in row if piece.is_text]
        if text:
            lines.append(line_of([glyph for piece in text for glyph in piece.glyphs]))
        for piece in row:
            if piece.is_text:
                continue
            if lines:
                yield lines
                lines = []
            yield piece.table or list(piece.lines)
    if lines:
        yield lines


def _in_column(lines: Sequence[Line], number: int, *, vertical: bool) -> Iterator[Line]:
    """Yield lines with what all lines of their column share."""
    left = min(line.left for line in lines)
    right = max(line.right for line in lines)
    pitches = [below.top - above.top for above, below in pairwise(lines)]
    pitch = median(pitches) if len(lines) >= _LEAST_LINES else 0
    for line in lines:
        yield replace(
            line, column=number, column_left=left, column_right=right, pitch=pitch, vertical=vertical
        )
