"""A document → its tables: sheets of a workbook, a delimited file, tables set with bars in running text."""

from collections.abc import Iterator, Sequence

from corpus.budgets.ruled import ruled_tables
from corpus.machine_read import without_machine_read
from corpus.tables.cells import Row, find_delimiter, read_rows
from corpus.tables.data_tables import data_tables
from corpus.tables.sheets import SHEET_MARK
from corpus.tables.types import DataTable
from corpus.types import BlockKind, Document


def tables_of(document: Document) -> list[DataTable]:
    """Return the tables of a document, in order."""
    if any(block.kind is BlockKind.ROW for block in document.blocks):
        return [
            table
            for page in document.pages
            for table in _of_page(document, page.number, page.start, page.end)
        ]
    document = without_machine_read(document)
    return [
        table
        for ruled in ruled_tables(document.text)
        for table in data_tables(
            document.id, _heading(document, ruled.start), ruled.rows, page=document.page_at(ruled.start)
        )
    ]


def page_rows(document: Document, start: int, end: int) -> tuple[str, Sequence[Row]]:
    """Return the name of a sheet ("" for a file of one table) and its rows, printed at `start:end` of the document."""
    text = document.text[start:end]
    if text.startswith(SHEET_MARK):
        first = text.find("\n") + 1
        name = text[len(SHEET_MARK) : first].strip()
        return name, list(read_rows(text[first:], delimiter="\t", quotes=False, offset=start + first))
    return "", list(read_rows(text, delimiter=find_delimiter(text), offset=start))


def _of_page(document: Document, number: int, start: int, end: int) -> Iterator[DataTable]:
    sheet, rows = page_rows(document, start, end)
    title = document.title if not sheet or sheet in document.title else f"{document.title} {sheet}"
    return data_tables(document.id, title, rows, page=number)


def _heading(document: Document, start: int) -> str:
    """Return a document's title with the heading that stands over a place."""
    above = [block for block in document.blocks if block.kind is BlockKind.HEADING and block.end <= start]
    heading = document.text[above[-1].start : above[-1].end] if above else ""
    return document.title if not heading or heading in document.title else f"{document.title} {heading}"
