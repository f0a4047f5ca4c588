"""Pieces with their vectors and words, found when an index is built: a SQLite file a segment, a row a stretch of text."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import orjson

from corpus.chunking import MOST_ROWS
from corpus.types import BlockKind, Document, Passage
from index.sqlite_file import ReadOnlySqlite, new_sqlite
from index.types import Encoder
from qa.pieces.cutting import Piece, Size, plain
from qa.pieces.forms import held
from qa.pieces.told import Told, joined, tell

if TYPE_CHECKING:
    from index.segments.segment import Segment

PIECES_FILE = "pieces.sqlite"
STRETCH = 1_024
"""Characters of a document whose pieces are one row: what a passage needs is read at once."""
_KEPT = 512  # stretches: some 100 KB each
_SCHEMA = """
CREATE TABLE stretches (document TEXT, number INTEGER, told BLOB NOT NULL, vectors BLOB NOT NULL,
  PRIMARY KEY (document, number)) WITHOUT ROWID;
"""


@cache
def _built_in() -> Encoder:
    from index.encoders.use_encoder import fresh_use

    return fresh_use()


@dataclass(frozen=True, slots=True)
class PiecesFile:
    """Finds the pieces of each document, and stores them for a whole segment."""

    name: str = "文と表の行"

    def part(self, document: Document) -> list[tuple[str, int, bytes, bytes]]:
        """Return the rows of one document."""
        rows = sum(block.kind is BlockKind.ROW for block in document.blocks)
        if not document.text.strip() or rows > MOST_ROWS:  # a table so long is asked as a table
            return []
        return rows_of(tell(document, _built_in().encode_passages))

    def write(self, folder: Path, parts: Iterable[object]) -> None:
        """Write PIECES_FILE."""
        connection = new_sqlite(folder / PIECES_FILE, _SCHEMA)
        with connection:
            for part in parts:
                connection.executemany(
                    "INSERT INTO stretches VALUES (?, ?, ?, ?)",
                    cast("list[tuple[str, int, bytes, bytes]]", part),
                )
        connection.close()


def rows_of(told: Told) -> list[tuple[str, int, bytes, bytes]]:
    """Return a document's pieces as rows (document, stretch, what is told, vectors in half precision)."""
    found = []
    numbers = range(len(told.pieces))
    for stretch, group in groupby(numbers, key=lambda number: told.pieces[number].start // STRETCH):
        own = told.taken(list(group))
        packed = [
            [piece.spans, piece.size, piece.text, piece.path, piece.told, piece.is_title,
             sorted(words), sorted(over)]
            for piece, words, over in zip(own.pieces, own.words, own.over, strict=True)
        ]  # fmt: skip
        vectors = np.stack([own.bare, own.told, own.above]).astype(np.float16)
        found.append((told.document, stretch, zlib.compress(orjson.dumps(packed), 1), vectors.tobytes()))
    return found


class PieceStore:
    """Reads what PiecesFile wrote; the stretches read last are kept. Safe to share between threads."""

    def __init__(self, segments: Sequence["Segment"]) -> None:
        self._files = [
            (frozenset(segment.removed), ReadOnlySqlite(segment.folder / PIECES_FILE)) for segment in segments
        ]
        self._stretch = lru_cache(maxsize=_KEPT)(self._read)
        self.of = lru_cache(maxsize=_KEPT)(self._of)

    def _of(self, passage: Passage) -> Told | None:
        """Return the pieces that begin in a passage; None where there are none."""
        first, last = passage.start // STRETCH, max(passage.start, passage.end - 1) // STRETCH
        found = []
        for number in range(first, last + 1):
            told = self._stretch(passage.document, number)
            rows = (
                [n for n, p in enumerate(told.pieces) if passage.start <= p.start < passage.end]
                if told
                else []
            )
            if told and rows:
                found.append(told.taken(rows))
        return joined(found) if found else None

    def _read(self, document: str, number: int) -> Told | None:
        for removed, file in self._files:
            if document in removed:
                continue
            row = (
                file.connection()
                .execute(
                    "SELECT told, vectors FROM stretches WHERE document = ? AND number = ?",
                    (document, number),
                )
                .fetchone()
            )
            if row:
                return _unpacked(document, *row)
        return None


def _unpacked(document: str, told: bytes, packed: bytes) -> Told:
    rows = orjson.loads(zlib.decompress(told))
    vectors = np.frombuffer(packed, np.float16).reshape(3, len(rows), -1).astype(np.float32)
    found = tuple(
        Piece(tuple((a, b) for a, b in spans), Size(size), text, tuple(path), behind, title)
        for spans, size, text, path, behind, title, _, _ in rows
    )
    return Told(
        document, found, vectors[0], vectors[1], vectors[2], held([plain(piece.text) for piece in found]),
        tuple(frozenset(row[6]) for row in rows), tuple(frozenset(row[7]) for row in rows),
    )  # fmt: skip
