"""Any document → its figures, attributes and problems."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from corpus.budgets.grid import read_grid
from corpus.budgets.level_headings import levels_above
from corpus.budgets.marks import is_total
from corpus.budgets.outline import read_outline
from corpus.budgets.printed.outline import fiscal_year_of, named_by, read_printed_outline, unit_said
from corpus.budgets.ruled import RuledTable, ruled_tables
from corpus.budgets.ruled_parts import rows_of, ruled_parts
from corpus.budgets.statement_projects import statement_projects
from corpus.budgets.table_notes import noted_unit
from corpus.machine_read import without_machine_read
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
    document = without_machine_read(document)
    unit = unit_said(document.text)
    tables = list(ruled_tables(document.text))
    dated = replace(document, fiscal_year=fiscal_year_of(document))
    found = [(parts, _read_parts(dated, parts, unit)) for parts in ruled_parts(tables)]
    document = _without(document, [table for table in tables if table.marked])
    printed = read_printed_outline(document)
    ruled = [
        (parts, tables)
        for parts, tables in found
        if _prints_years(tables) and _tells_more(parts, tables, printed)
    ]
    names = {f.label for _, tables in ruled for f in tables.figures if not is_total(f.label)}
    ruled = [(parts, _below_heading(document, parts[0], tables, names)) for parts, tables in ruled]
    if ruled:
        printed = read_printed_outline(_without(document, [table for parts, _ in ruled for table in parts]))
        read = _joined([tables for _, tables in ruled])
        projects = statement_projects(dated, tables, read.figures)
        printed = _joined([printed, read, projects])
    pieces = read_outline(document)
    if len(pieces.figures) >= len(printed.figures):
        return pieces
    places = {figure.start for figure in printed.figures}
    rest = tuple(f for f in pieces.figures if f.start not in places and f.basis is not Basis.ORDER)
    return _joined([printed, Tables(rest, pieces.attributes, ())])


def _read_parts(document: Document, parts: Sequence[RuledTable], unit: str | None) -> Tables:
    """Return the figures of a table that may go on over pages, each with its page."""
    read = read_grid(document, rows_of(parts), page=document.page_at(parts[0].start), unit=unit)
    return Tables(
        tuple(replace(figure, page=document.page_at(figure.start)) for figure in read.figures),
        tuple(replace(attribute, page=document.page_at(attribute.start)) for attribute in read.attributes),
        read.problems,
    )


def _below_heading(document: Document, table: RuledTable, tables: Tables, names: AbstractSet[str]) -> Tables:
    """Return a table's figures below the items that headings above it name, of the last of which its total is the sum."""
    above = [document.text[row[0].start : row[0].end] for row in table.rows if len(row) == 1]
    levels = levels_above(above)
    groups = tuple(levels.values()) or _named_above(above, tables, names)
    if not groups:
        return tables
    figures = tuple(
        replace(f, label=groups[-1], parents=groups[:-1], level=next(reversed(levels), None))
        if is_total(f.label)
        else replace(f, parents=(*groups, *f.parents))
        for f in tables.figures
    )
    attributes = tuple(replace(a, parents=(*groups, *a.parents)) for a in tables.attributes)
    return replace(tables, figures=figures, attributes=attributes)


def _named_above(above: Sequence[str], tables: Tables, names: AbstractSet[str]) -> tuple[str, ...]:
    """Return the item of other tables that the nearest line above a table names."""
    own = {figure.label for figure in tables.figures}
    others = sorted(names - own, key=len)[::-1]
    return next(((name,) for line in above[::-1] if (name := named_by(line, others))), ())


def _prints_years(tables: Tables) -> bool:
    """Tell whether what was read is a budget: amounts of two fiscal years."""
    return len({f.fiscal_year for f in tables.figures if f.measure is Measure.AMOUNT}) > 1


def _tells_more(parts: Sequence[RuledTable], tables: Tables, printed: Tables) -> bool:
    """Tell whether the cells of a table give more figures than its lines, read as running text; as many if it has a frame."""
    funded = any(figure.measure is Measure.FUNDING for figure in tables.figures)
    as_lines = sum(part.start <= f.start < part.end for f in printed.figures for part in parts)
    return funded or len(tables.figures) > as_lines - parts[0].framed


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
