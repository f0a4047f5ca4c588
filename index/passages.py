"""Documents and passages in SQLite, a file a segment: text is read when asked for, never held."""

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import chain
from pathlib import Path

from corpus.types import Block, BlockKind, Document, Page, Passage
from index.sqlite_file import ReadOnlySqlite, new_sqlite

PASSAGES_FILE = "passages.sqlite"
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


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """What is known of a document without reading its text."""

    id: str
    title: str
    publisher: str
    fiscal_year: int | None


class PassageWriter:
    """Fills a segment's file; the same records give the same bytes. Passages are numbered from 0 as they come."""

    def __init__(self, path: Path) -> None:
        self._connection = new_sqlite(path, _SCHEMA)
        self.documents = 0
        self.passages = 0

    def add(self, document: Document, passages: Sequence[Passage]) -> None:
        """Add a document and all its passages; ValueError if an id is there already or is another document's."""
        foreign = [passage.id for passage in passages if passage.document != document.id]
        if foreign:
            raise ValueError(f"passages of another document than {document.id!r}: {foreign[:5]}")
        rows = (_passage_row(number, p) for number, p in enumerate(passages, self.passages))
        try:
            self._connection.execute(
                f"INSERT INTO documents VALUES (?{', ?' * 10})",  # noqa: S608 - marks only
                _document_row(self.documents, document),
            )
            self._connection.executemany(f"INSERT INTO passages VALUES (?{', ?' * 9})", rows)  # noqa: S608
        except sqlite3.IntegrityError as error:
            twice = [key for key, count in Counter(p.id for p in passages).items() if count > 1]
            raise ValueError(f"ids must be unique, but these are not: {[document.id, *twice[:5]]}") from error
        self.documents += 1
        self.passages += len(passages)

    def close(self) -> None:
        """Write what is left."""
        self._connection.commit()
        self._connection.close()


class SegmentPassages:
    """One segment's documents and passages without those that were removed; safe to share between threads."""

    def __init__(self, path: Path, removed: Collection[str] = ()) -> None:
        self._file = ReadOnlySqlite(path)
        self._removed = frozenset(removed)

    def ids(self) -> list[str]:
        """Return the ids of all passages by position, those of removed documents too."""
        return [row[0] for row in self._rows("SELECT id FROM passages ORDER BY position")]

    def owners(self) -> list[str]:
        """Return the document of each passage by position, those of removed documents too."""
        return [row[0] for row in self._rows("SELECT document FROM passages ORDER BY position")]

    def places(self, documents: Iterable[str]) -> list[int]:
        """Return the positions of all passages of some documents, removed or not, ascending."""
        query = "SELECT position FROM passages WHERE document = ? ORDER BY position"
        return sorted(row[0] for document in documents for row in self._rows(query, [document]))

    def place(self, passage_id: str) -> int | None:
        """Return the position of a passage; None if it is not there."""
        query = "SELECT position, document FROM passages WHERE id = ?"
        row = next(self._rows(query, [passage_id]), None)
        return None if row is None or row[1] in self._removed else row[0]

    def get(self, ids: Sequence[str]) -> dict[str, Passage]:
        """Return those of some passages that are there."""
        found: dict[str, Passage] = {}
        for start in range(0, len(ids), _ASKED_AT_ONCE):
            some = list(ids[start : start + _ASKED_AT_ONCE])
            marks = ", ".join("?" * len(some))
            query = f"SELECT {_PASSAGE} FROM passages WHERE id IN ({marks})"  # noqa: S608 - marks only
            found.update((row[0], _passage(row)) for row in self._rows(query, some))
        return {key: passage for key, passage in found.items() if passage.document not in self._removed}

    def passages(self) -> Iterator[Passage]:
        """Return every passage in reading order."""
        query = f"SELECT {_PASSAGE} FROM passages ORDER BY position"  # noqa: S608 - constants only
        return (_passage(row) for row in self._rows(query) if row[1] not in self._removed)

    def of_document(self, document_id: str) -> list[Passage]:
        """Return one document's passages in reading order."""
        query = f"SELECT {_PASSAGE} FROM passages WHERE document = ? ORDER BY position"  # noqa: S608
        return [] if document_id in self._removed else [_passage(r) for r in self._rows(query, [document_id])]

    def document_ids(self) -> list[str]:
        """Return the documents' ids in order."""
        rows = self._rows("SELECT id FROM documents ORDER BY position")
        return [row[0] for row in rows if row[0] not in self._removed]

    def sizes(self) -> dict[str, int]:
        """Return how many passages each document has, in order."""
        query = (
            "SELECT d.id, (SELECT count(*) FROM passages p WHERE p.document = d.id) "
            "FROM documents d ORDER BY d.position"
        )
        return {key: size for key, size in self._rows(query) if key not in self._removed}

    def heads(self) -> Iterator[DocumentHead]:
        """Return what is known of each document, in order."""
        rows = self._rows("SELECT id, title, publisher, fiscal_year FROM documents ORDER BY position")
        return (DocumentHead(*row) for row in rows if row[0] not in self._removed)

    def document(self, document_id: str) -> Document | None:
        """Return a document as it was given; None if it is not there."""
        query = f"SELECT {_DOCUMENT} FROM documents WHERE id = ?"  # noqa: S608 - constants only
        row = next(self._rows(query, [document_id]), None)
        return None if row is None or document_id in self._removed else _document(row)

    def documents(self) -> Iterator[Document]:
        """Return every document, one at a time."""
        query = f"SELECT {_DOCUMENT} FROM documents ORDER BY position"  # noqa: S608 - constants only
        return (_document(row) for row in self._rows(query) if row[0] not in self._removed)

    def _rows(self, query: str, values: Sequence[str] = ()) -> Iterator[tuple]:  # type: ignore[type-arg]
        return self._file.connection().execute(query, values)


