"""Tables as a segment of the index keeps them: column by column in SQLite, each different text of a column once."""

import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import orjson

from corpus.tables.types import ColumnKind, DataTable
from corpus.types import Document
from index.artefacts import SegmentRead
from index.sqlite_file import ReadOnlySqlite, new_sqlite
from index.types import Encoder
from qa.tables.store.places import places_of
from qa.tables.store.spoken_titles import spoken_title
from qa.tables.store.told_titles import told_title
from qa.tables.store.towns import towns_in_rows, towns_of
from qa.tables.store.value_keys import reading_key, value_key
from qa.tables.store.value_postings import ValuePostings, packed_postings

TABLES_FILE = "tables.sqlite"
_SCHEMA = """
CREATE TABLE tables (number INTEGER PRIMARY KEY, document TEXT NOT NULL, head BLOB NOT NULL, vectors BLOB NOT NULL);
CREATE TABLE columns (tab INTEGER, number INTEGER, texts BLOB NOT NULL, codes BLOB NOT NULL, spans BLOB NOT NULL,
  PRIMARY KEY (tab, number)) WITHOUT ROWID;
CREATE TABLE meanings (tab INTEGER, number INTEGER, vectors BLOB NOT NULL, PRIMARY KEY (tab, number)) WITHOUT ROWID;
CREATE TABLE cell_values (id INTEGER PRIMARY KEY, tab INTEGER NOT NULL, number INTEGER NOT NULL, place INTEGER NOT NULL,
  key TEXT NOT NULL);
CREATE TABLE postings (run TEXT PRIMARY KEY, ids BLOB NOT NULL) WITHOUT ROWID;
"""
LINKED = frozenset(
    (
        ColumnKind.NAME,
        ColumnKind.CATEGORY,
        ColumnKind.TEXT,
        ColumnKind.ADDRESS,
        ColumnKind.YEAR,
        ColumnKind.READING,
        ColumnKind.ID,
    )
)
"""Kinds of columns whose cells a question may name."""
MEANT = frozenset((ColumnKind.NAME, ColumnKind.CATEGORY))
"""Kinds of columns whose cells may be named by other words of the same meaning, or as they are read."""
MOST_MEANT = 2_000
"""Different cells of such a column, at most."""
_LONGEST_LINKED, _LONGEST_NUMBER = 80, 8
_SHORTEST_ID = 3
_SAMPLES = 3
_KEPT = 64  # tables

Numbers = npt.NDArray[np.float32]
Codes = npt.NDArray[np.int32]


@dataclass(frozen=True)
class StoredColumn:
    """A column: `texts` are its different cells as printed, `codes[row]` tells which one a row has."""

    title: str
    kind: ColumnKind
    unit: str
    texts: tuple[str, ...]
    codes: Codes


@dataclass(frozen=True)
class StoredTable:
    """A table as read from the store; `key` is (segment, number), `number` counts the tables of its document.

    `vectors` are of its columns' titles, then of titles with cells, then of its own title.
    """

    key: tuple[int, int]
    document: str
    page: int
    title: str
    name: int
    totals: frozenset[int]
    notes: tuple[tuple[str, int, int], ...]
    header: tuple[tuple[int, int], ...]
    columns: tuple[StoredColumn, ...]
    spans: npt.NDArray[np.int32]
    vectors: Numbers
    number: int = 1

    @property
    def size(self) -> int:
        """Return how many rows there are."""
        return len(self.spans)

    @cached_property
    def counted(self) -> npt.NDArray[np.bool_]:
        """Return which rows stand for themselves: those that add up others do not."""
        kept = np.ones(self.size, bool)
        kept[list(self.totals)] = False
        return kept

    def row_at(self, start: int, end: int) -> int | None:
        """Return the row that a stretch of the document is the whole of, None where it is less, or more than one."""
        beginnings, ends = self.spans[:, :, 0].min(axis=1), self.spans[:, :, 1].max(axis=1)
        met = np.flatnonzero((beginnings < end) & (start < ends))
        whole = len(met) == 1 and start <= beginnings[met[0]] and ends[met[0]] <= end
        return int(met[0]) if whole else None

    def text(self, row: int, column: int) -> str:
        """Return a cell as printed."""
        held = self.columns[column]
        return str(held.texts[held.codes[row]])

    def span(self, row: int, column: int) -> tuple[int, int]:
        """Return where a cell stands in the document; start and end are one where it is empty."""
        start, end = self.spans[row, column]
        return int(start), int(end)


@dataclass(frozen=True)
class TableRecord:
    """A table of one document, packed for the store."""

    document: str
    head: bytes
    vectors: bytes
    columns: tuple[tuple[bytes, bytes, bytes], ...]
    meanings: tuple[tuple[int, bytes], ...]
    keys: tuple[tuple[int, tuple[str, ...]], ...]


