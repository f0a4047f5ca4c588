"""Columns without lines between them: the white gaps that run down through several lines of print."""

from collections.abc import Iterable, Sequence

from corpus.pdf.cell_forms import is_amount, is_number
from corpus.pdf.cell_lines import CellLine

_ALIGNED = 3.0  # points within which numbers of one column end below each other
_LEAST_ALIGNED = 0.8  # share of a column's numbers that do
_LEAST_NUMBERS = 3
_LEAST_FILLED = 0.5  # share of the lines in which a column of numbers has one
_LONGEST_NAME = 30  # characters on average, above which the first column is running text

Column = tuple[float, float]


def pieces_of(line: CellLine) -> tuple[CellLine, ...]:
    """Return the pieces of a line, itself where no wide gap parts it."""
    return line.pieces or (line,)


def aligned_columns(lines: Sequence[CellLine]) -> list[Column] | None:
    """Return the columns in which all the pieces of some lines stand; None where these are no table of numbers.

    A name at the left, and columns of numbers that end below each other, one at least.
    """
    rows = [pieces_of(line) for line in lines]
    columns = _merged((piece.left, piece.right) for row in rows for piece in row)
    placed = [[column_of(columns, piece) for piece in row] for row in rows]
    if len(columns) < 2 or any(len(set(row)) < len(row) for row in placed):
        return None
    held: list[list[CellLine]] = [[] for _ in columns]
    for row, numbers in zip(rows, placed, strict=True):
        for piece, number in zip(row, numbers, strict=True):
            held[number].append(piece)
    least = max(_LEAST_NUMBERS, _LEAST_FILLED * len(lines))
    counted = [column for column in held[1:] if len(column) >= least and _are_numbers(column)]
    sparse = any(len(column) < least and is_amount(column[0].text) for column in held[1:])
    told = (
        counted
        and not sparse
        and _are_names(held[0])
        and not (len(columns) == 2 and _are_page_numbers(counted[0]))
    )
    return columns if told else None


def column_of(columns: Sequence[Column], piece: CellLine) -> int:
    """Return in which column a piece of a line stands: the one with the most of it."""
    shared = [min(right, piece.right) - max(left, piece.left) for left, right in columns]
    return max(range(len(columns)), key=shared.__getitem__)


def _merged(spans: Iterable[Column]) -> list[Column]:
    merged: list[Column] = []
    for left, right in sorted(spans):
        if merged and left <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], right)
        else:
            merged.append((left, right))
    return merged


def _are_numbers(column: Sequence[CellLine]) -> bool:
    """Tell whether a column is of numbers that end, or begin, below each other."""
    ends, begins = ([round(getattr(piece, side), 1) for piece in column] for side in ("right", "left"))
    aligned = max(
        sum(abs(place - other) <= _ALIGNED for other in places)
        for places in (ends, begins)
        for place in places
    )
    amounts = sum(is_amount(piece.text) for piece in column)
    return min(aligned, amounts) >= _LEAST_ALIGNED * len(column) and any(is_number(p.text) for p in column)


def _are_names(column: Sequence[CellLine]) -> bool:
    texts = [piece.text for piece in column]
    short = sum(map(len, texts)) <= _LONGEST_NAME * len(texts)
    return short and not any(text.endswith("。") for text in texts) and not all(map(is_number, texts))


def _are_page_numbers(column: Sequence[CellLine]) -> bool:
    """Tell whether the only numbers are those of a table of contents: whole, without a comma, none below the one before."""
    if not all(piece.text.isdecimal() for piece in column):
        return False
    numbers = [int(piece.text) for piece in column]
    return numbers == sorted(numbers)
