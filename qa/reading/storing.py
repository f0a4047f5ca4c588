"""What reading adds to a bundle: in how many passages each word stands, and the model made ready to map.

A passage's candidates are found when it is first read (some 4 ms): they would take 30 KB a passage.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from corpus.types import Document, Passage
from index.segments.tallies import Tallied, tallied, write_tally
from index.tokenizer import shared_tokenizer
from qa.reading.folding import fold
from qa.reading.ranker import shipped_ranker
from qa.reading.vectors import likeness_vectors

WORD_COUNTS = "reading-words"


@dataclass(frozen=True, slots=True)
class ReadingWords:
    """Counts in how many passages each word stands."""

    name: str = "答えの語の数"

    def part(self, document: Document, passages: Sequence[Passage]) -> Tallied:
        """Count the words of a run of passages."""
        return tallied(document.id, (_words(passage.text) for passage in passages))

    def write(self, folder: Path, parts: Iterable[object]) -> None:
        """Write the arrays `reading-words.*.npy`."""
        write_tally(folder, WORD_COUNTS, cast("Iterable[Tallied]", parts))


def _words(text: str) -> list[str]:
    return [token.normalized.casefold() for token in shared_tokenizer().tokens(fold(text))]


@dataclass(frozen=True, slots=True)
class ReadingModel:
    """The trained ranker and the word vectors, as arrays that are mapped."""

    name: str = "答えの選び方"

    def write(self, folder: Path) -> None:
        """Write the arrays `reading-*.npy`."""
        shipped_ranker().save(folder)
        likeness_vectors().save(folder)
