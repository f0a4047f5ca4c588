"""Any document → its figures, attributes and problems."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from corpus.budgets.grid import read_grid
from corpus.budgets.marks import is_total
from corpus.budgets.outline import read_outline
from corpus.budgets.printed.outline import named_by, read_printed_outline, unit_said
from corpus.budgets.ruled import RuledTable, ruled_tables
from corpus.budgets.table_notes import noted_unit
from corpus.tables.cells import find_delimiter, read_rows
from corpus.tables.sheets import SHEET_MARK
from corpus.types import Basis, BlockKind, Document, Measure, Tables


def read_tables(document: Document) -> Tables:
    """Return what the tables of `document` hold: rows of a table file, or a budget outline in running text."""
    if any(block.kind is BlockKind.ROW for block in document.blocks):
        unit = noted_unit(document.text)
        return _joined(
            [_read_sheet(document, page.number, page.start, page.end, unit) for page in document.pages]
        )
    unit = unit_said(document.text)
    found = [
        (table, read_grid(document, table.rows, page=document.page_at(table.start), unit=unit))
        for table in ruled_tables(document.text)
    ]
    printed = read_printed_outline(document)
    ruled = [
        (table, tables)
        for table, tables in found
        if _prints_years(tables) and _tells_more(table, tables, printed)
    ]
    names = {f.label for _, tables in ruled for f in tables.figures if not is_total(f.label)}
    ruled = [(table, _below_heading(document, table, tables, names)) for table, tables in ruled]
    if ruled:
        printed = read_printed_outline(_without(document, [table for table, _ in ruled]))
        printed = _joined([printed, *(tables for _, tables in ruled)])
    pieces = read_outline(document)
    if len(pieces.figures) >= len(printed.figures):
        return pieces
    places = {figure.start for figure in printed.figures}
    rest = tuple(f for f in pieces.figures if f.start not in places and f.basis is not Basis.ORDER)
    return _joined([printed, Tables(rest, pieces.attributes, ())])


def _below_heading(document: Document, table: RuledTable, tables: Tables, names: AbstractSet[str]) -> Tables:
    """Return a table's figures below the item that a heading above it names, whose sum its total is."""
    above = [document.text[row[0].start : row[0].end] for row in table.rows if len(row) == 1]
    own = {figure.label for figure in tables.figures}
    group = next(
        filter(None, (named_by(line, sorted(names - own, key=len)[::-1]) for line in above[::-1])), None
    )
    if group is None:
        return tables
    figures = tuple(
        replace(f, label=group, parents=()) if is_total(f.label) else replace(f, parents=(group, *f.parents))
        for f in tables.figures
    )
    attributes = tuple(replace(a, parents=(group, *a.parents)) for a in tables.attributes)
    return replace(tables, figures=figures, attributes=attributes)


def _prints_years(tables: Tables) -> bool:
    """Tell whether what was read is a budget: amounts of two fiscal years."""
    return len({f.fiscal_year for f in tables.figures if f.measure is Measure.AMOUNT}) > 1


def _tells_more(table: RuledTable, tables: Tables, printed: Tables) -> bool:
    """Tell whether the cells of a table give more figures than its lines, read as running text; as many if it has a frame."""
    funded = any(figure.measure is Measure.FUNDING for figure in tables.figures)
    as_lines = sum(table.start <= f.start < table.end for f in printed.figures)
    return funded or len(tables.figures) > as_lines - table.framed


def _without(document: Document, tables: Sequence[RuledTable]) -> Document:
    """Return a document with spaces in place of tables, as long as before."""
    text = document.text
    for table in tables:
        told = text[table.start : table.end]
        text = text[: table.start] + re.sub(r"[^\n]", " ", told) + text[table.end :]
    return replace(document, text=text)


def _read_sheet(document: Document, number: int, start: int, end: int, unit: str | None) -> Tables:
    text = document.text[start:end]
    if text.startswith(SHEET_MARK):
        first = text.find("\n") + 1
        rows = list(read_rows(text[first:], delimiter="\t", quotes=False, offset=start + first))
    else:
        rows = list(read_rows(text, delimiter=find_delimiter(text), offset=start))
    return read_grid(document, rows, page=number, unit=unit)


def _joined(parts: list[Tables]) -> Tables:
    return Tables(
        tuple(figure for part in parts for figure in part.figures),
        tuple(attribute for part in parts for attribute in part.attributes),
        tuple(problem for part in parts for problem in part.problems),
    )
