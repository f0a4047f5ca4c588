"""What a word processor's or a presentation's file shows, in reading order: paragraphs and tables with their pages."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Look:
    """How letters are shown."""

    hidden: bool
    white: bool
    tiny: bool
    bold: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; "\\n" are its own line breaks.

    `level` is the depth of a heading, 0 for none. `mark` is what a list sets before it, as printed, "" for none, and
    `depth` how deep the list is nested. `strong` tells that all of it is bold.
    """

    text: str
    page: int = 1
    level: int = 0
    mark: str = ""
    depth: int = 0
    strong: bool = False


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell: what it holds, over how many columns and rows it goes, whether it is set like a header."""

    parts: tuple["Part", ...]
    width: int = 1
    height: int = 1
    heads: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table, whole on the page where it begins; `headed` tells that its first row is marked as a header."""

    rows: tuple[tuple[TableCell, ...], ...]
    page: int = 1
    headed: bool = False


Part = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Contents:
    """What is read of one file. `hidden` counts what is not shown, by its Japanese name with the counter: 隠し文字 … 字."""

    parts: tuple[Part, ...]
    title: str = ""
    hidden: dict[tuple[str, str], int] = field(default_factory=dict)
