"""Duties of divisions: what a division does, and which division does it."""

import re
from collections.abc import Iterator, Sequence

from corpus.normalizing import normalize
from qa.division_names import is_named
from qa.drafts import Piece, Span
from qa.evidence import ReadPassage
from qa.nearness import Nearness
from qa.types import Evidence, Question

_LINE = re.compile(
    r"[ 　]*(?:[（(][0-9０-９]{1,2}[)）]|[0-9０-９]{1,2}[)）.．　 ]|[①-⑳]|[ア-ト][　 .．]|[・○●])[ 　]*(.+?)。?$",
    re.MULTILINE,
)
# A line that names a division alone, or with what its list is: 財政課の分掌事務.
_NAME = re.compile(
    r"^[ 　]*[^\n、。（()）]{1,18}(?:課|部|室|係|局|センター|所|署|館|園|班|担当)(?:の(?:分掌事務|事務分掌|所掌事務))?[ 　]*$",
    re.MULTILINE,
)
_AS_GOOD = 0.999


def duties(question: Question, item: Evidence) -> Piece | None:
    """Return all duties of the division that the question names, in its full name, its kana or without 課."""
    heading = _division(item)
    if not heading or not is_named(question, heading):
        return None
    text = item.passage.text
    members = _below(text, heading)
    if not members:
        return None
    return Piece(item, (members[0][0], members[-1][1]), (0, len(text)), members)


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


def divisions_under(question: Question, evidence: Sequence[Evidence]) -> tuple[Piece, ...]:
    """Return the divisions whose duties stand under the department that the question names, in the documents' order."""
    nested = (e for e in evidence if len(e.passage.heading) > 1)
    return _units([e for e in nested if normalize(e.passage.heading[-2]) in question.normalized], -1)


def departments(evidence: Sequence[Evidence]) -> tuple[Piece, ...]:
    """Return the departments that divisions with duties stand under, in the documents' order."""
    return _units(
        [e for e in evidence if len(e.passage.heading) > 1 and e.passage.heading[-2][-1] in "部局"], -2
    )


def _units(evidence: Sequence[Evidence], level: int) -> tuple[Piece, ...]:
    """The names at one level of the headings of duties, each once, where its passage shows it."""
    found: dict[str, Piece] = {}
    for item in sorted(evidence, key=lambda e: (e.passage.document, e.passage.start)):
        name, text = item.passage.heading[level], item.passage.text
        place = text.find(name)
        if place >= 0 and "に関すること" in text:
            span = (place, place + len(name))
            found.setdefault(name, Piece(item, span, span))
    return tuple(found.values())


def equally_good(found: Sequence[tuple[float, Piece]]) -> tuple[Piece, ...]:
    """Return the divisions whose duty holds as much of the question as the best one's, in the documents' order."""
    best = max((covered for covered, _ in found), default=0.0)
    pieces = {piece.text: piece for covered, piece in found if covered >= best * _AS_GOOD}
    return tuple(
        sorted(pieces.values(), key=lambda p: (p.evidence.passage.document, p.evidence.passage.start))
    )


def _division(item: Evidence) -> str:
    return item.passage.heading[-1] if item.passage.heading else ""


def _below(text: str, name: str) -> tuple[Span, ...]:
    """The duties below a division's name, as far as the next name; all of them where it stands nowhere alone."""
    names = list(_NAME.finditer(text))
    own = next((n for n, match in enumerate(names) if name in match[0]), None)
    start = names[own].end() if own is not None else 0
    end = names[own + 1].start() if own is not None and own + 1 < len(names) else len(text)
    return _of_one_mark(text, start, end)


def _of_one_mark(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Lines marked as the first one is: a clause or a note below has another mark."""
    found = list(_LINE.finditer(text, start, end))
    first = _mark(found[0][0]) if found else ""
    return tuple(match.span(1) for match in found if _mark(match[0]) == first)


def _mark(line: str) -> str:
    return re.sub("[0-9０-９]+", "1", re.sub("[①-⑳]", "①", re.sub("[ア-ト]", "ア", line.strip()[:4])))[:1]
