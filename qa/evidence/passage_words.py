"""The words of every passage, found at build time: answering analyses the question and no passage."""

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from corpus.normalizing import repair_radicals
from corpus.sentences import sentence_spans
from corpus.types import Document, Passage
from index.segments.values import Values
from index.tokenizer import SudachiTokenizer, shared_tokenizer
from qa.question.analysis import word_forms
from qa.relevance.folding import fold

WORDS = "words"

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
class PassageWords:
    """Analyses all passages."""

    name: str = WORDS

    def values(self, document: Document, passages: Sequence[Passage]) -> Sequence[bytes]:
        """Return each passage's words; the same passages give the same bytes."""
        tokenizer = shared_tokenizer()
        return [_written(analysed(passage, tokenizer)) for passage in passages]


class WordStore:
    """Reads what PassageWords found, one passage at a time; safe to share between threads."""

    def __init__(self, values: Values) -> None:
        self._values = values

    def get(self, passage: Passage) -> Analysed:
        """Return the words of `passage`; KeyError if it is not of this bundle."""
        return _read(self._values.get(passage.id))


def _written(words: Analysed) -> bytes:
    return orjson.dumps(
        [
            [
                [start, end, [[a, b, sorted(forms)] for a, b, forms in own]]
                for start, end, own in words.sentences
            ],
            [sorted(forms) for forms in words.heading],
        ]
    )


def _read(written: bytes) -> Analysed:
    sentences, heading = orjson.loads(written)
    return Analysed(
        [(start, end, [(a, b, frozenset(forms)) for a, b, forms in own]) for start, end, own in sentences],
        [frozenset(forms) for forms in heading],
    )
