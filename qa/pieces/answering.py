"""A question and its passages → what they tell, how surely, and what of it may be shown."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.budgets.years import fiscal_years
from corpus.normalizing import squash
from corpus.types import BlockKind, Document
from qa.cross.judging import PairJudge
from qa.pieces.asked_counts import asked_counts, tells_counts
from qa.pieces.choosing import Choice, Chosen, Models, choices_of
from qa.pieces.cutting import Piece, Size
from qa.pieces.finding import PieceFinder
from qa.pieces.forms import has_wanted
from qa.pieces.places_meant import LEAST, LEAST_SHARE, MOST, PlaceMeant, place_of
from qa.pieces.saying import PieceSpeaker
from qa.pieces.sentences import sentence_weights, sentences_within
from qa.pieces.signs import Asked, Found, Numbers
from qa.types import Answer, Citation, Evidence, Question

CHOSEN = 0.9
"""How sure an answer is whose place the person chose."""
_NEAREST = 3
_NUMBERED = re.compile(r"[A-Za-zァ-ヶー]{2,20}-?[0-9０-９]{1,4}(?![0-9０-９年月日時人件円])")


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it was read, its passages, their pieces, and what was chosen of them."""

    question: Question
    evidence: Sequence[Evidence]
    asked: Asked
    found: Found
    chosen: Chosen | None

    @property
    def follows(self) -> bool:
        """Tell whether it was read with the turns before it."""
        return self.asked.follows

    @property
    def probability(self) -> float:
        """How likely the first choice is right, 0–1; 0 where there is none."""
        return self.chosen.probability if self.chosen else 0.0


class PieceAnswering:
    """Answers one question at a time from the passages found for it; holds nothing between two questions."""

    def __init__(
        self,
        finder: PieceFinder,
        models: Models,
        judge: PairJudge,
        documents: Mapping[str, Document],
        least: float,
    ) -> None:
        """`least` is the probability from which on an answer is shown."""
        self._finder = finder
        self._models = models
        self._judge = judge
        self._documents = documents
        self._titles = {name: document.title for name, document in documents.items()}
        self._speaker = PieceSpeaker(models.headline, documents)
        self._least = least

    def read(self, question: Question, evidence: Sequence[Evidence], asking: str | None = None) -> Reading:
        """Return what the passages tell; `asking` is the last turn of a question that is read with turns before it.

        Pieces of another year, of another numbered thing and without the form that is surely wanted are left out.
        """
        asked = self._finder.asked(question, asking)
        found = self._finder.found(question, asked, evidence)
        chosen = self._models.chosen(asked, found, self._judge, self._titles)
        return Reading(question, evidence, asked, found, self._fitting(question, chosen) if chosen else None)

    def answer(self, reading: Reading, language: str) -> Answer | None:
        """Return the answer, None where it is not likely enough to be right."""
        chosen = reading.chosen
        if chosen is None or chosen.probability < self._least or _is_sheet_row(chosen):
            return None
        return self._said(reading, chosen, language)

    def places(self, reading: Reading) -> tuple[str, ...]:
        """Return the places that may be meant, as questions; none where nothing is likely."""
        chosen = reading.chosen
        if chosen is None or chosen.probability < LEAST:
            return ()
        likely = [choice for choice in chosen.choices[:MOST] if choice.mass >= LEAST_SHARE]
        places = [self._place(reading, chosen, choice) for choice in likely]
        return tuple(dict.fromkeys(place.question for place in places if place.quote))

    def of_place(self, reading: Reading, place: PlaceMeant, language: str) -> Answer | None:
        """Return what the place tells that a person chose of those asked back; None where it is not among the pieces."""
        chosen = reading.chosen
        if chosen is None:
            return None
        others = choices_of(range(len(reading.found.pieces)), reading.found, chosen.picked.scores)
        for one in [*chosen.choices, *others]:
            if self._place(reading, chosen, one).is_like(place):
                return self._said(reading, replace(chosen, choices=(one,), probability=CHOSEN), language)
        return None

    def _place(self, reading: Reading, chosen: Chosen, choice: Choice) -> PlaceMeant:
        """Return how a choice is quoted: by the likeliest of its sentences, where it has several."""
        rows = sentences_within(choice, reading.found)
        best = max(rows, key=lambda row: float(chosen.picked.scores[row]), default=choice.row)
        return place_of(reading.found.pieces[best], self._titles[choice.evidence.passage.document])

    def nearest(self, reading: Reading) -> list[Citation]:
        """Return what may tell, though it is not sure enough to be an answer: at most three places, likeliest first."""
        return self._speaker.cited(reading.chosen.choices[:_NEAREST]) if reading.chosen else []

    def _said(self, reading: Reading, chosen: Chosen, language: str) -> Answer:
        weights = sentence_weights(
            chosen.choices[0], reading.asked, reading.found, chosen.picked, self._judge, self._titles
        )
        return self._speaker.said(reading.question, chosen, language, weights)

    def _fitting(self, question: Question, chosen: Chosen) -> Chosen | None:
        counts = asked_counts(question.normalized)
        kept = tuple(
            choice
            for choice in chosen.choices
            if self._fits(question, choice) and _has_wanted(choice.piece, chosen.wants, counts)
        )
        if not kept:
            return None
        share = kept[0].mass / max(chosen.choices[0].mass, 1e-6)
        return replace(chosen, choices=kept, probability=chosen.probability * min(1.0, share))

    def _fits(self, question: Question, choice: Choice) -> bool:
        """A year that is named must be that year, and TICAD9 is not TICAD8."""
        piece, passage = choice.piece, choice.evidence.passage
        document = self._documents[passage.document]
        told = "\n".join([document.title, *piece.path, piece.text])
        spelled = squash(told + passage.indexed_text)
        if any(squash(name[0]) not in spelled for name in _NUMBERED.finditer(question.normalized)):
            return False
        asked = set(question.fiscal_years)
        named = {span.year for span in fiscal_years(told)}
        if not named and document.fiscal_year:
            named = {document.fiscal_year, document.fiscal_year - 1}
        return not asked or not named or bool(asked & named)


def _has_wanted(piece: Piece, wants: Numbers, counts: Sequence[re.Pattern[str]]) -> bool:
    """Tell whether a piece has the form that is surely wanted; the unit of a table's numbers stands above the table."""
    is_row = piece.size is Size.ROW and any(char.isdigit() for char in piece.text)
    return is_row or (has_wanted(piece.text, wants) and tells_counts(piece.told, counts))


def _is_sheet_row(chosen: Chosen) -> bool:
    """Tell whether a whole row of a sheet is chosen: the tables tell which of its cells is asked for, or that none is."""
    return chosen.choices[0].evidence.passage.kind is BlockKind.ROW
