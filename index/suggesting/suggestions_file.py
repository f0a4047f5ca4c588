"""The suggestions of one segment as a SQLite file, the best first."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np

from corpus.types import Document
from index.sqlite_file import new_sqlite
from index.suggesting.compared_forms import folded, spoken
from index.suggesting.gathering import suggestions_of
from index.suggesting.types import Spelled, SuggestionKind
from index.tokenizer import shared_tokenizer

SUGGESTIONS_FILE = "suggestions.sqlite"
START = "^"  # stands before a text, where no folded text has it: pieces that hold it are beginnings
FOLDED, SPOKEN = "folded", "spoken"
_SCHEMA = """
CREATE TABLE texts (row INTEGER PRIMARY KEY, folded TEXT NOT NULL, spoken TEXT NOT NULL);
CREATE TABLE places (row INTEGER, position INTEGER, document TEXT, page INTEGER, kind TEXT, text TEXT,
  PRIMARY KEY (row, position)) WITHOUT ROWID;
CREATE TABLE pieces (form TEXT, piece TEXT, rows BLOB NOT NULL, PRIMARY KEY (form, piece)) WITHOUT ROWID;
"""
_KINDS = {kind: rank for rank, kind in enumerate(SuggestionKind)}


@dataclass(frozen=True, slots=True)
class SuggestionsFile:
    """Finds what may be suggested of each document, and stores it for a whole segment."""

    name: str = "入力の候補"

    def part(self, document: Document) -> list[Spelled]:
        """Return what of the document may be suggested."""
        tokens = shared_tokenizer().tokens
        return [Spelled(s, folded(s.text), spoken(s.text, tokens)) for s in suggestions_of(document)]

    def write(self, folder: Path, parts: Iterable[object]) -> None:
        """Write SUGGESTIONS_FILE."""
        write_suggestions(folder / SUGGESTIONS_FILE, (s for part in parts for s in cast(list[Spelled], part)))


def write_suggestions(path: Path, suggestions: Iterable[Spelled]) -> None:
    """Store suggestions: texts that fold to the same are one row, and short texts come first."""
    by_text: dict[str, list[Spelled]] = {}
    for suggestion in suggestions:
        if suggestion.folded:
            by_text.setdefault(suggestion.folded, []).append(suggestion)
    texts = sorted(by_text, key=order)
    connection = new_sqlite(path, _SCHEMA)
    with connection:
        connection.executemany("INSERT INTO texts VALUES (?, ?, ?)", _texts(texts, by_text))
        connection.executemany("INSERT INTO places VALUES (?, ?, ?, ?, ?, ?)", _places(texts, by_text))
        _write_pieces(connection, FOLDED, texts)
        _write_pieces(connection, SPOKEN, [by_text[text][0].spoken for text in texts])
    connection.close()


def order(text: str) -> tuple[int, str]:
    """Return what texts that fit equally well are sorted by: what is shorter says less that was not typed."""
    return len(text), text


def pieces(text: str) -> set[str]:
    """Return the characters and pairs of characters of a text, its beginning marked."""
    return {*text, *pairs(START + text)}


def pairs(text: str) -> set[str]:
    """Return the pairs of neighbouring characters."""
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _texts(texts: Sequence[str], by_text: dict[str, list[Spelled]]) -> Iterator[tuple[int, str, str]]:
    for row, text in enumerate(texts):
        yield row, text, by_text[text][0].spoken


def _places(
    texts: Sequence[str], by_text: dict[str, list[Spelled]]
) -> Iterator[tuple[int, int, str, int, str, str]]:
    """Yield every place of each text, questions before titles before headings."""
    for row, text in enumerate(texts):
        found = sorted((spelled.suggestion for spelled in by_text[text]), key=lambda s: _KINDS[s.kind])
        for position, s in enumerate(found):
            yield row, position, s.document, s.page, s.kind.value, s.text


def _write_pieces(connection: sqlite3.Connection, form: str, texts: Sequence[str]) -> None:
    rows: dict[str, list[int]] = {}
    for row, text in enumerate(texts):
        for piece in pieces(text):
            rows.setdefault(piece, []).append(row)
    connection.executemany(
        "INSERT INTO pieces VALUES (?, ?, ?)",
        ((form, piece, np.array(found, "<i4").tobytes()) for piece, found in sorted(rows.items())),
    )
