"""Cells with their spans to the lines of a Markdown table."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_COLUMNS = 100
"""To so many columns cells are spread; a file that says more says it in error, or to fill memory."""
_LEAST_HEADLESS = 3
"""Columns of a table whose first row is taken for its header though nothing says so."""
_LEAST_ALIKE = 2
_DIGITS = re.compile(r"[0-9０-９]+(?:[,，.][0-9０-９]+)*")
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

    A rule stands below the first row where that is a header: its cells all are, or a wide table has none, or it names
    the values below it.
    """
    grid = [row for row in _grid(rows) if any(row)]
    width = max(map(len, grid), default=0)
    headed = headed or (bool(rows) and all(cell.heads for cell in rows[0]))
    headless = not any(cell.heads for row in rows for cell in row)
    headed = headed or (headless and (width >= _LEAST_HEADLESS or _names_values(grid)))
    for number, row in enumerate(grid):
        yield f"| {' | '.join(row + [''] * (width - len(row)))} |"
        if headed and not number:
            yield f"|{' --- |' * width}"


def _names_values(grid: Sequence[Sequence[str]]) -> bool:
    """Tell whether a first row without numbers stands over a last column of numbers of one form.

    >>> _names_values([["証明書", "手数料"], ["住民票", "300円"], ["戸籍", "450円"]])
    True
    >>> _names_values([["会場", "市民会館"], ["定員", "30人"], ["参加費", "300円"]])
    False
    """
    if not grid or any(_DIGITS.search(cell) for cell in grid[0]):
        return False
    forms = Counter(_DIGITS.sub("0", row[-1]) for row in grid[1:] if _DIGITS.search(row[-1]))
    alike = max(forms.values(), default=0)
    return alike >= _LEAST_ALIKE and alike * 2 > len(grid) - 1


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
