"""Duties of divisions: what a division does, and which division does it."""

import re
from collections.abc import Iterator, Sequence

from corpus.normalizing import normalize
from qa.drafts import Piece
from qa.evidence import ReadPassage
from qa.nearness import Nearness
from qa.types import Evidence, Question

_LINE = re.compile(r"[ 　]*[（(][0-9０-９]{1,2}[)）][ 　]*(.+?)。?$", re.MULTILINE)
_AS_GOOD = 0.999


def duties(question: Question, item: Evidence) -> Piece | None:
    """Return all duties of the division that the question names."""
    heading = _division(item)
    if not heading or normalize(heading) not in question.normalized:
        return None
    members = tuple(match.span(1) for match in _LINE.finditer(item.passage.text))
    if not members:
        return None
    return Piece(item, (members[0][0], members[-1][1]), (0, len(item.passage.text)), members)


def divisions(read: ReadPassage, item: Evidence, near: Nearness) -> Iterator[tuple[float, float, Piece]]:
    """Yield how much of the question each duty holds (same words, like words), and its division.

    The heading answers, the duty is quoted.
    """
    heading = _division(item)
    place = item.passage.text.find(heading) if heading else -1
    if place < 0:
        return
    for number, sentence in enumerate(read.sentences):
        if _LINE.match(item.passage.text, sentence.start, sentence.end):
            same, alike = near.sentence(number)
            if alike > 0:
                yield same, alike, Piece(item, (place, place + len(heading)), (place, sentence.end))


def equally_good(found: Sequence[tuple[float, Piece]]) -> tuple[Piece, ...]:
    """Return the divisions whose duty holds as much of the question as the best one's, in the documents' order."""
    best = max((covered for covered, _ in found), default=0.0)
    pieces = {piece.text: piece for covered, piece in found if covered >= best * _AS_GOOD}
    return tuple(
        sorted(pieces.values(), key=lambda p: (p.evidence.passage.document, p.evidence.passage.start))
    )


def _division(item: Evidence) -> str:
    return item.passage.heading[-1] if item.passage.heading else ""