def record_of(table: DataTable, encoder: Encoder, publisher: str = "") -> TableRecord:
    """Return what the store keeps of a table, of a document that `publisher` publishes."""
    columns, meanings, keys, samples = [], [], [], []
    for number, column in enumerate(table.columns):
        texts = list(dict.fromkeys(row[number].text for row in table.rows))
        places = {text: place for place, text in enumerate(texts)}
        codes = np.array([places[row[number].text] for row in table.rows], np.int32)
        spans = np.array([(row[number].start, row[number].end) for row in table.rows], np.int32)
        columns.append(
            (zlib.compress(orjson.dumps(texts), 1), codes.tobytes(), zlib.compress(spans.tobytes(), 1))
        )
        samples.append(" ".join([spoken_title(column.title), *[t[:20] for t in texts if t][:_SAMPLES]]))
        if column.kind in MEANT and len(texts) <= MOST_MEANT:
            vectors = np.asarray(encoder.encode_passages([text[:60] or "-" for text in texts]), np.float16)
            meanings.append((number, vectors.tobytes()))
        if column.kind in LINKED or number == table.name:
            keys.append((number, tuple(_linked_key(column.kind, text) for text in texts)))
        if column.kind in MEANT and len(texts) <= MOST_MEANT:
            keys.append((number, tuple(map(reading_key, texts))))
    titles = [spoken_title(column.title) for column in table.columns]
    above = " ".join([table.title, *[cell.text for cell in table.notes[:8]]])[:200]
    vectors = np.asarray(encoder.encode_passages([*titles, *samples, above]), np.float16)
    head = orjson.dumps(
        {
            "page": table.page,
            "title": table.title,
            "name": table.name,
            "totals": sorted(table.totals),
            "notes": [[c.text, c.start, c.end] for c in table.notes],
            "header": [[c.start, c.end] for row in table.header for c in row if c.text],
            "columns": [[c.title, c.kind.value, c.unit] for c in table.columns],
            "rows": len(table.rows),
            "places": places_of(table),
            "towns": towns_of(table, publisher),
            "towns_in_rows": towns_in_rows(table),
        }
    )
    return TableRecord(table.document, head, vectors.tobytes(), tuple(columns), tuple(meanings), tuple(keys))


def _linked_key(kind: ColumnKind, text: str) -> str:
    if kind is ColumnKind.ID and (len(text) < _SHORTEST_ID or text.isdigit()):
        return ""
    short = _LONGEST_NUMBER if kind is ColumnKind.NUMBER else _LONGEST_LINKED
    return value_key(text) if len(text) <= short else ""


@dataclass(frozen=True, slots=True)
class TablesFile:
    """Finds the tables of each document, and stores them for a whole segment."""

    name: str = "表"

    def part(self, document: Document) -> list[TableRecord]:
        """Return the tables of one document."""
        from corpus.tables.document_tables import tables_of
        from index.encoders.use_encoder import fresh_use

        tables = [replace(table, title=told_title(table)) for table in tables_of(document)]
        return [record_of(table, fresh_use(), document.publisher) for table in tables]

    def write(self, folder: Path, parts: Iterable[object]) -> None:
        """Write TABLES_FILE."""
        connection = new_sqlite(folder / TABLES_FILE, _SCHEMA)
        number, value, keys = 0, 0, []
        with connection:
            for part in parts:
                for record in cast("list[TableRecord]", part):
                    connection.execute(
                        "INSERT INTO tables VALUES (?, ?, ?, ?)",
                        (number, record.document, record.head, record.vectors),
                    )
                    connection.executemany(
                        "INSERT INTO columns VALUES (?, ?, ?, ?, ?)",
                        [(number, n, *column) for n, column in enumerate(record.columns)],
                    )
                    connection.executemany(
                        "INSERT INTO meanings VALUES (?, ?, ?)",
                        [(number, n, vectors) for n, vectors in record.meanings],
                    )
                    rows = [
                        (number, column, place, key)
                        for column, texts in record.keys
                        for place, key in enumerate(texts)
                        if key
                    ]
                    connection.executemany(
                        "INSERT INTO cell_values VALUES (?, ?, ?, ?, ?)",
                        [(value + n, *row) for n, row in enumerate(rows)],
                    )
                    keys += [(value + n, row[3]) for n, row in enumerate(rows)]
                    value += len(rows)
                    number += 1
            connection.executemany("INSERT INTO postings VALUES (?, ?)", packed_postings(keys))
        connection.close()


