"""Questions with the texts that may answer them, cut into pairs as the cross-encoder reads them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qa.cross.judging import Text
from qa.cross.reading import MOST_TEXT, Pair, PairReader
from qa.pieces.headlines import clauses

Floats = npt.NDArray[np.float32]
Span = tuple[int, int]
_LEFT = 8  # characters that are left of a text without its answer, at least
_STOPS = "、。，,；;\n　 "


@dataclass(frozen=True)
class Trial:
    """A question beside some texts, the likeliest first.

    `right` (texts) is 1 for those that answer; `spans` holds where in a pair the answer begins and ends, None where it
    is not known; `emptied` the pair of a right text without the clause that answers, None where nothing would be left;
    `signs` (texts, …) tells what each was chosen by.
    """

    city: str
    pairs: tuple[Pair, ...]
    right: Floats
    signs: Floats
    spans: tuple[Span | None, ...]
    emptied: tuple[Pair | None, ...]

    def without(self, left_out: Sequence[int]) -> "Trial":
        """Return the trial without some of its texts."""
        kept = [n for n in range(len(self.pairs)) if n not in set(left_out)]
        return self.taken(kept)

    def taken(self, rows: Sequence[int]) -> "Trial":
        """Return the trial with these texts alone."""
        return Trial(
            self.city,
            tuple(self.pairs[n] for n in rows),
            self.right[list(rows)],
            self.signs[list(rows)],
            tuple(self.spans[n] for n in rows),
            tuple(self.emptied[n] for n in rows),
        )


def trial(
    city: str,
    asked: str,
    before: str,
    texts: Sequence[Text],
    right: Sequence[float],
    signs: Floats,
    answers: Sequence[str],
    reader: PairReader,
) -> Trial:
    """Return a question as it is trained on; `answers` are the phrases that answer it."""
    pairs = reader.pairs(asked, before, texts)
    spans: list[Span | None] = []
    emptied: list[Pair | None] = []
    for pair, (title, path, text), is_right in zip(pairs, texts, right, strict=True):
        place = answer_place(text, answers) if is_right else None
        spans.append(_span(pair, reader, text, place) if place else None)
        rest = without_clause(text, place) if place else None
        emptied.append(reader.pairs(asked, before, [(title, path, rest)])[0] if rest else None)
    return Trial(
        city, tuple(pairs), np.array(right, np.float32), signs.astype(np.float32), tuple(spans), tuple(emptied)
    )  # fmt: skip


def answer_place(text: str, answers: Sequence[str]) -> Span | None:
    """Return where the shortest of `answers` that stands in `text` stands; None where none does."""
    found = sorted((len(answer), text.find(answer)) for answer in answers if answer and answer in text)
    return (found[0][1], found[0][1] + found[0][0]) if found else None


def without_clause(text: str, place: Span) -> str | None:
    """Return `text` without the clause that holds `place`: what is left does not tell what was asked."""
    start, end = place
    while start > 0 and text[start - 1] not in _STOPS:
        start -= 1
    while end < len(text) and text[end] not in _STOPS:
        end += 1
    left = text[:start] + text[end:].lstrip(_STOPS)
    return left if len(left.strip()) >= _LEFT and len(clauses(left)) else None


def _span(pair: Pair, reader: PairReader, text: str, place: Span) -> Span | None:
    spans = reader.cut(text, MOST_TEXT).spans
    inside = [n for n, (start, end) in enumerate(spans) if start < place[1] and end > place[0]]
    return (pair.text + inside[0], pair.text + inside[-1]) if inside else None
