"""Amounts set apart at the right within a drawn column: a column of their own."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from corpus.pdf.cell_forms import is_number, unit_in
from corpus.pdf.cell_lines import CellLine, without_last_piece
from corpus.pdf.ruling_grids import Span
from corpus.pdf.table_parts import Part

_LEAST_AMOUNTS = 2
_LEAST_ALIGNED = (
    0.5  # share of the amounts that end below another: each level of a list ends at a place of its own
)
_ALIGNED = 2.0  # points


def with_inner_columns(part: Part, depth: int) -> Part:
    """Return a part whose columns of names with amounts are two each; `depth` rows are header."""
    for column in reversed(range(part.width)):
        place = _place(part, depth, column)
        if place is not None:
            part = _split(part, depth, column, place)
    return part


def _place(part: Part, depth: int, column: int) -> float | None:
    """Return where the amounts begin that end the lines of a column; None where none do, or not below each other."""
    lines = [line for _, lines in _body(part, depth, column) for line in lines]
    amounts = [line.pieces[-1] for line in lines if _ends_in_amount(line)]
    units = [line for line in lines[:1] if unit_in(line.text) and amounts and line.left > amounts[0].left]
    ends = Counter(round(piece.right / _ALIGNED) for piece in (*units, *amounts))
    aligned = sum(count for count in ends.values() if count > 1)
    if len(units) + len(amounts) < _LEAST_AMOUNTS or aligned < _LEAST_ALIGNED * len(amounts):
        return None
    return min(piece.left for piece in (*units, *amounts))


def _body(part: Part, depth: int, column: int) -> Iterator[tuple[Span, list[CellLine]]]:
    return (
        (span, lines)
        for span, lines in part.cells.items()
        if span.top >= depth and span.left == column and span.right == column + 1
    )


def _ends_in_amount(line: CellLine) -> bool:
    return bool(line.pieces) and is_number(line.pieces[-1].text) and not is_number(line.pieces[0].text)


def _split(part: Part, depth: int, column: int, place: float) -> Part:
    """Return a part with one more column behind `column`: the amounts at the ends of its lines, and their unit."""
    cells: dict[Span, list[CellLine]] = {}
    split = dict(_body(part, depth, column))
    for span, lines in part.cells.items():
        if span not in split:
            left, right = span.left + (span.left > column), span.right + (span.right > column)
            cells[Span(span.top, span.bottom, left, right)] = lines
            continue
        pairs = [_parted(line, place) for line in lines]
        names, amounts = (
            (list(chain.from_iterable(side)) for side in zip(*pairs, strict=True)) if pairs else ([], [])
        )
        cells[Span(span.top, span.bottom, column, column + 1)] = names
        cells[Span(span.top, span.bottom, column + 1, column + 2)] = amounts
    lists = frozenset({column, *(n + (n > column) for n in part.lists)})
    return Part((*part.xs[: column + 1], place, *part.xs[column + 1 :]), cells, lists)


def _parted(line: CellLine, place: float) -> tuple[list[CellLine], list[CellLine]]:
    """Return what a line tells of names, and its amount or the unit of those below."""
    if _ends_in_amount(line):
        return [without_last_piece(line)], [line.pieces[-1]]
    alone = line.left >= place and (unit_in(line.text) or is_number(line.text))
    return ([], [line]) if alone else ([line], [])
