"""What reading adds to a bundle: each passage's record, in how many passages words stand, the ranker made ready to map."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

from corpus.types import Document, Passage
from index.keys import hash_keys
from index.packing import pack, unpack
from index.segments.tallies import Tallied, tallied_hashes, write_tally
from index.segments.values import Values
from qa.reading.plain import plain_record
from qa.reading.ranker import shipped_ranker
from qa.reading.records import Record
from qa.reading.vectors import LikenessVectors, likeness_vectors
from qa.reading.weighing import WordWeights

RECORDS = "reading"
WORD_COUNTS = "reading-words"
_COLUMNS = tuple(column.name for column in fields(Record))
# Values and counts are found of the same run of passages, one after the other.
_read = lru_cache(maxsize=64)(plain_record)


@dataclass(frozen=True, slots=True)
class Records:
    """Finds the candidates of every passage, so that it is not done when asked."""

    name: str = RECORDS

    def values(self, document: Document, passages: Sequence[Passage]) -> Sequence[bytes]:
        """Return a packed record a passage."""
        return [packed(passage.text, _read(passage.text)) for passage in passages]


@dataclass(frozen=True, slots=True)
class WordCounts:
    """Counts in how many passages each word stands."""

    name: str = "語の重み"

    def part(self, document: Document, passages: Sequence[Passage]) -> Tallied:
        """Count the words of some passages."""
        return tallied_hashes(document.id, (_read(passage.text).keys for passage in passages))

    def write(self, folder: Path, parts: Iterable[object]) -> None:
        """Write the segment's counts."""
        write_tally(folder, WORD_COUNTS, cast("Iterable[Tallied]", parts))


@dataclass(frozen=True, slots=True)
class ReadingModel:
    """The ranker and the word vectors that passages are read with."""

    name: str = "答えの読みとり"

    def write(self, folder: Path) -> None:
        """Write the arrays `reading-*.npy` to `folder`."""
        likeness_vectors().save(folder)
        shipped_ranker().save(folder)


def packed(text: str, record: Record) -> bytes:
    """Return a record as bytes, bound to the text that it was found in."""
    return pack([hash_keys([text]), *(getattr(record, name) for name in _COLUMNS)])


@cache
def _like() -> list[object]:
    empty = plain_record("")
    return [hash_keys([""]), *(getattr(empty, name) for name in _COLUMNS)]


@dataclass(frozen=True, slots=True)
class RecordStore:
    """The stored records, and what questions are weighed and compared with."""

    values: Values
    weights: WordWeights
    vectors: LikenessVectors

    def get(self, passages: Sequence[Passage]) -> list[Record]:
        """Return a record for each passage; one that is not stored as it is now is read anew."""
        return [self._stored(passage) or plain_record(passage.text) for passage in passages]

    def _stored(self, passage: Passage) -> Record | None:
        try:
            value = self.values.get(passage.id)
        except KeyError:
            return None
        text, *columns = unpack(value, _like())  # type: ignore[arg-type]
        return Record(*columns) if text[0] == hash_keys([passage.text])[0] else None
