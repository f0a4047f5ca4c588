"""A draft: an answer before it is cited, with all that speaks for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from qa.types import Evidence

Span = tuple[int, int]


class Kind(StrEnum):
    """Where the short answer of a draft comes from."""

    SENTENCE = "sentence"
    CLAUSE = "clause"
    TYPED = "typed"
    READER = "reader"
    FIELD = "field"
    CELL = "cell"
    LIST = "list"
    DUTY = "duty"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an answer from one passage. Spans are offsets into the passage's text."""

    evidence: Evidence
    short: Span
    quote: Span
    members: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """The short answer, verbatim."""
        return self.evidence.passage.text[slice(*self.short)]

    @property
    def quoted(self) -> str:
        """The sentence or list that is quoted for it, verbatim."""
        return self.evidence.passage.text[slice(*self.quote)]


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before it is cited: one piece, or one a member where a list comes from several passages.

    `signs` say what speaks for it, by name, each about 0–1; what they are worth is learnt (`qa/judging.py`).
    """

    pieces: tuple[Piece, ...]
    kind: Kind
    signs: Mapping[str, float]
    score: float = 0.0

    @property
    def first(self) -> Piece:
        """The piece that is quoted first."""
        return self.pieces[0]

    @property
    def members(self) -> tuple[str, ...]:
        """All members in order, verbatim."""
        if len(self.pieces) > 1:
            return tuple(piece.text for piece in self.pieces)
        return tuple(self.first.evidence.passage.text[slice(*span)] for span in self.first.members)
