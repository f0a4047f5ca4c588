"""Lines under each other → the rows of a table: a name broken over lines belongs to the numbers beside it."""

from collections.abc import Sequence

from corpus.pdf.aligned_columns import Column, column_of, pieces_of
from corpus.pdf.cell_forms import is_amount
from corpus.pdf.cell_lines import CellLine

Row = list[list[CellLine]]
_NEAR = 1.2  # of a line's height: so near above or below its numbers is a name that is broken around them
_TIGHT = 0.75  # of the distance to the next line: so near below a line of numbers is the rest of its name


def aligned_rows(lines: Sequence[CellLine], columns: Sequence[Column]) -> list[Row]:
    """Return the cells of each row. A line of one name is a row itself, where it belongs to no numbers beside it."""
    rows: list[Row] = []
    waiting: CellLine | None = None
    for number, line in enumerate(lines):
        row = _row(line, columns)
        if waiting is not None:
            if not row[0] and is_near(waiting, line):
                row[0] = [waiting]
            else:
                rows.append([[waiting], *[[] for _ in columns[1:]]])
            waiting = None
        if any(row[1:]):
            rows.append(row)
        elif rows and number and _belongs_above(rows[-1], lines, number):
            rows[-1][0] = [*rows[-1][0], line]
        else:
            waiting = line
    if waiting is not None:
        rows.append([[waiting], *[[] for _ in columns[1:]]])
    return rows


def _row(line: CellLine, columns: Sequence[Column]) -> Row:
    row: Row = [[] for _ in columns]
    for piece in pieces_of(line):
        row[column_of(columns, piece)].append(piece)
    return row


def is_near(above: CellLine, below: CellLine) -> bool:
    """Tell whether two lines stand so near that they share a row: lines of print of their own stand farther apart."""
    return below.middle - above.middle <= _NEAR * (above.bottom - above.top)


def _belongs_above(row: Row, lines: Sequence[CellLine], number: int) -> bool:
    """Tell whether a line is the rest of the name of the numbers above it."""
    before, line = lines[number - 1], lines[number]
    if not any(row[1:]) or not any(is_amount(piece.text) for piece in pieces_of(before)):
        return False
    broken = row[0] and row[0][0].middle < before.middle - (before.bottom - before.top) / 4
    after = lines[number + 1].middle - line.middle if number + 1 < len(lines) else float("inf")
    tight = line.middle - before.middle <= _TIGHT * after
    return bool((broken and is_near(before, line)) or (tight and number + 1 < len(lines)))
