"""The pieces found → an answer: the document's own words, with the stretch that answers as the headline."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from corpus.normalizing import squash
from corpus.tables.years import fiscal_years
from corpus.types import BlockKind, Document
from qa.citing import cite
from qa.messages import say
from qa.pieces.choosing import Choice, Chosen, Models
from qa.pieces.cutting import Piece, Size
from qa.pieces.finding import PieceFinder
from qa.pieces.forms import FORMS, held
from qa.pieces.headlines import GLANCE, letters, trimmed, window_signs, windows
from qa.pieces.signs import Numbers
from qa.types import Answer, Citation, Evidence, Question

LISTED = 0.5
"""From this probability on all things of a kind are wanted: the piece is the answer, not a stretch of it."""
FORM_WANTED = 0.6
"""From this probability on a thing of an exact form is wanted: what holds none is no answer."""
_WHEN = frozenset({"date", "weekday", "clock", "span"})
_HOW_MANY = frozenset({"count", "span", "share"})
EXACT: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        **{form: frozenset({form}) for form in ("money", "telephone", "url", "clock")},
        **dict.fromkeys(("date", "weekday"), _WHEN),
        **dict.fromkeys(("count", "span", "share"), _HOW_MANY | _WHEN),
    }
)
"""For each exact form that may be wanted, the forms that a person would take for it."""
_STOPS = "。！？!?\n"
_LEADING = "・○●◎■□◆◇▼▽※-* 　"
_NAMED = frozenset({"desk", "place", "person"})
_NAME_WANTED = 0.35  # from this probability on the title above an item may be what is wanted
_SURE = 0.75  # below this the next best place is shown too
_CUT = 0.5  # what a headline that begins or ends within a clause has to score more than a whole one
_NUMERIC = 0.3  # from this probability on a number may be wanted
_NEAREST = 3
_BESIDE = 0.12  # if it is at least so likely
_NUMBERED = re.compile(r"[A-Za-zァ-ヶー]{2,20}-?[0-9０-９]{1,4}(?![0-9０-９年月日時人件円])")
_TITLE = 60


class PieceAnswering:
    """Answers one question at a time from the passages found for it; holds nothing between two questions."""

    def __init__(
        self,
        finder: PieceFinder,
        models: Models,
        documents: Mapping[str, Document],
        least: float,
        least_of_sheets: float,
    ) -> None:
        """`least` is the probability from which on an answer is shown; of a number in a row of a sheet, `least_of_sheets`."""
        self.finder = finder
        self._models = models
        self._documents = documents
        self._least = least
        self._least_of_sheets = max(least, least_of_sheets)

    def answer(
        self,
        question: Question,
        evidence: Sequence[Evidence],
        *,
        asking: str | None = None,
        language: str = "ja",
    ) -> Answer | None:
        """Return what the passages tell, None where that is not likely enough to be right.

        `asking` is the last turn of a question that is read with the turns before it.
        """
        chosen = self.chosen(question, evidence, asking)
        if chosen is None or chosen.probability < self._least_for(chosen):
            return None
        return self.said(question, chosen, language)

    def nearest(self, question: Question, evidence: Sequence[Evidence]) -> list[Citation]:
        """Return what may tell, though it is not sure enough to be an answer: at most three places, likeliest first."""
        chosen = self.chosen(question, evidence)
        citations: list[Citation] = []
        for choice in chosen.choices[:_NEAREST] if chosen else ():
            citations += self._cited(choice, len(citations) + 1)
        return citations

    def _least_for(self, chosen: Chosen) -> float:
        """A number asked of a sheet is mostly counted or summed over its rows: one row has to be surer than else."""
        numeric = max(float(chosen.wants[FORMS.index(form)]) for form in ("count", "money", "share"))
        is_row = chosen.choices[0].evidence.passage.kind is BlockKind.ROW
        return self._least_of_sheets if is_row and numeric >= _NUMERIC else self._least

    def chosen(
        self, question: Question, evidence: Sequence[Evidence], asking: str | None = None
    ) -> Chosen | None:
        """Return the pieces that answer best, those aside that are of another year or of another numbered thing."""
        asked = self.finder.asked(question, asking)
        found = self.finder.found(question, asked, evidence)
        chosen = self._models.chosen(asked, found)
        if chosen is None:
            return None
        kept = tuple(
            choice
            for choice in chosen.choices
            if self._fits(question, choice) and _has_form(choice.piece.text, chosen.wants)
        )
        if not kept:
            return None
        lowered = chosen.probability * (kept[0].mass / max(chosen.choices[0].mass, 1e-6))
        return Chosen(kept, min(chosen.probability, lowered), chosen.wants)

    def _fits(self, question: Question, choice: Choice) -> bool:
        """A year that is named must be that year, and TICAD9 is not TICAD8."""
        piece, passage = choice.piece, choice.evidence.passage
        document = self._documents[passage.document]
        told = "\n".join([document.title, *piece.path, piece.text])
        numbered = [name[0] for name in _NUMBERED.finditer(question.normalized)]
        spelled = squash(told + passage.indexed_text)
        if any(squash(name) not in spelled for name in numbered):
            return False
        asked = set(question.fiscal_years)
        named = {span.year for span in fiscal_years(told)}
        if not asked or not named:
            of_document = {document.fiscal_year, document.fiscal_year - 1} if document.fiscal_year else asked
            return not asked or bool(asked & of_document)
        return bool(asked & named)

    def said(self, question: Question, chosen: Chosen, language: str) -> Answer:
        """Return the answer that the first choice gives."""
        first = chosen.choices[0]
        listed = float(chosen.wants[len(FORMS)]) >= LISTED
        citations = list(self._cited(first, 1))
        members = _members(first.piece) if listed and first.piece.size is not Size.TITLED else ()
        headline = self._headline(question, first.piece, chosen, listed=listed)
        short = "\n".join(members) or headline.replace("**", "")
        lines = [f"・{member}" for member in members] or [short]
        whole = first.piece.text
        if not members and whole[slice(*trimmed(whole, 0, len(whole)))] != short:
            lines.append(whole.strip())
        other = self._beside(chosen)
        if other:
            number = len(citations) + 1
            citations += self._cited(other, number)
            lines += [say("see_also", language), other.piece.text.strip()]
        return Answer(
            question.text,
            "\n".join(lines),
            short,
            tuple(citations),
            chosen.probability,
            members,
            language=language,
        )

    def _beside(self, chosen: Chosen) -> Choice | None:
        """The next best place, where the first is not sure."""
        if chosen.probability >= _SURE or len(chosen.choices) < 2:
            return None
        other = chosen.choices[1]
        return other if other.mass >= _BESIDE else None

    def _cited(self, choice: Choice, number: int) -> Iterator[Citation]:
        piece = choice.piece
        document = self._documents[choice.evidence.passage.document]
        heading = piece.path[-1][:_TITLE].strip() if piece.path else ""
        for place, (start, end) in enumerate(piece.spans):
            yield cite(document, start, end, number + place, heading)

    def _headline(self, question: Question, piece: Piece, chosen: Chosen, *, listed: bool) -> str:
        text = piece.text
        if piece.size is Size.TITLED:
            title, _, item = text.partition("\n")
            text = title if _names(title, chosen.wants) else item
        start, end = trimmed(text, 0, len(text))
        if listed or letters(text[start:end]) <= GLANCE or start == end:
            return text[start:end] or text
        spans = windows(text)
        if not spans:
            return text[start:end]
        told = [span for span in spans if _has_form(text[slice(*span[0])], chosen.wants)] or spans
        signs = window_signs(question.normalized, text, told, chosen.wants)
        scores = self._models.headline.scores(signs)
        cut = np.array([_is_cut(text, *span) for span, _ in told], np.float32)
        start, end = told[int(np.argmax(scores - _CUT * cut))][0]
        return text[start:end]


def _has_form(text: str, wants: Numbers) -> bool:
    """Tell whether a text holds a thing of the form that is surely wanted: an hour, an amount, a telephone number."""
    surely = {
        other
        for form, chance in zip(FORMS, wants, strict=False)
        if chance >= FORM_WANTED
        for other in EXACT.get(form, ())
    }
    return not surely or any(held([text])[0][FORMS.index(form)] for form in surely)


def _is_cut(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch begins or ends within a sentence."""
    before, after = text[:start].rstrip(_LEADING), text[end:].lstrip()
    return (bool(before) and before[-1] not in _STOPS) or (bool(after) and text[end - 1] not in _STOPS)


def _names(title: str, wants: Numbers) -> bool:
    """Tell whether a desk, a place or a person is wanted, and the title is one."""
    wanted = [n for n, form in enumerate(FORMS) if form in _NAMED and wants[n] >= _NAME_WANTED]
    return bool(wanted) and bool(held([title])[0][wanted].any())


@lru_cache(maxsize=1_024)
def _members(piece: Piece) -> tuple[str, ...]:
    """Return the items of a list, its lines, or none where it is one line."""
    parts = piece.text.split("\n") if len(piece.spans) == 1 else _spans_of(piece)
    kept = [part[slice(*trimmed(part, 0, len(part)))].removesuffix("。") for part in parts]
    members = tuple(part for part in kept if part)
    return members if len(members) > 1 else ()


def _spans_of(piece: Piece) -> list[str]:
    """The text of a piece of several stretches has one a line; a stretch may hold line ends of its own."""
    parts, place = [], 0
    for start, end in piece.spans:
        parts.append(piece.text[place : place + end - start])
        place += end - start + 1
    return parts
