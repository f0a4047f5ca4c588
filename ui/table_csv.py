"""Rows of a table as CSV that a spreadsheet opens: UTF-8 with a mark, no cell taken for a formula."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from corpus.tables.harmless import harmless
from qa.tables.browsing.table_views import TableView
from ui.table_records import texts_of

_AT_ONCE = 500  # rows
_MARK = "\ufeff"


def csv_parts(view: TableView, rows: Iterable[int]) -> Iterator[str]:
    """Yield the file in parts: the titles of the columns, then the rows as printed."""
    some = [list(view.titles)]
    mark = _MARK
    for row in rows:
        some.append(texts_of(view, row))
        if len(some) >= _AT_ONCE:
            yield mark + _written(some)
            some, mark = [], ""
    yield mark + _written(some)


def _written(rows: Iterable[list[str]]) -> str:
    out = StringIO(newline="")
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue()
