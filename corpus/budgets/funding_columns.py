"""Columns that hold funding sources though their names do not tell: with them the sources add up to the amount."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.budgets.amounts import parse_number
from corpus.budgets.columns import Column, Role, plain_source
from corpus.budgets.headers import Header
from corpus.tables.cells import Row

_LEAST_ROWS = 3
_NONE = frozenset(("", "-", "－", "―", "ー", "−", "‐", "—"))
_FREE = (Role.TEXT, Role.CATEGORY)


def with_funding_columns(header: Header, rows: Sequence[Row]) -> Header:
    """Return a header with columns of numbers beside its sources as sources too, where the sums of all rows say so."""
    columns = list(header.columns)
    known = [number for number, column in enumerate(columns) if column.role is Role.FUNDING]
    amounts = [number for number, column in enumerate(columns) if column.role is Role.AMOUNT]
    if not known or not amounts:
        return header
    body = [row for row in rows[header.last + 1 :] if len(row) > max(*known, *amounts)]
    block = _numbers_from(known, columns, body)
    newest = max(amounts, key=lambda number: (columns[number].year or 0, columns[number].offset, -number))
    if block == known or not _adds_up(block, newest, body):
        return header
    for number in block:
        if columns[number].role is not Role.FUNDING:
            title = columns[number].title
            columns[number] = replace(columns[number], role=Role.FUNDING, aspect=plain_source(title))
    return replace(header, columns=tuple(columns))


def _numbers_from(known: Sequence[int], columns: Sequence[Column], rows: Sequence[Row]) -> list[int]:
    """Return the places of the sources and of the columns of numbers right beside them."""
    first, last = known[0], known[-1]

    def is_free(number: int) -> bool:
        cells = [row[number].text for row in rows if number < len(row)]
        return columns[number].role in _FREE and all(
            text in _NONE or parse_number(text) is not None for text in cells
        )

    while first > 0 and is_free(first - 1):
        first -= 1
    while last + 1 < len(columns) and is_free(last + 1):
        last += 1
    return [n for n in range(first, last + 1) if columns[n].role is Role.FUNDING or is_free(n)]


def _adds_up(block: Sequence[int], amount: int, rows: Sequence[Row]) -> bool:
    """Tell whether the sources are the amount, in three rows at least and in all that print one."""
    told = [(parse_number(row[amount].text), row) for row in rows]
    having = [(value, row) for value, row in told if value]
    sums = [
        sum((parse_number(row[n].text) or Decimal(0) for n in block if n < len(row)), Decimal(0))
        for _, row in having
    ]
    return len(having) >= _LEAST_ROWS and all(
        total == value for total, (value, _) in zip(sums, having, strict=True)
    )
