"""The tables of a bundle by an id that stays: the document's, and the table's number in it (tk-tsunami~1)."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import orjson

from corpus.tables.types import Column, ColumnKind
from corpus.types import Problem
from index.sqlite_file import ReadOnlySqlite
from qa.tables.browsing.table_views import TableView
from qa.tables.store.table_store import TABLES_FILE, TableStore

if TYPE_CHECKING:
    from index.segments.segment import Segment

_KEPT = 8  # tables being looked through


class UnknownTableError(LookupError):
    """There is no such table, or no such row in it; the message (Japanese) says what there is."""


@dataclass(frozen=True, slots=True)
class TableEntry:
    """What a list says of a table; `key` is its place in the store."""

    id: str
    key: tuple[int, int]
    document: str
    page: int
    title: str
    columns: tuple[Column, ...]
    rows: int
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]


class TableCatalogue:
    """The tables of the documents that count. Safe to share between threads."""

    def __init__(self, segments: Sequence["Segment"], store: TableStore | None = None) -> None:
        self._segments = segments
        self._store = store or TableStore(segments)
        self._view = lru_cache(maxsize=_KEPT)(self._opened)

    def __bool__(self) -> bool:
        return bool(self._store)

    @cached_property
    def entries(self) -> dict[str, TableEntry]:
        """Return the tables by id, in the order of the documents."""
        found: dict[str, TableEntry] = {}
        seen: Counter[str] = Counter()
        heads = self._heads()
        problems = self._problems()
        for key, document in self._store.heads.items():
            seen[document] += 1
            head = heads[key]
            entry = TableEntry(
                f"{document}~{seen[document]}",
                key,
                document,
                head["page"],
                head["title"],
                tuple(Column(title, ColumnKind(kind), unit) for title, kind, unit in head["columns"]),
                head["rows"],
                tuple(text for text, _, _ in head["notes"]),
                tuple(problems[key[0], document]),
            )
            found[entry.id] = entry
        return found

    def entry(self, table: str) -> TableEntry:
        """Return what is known of a table; UnknownTableError where there is none of that id."""
        found = self.entries.get(table)
        if found is None:
            raise UnknownTableError(f"表「{table}」はありません。")
        return found

    def view(self, table: str, year: int | None = None) -> TableView:
        """Return a table to look through; a day without a year is one of `year`."""
        return self._view(self.entry(table).key, year)

    def row(self, table: str, number: int) -> int:
        """Return the place of the row of a number, which starts at 1; UnknownTableError where there is none."""
        entry = self.entry(table)
        if not 1 <= number <= entry.rows:
            raise UnknownTableError(
                f"表「{table}」に {number} 行目はありません。1 から {entry.rows} までの番号にしてください。"
            )
        return number - 1

    def _opened(self, key: tuple[int, int], year: int | None) -> TableView:
        return TableView(self._store.table(key), year)

    def _heads(self) -> dict[tuple[int, int], dict[str, Any]]:
        """Return the heads alone: a bundle may have thousands of tables, and their cells are not asked for here."""
        return {
            (number, table): orjson.loads(head)
            for number, segment in enumerate(self._segments)
            for table, head in ReadOnlySqlite(segment.folder / TABLES_FILE)
            .connection()
            .execute("SELECT number, head FROM tables")
        }

    def _problems(self) -> dict[tuple[int, str], list[Problem]]:
        found: dict[tuple[int, str], list[Problem]] = defaultdict(list)
        for number, segment in enumerate(self._segments):
            for problem in segment.problems():
                found[number, problem.document].append(problem)
        return found
