"""A table as read: its columns, what each holds, and its rows, every cell with its place in the document."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.tables.cells import Cell, Row


class ColumnKind(StrEnum):
    """What the cells of a column are, told from its name and its values."""

    NAME = "name"  # names the row: a facility, a district, an item
    CATEGORY = "category"  # a few words that come again and again
    TEXT = "text"
    NUMBER = "number"
    YEAR = "year"
    DATE = "date"
    PERIOD = "period"  # from a date to a date
    HOURS = "hours"  # from a time of day to another
    CLOCK = "clock"  # a time of day
    WEEKDAYS = "weekdays"
    MARK = "mark"  # ○ or ×, 有 or 無
    ADDRESS = "address"
    PHONE = "phone"
    MAIL = "mail"
    LINK = "link"
    COORDINATE = "coordinate"
    ID = "id"
    READING = "reading"  # the name in kana


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `title` as a person reads it (rows of a header joined with a space), `unit` as the header states it."""

    title: str
    kind: ColumnKind
    unit: str = ""


@dataclass(frozen=True, slots=True)
class DataTable:
    """One table of a document.

    `rows` are the data, each as wide as `columns`; `totals` are the numbers of those rows that add up others.
    `name` is the column that names a row. `notes` stand above and below the rows. The header and the rows stand at
    `start:end` of the document.
    """

    document: str
    page: int
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    name: int
    notes: tuple[Cell, ...] = ()
    totals: frozenset[int] = frozenset()
    header: tuple[Row, ...] = ()
    start: int = 0
    end: int = 0
