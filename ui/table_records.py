"""What every face says of a table, its rows and their cells, as plain JSON values."""

from collections.abc import Sequence
from typing import Any

from qa.tables.browsing.filters import filter_from
from qa.tables.browsing.table_views import Asked, Found, TableView
from qa.tables.store.table_catalogue import TableEntry


def asked_of(
    entry: TableEntry,
    *,
    where: Sequence[str] = (),
    q: str = "",
    sort: str = "",
    desc: bool = False,
    offset: int = 0,
    limit: int = 50,
) -> Asked:
    """Return what is asked of a table as typed; ValueError (in Japanese, with the cure) for a filter that is none."""
    titles = [column.title for column in entry.columns]
    filters = tuple(filter_from(one, titles) for one in where if one.strip())
    return Asked(filters, q, sort, desc, offset, limit)


def table_record(entry: TableEntry) -> dict[str, Any]:
    """Return what a list says of a table."""
    return {
        "id": entry.id,
        "title": entry.title,
        "document": entry.document,
        "page": entry.page,
        "columns": [_column(column) for column in entry.columns],
        "rows": entry.rows,
        "notes": list(entry.notes),
        "problems": [{"message": p.message, "page": p.page} for p in entry.problems],
    }


def page_record(entry: TableEntry, view: TableView, asked: Asked, found: Found) -> dict[str, Any]:
    """Return one page of rows, each with its number, which starts at 1, and its place in the document."""
    columns = [{**_column(column), "choices": view.choices(n)} for n, column in enumerate(view.table.columns)]
    return {
        "id": entry.id,
        "title": entry.title,
        "document": entry.document,
        "page": entry.page,
        "columns": columns,
        "size": entry.rows,
        "total": found.total,
        "offset": asked.offset,
        "limit": asked.limit,
        "rows": [_row(entry, view, row) for row in found.rows],
    }


def row_record(entry: TableEntry, view: TableView, row: int) -> dict[str, Any]:
    """Return one row, each cell with its place in the document."""
    cells = [
        {"column": column.title, "text": view.table.text(row, n), **_place(view.table.span(row, n))}
        for n, column in enumerate(view.table.columns)
    ]
    head = {"id": entry.id, "title": entry.title, "document": entry.document}
    return {**head, **_where(entry, view, row), "cells": cells}


def texts_of(view: TableView, row: int) -> list[str]:
    """Return the cells of a row as printed."""
    return [view.table.text(row, n) for n in range(len(view.table.columns))]


def _row(entry: TableEntry, view: TableView, row: int) -> dict[str, Any]:
    return {**_where(entry, view, row), "cells": texts_of(view, row)}


def _where(entry: TableEntry, view: TableView, row: int) -> dict[str, Any]:
    spans = [view.table.span(row, n) for n in range(len(view.table.columns))]
    printed = [span for span in spans if span[1] > span[0]] or spans[:1]
    start, end = min(a for a, _ in printed), max(b for _, b in printed)
    adds_up = row in view.table.totals
    return {"row": row + 1, "page": entry.page, "start": start, "end": end, "adds_up": adds_up}


def _column(column: Any) -> dict[str, str]:
    return {"title": column.title, "kind": column.kind.value, "unit": column.unit}


def _place(span: tuple[int, int]) -> dict[str, int]:
    return {"start": span[0], "end": span[1]}
