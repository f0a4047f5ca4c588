"""What stands in a passage whatever is asked, found at build time: lists, labelled values, cells, clauses, names."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pydantic import TypeAdapter

from corpus.sentences import sentence_spans
from corpus.types import Document, Passage
from index.segments.values import Values
from index.tokenizer import SudachiTokenizer, shared_tokenizer
from qa.cells import Cell, cells
from qa.clauses import clauses
from qa.fields import Field, fields
from qa.lists import Enumeration, enumerations
from qa.phrases import NounPhrase, noun_phrases

LAYOUTS = "layouts"

_KEPT = 1024


@dataclass(frozen=True, slots=True)
class LaidSentence:
    """A sentence's clauses and noun phrases; offsets are characters of the sentence."""

    clauses: tuple[tuple[int, int], ...]
    phrases: tuple[NounPhrase, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A passage's lists, labelled values and cells by offsets into its text, and each of its sentences laid out."""

    lists: tuple[Enumeration, ...]
    fields: tuple[Field, ...]
    cells: tuple[Cell, ...]
    sentences: tuple[LaidSentence, ...]


def laid_out(text: str, tokenizer: SudachiTokenizer) -> Layout:
    """Lay out a passage's text, cut into sentences as `corpus.sentences` cuts it."""
    pieces = [text[start:end] for start, end in sentence_spans(text)]
    return Layout(
        enumerations(text, tokenizer),
        tuple(fields(text)),
        cells(text),
        tuple(LaidSentence(tuple(clauses(piece)), noun_phrases(piece, tokenizer)) for piece in pieces),
    )


@dataclass(frozen=True, slots=True)
class PassageLayouts:
    """Lays out all passages."""

    name: str = LAYOUTS

    def values(self, document: Document, passages: Sequence[Passage]) -> Sequence[bytes]:
        """Return each passage's layout; the same passages give the same bytes."""
        tokenizer = shared_tokenizer()
        return [_adapter().dump_json(laid_out(passage.text, tokenizer)) for passage in passages]


class LayoutStore:
    """Reads what PassageLayouts found; the passages read last are kept."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self.get = lru_cache(maxsize=_KEPT)(self._get)

    def _get(self, passage_id: str) -> Layout:
        """Return a passage's layout; KeyError if it is not of this bundle."""
        return _adapter().validate_json(self._values.get(passage_id))


@cache
def _adapter() -> TypeAdapter[Layout]:
    return TypeAdapter(Layout)