class PassageStore:
    """The documents and passages of a bundle, segment after segment."""

    def __init__(self, segments: Sequence[SegmentPassages], size: int) -> None:
        self._segments = segments
        self._size = size

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Passage]:
        return chain.from_iterable(segment.passages() for segment in self._segments)

    def __getitem__(self, passage_id: str) -> Passage:
        return self.get([passage_id])[0]

    def get(self, ids: Sequence[str]) -> list[Passage]:
        """Return the passages in the order of `ids`; KeyError names an id that is not there."""
        found: dict[str, Passage] = {}
        for segment in self._segments:
            left = [passage_id for passage_id in ids if passage_id not in found]
            if left:
                found |= segment.get(left)
        return [found[passage_id] for passage_id in ids]

    def of_document(self, document_id: str) -> list[Passage]:
        """Return one document's passages in reading order."""
        return [passage for segment in self._segments for passage in segment.of_document(document_id)]

    def document_ids(self) -> list[str]:
        """Return the ids of all documents in order."""
        return [key for segment in self._segments for key in segment.document_ids()]

    def heads(self) -> Iterator[DocumentHead]:
        """Return what is known of each document, in order."""
        return chain.from_iterable(segment.heads() for segment in self._segments)

    def document(self, document_id: str) -> Document:
        """Return a document as it was given; KeyError if it is not there."""
        for segment in self._segments:
            document = segment.document(document_id)
            if document is not None:
                return document
        raise KeyError(document_id)

    def documents(self) -> Iterator[Document]:
        """Return every document, one at a time."""
        return chain.from_iterable(segment.documents() for segment in self._segments)


class DocumentShelf(Mapping[str, Document]):
    """A bundle's documents by id, in order; each is read when it is first asked for, and kept."""

    def __init__(self, passages: PassageStore) -> None:
        self._passages = passages
        self._ids = dict.fromkeys(passages.document_ids())
        self._read: dict[str, Document] = {}

    def __getitem__(self, document_id: str) -> Document:
        if document_id not in self._read:
            self._read[document_id] = self._passages.document(document_id)
        return self._read[document_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


def _document_row(position: int, d: Document) -> tuple[object, ...]:
    pages = json.dumps([astuple(page) for page in d.pages])
    blocks = json.dumps([(block.kind.value, block.start, block.end, block.level) for block in d.blocks])
    head = (position, d.id, d.title, d.publisher, d.source, d.text)
    return (*head, pages, blocks, d.fiscal_year, d.date, d.licence)


def _passage_row(position: int, p: Passage) -> tuple[object, ...]:
    heading = json.dumps(p.heading, ensure_ascii=False)
    head = (position, p.id, p.document, p.page, heading, p.kind.value)
    return (*head, p.text, p.indexed_text, p.start, p.end)


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
