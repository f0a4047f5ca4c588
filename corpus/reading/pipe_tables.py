"""Cells with their spans to the lines of a Markdown table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_COLUMNS = 100
"""To so many columns cells are spread; a file that says more says it in error, or to fill memory."""
_LEAST_HEADLESS = 3
"""Columns of a table whose first row is taken for its header though nothing says so."""
_SPACED = re.compile(r"[ぁ-ヿ㐀-鿿](?:[ 　]+[ぁ-ヿ㐀-鿿])+")


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell on one line, its spans, and whether it is a header."""

    text: str
    width: int = 1
    height: int = 1
    heads: bool = False


def pipe_lines(rows: Sequence[Sequence[Cell]], *, headed: bool = False) -> Iterator[str]:
    """Yield the lines of a Markdown table: what spans rows is said in each, what spans columns once, at the left.

    A rule stands below the first row where that is a header: its cells all are, or a wide table has none.
    """
    grid = list(_grid(rows))
    width = max(map(len, grid), default=0)
    headed = headed or (bool(rows) and all(cell.heads for cell in rows[0]))
    headless = not any(cell.heads for row in rows for cell in row)
    first = True
    for row in grid:
        if not any(row):
            continue
        yield f"| {' | '.join(row + [''] * (width - len(row)))} |"
        if first and (headed or (headless and width >= _LEAST_HEADLESS)):
            yield f"|{' --- |' * width}"
        first = False


def _grid(rows: Sequence[Sequence[Cell]]) -> Iterator[list[str]]:
    held: dict[int, tuple[int, str]] = {}  # by column: for how many more rows a text holds
    for cells in rows:
        row: list[str] = []
        for cell in cells:
            _take(held, row)
            text = _closed_up(cell.text.replace("|", "｜"))
            for _ in range(max(1, min(cell.width, MOST_COLUMNS - len(row)))):
                if cell.height > 1:
                    held[len(row)] = (cell.height - 1, text)
                row.append(text)
                text = ""
        _take(held, row)
        yield row


def _closed_up(text: str) -> str:
    """Close up a cell whose characters are spaced to fill it: 科　目 → 科目."""
    return "".join(text.split()) if _SPACED.fullmatch(text) else text


def _take(held: dict[int, tuple[int, str]], row: list[str]) -> None:
    """Add the cells of rows above that hold for this one too, as far as they come next."""
    while len(row) in held:
        column = len(row)
        left, text = held.pop(column)
        if left > 1:
            held[column] = (left - 1, text)
        row.append(text)
