"""Tables of a document in the places where they stand: those that go on from a page before are told their header."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.pdf.continued_tables import continued_tables
from corpus.pdf.facing_tables import facing_tables
from corpus.pdf.printed_lines import Line
from corpus.pdf.running_heads import LaidPage
from corpus.pdf.types import PageTable

Place = tuple[int, float, float]


def with_continued_tables(pages: Sequence[LaidPage]) -> list[LaidPage]:
    """Return pages with each table as it is told from all tables of the document; one without content goes."""
    tables = [part for page in pages for part in page.parts if isinstance(part, PageTable)]
    told = {_place(table): table for table in facing_tables(continued_tables(tables))}
    return [replace(page, parts=tuple(_told(page.parts, told))) for page in pages]


def _told(parts: Sequence[Line | PageTable], told: dict[Place, PageTable]) -> list[Line | PageTable]:
    found = (part if isinstance(part, Line) else told.get(_place(part)) for part in parts)
    return [part for part in found if part is not None]


def _place(table: PageTable) -> Place:
    return table.page, table.left, table.top
