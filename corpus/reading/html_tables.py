"""A table of a web page to lines of a Markdown table, or none where it only lays out the page."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from corpus.reading import pipe_tables
from corpus.reading.html_hidden import is_hidden
from corpus.reading.pipe_tables import Cell

_LEAST_COLUMNS = 2
_LONGEST_CELL = 1_000
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
    """Yield the lines of a Markdown table; a cell that spans 0 rows goes to the last one."""
    cells = [
        [
            Cell(
                text_of(cell),
                _span(cell, "colspan"),
                _span(cell, "rowspan") or len(rows) - number,
                cell.tag == "th",
            )
            for cell in row
        ]
        for number, row in enumerate(rows)
    ]
    return pipe_tables.pipe_lines(cells, headed=table.find("thead") is not None)


def _span(cell: Any, name: str) -> int:
    digits = (cell.get(name) or "1").strip()[:5]
    return int(digits) if digits.isdecimal() else 1
