"""Documents and passages in one read-only SQLite file: text is read when asked for, never held."""

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.types import Block, BlockKind, Document, Page, Passage

_SCHEMA = """
CREATE TABLE documents (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
  publisher TEXT NOT NULL, source TEXT NOT NULL, text TEXT NOT NULL,
  pages TEXT NOT NULL, blocks TEXT NOT NULL,
  fiscal_year INTEGER, date TEXT, licence TEXT);
CREATE TABLE passages (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, document TEXT NOT NULL,
  page INTEGER NOT NULL, heading TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
  indexed_text TEXT NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL);
CREATE INDEX passages_of_document ON passages (document, position);
"""
_DOCUMENT = "id, title, publisher, source, text, pages, blocks, fiscal_year, date, licence"
_PASSAGE = 'id, document, page, heading, kind, text, indexed_text, start, "end"'
# SQLite's own limit on variables of one statement was 999 for long.
_ASKED_AT_ONCE = 500


def write_passages(path: Path, documents: Sequence[Document], passages: Sequence[Passage]) -> None:
    """Write a new file; the same records give the same bytes."""
    connection = sqlite3.connect(path)
    try:
        connection.executescript(_SCHEMA)
        connection.executemany(f"INSERT INTO documents VALUES (?{', ?' * 10})", _document_rows(documents))  # noqa: S608
        connection.executemany(f"INSERT INTO passages VALUES (?{', ?' * 9})", _passage_rows(passages))  # noqa: S608
        connection.commit()
    finally:
        connection.close()


class PassageStore:
    """The documents and passages of a bundle, in reading order; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        # immutable: no lock, no look for a journal; the file never changes once it is published.
        self._address = f"{path.resolve().as_uri()}?immutable=1&mode=ro"
        self._local = threading.local()

    def __len__(self) -> int:
        return int(self._connection().execute("SELECT count(*) FROM passages").fetchone()[0])

    def __iter__(self) -> Iterator[Passage]:
        query = f"SELECT {_PASSAGE} FROM passages ORDER BY position"  # noqa: S608 - constants only
        return map(_passage, self._connection().execute(query))

    def __getitem__(self, passage_id: str) -> Passage:
        return self.get([passage_id])[0]

    def get(self, ids: Sequence[str]) -> list[Passage]:
        """Return the passages in the order of `ids`; KeyError names an id that is not there."""
        found: dict[str, Passage] = {}
        for start in range(0, len(ids), _ASKED_AT_ONCE):
            some = list(ids[start : start + _ASKED_AT_ONCE])
            marks = ", ".join("?" * len(some))
            query = f"SELECT {_PASSAGE} FROM passages WHERE id IN ({marks})"  # noqa: S608 - marks only
            found.update((row[0], _passage(row)) for row in self._connection().execute(query, some))
        return [found[passage_id] for passage_id in ids]

    def of_document(self, document_id: str) -> list[Passage]:
        """Return one document's passages in reading order."""
        query = f"SELECT {_PASSAGE} FROM passages WHERE document = ? ORDER BY position"  # noqa: S608
        return [_passage(row) for row in self._connection().execute(query, (document_id,))]

    def document(self, document_id: str) -> Document:
        """Return a document as it was given; KeyError if it is not there."""
        query = f"SELECT {_DOCUMENT} FROM documents WHERE id = ?"  # noqa: S608 - constants only
        row = self._connection().execute(query, (document_id,)).fetchone()
        if row is None:
            raise KeyError(document_id)
        return _document(row)

    def documents(self) -> Iterator[Document]:
        """Return every document, one at a time."""
        query = f"SELECT {_DOCUMENT} FROM documents ORDER BY position"  # noqa: S608 - constants only
        return map(_document, self._connection().execute(query))

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._address, uri=True)
            self._local.connection = connection
        return connection


def _document_rows(documents: Sequence[Document]) -> Iterator[tuple[object, ...]]:
    for position, d in enumerate(documents):
        pages = json.dumps([(page.number, page.start, page.end) for page in d.pages])
        blocks = json.dumps([(block.kind.value, block.start, block.end, block.level) for block in d.blocks])
        head = (position, d.id, d.title, d.publisher, d.source, d.text)
        yield (*head, pages, blocks, d.fiscal_year, d.date, d.licence)


def _passage_rows(passages: Sequence[Passage]) -> Iterator[tuple[object, ...]]:
    for position, p in enumerate(passages):
        heading = json.dumps(p.heading, ensure_ascii=False)
        head = (position, p.id, p.document, p.page, heading, p.kind.value)
        yield (*head, p.text, p.indexed_text, p.start, p.end)


def _document(row: tuple[str, str, str, str, str, str, str, int | None, str | None, str | None]) -> Document:
    id_, title, publisher, source, text, pages, blocks, fiscal_year, date, licence = row
    return Document(
        id=id_,
        title=title,
        publisher=publisher,
        source=source,
        text=text,
        pages=tuple(Page(*page) for page in json.loads(pages)),
        blocks=tuple(
            Block(BlockKind(kind), start, end, level) for kind, start, end, level in json.loads(blocks)
        ),
        fiscal_year=fiscal_year,
        date=date,
        licence=licence,
    )


def _passage(row: tuple[str, str, int, str, str, str, str, int, int]) -> Passage:
    id_, document, page, heading, kind, text, indexed_text, start, end = row
    return Passage(
        id=id_,
        document=document,
        page=page,
        heading=tuple(json.loads(heading)),
        kind=BlockKind(kind),
        text=text,
        indexed_text=indexed_text,
        start=start,
        end=end,
    )
