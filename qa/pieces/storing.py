"""Pieces with their vectors and words, found when an index is built: a SQLite file a segment, a row a stretch of text."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import orjson

from corpus.chunking import MOST_ROWS
from corpus.types import BlockKind, Document, Passage
from index.sqlite_file import ReadOnlySqlite, new_sqlite
from index.types import Encoder
from qa.pieces.cutting import Piece, Size, pieces
from qa.pieces.told import Told, joined, tell

if TYPE_CHECKING:
    from index.segments.segment import Segment

PIECES_FILE = "pieces.sqlite"
STRETCH = 1_024
"""Characters of a document whose pieces are one row: what a passage needs is read at once."""
_TOGETHER = 4
"""Stretches whose pieces are told at once: about a second of work."""
_KEPT = 512  # stretches: some 100 KB each
_SCHEMA = """
CREATE TABLE stretches (document TEXT, number INTEGER, told BLOB NOT NULL, vectors BLOB NOT NULL,
  PRIMARY KEY (document, number)) WITHOUT ROWID;
"""


Row = tuple[str, int, bytes, bytes]
"""Document, stretch, what is told of its pieces, and their vectors in half precision."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The pieces of neighbouring stretches of one document, packed."""

    document: str
    title: str
    packed: bytes


@cache
def _built_in() -> Encoder:
    from index.encoders.use_encoder import fresh_use

    return fresh_use()


@dataclass(frozen=True, slots=True)
class PiecesFile:
    """Finds the pieces of each document, and stores them for a whole segment."""

    name: str = "文と表の行"

    def shares(self, document: Document) -> list[Cut]:
        """Cut one document; its pieces are told of a few stretches at a time."""
        rows = sum(block.kind is BlockKind.ROW for block in document.blocks)
        if not document.text.strip() or rows > MOST_ROWS:  # a table so long is asked as a table
            return []
        runs = groupby(pieces(document), key=lambda piece: _stretch(piece) // _TOGETHER)
        return [Cut(document.id, document.title, _packed(run)) for _, run in runs]

    def part(self, share: object) -> list[Row]:
        """Return the rows of some stretches."""
        cut = cast("Cut", share)
        found = [_piece(fields) for fields in orjson.loads(zlib.decompress(cut.packed))]
        return rows_of(tell(cut.document, cut.title, found, _built_in().encode_passages))

    def write(self, folder: Path, parts: Iterable[object]) -> None:
        """Write PIECES_FILE."""
        connection = new_sqlite(folder / PIECES_FILE, _SCHEMA)
        with connection:
            for part in parts:
                rows = cast("list[Row]", part)
                connection.executemany("INSERT INTO stretches VALUES (?, ?, ?, ?)", rows)
        connection.close()


def rows_of(told: Told) -> list[Row]:
    """Return pieces of whole stretches as rows."""
    found = []
    numbers = range(len(told.pieces))
    for stretch, group in groupby(numbers, key=lambda number: _stretch(told.pieces[number])):
        own = told.taken(list(group))
        packed = [
            [*_fields(piece), sorted(words), sorted(over)]
            for piece, words, over in zip(own.pieces, own.words, own.over, strict=True)
        ]
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


def _stretch(piece: Piece) -> int:
    return piece.start // STRETCH


def _packed(found: Iterable[Piece]) -> bytes:
    """Return pieces as a tenth of what they are in memory: those of a long document wait for their turn."""
    return zlib.compress(orjson.dumps([_fields(piece) for piece in found]), 1)


def _fields(piece: Piece) -> list[Any]:
    return [piece.spans, piece.size, piece.text, piece.path, piece.told, piece.is_title]


def _piece(fields: Sequence[Any]) -> Piece:
    spans, size, text, path, told, is_title = fields
    return Piece(tuple((a, b) for a, b in spans), Size(size), text, tuple(path), told, is_title)


def _unpacked(document: str, told: bytes, packed: bytes) -> Told:
    rows = orjson.loads(zlib.decompress(told))
    vectors = np.frombuffer(packed, np.float16).reshape(3, len(rows), -1).astype(np.float32)
    found = tuple(_piece(row[:6]) for row in rows)
    return Told(
        document, found, vectors[0], vectors[1], vectors[2],
        tuple(frozenset(row[6]) for row in rows), tuple(frozenset(row[7]) for row in rows),
    )  # fmt: skip
