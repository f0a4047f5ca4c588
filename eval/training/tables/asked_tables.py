"""Questions of tables with their right frames in terms of the store: which table, operation, columns and rows."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from corpus.library import read_file
from corpus.types import Document
from eval.training.tables.gold_tables import GoldTable, plain, ranked, read_gold, selected
from qa.tables.store.table_store import TablesFile, TableStore

TODAY = date(2026, 5, 13)
"""What questions without a date of their own are asked on."""


@dataclass(frozen=True)
class Segment:
    """What a store reads."""

    folder: Path
    removed: tuple[str, ...] = ()


@dataclass(frozen=True)
class AskedTable:
    """A question with its right frame; `rows` are numbers of the store's rows, `columns` and `by` of its columns.

    `operation` is "none" where the tables do not tell; `document` is the table's name.
    """

    writer: str
    question: str
    before: tuple[str, ...]
    today: date
    table: tuple[int, int]
    operation: str
    columns: tuple[int, ...] = ()
    by: int | None = None
    rows: frozenset[int] = frozenset()
    holds: bool | None = None
    asked: Mapping[str, Any] = field(default_factory=dict)
    document: str = ""


@dataclass(frozen=True)
class WrittenTables:
    """A writer's tables as documents, with their gold form."""

    writer: str
    documents: tuple[Document, ...]
    gold: Mapping[str, GoldTable]


def read_writer(folder: Path) -> WrittenTables:
    """Read all tables of a writer."""
    gold = {d.stem: read_gold(d) for d in sorted(folder.glob("*.json")) if d.with_suffix(".jsonl").exists()}
    documents = []
    for name, table in gold.items():
        document, _ = read_file(table.path)
        if document is None:
            raise ValueError(f"{table.path} is not read; mend the file or the reader")
        title = document.title if table.path.suffix == ".md" else table.title
        documents.append(replace(document, id=name, title=title))
    return WrittenTables(folder.name, tuple(documents), gold)


def stored(written: Sequence[WrittenTables], folder: Path) -> TableStore:
    """Return a store of the tables of some writers, made in a folder where it is not there yet."""
    if not (folder / "tables.sqlite").exists():
        folder.mkdir(parents=True, exist_ok=True)
        made = TablesFile()
        made.write(folder, [made.part(document) for one in written for document in one.documents])
    return TableStore([Segment(folder)])


def questions(folder: Path, written: WrittenTables, store: TableStore) -> Iterator[AskedTable]:
    """Yield a writer's questions; those whose rows the reader cut otherwise than the writer are left out."""
    keys = _keys(written, store)
    for name, table in written.gold.items():
        if name not in keys:
            continue
        key, rows = keys[name]
        for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines():
            if line.strip():
                found = _asked(written, table, key, rows, json.loads(line))
                if found:
                    yield found


def _keys(written: WrittenTables, store: TableStore) -> dict[str, tuple[tuple[int, int], dict[int, int]]]:
    """Return the stored table of each gold table, and the stored row of each of its rows."""
    found: dict[str, tuple[tuple[int, int], dict[int, int]]] = {}
    for key, document in store.heads.items():
        if document not in written.gold:
            continue
        gold, table = written.gold[document], store.table(key)
        places: dict[tuple[str, ...], list[int]] = {}
        for row in range(table.size):
            cells = tuple(plain(table.text(row, n)) for n in range(len(table.columns)))
            places.setdefault(cells, []).append(row)
        rows = {}
        for number, cells_of in enumerate(gold.rows):
            own = places.get(tuple([*map(plain, cells_of), *[""] * 40][: len(table.columns)]))
            if own:
                rows[number] = own.pop(0)
        if len(rows) > len(found.get(document, ((0, 0), {}))[1]):
            found[document] = key, rows
    return found


def _asked(
    written: WrittenTables,
    table: GoldTable,
    key: tuple[int, int],
    rows: Mapping[int, int],
    told: Mapping[str, Any],
) -> AskedTable | None:
    today = date.fromisoformat(told["today"]) if "today" in told else TODAY
    base = AskedTable(
        written.writer,
        told["q"],
        tuple(told.get("before", ())),
        today,
        key,
        told["op"],
        asked=told,
        document=table.name,
    )
    if told["op"] == "none":
        return base
    kept = selected(table, told.get("where", ()), written.gold)
    if told["op"] in ("argmax", "argmin"):
        kept = ranked(table, told, kept)
    if any(row not in rows for row in kept):
        return None
    columns = tuple(table.columns.index(name) for name in told.get("cols", ()))
    by = table.columns.index(told["by"]) if "by" in told else None
    held: bool | None = None
    if told["op"] == "exists":
        held = bool(kept)
    if told["op"] == "check":
        from eval.training.tables.gold_tables import holds

        columns = tuple(table.columns.index(one[0]) for one in told["that"])
        held = all(holds(table, row, one, written.gold) for row in kept for one in told["that"])
    if told["op"] in ("sum", "mean", "max", "min"):
        by = columns[0]
    return replace(base, columns=columns, by=by, rows=frozenset(rows[row] for row in kept), holds=held)
