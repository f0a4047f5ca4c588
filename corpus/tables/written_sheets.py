"""A workbook that is written like a letter, sentences in cells with a small table between, to the text that it is."""

from collections.abc import Iterator, Sequence

from corpus.office.list_numbers import BULLET
from corpus.office.types import Contents, Paragraph, Part, Table, TableCell

_LEAST_SENTENCES = 3
_LEAST_LONE = 0.5
"""So large a part of a sheet's rows has one cell only where it is written rather than filled in."""

Rows = Sequence[Sequence[str]]
"""The lines of a sheet in cells; an empty line is []."""


def is_written(rows: Rows) -> bool:
    """Tell whether a sheet is running text: most rows are one cell, and several of these are sentences.

    >>> is_written([["窓口のご案内"], ["九時に開きます。"], ["土曜は休みです。"], ["電話は代表へ。"], ["館", "電話"]])
    True
    >>> is_written([["館", "電話"], ["東館", "0123-45-6711"], ["※代表番号です。"]])
    False
    """
    filled = [row for row in rows if row]
    lone = [_text(row) for row in filled if _is_lone(row)]
    sentences = sum(text.endswith("。") for text in lone)
    return sentences >= _LEAST_SENTENCES and len(lone) >= _LEAST_LONE * len(filled)


def written_contents(sheets: Sequence[tuple[str, Rows]]) -> Contents:
    """Return what sheets say, one page each; their names are headings where there are several."""
    parts: list[Part] = []
    for page, (name, rows) in enumerate(sheets, 1):
        if len(sheets) > 1:
            parts.append(Paragraph(name, page, level=1))
        parts += _parts(rows, page)
    return Contents(tuple(parts))


def _parts(rows: Rows, page: int) -> Iterator[Part]:
    table: list[Sequence[str]] = []
    for row in [*rows, []]:
        if row and not _is_lone(row):
            table.append(row)
            continue
        if table:
            yield _table(table, page)
            table = []
        if row:
            text = _text(row)
            mark = BULLET if text.startswith(BULLET) else ""
            yield Paragraph(text.removeprefix(mark), page, mark=mark)


def _table(rows: Rows, page: int) -> Table:
    """Return rows as a table, without the columns before it that nobody filled."""
    first = min(next(column for column, text in enumerate(row) if text) for row in rows)
    return Table(tuple(tuple(TableCell((Paragraph(text),)) for text in row[first:]) for row in rows), page)


def _is_lone(row: Sequence[str]) -> bool:
    return sum(map(bool, row)) == 1


def _text(row: Sequence[str]) -> str:
    return next(filter(None, row), "")
