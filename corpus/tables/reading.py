"""Any document → its figures, attributes and problems."""

from corpus.tables.cells import find_delimiter, read_rows
from corpus.tables.grid import read_grid
from corpus.tables.outline import read_outline
from corpus.tables.printed.outline import read_printed_outline
from corpus.tables.xlsx_document import SHEET_MARK
from corpus.types import Basis, BlockKind, Document, Tables


def read_tables(document: Document) -> Tables:
    """Return what the tables of `document` hold: rows of a table file, or a budget outline in running text."""
    if any(block.kind is BlockKind.ROW for block in document.blocks):
        return _joined([_read_sheet(document, page.number, page.start, page.end) for page in document.pages])
    pieces, printed = read_outline(document), read_printed_outline(document)
    if len(pieces.figures) >= len(printed.figures):
        return pieces
    places = {figure.start for figure in printed.figures}
    rest = tuple(f for f in pieces.figures if f.start not in places and f.basis is not Basis.ORDER)
    return _joined([printed, Tables(rest, pieces.attributes, ())])


def _read_sheet(document: Document, number: int, start: int, end: int) -> Tables:
    text = document.text[start:end]
    if text.startswith(SHEET_MARK):
        first = text.find("\n") + 1
        rows = list(read_rows(text[first:], delimiter="\t", quotes=False, offset=start + first))
    else:
        rows = list(read_rows(text, delimiter=find_delimiter(text), offset=start))
    return read_grid(document, rows, page=number)


def _joined(parts: list[Tables]) -> Tables:
    return Tables(
        tuple(figure for part in parts for figure in part.figures),
        tuple(attribute for part in parts for attribute in part.attributes),
        tuple(problem for part in parts for problem in part.problems),
    )
