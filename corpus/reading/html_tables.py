"""A table of a web page to lines of a Markdown table, or none where it only lays out the page."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from corpus.reading.html_hidden import is_hidden

_LEAST_COLUMNS = 2
_LONGEST_CELL = 1_000
_MOST_COLUMNS = 100
"""To so many columns cells are spread; a page that says more says it in error, or to fill memory."""
_LAID_OUT = "table|.//h1|.//h2|.//h3|.//h4|.//form|.//article|.//section"


def table_cells(table: Any) -> list[list[Any]] | None:
    """Return the cells of each row of a table; None where the table lays out text: it nests tables, headings or one column."""
    if table.get("role") in ("presentation", "none") or table.xpath(f".//{_LAID_OUT}"):
        return None
    rows = [
        [cell for cell in row if cell.tag in ("td", "th") and not is_hidden(cell)]
        for row in table.iter("tr")
        if not is_hidden(row)
    ]
    rows = [row for row in rows if row]
    if max(map(len, rows), default=0) < _LEAST_COLUMNS:
        return None
    long = any(len("".join(cell.itertext())) > _LONGEST_CELL for row in rows for cell in row)
    return None if long and len(rows) == 1 else rows


def pipe_lines(table: Any, rows: Sequence[Sequence[Any]], text_of: Callable[[Any], str]) -> Iterator[str]:
    """Yield the lines of a Markdown table: what spans rows is said in each, what spans columns once, at the left.

    A rule stands below the first row where that is a header: its cells are all <th>, or a wide table has none.
    """
    grid = list(_grid(rows, text_of))
    width = max(map(len, grid), default=0)
    headed = all(cell.tag == "th" for cell in rows[0]) or table.find("thead") is not None
    headless = not any(cell.tag == "th" for row in rows for cell in row)
    first = True
    for row in grid:
        if not any(row):
            continue
        yield f"| {' | '.join(row + [''] * (width - len(row)))} |"
        if first and (headed or (headless and width > _LEAST_COLUMNS)):
            yield f"|{' --- |' * width}"
        first = False


def _grid(rows: Sequence[Sequence[Any]], text_of: Callable[[Any], str]) -> Iterator[list[str]]:
    held: dict[int, tuple[int, str]] = {}  # by column: for how many more rows a text holds
    for number, cells in enumerate(rows):
        row: list[str] = []
        for cell in cells:
            _take(held, row)
            text = text_of(cell).replace("|", "｜")
            height = _span(cell, "rowspan") or len(rows) - number
            spanned = min(_span(cell, "colspan"), _MOST_COLUMNS - len(row))
            for _ in range(max(1, spanned)):
                if height > 1:
                    held[len(row)] = (height - 1, text)
                row.append(text)
                text = ""
        _take(held, row)
        yield row


def _take(held: dict[int, tuple[int, str]], row: list[str]) -> None:
    """Add the cells of rows above that hold for this one too, as far as they come next."""
    while len(row) in held:
        column = len(row)
        left, text = held.pop(column)
        if left > 1:
            held[column] = (left - 1, text)
        row.append(text)


def _span(cell: Any, name: str) -> int:
    digits = (cell.get(name) or "1").strip()[:5]
    return int(digits) if digits.isdecimal() else 1
