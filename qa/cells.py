"""The tables of a passage, whole, cell by cell and column by column."""

from functools import lru_cache

from qa.tables.reading import tables
from qa.tables.types import Cell, Span, Table

__all__ = ["Cell", "Table", "cells", "columns", "tables"]


@lru_cache(maxsize=4096)
def cells(text: str) -> tuple[Cell, ...]:
    """Return the cells of all tables of `text`, header cells not among them."""
    return tuple(cell for number, table in enumerate(tables(text)) for cell in _cells(table, number))


@lru_cache(maxsize=4096)
def columns(text: str) -> tuple[tuple[tuple[Span, ...], ...], ...]:
    """Return each table's columns from left to right; a cell whose column is uncertain is in none."""
    return tuple(_columns(table) for table in tables(text))


def _cells(table: Table, number: int) -> list[Cell]:
    found = []
    for row, places, line in zip(table.rows, table.places, table.lines, strict=True):
        name = row[0] if places[0] == 0 else None
        for value, place in zip(row, places, strict=True):
            header = table.header[place] if table.header and place is not None else None
            own = None if value == name else name
            found.append(Cell(value, line, own, header, -1 if place is None else place, number))
    return found


def _columns(table: Table) -> tuple[tuple[Span, ...], ...]:
    placed = [
        (value, place)
        for row, places in zip(table.rows, table.places, strict=True)
        for value, place in zip(row, places, strict=True)
        if place is not None
    ]
    width = max([len(table.header), *(place + 1 for _, place in placed)])
    return tuple(tuple(value for value, place in placed if place == at) for at in range(width))
