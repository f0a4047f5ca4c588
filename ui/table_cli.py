"""`madoguchi tables`: the tables of the documents, and the rows of one."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from index.bundle import open_bundle
from qa.tables.browsing.table_views import Asked, Found, TableView
from qa.tables.store.table_catalogue import TableCatalogue, TableEntry, UnknownTableError
from ui.printing import say
from ui.table_csv import csv_parts
from ui.table_records import asked_of, page_record, table_record, texts_of

_LONGEST_CELL = 60  # characters shown on a terminal


def list_tables(home: Path, *, as_json: bool) -> None:
    """Print every table with its id, columns and number of rows."""
    entries = list(TableCatalogue(open_bundle(home).segments).entries.values())
    if as_json:
        say(json.dumps([table_record(entry) for entry in entries], ensure_ascii=False))
    elif entries:
        _print_list(entries)
    else:
        say("表のある文書はありません。CSV・Excel・Markdown の表を「madoguchi add」で加えられます。")


def list_rows(home: Path, table: str, *, as_json: bool, as_csv: bool, **how: Any) -> None:
    """Print the rows of a table that are asked for.

    UnknownTableError or ValueError (in Japanese, with the cure) where they cannot be given.
    """
    bundle = open_bundle(home)
    catalogue = TableCatalogue(bundle.segments)
    entry = _entry(catalogue, table)
    view = catalogue.view(table, bundle.document(entry.document).fiscal_year)
    asked = asked_of(entry, **how)
    if as_csv:
        _write_csv(view, asked)
        return
    found = view.page(asked)
    if as_json:
        say(json.dumps(page_record(entry, view, asked, found), ensure_ascii=False))
    else:
        _print_page(entry, view, asked, found)


def _entry(catalogue: TableCatalogue, table: str) -> TableEntry:
    try:
        return catalogue.entry(table)
    except UnknownTableError as error:
        raise UnknownTableError(f"{error}「madoguchi tables」に一覧があります。") from None


def _write_csv(view: TableView, asked: Asked) -> None:
    parts = csv_parts(view, view.rows(asked).tolist())
    for part in parts:
        sys.stdout.buffer.write(part.encode("utf-8"))
    sys.stdout.buffer.flush()


def _print_list(entries: Sequence[TableEntry]) -> None:
    table = _table(("ID", "題名", "列", "行"), right=("行",), whole=("ID",))
    for entry in entries:
        columns = "・".join(column.title for column in entry.columns)
        table.add_row(*map(_verbatim, (entry.id, entry.title, _short(columns), f"{entry.rows:,}")))
    _console().print(table)


def _print_page(entry: TableEntry, view: TableView, asked: Asked, found: Found) -> None:
    console = _console()
    console.print(_verbatim(f"{entry.title}（{entry.document} {entry.page}ページ）"), style="bold")
    if not found.rows:
        console.print("条件に合う行はありません。条件をゆるめてください。")
        return
    numbers = [c.title for c in entry.columns if c.kind.value in ("number", "coordinate")]
    table = _table(("行", *view.titles), right=("行", *numbers))
    for row in found.rows:
        table.add_row(*map(_verbatim, (f"{row + 1}", *map(_short, texts_of(view, row)))))
    console.print(table)
    console.print(counted(found, asked), style="dim", highlight=False)


def counted(found: Found, asked: Asked) -> str:
    """Return which of how many rows are shown.

    >>> counted(Found(tuple(range(50)), 113), Asked())
    '113件中 1–50件'
    """
    return f"{found.total:,}件中 {asked.offset + 1:,}–{asked.offset + len(found.rows):,}件"


def _table(titles: Sequence[str], *, right: Sequence[str] = (), whole: Sequence[str] = ()) -> Any:
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in titles:
        table.add_column(
            _verbatim(title),
            justify="right" if title in right else "left",
            no_wrap=title in whole,
            overflow="fold",
        )
    return table


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_CELL else f"{line[:_LONGEST_CELL]}…"


def _verbatim(text: str) -> Any:
    from rich.text import Text

    return Text(text)


def _console() -> Any:
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 120)
