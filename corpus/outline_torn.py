"""Torn tables: of a table's rows, extraction left each cell on a line of its own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.outline_cells import Span, is_blank, likeness
from corpus.outline_lines import NOTE, Line

_LONGEST = 40  # characters of a cell
_COLUMNS, _ROWS, _FEWEST = range(2, 10), 2, 8
"""Columns, rows at least, and lines at least: fewer show no table."""
_ALIKE = 0.85
"""So many cells of a column are of one kind: the table is as wide as lets this come true."""
_ASIDE = re.compile(r"[(（][^)）]*[)）]")
_RUN_ON = re.compile(r"(?<=まで)(?=[^ぁ-んー、。，）)」\s])")
"""Where reading took a cell for a line that goes on in the next: 「16時まで｜東支所」."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A line that is a cell: the name of its column, and the first cell of its row where it is not that itself."""

    header: Span | None
    name: Span | None


def parted(text: str, lines: Sequence[Line]) -> list[Line]:
    """Return `lines`; among short ones one below another, cells that stand in one line have a line each."""
    found = list(lines)
    for first, last in reversed(list(_runs(text, lines))):
        found[first:last] = [part for line in lines[first:last] for part in _parted(text, line)]
    return found


def _parted(text: str, line: Line) -> Iterator[Line]:
    start = line.start
    for cut in _RUN_ON.finditer(text, line.start, line.end):
        yield replace(line, start=start, end=cut.start(), gap=line.gap and start == line.start)
        start = cut.start()
    yield replace(line, start=start, gap=line.gap and start == line.start)


def torn_cells(text: str, lines: Sequence[Line]) -> dict[int, Cell]:
    """Return the cells of torn tables by the numbers of their lines."""
    found: dict[int, Cell] = {}
    for first, last in _runs(text, lines):
        spans = [(line.start, line.end) for line in lines[first:last]]
        for row in _table([text[slice(*span)].strip() for span in spans]):
            for column, (place, head) in enumerate(row):
                own = head != place and column > 0
                found[first + place] = Cell(spans[head] if own else None, spans[row[0][0]] if own else None)
    return found


def _runs(text: str, lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield where short lines without a mark stand one below another."""
    number = 0
    while number < len(lines):
        first = number
        while (
            number < len(lines)
            and _may_be_cell(text, lines[number])
            and (number == first or not lines[number].gap)
        ):
            number += 1
        if number - first >= _FEWEST:
            yield first, number
        number = max(number, first + 1)


def _may_be_cell(text: str, line: Line) -> bool:
    body = text[line.start : line.end]
    return (
        not line.mark
        and line.cells == 1
        and len(body) <= _LONGEST
        and "。" not in body
        and not NOTE.match(body)
    )


def _table(cells: Sequence[str]) -> list[list[tuple[int, int]]]:
    """Return the rows of the table that cells make, of each cell its place and its column's head's; none for no table.

    Extraction tells it row by row or column by column: the cells of a column are of one kind either way.
    """
    count, best = len(cells), _ALIKE
    rows: list[list[tuple[int, int]]] = []
    for width in _COLUMNS:
        height = count // width
        if count % width or height <= _ROWS:
            continue
        by_rows = [[(row * width + column, column) for column in range(width)] for row in range(height)]
        by_columns = [
            [(column * height + row, column * height) for column in range(width)] for row in range(height)
        ]
        for table in (by_rows, by_columns):
            fit = _fit([[cells[place] for place, _ in row] for row in table])
            if fit > best or (fit == best and not rows):
                best, rows = fit, table
    return rows


def _fit(rows: Sequence[Sequence[str]]) -> float:
    """Return how alike the cells of each column are (0–1); 0 for what is no table."""
    heads, names = rows[0], [row[0] for row in rows[1:]]
    if len(set(names)) < len(names) or any(map(is_blank, [*heads, *names])):
        return 0.0
    if any(char.isdigit() for head in heads for char in _ASIDE.sub("", head)):
        return 0.0
    columns = list(zip(*rows[1:], strict=True))
    alike, mixed = likeness(columns), likeness([[cell for column in columns for cell in column]])
    return alike if alike > mixed else 0.0  # words alone show no columns
