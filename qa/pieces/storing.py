"""Pieces with their vectors and words, found when an index is built: a SQLite file a segment, a row a stretch of text."""

import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt
import orjson

from corpus.types import Document, Passage
from index.keys import Hashes, hash_keys
from index.sqlite_file import ReadOnlySqlite, new_sqlite
from index.tokenizer import shared_tokenizer
from index.types import Encoder
from qa.analysis import word_forms
from qa.kanji import kanji_of
from qa.pieces.cutting import Piece, Size, pieces, plain
from qa.pieces.forms import held
from qa.pieces.letters import pairs

if TYPE_CHECKING:
    from index.segments.segment import Segment

PIECES_FILE = "pieces.sqlite"
STRETCH = 1_024
"""Characters of a document whose pieces are one row: what a passage needs is read at once."""
_BATCH = 64
_KEPT = 512  # stretches: some 100 KB each
_SCHEMA = """
CREATE TABLE stretches (document TEXT, number INTEGER, told BLOB NOT NULL, vectors BLOB NOT NULL,
  PRIMARY KEY (document, number)) WITHOUT ROWID;
"""
Vectors = npt.NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]


Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Lexicon:
    """The distinct words of many texts by their hashes; text `filled[i]` has the words `flat[begins[i]:begins[i + 1]]`."""

    keys: Hashes
    filled: Numbers
    begins: Numbers
    flat: Numbers

    @classmethod
    def of(cls, texts: Sequence[frozenset[str]]) -> "Lexicon":
        """Number the words of `texts`, synonym groups aside."""
        plain = [[word for word in text if not word.startswith("#")] for text in texts]
        words = sorted({word for own in plain for word in own})
        place = {word: number for number, word in enumerate(words)}
        filled = [number for number, own in enumerate(plain) if own]
        counts = [len(plain[number]) for number in filled]
        flat = [place[word] for number in filled for word in plain[number]]
        begins = np.cumsum([0, *counts])[:-1] if counts else np.zeros(0, np.int64)
        return cls(hash_keys(words), np.array(filled, np.int64), begins, np.array(flat, np.int64))


@dataclass(frozen=True)
class Told:
    """Pieces of a document with what is known of each; rows of all arrays are those of `pieces`.

    `bare`, `told` and `above` are the unit vectors of the text, of the text behind its titles, and of the titles;
    `forms` (pieces, FORMS) is 0 or 1; `words`, `over` hold the word forms of the text and of its titles.
    """

    document: str
    pieces: tuple[Piece, ...]
    bare: Vectors
    told: Vectors
    above: Vectors
    forms: npt.NDArray[np.float32]
    words: tuple[frozenset[str], ...]
    over: tuple[frozenset[str], ...]

    @cached_property
    def letters(self) -> tuple[frozenset[str], ...]:
        """The pairs of letters in each piece."""
        return tuple(pairs(piece.text) for piece in self.pieces)

    @cached_property
    def letters_above(self) -> tuple[frozenset[str], ...]:
        """The pairs of letters in the titles above each piece."""
        return tuple(pairs(" ".join(piece.path)) for piece in self.pieces)

    @cached_property
    def kanji(self) -> tuple[frozenset[str], ...]:
        """The kanji of each piece."""
        return tuple(kanji_of(piece.text) for piece in self.pieces)

    @cached_property
    def kanji_above(self) -> tuple[frozenset[str], ...]:
        """The kanji of the titles above each piece."""
        return tuple(kanji_of(" ".join(piece.path)) for piece in self.pieces)

    @cached_property
    def units(self) -> list[int]:
        """The sentences and rows among the pieces."""
        return [n for n, piece in enumerate(self.pieces) if piece.size in (Size.SENTENCE, Size.ROW)]

    @cached_property
    def places(self) -> tuple[Numbers, Numbers]:
        """Where each piece begins and ends."""
        return (
            np.array([piece.start for piece in self.pieces]),
            np.array([piece.end for piece in self.pieces]),
        )

    @cached_property
    def lexicon(self) -> "Lexicon":
        """The words of all pieces and of their titles."""
        return Lexicon.of([*self.words, *self.over])

    def taken(self, rows: Sequence[int]) -> "Told":
        """Return some of the pieces."""
        return Told(
            self.document,
            tuple(self.pieces[row] for row in rows),
            self.bare[rows],
            self.told[rows],
            self.above[rows],
            self.forms[rows],
            tuple(self.words[row] for row in rows),
            tuple(self.over[row] for row in rows),
        )


def tell(document: Document, encode: Encode) -> Told:
    """Cut a document and find out what is known of its pieces."""
    found = tuple(pieces(document))
    title = plain(document.title)
    texts = [plain(piece.text) or "。" for piece in found]
    behind = [piece.told or "。" for piece in found]
    above = [plain(" ".join(piece.path[-3:])) or title or "。" for piece in found]
    distinct = list(dict.fromkeys([*texts, *behind, *above]))
    place = {text: number for number, text in enumerate(distinct)}
    vectors = np.concatenate([encode(distinct[at : at + _BATCH]) for at in range(0, len(distinct), _BATCH)])
    rows = [[place[text] for text in own] for own in (texts, behind, above)]
    return Told(
        document.id, found, vectors[rows[0]], vectors[rows[1]], vectors[rows[2]], held(texts),
        tuple(_words(text) for text in texts),
        tuple(_words(f"{plain(' '.join(piece.path))} {title}") for piece in found),
    )  # fmt: skip


@lru_cache(maxsize=4_096)
def _words(text: str) -> frozenset[str]:
    return frozenset(form for _, forms in word_forms(text, shared_tokenizer()) for form in forms)


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
        return rows_of(tell(document, _built_in().encode_passages)) if document.text.strip() else []

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
            [piece.spans, piece.size, piece.text, piece.path, piece.told, piece.is_title, piece.order,
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
        return _joined(found) if found else None

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
        Piece(tuple((a, b) for a, b in spans), Size(size), text, tuple(path), behind, title, order)
        for spans, size, text, path, behind, title, order, _, _ in rows
    )
    return Told(
        document, found, vectors[0], vectors[1], vectors[2], held([plain(piece.text) for piece in found]),
        tuple(frozenset(row[7]) for row in rows), tuple(frozenset(row[8]) for row in rows),
    )  # fmt: skip


def _joined(found: Sequence[Told]) -> Told:
    if len(found) == 1:
        return found[0]
    return Told(
        found[0].document,
        tuple(piece for one in found for piece in one.pieces),
        np.concatenate([one.bare for one in found]),
        np.concatenate([one.told for one in found]),
        np.concatenate([one.above for one in found]),
        np.concatenate([one.forms for one in found]),
        tuple(words for one in found for words in one.words),
        tuple(words for one in found for words in one.over),
    )
