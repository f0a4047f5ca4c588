"""Table text to cells with offsets: comma, tab or semicolon separated, quotes honoured."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DELIMITERS = (",", "\t", ";")
_QUOTED = re.compile(r'[ 　]*"((?:[^"]|"")*)"[ 　]*(?=[,\t;\n]|$)')


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: `text` as a reader sees it, trimmed; it stands at `start:end` of the document."""

    text: str
    start: int
    end: int


Row = list[Cell]


def find_delimiter(text: str) -> str:
    """Return the delimiter that the first lines use most."""
    head = "\n".join(text.split("\n")[:20])
    return max(_DELIMITERS, key=lambda mark: (head.count(mark), mark == ","))


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
    line_end = text.find("\n", position)
    line_end = len(text) if line_end < 0 else line_end
    stop = text.find(delimiter, position, line_end)
    stop = line_end if stop < 0 else stop
    start, end = _trimmed(text, position, stop)
    return Cell(text[start:end], start + offset, end + offset), stop


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
