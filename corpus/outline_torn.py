"""Torn tables: of a table's rows, extraction left each cell on a line of its own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.outline_cells import Span, is_blank, likeness
from corpus.outline_lines import NOTE, Line

_LONGEST = 40  # characters of a cell
_RUN_ON = re.compile(r"(?<=まで)(?=[^ぁ-んー、。，）)」\s])")
"""Where reading took a cell for a line that goes on in the next: 「16時まで｜東支所」."""
_COLUMNS, _ROWS = range(3, 10), 2
_ALIKE = 0.85
"""So many cells of a column are of one kind: the table is as wide as lets this come true."""


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
        cells = [text[line.start : line.end].strip() for line in lines[first:last]]
        width = _width(cells)
        for place in range(len(cells)) if width else ():
            header, name = lines[first + place % width], lines[first + place - place % width]
            found[first + place] = Cell(
                (header.start, header.end) if place >= width and place % width else None,
                (name.start, name.end) if place >= width and place % width else None,
            )
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
        if number - first >= _COLUMNS[0] * (_ROWS + 1):
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


def _width(cells: Sequence[str]) -> int:
    """Return how many columns the cells make a table with; 0 where they make none."""
    fitting = [(_fit(cells, width), -width) for width in _COLUMNS]
    best, width = max(fitting)
    return -width if best >= _ALIKE else 0


def _fit(cells: Sequence[str], width: int) -> float:
    """Return how alike the cells of each column are (0–1); 0 for what is no table of this width."""
    if len(cells) % width or len(cells) < width * (_ROWS + 1):
        return 0.0
    header, names = cells[:width], cells[width::width]
    named = not any(is_blank(name) or name[0].isdigit() for name in [*header, *names])
    if (
        not named
        or any(any(char.isdigit() for char in name) for name in header)
        or len(set(names)) < len(names)
    ):
        return 0.0
    columns = [cells[width + place :: width] for place in range(1, width)]
    alike, mixed = likeness(columns), likeness([cells[width:]])
    return alike if alike > mixed else 0.0  # words alone show no columns