class TableStore:
    """Reads what TablesFile wrote; the tables read last are kept. Safe to share between threads."""

    def __init__(self, segments: Sequence[SegmentRead]) -> None:
        self._files = [ReadOnlySqlite(segment.folder / TABLES_FILE) for segment in segments]
        removed = [frozenset(segment.removed) for segment in segments]
        self.heads: dict[tuple[int, int], str] = {}
        self.numbers: dict[tuple[int, int], int] = {}
        seen: Counter[str] = Counter()
        for segment, file in enumerate(self._files):
            for number, document in file.connection().execute(
                "SELECT number, document FROM tables ORDER BY number"
            ):
                if document not in removed[segment]:
                    self.heads[segment, number] = document
                    seen[document] = self.numbers[segment, number] = seen[document] + 1
        self.postings = [ValuePostings(file) for file in self._files]
        self.table = lru_cache(maxsize=_KEPT)(self._table)
        self.keys = lru_cache(maxsize=_KEPT * 4)(self._keys)
        self.meanings = lru_cache(maxsize=_KEPT * 8)(self._meanings)

    def __bool__(self) -> bool:
        return bool(self.heads)

    @cached_property
    def places(self) -> frozenset[str]:
        """Return the keys of the names of the towns and prefectures that the tables are of."""
        return frozenset(place for told in self._told.values() for place in told["places"])

    @cached_property
    def towns(self) -> dict[tuple[int, int], list[str]]:
        """Return the keys of the names of the towns that each table is of as a whole."""
        return {key: told["towns"] for key, told in self._told.items()}

    @cached_property
    def towns_in_rows(self) -> frozenset[str]:
        """Return the keys of the names of the towns that rows of some table are told apart by."""
        return frozenset(town for told in self._told.values() for town in told["towns_in_rows"])

    @cached_property
    def _told(self) -> dict[tuple[int, int], dict[str, Any]]:
        heads = (
            ((segment, number), head)
            for segment, file in enumerate(self._files)
            for number, head in file.connection().execute("SELECT number, head FROM tables")
        )
        return {key: orjson.loads(head) for key, head in heads if key in self.heads}

    @cached_property
    def titles(self) -> tuple[list[tuple[int, int]], Numbers, Numbers, npt.NDArray[np.int64]]:
        """Return the tables' keys, vectors of their titles (tables, dimension) and of all columns, and whose each column is."""
        keys, titles, columns, owners = list(self.heads), [], [], []
        for place, key in enumerate(keys):
            query = "SELECT vectors, head FROM tables WHERE number = ?"
            packed, head = self._files[key[0]].connection().execute(query, (key[1],)).fetchone()
            count = len(orjson.loads(head)["columns"])
            vectors = np.frombuffer(packed, np.float16).reshape(2 * count + 1, -1).astype(np.float32)
            titles.append(vectors[-1])
            columns.append(vectors[count : 2 * count])
            owners += [place] * count
        if not keys:
            return keys, np.zeros((0, 0), np.float32), np.zeros((0, 0), np.float32), np.zeros(0, np.int64)
        return keys, np.stack(titles), np.concatenate(columns), np.array(owners)

    def _table(self, key: tuple[int, int]) -> StoredTable:
        segment, number = key
        connection = self._files[segment].connection()
        document, head, vectors = connection.execute(
            "SELECT document, head, vectors FROM tables WHERE number = ?", (number,)
        ).fetchone()
        told = orjson.loads(head)
        rows = connection.execute(
            "SELECT texts, codes, spans FROM columns WHERE tab = ? ORDER BY number", (number,)
        ).fetchall()
        columns = tuple(
            StoredColumn(
                title,
                ColumnKind(kind),
                unit,
                tuple(orjson.loads(zlib.decompress(texts))),
                np.frombuffer(codes, np.int32),
            )
            for (title, kind, unit), (texts, codes, _) in zip(told["columns"], rows, strict=True)
        )
        spans = np.stack(
            [np.frombuffer(zlib.decompress(s), np.int32).reshape(-1, 2) for _, _, s in rows], axis=1
        )
        return StoredTable(
            key,
            document,
            told["page"],
            told["title"],
            told["name"],
            frozenset(told["totals"]),
            tuple((t, a, b) for t, a, b in told["notes"]),
            tuple((a, b) for a, b in told["header"]),
            columns,
            spans,
            np.frombuffer(vectors, np.float16).reshape(2 * len(columns) + 1, -1).astype(np.float32),
            self.numbers[key],
        )

    def _keys(self, key: tuple[int, int], column: int) -> tuple[str, ...]:
        return tuple(map(value_key, self.table(key).columns[column].texts))

    def _meanings(self, key: tuple[int, int], column: int) -> Numbers | None:
        """Return the vectors of the different cells of a column, None where they are not kept."""
        row = (
            self._files[key[0]]
            .connection()
            .execute("SELECT vectors FROM meanings WHERE tab = ? AND number = ?", (key[1], column))
            .fetchone()
        )
        if row is None:
            return None
        texts = len(self.table(key).columns[column].texts)
        return np.frombuffer(row[0], np.float16).reshape(texts, -1).astype(np.float32)
