"""Asking back which place is meant: the likeliest pieces as questions, each of which is answered by the piece it quotes."""

import re
from dataclasses import dataclass

from corpus.normalizing import squash
from qa.pieces.cutting import Piece, Size
from qa.pieces.headlines import trimmed

LEAST = 0.1
"""From this probability on a choice is asked back for.

Of 96 questions about two cities that nothing is fitted on which were declined at this or above, 50 had the right place
among the three (of 66 that the documents answer); of 61 about real files of seven publishers 38 (of 53).
"""
MOST, LEAST_SHARE = 3, 0.03
"""So many places are offered; one is at least so likely."""
_LONGEST = 60  # characters of a place that are quoted
_CELLS = re.compile(r"[ 　]*\|[ 　|]*|\t+")
_FORM = re.compile(r"「(?P<quote>[^「」]+)」（(?P<title>[^\n]+)）(?:のことですか)?[。？?]?")
_BRACKETS = str.maketrans("「」", "『』")


@dataclass(frozen=True, slots=True)
class PlaceMeant:
    """A place that a question quotes: the beginning of a piece, and the title of its document."""

    quote: str
    title: str

    @property
    def question(self) -> str:
        """Return the question that `place_meant` reads again."""
        return f"「{self.quote}」（{self.title}）のことですか"

    def is_like(self, other: "PlaceMeant") -> bool:
        """Tell whether both are the same place, in whatever widths and spaces they were typed."""
        return squash(self.question) == squash(other.question)


def place_of(piece: Piece, title: str) -> PlaceMeant:
    """Return how a piece is quoted: its first line, or its title and the line below it."""
    lines = [line for line in piece.text.split("\n") if line.strip()]
    first = " ".join(lines[:2] if piece.size is Size.TITLED else lines[:1])
    said = _CELLS.sub("・", first[slice(*trimmed(first, 0, len(first)))].strip("|")).strip("・ 　")
    cut = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
    return PlaceMeant(cut.replace("**", "").translate(_BRACKETS), title.translate(_BRACKETS))


def place_meant(question: str) -> PlaceMeant | None:
    """Return the place that a question quotes, where it is one that was asked back.

    >>> place_meant("「午前9時から午後5時まで」（図書館のご案内）のことですか").title
    '図書館のご案内'
    """
    found = _FORM.fullmatch(question.strip())
    return PlaceMeant(found["quote"], found["title"]) if found else None
