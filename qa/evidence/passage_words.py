"""The word forms of every passage, found at build time: answering analyses the question and no passage."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import orjson

from corpus.normalizing import fold_in_place, repair_radicals
from corpus.sentences import sentence_spans
from corpus.types import Document, Passage
from index.segments.values import Values
from index.tokenizer import SudachiTokenizer, shared_tokenizer
from qa.question.analysis import word_forms

WORDS = "forms"
_KEPT = 1_024  # passages


@dataclass(frozen=True, slots=True)
class PassageWords:
    """Analyses all passages."""

    name: str = WORDS

    def values(self, document: Document, passages: Sequence[Passage]) -> Sequence[bytes]:
        """Return each passage's forms; the same passages give the same bytes."""
        tokenizer = shared_tokenizer()
        return [orjson.dumps(sorted(forms_of(passage, tokenizer))) for passage in passages]


class PassageForms:
    """Reads what PassageWords found; the passages read last are kept. Safe to share between threads."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self.of = lru_cache(maxsize=_KEPT)(self._of)

    def _of(self, passage: Passage) -> frozenset[str]:
        """Return the forms of the words of `passage` and of its headings; KeyError if it is not of this bundle."""
        return frozenset(orjson.loads(self._values.get(passage.id)))


def forms_of(passage: Passage, tokenizer: SudachiTokenizer) -> frozenset[str]:
    """Return the forms of the content words of a passage, sentence by sentence, and of its headings."""
    texts = [passage.text[start:end] for start, end in sentence_spans(passage.text)]
    read = (fold_in_place(repair_radicals(text)) for text in (*texts, "\n".join(passage.heading)))
    return frozenset(form for text in read for _, forms in word_forms(text, tokenizer) for form in forms)
