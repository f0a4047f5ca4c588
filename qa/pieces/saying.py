"""Chosen pieces → an answer: the document's own words, the stretch that answers as the headline, what is near below."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np

from corpus.types import Document
from qa.learned.networks import Networks
from qa.pieces.asked_counts import asked_counts, tells_counts
from qa.pieces.choosing import Choice, Chosen
from qa.pieces.cutting import Piece, Size
from qa.pieces.forms import FORMS, has_wanted, is_name
from qa.pieces.headlines import GLANCE, Span, is_balanced, is_cut, letters, trimmed, window_signs, windows
from qa.replies.citing import cite
from qa.replies.messages import JAPANESE, say
from qa.types import Answer, Citation, Question

LISTED = 0.5
"""From this probability on all things of a kind are wanted: the piece is the answer, not a stretch of it."""
_SURE = 0.75  # below this the next best place is shown too
_BESIDE = 0.12  # if it is at least so likely
_CUT = 1.5  # what a headline that begins or ends within a sentence has to score more than a whole one
_HALVED = 4.0  # the same of one that has one half of a pair of brackets
_LIKELY = 2.0  # what the logarithm of a sentence's likelihood counts beside a headline's score
_TITLE = 60  # characters of the title above a quote


class PieceSpeaker:
    """Says what chosen pieces tell; `headline` scores the stretches of a long piece."""

    def __init__(self, headline: Networks, documents: Mapping[str, Document]) -> None:
        self._networks = headline
        self._documents = documents

    def said(
        self, question: Question, chosen: Chosen, language: str, sentences: Sequence[tuple[Span, float]] = ()
    ) -> Answer:
        """Return the answer that the first choice gives; in another language the counter's words lead to the quote.

        `sentences` tells of each sentence of the first choice's piece, by where it begins and ends in it, how likely
        (a logarithm) it is the one that answers.
        """
        first = chosen.choices[0]
        listed = float(chosen.wants[len(FORMS)]) >= LISTED
        citations = self.cited([first])
        members = _members(first.piece) if listed and first.piece.size not in (Size.TITLED, Size.PART) else ()
        short = "\n".join(members)
        short = short or self._headline(question, first.piece, chosen, sentences, listed=listed)
        lines = [] if language == JAPANESE else [say("quoted", language)]
        lines += [f"・{member}" for member in members] or [short]
        if not members and _bare(first.piece.text) != short:
            lines.append(first.piece.text.strip())
        other = _beside(chosen)
        if other:
            citations += self.cited([other], first=len(citations) + 1)
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

    def cited(self, choices: Sequence[Choice], *, first: int = 1) -> list[Citation]:
        """Return the quotes of choices, numbered from `first`."""
        places = [(choice, span) for choice in choices for span in choice.piece.spans]
        return [self._quoted(choice, span, number) for number, (choice, span) in enumerate(places, first)]

    def _quoted(self, choice: Choice, span: tuple[int, int], number: int) -> Citation:
        path = choice.piece.path
        heading = path[-1][:_TITLE].strip() if path else ""
        return cite(self._documents[choice.evidence.passage.document], *span, number, heading)

    def _headline(
        self,
        question: Question,
        piece: Piece,
        chosen: Chosen,
        sentences: Sequence[tuple[Span, float]],
        *,
        listed: bool,
    ) -> str:
        text = piece.text
        if piece.size is Size.TITLED or (piece.size is Size.PART and len(piece.spans) > 1):
            title, _, item = text.partition("\n")
            text = title if is_name(title, chosen.wants) else item
        spans = [] if listed or letters(_bare(text)) <= GLANCE else windows(text)
        if not spans:
            return _bare(text) or text
        told = [span for span in spans if has_wanted(text[slice(*span[0])], chosen.wants)] or spans
        counts = asked_counts(question.normalized)
        told = [span for span in told if tells_counts(text[slice(*span[0])], counts)] or told
        scores = self._networks.scores(window_signs(question.normalized, text, told, chosen.wants))
        cut = np.array([is_cut(text, *span) for span, _ in told], np.float32)
        likely = np.array([_likelihood(span, sentences) for span, _ in told], np.float32)
        halved = np.array([not is_balanced(text[slice(*span)]) for span, _ in told], np.float32)
        best = int(np.argmax(scores - _CUT * cut - _HALVED * halved + _LIKELY * likely))
        return _unmarked(text[slice(*told[best][0])])


def _likelihood(span: Span, sentences: Sequence[tuple[Span, float]]) -> float:
    """Return the logarithm of how likely the likeliest sentence is that a stretch shares; 0 where none is known."""
    if not sentences:
        return 0.0
    shared = [weight for (start, end), weight in sentences if start < span[1] and span[0] < end]
    return max(shared, default=min(weight for _, weight in sentences))


def _bare(text: str) -> str:
    """Return a text without the marks at its ends."""
    return _unmarked(text[slice(*trimmed(text, 0, len(text)))])


def _unmarked(text: str) -> str:
    return text.replace("**", "")


def _beside(chosen: Chosen) -> Choice | None:
    """The next best place, where the first is not sure."""
    if chosen.probability >= _SURE or len(chosen.choices) < 2:
        return None
    other = chosen.choices[1]
    return other if other.mass >= _BESIDE else None


@lru_cache(maxsize=1_024)
def _members(piece: Piece) -> tuple[str, ...]:
    """Return the items of a list, or its lines; none where it is one line."""
    parts = piece.text.split("\n") if len(piece.spans) == 1 else _stretches(piece)
    members = tuple(bare for part in parts if (bare := _bare(part).removesuffix("。")))
    return members if len(members) > 1 else ()


def _stretches(piece: Piece) -> Iterator[str]:
    """Yield the stretches of a piece; one may hold line ends of its own."""
    place = 0
    for start, end in piece.spans:
        yield piece.text[place : place + end - start]
        place += end - start + 1
