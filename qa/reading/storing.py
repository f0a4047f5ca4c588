"""What reading adds to a bundle: each passage's record, the weights of words, the ranker made ready to map."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.types import Document, Passage
from index.arrays import load_array, save_arrays
from index.keys import find, hash_keys
from qa.reading.parsing import parse
from qa.reading.plain import plain_record
from qa.reading.ranker import shipped_ranker
from qa.reading.records import Record, record
from qa.reading.sheet import sheet
from qa.reading.vectors import LikenessVectors, likeness_vectors, load_likeness
from qa.reading.weighing import WordWeights, count_words, load_word_weights

_PREFIX = "reading"
_OF_WORDS = ("keys", "starts", "ends", "content", "phrase", "sentence")
_OF_PHRASES = ("heads",)


@dataclass(frozen=True, slots=True)
class ReadingFile:
    """Finds the candidates of every passage and stores them; the parser runs here and not when asked."""

    name: str = "答えの候補"

    def write(self, folder: Path, documents: Sequence[Document], passages: Sequence[Passage]) -> None:
        """Write the arrays `reading*.npy` to `folder`."""
        texts = [passage.text for passage in passages]
        records = [record(sheet(text, parsed)) for text, parsed in zip(texts, parse(texts), strict=True)]
        write_records(folder, [passage.id for passage in passages], texts, records)
        shipped_ranker().save(folder)


def write_records(folder: Path, ids: Sequence[str], texts: Sequence[str], records: Sequence[Record]) -> None:
    """Store records under their passages' ids."""
    count_words(records).save(folder)
    likeness_vectors().save(folder)
    hashes = hash_keys(ids)
    order = np.argsort(hashes)
    ordered = [records[i] for i in order]
    arrays = {f.name: _stacked([getattr(r, f.name) for r in ordered], f.name) for f in fields(Record)}
    bounds = {
        "words": _bounds(len(r.keys) for r in ordered),
        "phrases": _bounds(len(r.heads) for r in ordered),
        "candidates": _bounds(len(r.first) for r in ordered),
    }
    save_arrays(folder, _PREFIX, {**arrays, **bounds, "ids": hashes[order], "texts": hash_keys(texts)[order]})


def _stacked(arrays: list[npt.NDArray[Any]], name: str) -> npt.NDArray[Any]:
    return np.concatenate(arrays) if arrays else getattr(plain_record(""), name)


def _bounds(lengths: Iterable[int]) -> npt.NDArray[np.int64]:
    return np.cumsum([0, *lengths], dtype=np.int64)


class RecordStore:
    """The stored records; only what is asked for is read from the mapped files."""

    def __init__(self, folder: Path) -> None:
        self._columns = {f.name: load_array(folder, _PREFIX, f.name) for f in fields(Record)}
        self._bounds = {
            name: load_array(folder, _PREFIX, name) for name in ("words", "phrases", "candidates")
        }
        self._ids = load_array(folder, _PREFIX, "ids")
        self._texts = load_array(folder, _PREFIX, "texts")
        self.weights: WordWeights = load_word_weights(folder)
        self.vectors: LikenessVectors = load_likeness(folder)

    def get(self, passages: Sequence[Passage]) -> list[Record]:
        """Return a record for each passage; one that is not stored as it is now is read by Sudachi alone."""
        rows = find(self._ids, hash_keys(passage.id for passage in passages))
        texts = hash_keys(passage.text for passage in passages)
        return [
            self._record(int(row)) if row >= 0 and self._texts[row] == text else plain_record(passage.text)
            for passage, row, text in zip(passages, rows, texts, strict=True)
        ]

    def _record(self, row: int) -> Record:
        return Record(**{name: column[self._slice(name, row)] for name, column in self._columns.items()})

    def _slice(self, name: str, row: int) -> slice:
        kind = "words" if name in _OF_WORDS else "phrases" if name in _OF_PHRASES else "candidates"
        bounds = self._bounds[kind]
        return slice(int(bounds[row]), int(bounds[row + 1]))
