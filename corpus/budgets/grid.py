"""A grid of cells with offsets → figures: the one path of CSV, XLSX and, later, tables of a PDF's text layer."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.budgets.amounts import parse_number
from corpus.budgets.columns import Column, Role
from corpus.budgets.funding_columns import with_funding_columns
from corpus.budgets.funding_tables import as_funding, with_funding_rows
from corpus.budgets.grid_checks import check_row, check_totals
from corpus.budgets.grid_figures import attributes_of, figures_of
from corpus.budgets.grid_items import GridReading, context_of
from corpus.budgets.headers import dated, find_header, header_at, text_header_at
from corpus.budgets.marks import is_total
from corpus.budgets.table_notes import is_note
from corpus.budgets.years import parse_fiscal_year
from corpus.tables.cells import Cell, Row
from corpus.types import Document, Figure, Problem, Tables


def read_grid(document: Document, rows: Sequence[Row], *, page: int = 1, unit: str | None = None) -> Tables:
    """Return the figures of the tables in `rows`; a table begins at each header row. Numbers without a unit are in `unit`.

    Whoever has a table as rows of `Cell(text, start, end)` calls this. A figure of a grid stands in its item's
    row, so its basis is PRINTED; where the row's own arithmetic (this − last = difference, funding = amount) fails,
    the figures of that row fall to ORDER and a Problem names them.
    """
    header = find_header(rows)
    if header is None:
        return _no_header(document, rows, page)
    header = replace(header, unit=header.unit or unit)
    near = header.year or document.fiscal_year or parse_fiscal_year(document.title)
    reading = GridReading(document, with_funding_columns(dated(header, near), rows), page)
    tables: list[list[list[Figure]]] = [[]]
    number = header.last + 1
    while number < len(rows):
        below = header_at(rows, number) or text_header_at(rows, number)
        if below:
            below = dated(replace(below, unit=below.unit or header.unit), near)
            reading.header = with_funding_columns(below, rows)
            tables.append([])
            number = below.last + 1
            continue
        figures = _read_row(reading, rows[number])
        if figures:
            tables[-1].append(figures)
        number += 1
    checked: list[Figure] = []
    problems: list[Problem] = []
    for table in tables:
        figures, found = check_totals(document, with_funding_rows(table))
        checked += as_funding([reading.above.renamed(figure) for figure in figures], checked)
        problems += found
    return Tables(tuple(checked), tuple(reading.attributes), tuple(reading.problems + problems))


def _no_header(document: Document, rows: Sequence[Row], page: int) -> Tables:
    if not any(parse_number(cell.text) is not None for row in rows for cell in row):
        return Tables()
    message = "表の見出し行（事業名・予算額など）が見つかりません。1行目に見出しを付けてください。"
    return Tables(problems=(Problem(document.id, message, page=page, code="header"),))


def _read_row(reading: GridReading, row: Row) -> list[Figure]:
    """Read one row into `reading`; return its figures. A row with one lone cell names the group that follows."""
    printed = [cell for cell in row if cell.text]
    if not printed or is_note(row) or [c.text for c in row] == [c.title for c in reading.header.columns]:
        return []
    pairs = list(zip(reading.header.columns, row, strict=False))
    named = next((cell for column, cell in pairs if column.role is Role.NAME and cell.text), None)
    named = named or _total_elsewhere(pairs)
    if len(printed) == 1 and printed[0] in (named, row[0]):
        reading.above.group = printed[0].text.strip("【】〔〕[]■◆○● 　")
        return []
    if named is None:
        _note_unnamed(reading, pairs)
        return []
    context = context_of(reading, pairs, named)
    reading.attributes += attributes_of(reading, context, pairs)
    checked, problems = check_row(reading.document, figures_of(reading, context, pairs))
    reading.problems += problems
    return checked


def _total_elsewhere(pairs: list[tuple[Column, Cell]]) -> Cell | None:
    """Return the cell that says 小計 or 合計 in a row whose name column is empty."""
    words = [
        cell
        for column, cell in pairs
        if column.role in (Role.CATEGORY, Role.TEXT, Role.NOTHING) and cell.text
    ]
    totals = [cell for cell in words if is_total(cell.text)]
    return totals[0] if totals else None


def _note_unnamed(reading: GridReading, pairs: list[tuple[Column, Cell]]) -> None:
    for column, cell in pairs:
        if column.role is Role.AMOUNT and parse_number(cell.text) is not None:
            message = f"金額 {cell.text} の行に事業名がありません。事業名を入れてください。"
            reading.note(message, cell, "name")
