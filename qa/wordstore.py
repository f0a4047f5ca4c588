"""The words of every passage, found at build time: answering analyses the question and no passage."""

import json
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.normalizing import repair_radicals
from corpus.sentences import sentence_spans
from corpus.types import Document, Passage
from index.tokenizer import SudachiTokenizer, shared_tokenizer
from qa.analysis import word_forms
from qa.reading.parsing import fold

WORDS_FILE = "words.sqlite"

Word = tuple[int, int, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Analysed:
    """A passage's sentences as (start, end, words), and the forms of its headings' words.

    A word is (start, end, forms); offsets are characters of the passage's text.
    """

    sentences: Sequence[tuple[int, int, Sequence[Word]]]
    heading: Sequence[frozenset[str]]


def analysed(passage: Passage, tokenizer: SudachiTokenizer) -> Analysed:
    """Cut a passage into sentences and words."""
    sentences = [
        (start, end, _words(passage.text, start, end, tokenizer))
        for start, end in sentence_spans(passage.text)
    ]
    heading = "\n".join(passage.heading)
    return Analysed(sentences, [forms for _, _, forms in _words(heading, 0, len(heading), tokenizer)])


def _words(text: str, start: int, end: int, tokenizer: SudachiTokenizer) -> list[Word]:
    """Content words of `text[start:end]` with their places; folding keeps every offset."""
    words = word_forms(fold(repair_radicals(text[start:end])), tokenizer)
    return [(start + token.start, start + token.end, forms) for token, forms in words]


@dataclass(frozen=True, slots=True)
class WordsFile:
    """Analyses all passages."""

    name: str = "箇所の語"

    def write(self, folder: Path, documents: Sequence[Document], passages: Sequence[Passage]) -> None:
        """Write WORDS_FILE; the same passages give the same bytes."""
        tokenizer = shared_tokenizer()
        connection = sqlite3.connect(folder / WORDS_FILE)
        try:
            connection.execute("CREATE TABLE words (id TEXT PRIMARY KEY, words TEXT NOT NULL) WITHOUT ROWID")
            rows = ((passage.id, _written(analysed(passage, tokenizer))) for passage in passages)
            connection.executemany("INSERT INTO words VALUES (?, ?)", rows)
            connection.commit()
        finally:
            connection.close()


class WordStore:
    """Reads what WordsFile wrote, one passage at a time; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self._address = f"{path.resolve().as_uri()}?immutable=1&mode=ro"
        self._local = threading.local()

    def get(self, passage: Passage) -> Analysed:
        """Return the words of `passage`; KeyError if it is not of this bundle."""
        row = self._connection().execute("SELECT words FROM words WHERE id = ?", (passage.id,)).fetchone()
        if row is None:
            raise KeyError(passage.id)
        return _read(row[0])

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._local, "connection"):
            self._local.connection = sqlite3.connect(self._address, uri=True)
        connection: sqlite3.Connection = self._local.connection
        return connection


def _written(words: Analysed) -> str:
    return json.dumps(
        [
            [
                [start, end, [[a, b, sorted(forms)] for a, b, forms in own]]
                for start, end, own in words.sentences
            ],
            [sorted(forms) for forms in words.heading],
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _read(text: str) -> Analysed:
    sentences, heading = json.loads(text)
    return Analysed(
        [(start, end, [(a, b, frozenset(forms)) for a, b, forms in own]) for start, end, own in sentences],
        [frozenset(forms) for forms in heading],
    )
