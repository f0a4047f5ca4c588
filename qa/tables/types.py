"""Tables and cells as they are read, and the lines and pieces that they are read from."""

from dataclasses import dataclass

Span = tuple[int, int]

# Marks of lines; a bullet is its own mark.
ORDINAL = "1"
GROUP = "group"  # a line that names a group of rows
BARS, TABS = "|", "\t"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `text[start:end]`. `places[r][c]` is the column of `rows[r][c]`, None where that is uncertain.

    `header` is empty where the table has none (or where the passage was cut below it).
    """

    start: int
    end: int
    header: tuple[Span, ...]
    rows: tuple[tuple[Span, ...], ...]
    places: tuple[tuple[int | None, ...], ...]
    lines: tuple[Span, ...]
    title: Span | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with what it says it is: the row's name and the column's header, None where uncertain.

    `column` is -1 where the column is uncertain; `table` counts the tables of the text.
    """

    value: Span
    row: Span
    name: Span | None
    header: Span | None
    column: int
    table: int


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two gaps. `column` is where a fixed-width font would show it.

    `soft` tells that the gap before it is so narrow that it may stand inside a cell.
    """

    start: int
    end: int
    column: int
    soft: bool = False
    slot: int = 0

    @property
    def span(self) -> Span:
        return self.start, self.end

    def words(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Line:
    """A line behind its mark. Where bars or tabs part the cells, `slots` counts them, empty ones too; else it is 0."""

    start: int
    end: int
    mark: str
    pieces: tuple[Piece, ...]
    slots: int = 0
