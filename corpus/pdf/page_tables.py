"""The tables of a page of a PDF."""

from corpus.pdf.aligned_tables import aligned_tables
from corpus.pdf.ruled_tables import ruled_tables
from corpus.pdf.types import PageContent, PageTable


def page_tables(page: PageContent) -> list[PageTable]:
    """Return the tables that stand on a page, from above."""
    drawn = list(ruled_tables(page))
    aligned = aligned_tables(page, drawn)
    return sorted((*drawn, *aligned), key=lambda table: (table.top, table.left))
