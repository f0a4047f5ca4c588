"""The lines over columns of numbers that tell what they are."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.pdf.aligned_columns import Column, column_of, pieces_of
from corpus.pdf.cell_forms import may_be_title
from corpus.pdf.cell_lines import CellLine
from corpus.pdf.ruling_grids import Span

_MOST_LINES = 3
_WIDEST_PITCH = 3.0  # of a line's height


def header_above(lines: Sequence[CellLine], first: int, columns: Sequence[Column]) -> list[CellLine]:
    """Return the lines above `first` that are a table's header, from above."""
    found: list[CellLine] = []
    below = lines[first]
    for line in reversed(lines[max(0, first - _MOST_LINES) : first]):
        if below.middle - line.middle > _WIDEST_PITCH * (line.bottom - line.top) or not _is_header(
            line, columns
        ):
            break
        found.insert(0, line)
        below = line
    titled = {column_of(columns, piece) for line in found for piece in _titles(line, columns)}
    return found if 2 * len(titled - {0}) >= len(columns) - 1 else []


def _is_header(line: CellLine, columns: Sequence[Column]) -> bool:
    """Tell whether a line is of titles, one over the numbers at least; a lone one at the left is the table's name."""
    pieces = _titles(line, columns)
    titles = all(may_be_title(piece.text) for piece in pieces)
    return titles and any(piece.right > columns[1][0] for piece in pieces) and pieces[-1].left > columns[0][0]


def _titles(line: CellLine, columns: Sequence[Column]) -> tuple[CellLine, ...]:
    """Return the titles of a line; words that stand close are one each where they are as many as the columns below."""
    words = line.text.split()
    if line.pieces or len(words) != len(columns):
        return pieces_of(line)
    return tuple(
        replace(line, text=word, left=left, right=right)
        for word, (left, right) in zip(words, columns, strict=True)
    )


def header_cells(lines: Sequence[CellLine], columns: Sequence[Column]) -> dict[Span, list[CellLine]]:
    """Return the cells of header lines. Titles over titles reach over all columns to which they are the nearest."""
    cells: dict[Span, list[CellLine]] = {}
    for row, line in enumerate(lines):
        pieces = _titles(line, columns)
        lowest = row + 1 == len(lines)
        for number, piece in enumerate(pieces):
            over = {column_of(columns, piece)}
            if not lowest:
                over |= {c for c in range(1, len(columns)) if _nearest(pieces, columns[c]) == number}
            for column in over:
                cells[Span(row, row + 1, column, column + 1)] = [piece]
    return cells


def _nearest(pieces: Sequence[CellLine], column: Column) -> int:
    middle = (column[0] + column[1]) / 2
    return min(range(len(pieces)), key=lambda n: max(pieces[n].left - middle, middle - pieces[n].right, 0.0))
