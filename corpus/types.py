"""Frozen records that every folder above shares. Offsets are characters into `Document.text`."""

from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class BlockKind(StrEnum):
    """What a stretch of a document is, as its layout shows."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    NOTE = "note"
    CELL = "cell"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the source: `text[start:end]`. Numbers start at 1; where `goes_on`, the headings before it hold on.

    Where its text was read by a machine from a picture, `machine_read` is how sure that is on the whole, from 0 to 100.
    """

    number: int
    start: int
    end: int
    goes_on: bool = False
    machine_read: float | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One structural unit. `level` is the depth of a heading (1 is the outermost) or of an item; else 0."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A document as stored: `text` is what citations quote, blocks and pages are in reading order."""

    id: str
    title: str
    publisher: str
    source: str
    text: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    fiscal_year: int | None = None
    date: str | None = None
    licence: str | None = None

    def page_at(self, offset: int) -> int:
        """Return the number of the page that holds `offset`."""
        place = bisect_right(self.pages, offset, key=lambda page: page.end)
        return self.pages[min(place, len(self.pages) - 1)].number

    def is_machine_read(self, start: int, end: int) -> bool:
        """Tell whether a machine read any of `text[start:end]` from a picture."""
        return any(
            page.machine_read is not None and page.start < end and start < page.end for page in self.pages
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of one document. `text` is verbatim (`document.text[start:end]`); `indexed_text` is for search."""

    id: str
    document: str
    page: int
    heading: tuple[str, ...]
    kind: BlockKind
    text: str
    indexed_text: str
    start: int
    end: int


class Basis(StrEnum):
    """Why a figure is believed."""

    PRINTED = "printed"  # stands beside its name
    PROVEN = "proven"  # the document's own arithmetic fixes it
    ORDER = "order"  # reading order alone: never served as fact


class Measure(StrEnum):
    """What a figure measures."""

    AMOUNT = "amount"
    DIFFERENCE = "difference"
    FUNDING = "funding"
    COUNT = "count"


class Stage(StrEnum):
    """Where a budget stands: 当初, 補正, 決算."""

    INITIAL = "initial"
    SUPPLEMENTARY = "supplementary"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of one document, with its place: `document.text[start:end]` is how it is printed.

    `value` is exact and in `unit` as printed. `parents` runs from the outermost item inwards.
    `aspect` names the funding source (国, 県, その他, 一般財源) or the counter of a count; else None.
    `name_start:name_end` is where the label is printed. `marks` holds 新規, 拡充 and their like.
    `level` is what the document calls items of that kind, where it tells: 款, 項, 目, 節, 事業, 細事業 below one.
    """

    label: str
    parents: tuple[str, ...]
    fiscal_year: int | None
    stage: Stage
    measure: Measure
    value: Decimal
    unit: str
    document: str
    page: int
    start: int
    end: int
    basis: Basis
    name_start: int
    name_end: int
    aspect: str | None = None
    marks: tuple[str, ...] = ()
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Attribute:
    """A text cell that belongs to a named item: its department (所管), its outline (事業概要) …"""

    label: str
    parents: tuple[str, ...]
    name: str
    text: str
    document: str
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the data that could not be read or does not add up. `message` is Japanese and names the cure."""

    document: str
    message: str
    page: int | None = None
    start: int | None = None
    end: int | None = None
    code: str = "problem"


@dataclass(frozen=True, slots=True)
class Tables:
    """All that the table readers found in one document."""

    figures: tuple[Figure, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
