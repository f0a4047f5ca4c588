"""Table text to cells with offsets: comma, tab or semicolon separated, quotes honoured."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DELIMITERS = (",", "\t", ";")
_ENDS = {mark: re.compile(f"[{mark}\n]") for mark in _DELIMITERS}
"""What ends a cell: looked for together, since a row may be long and the next line end far away."""
_HEAD = 20_000
_LINES = 20
_QUOTES = re.compile(r'"[^"]*"')
_QUOTED = re.compile(r'[ 　]*"((?:[^"]|"")*)"[ 　]*(?=[,\t;\n]|$)')


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: `text` as a reader sees it, trimmed; it stands at `start:end` of the document."""

    text: str
    start: int
    end: int


Row = list[Cell]


def find_delimiter(text: str) -> str:
    """Return the delimiter that stands equally often in most of the first lines, outside of quotes; a tab before others.

    >>> find_delimiter("道路\\t1,200,000\\n橋\\t30"), find_delimiter('a;"b,c";d\\ne;f;g')
    ('\\t', ';')
    """
    head = _QUOTES.sub("", text[:_HEAD]).split("\n")[:_LINES]
    lines = [line for line in head if line.strip()]
    scores = {mark: _regularity(mark, lines) for mark in _DELIMITERS}
    if scores["\t"][0] * 5 >= len(lines) * 4 > 0:
        return "\t"
    return max(_DELIMITERS, key=lambda mark: (scores[mark], mark == ","))


def _regularity(mark: str, lines: list[str]) -> tuple[int, int]:
    """Return in how many lines a mark stands as often as in most lines that have it, and how often in all."""
    counts = [count for line in lines if (count := line.count(mark))]
    return (max(map(counts.count, set(counts)), default=0), sum(counts))


def read_rows(text: str, *, delimiter: str, quotes: bool = True, offset: int = 0) -> Iterator[Row]:
    """Yield the rows of `text`, empty lines included; a quoted cell may hold delimiters and line ends."""
    position = 0
    row: Row = []
    while position <= len(text):
        cell, position = _read_cell(text, position, delimiter, quotes, offset)
        row.append(cell)
        if position >= len(text) or text[position] == "\n":
            yield row
            row = []
        position += 1


def row_span(row: Row) -> tuple[int, int]:
    """Return the span of a row from its first printed cell to its last."""
    printed = [cell for cell in row if cell.text] or row
    return printed[0].start, printed[-1].end


def _read_cell(text: str, position: int, delimiter: str, quotes: bool, offset: int) -> tuple[Cell, int]:
    quoted = _QUOTED.match(text, position) if quotes else None
    if quoted and (quoted.end() == len(text) or text[quoted.end()] in (delimiter, "\n")):
        start, end = _trimmed(text, *quoted.span(1))
        return Cell(text[start:end].replace('""', '"'), start + offset, end + offset), quoted.end()
    found = _ENDS[delimiter].search(text, position)
    stop = found.start() if found else len(text)
    start, end = _trimmed(text, position, stop)
    return Cell(text[start:end], start + offset, end + offset), stop


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
