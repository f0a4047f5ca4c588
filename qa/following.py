"""A follow-up without its subject (では去年は？) completed from the question before it; a whole question is left alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.normalizing import normalize
from index.tokenizer import SudachiTokenizer
from qa.declining import Reason, refuse_at_once
from qa.following_ellipsis import Ellipsis, Kind, ellipsis, without_opener
from qa.following_joining import joined
from qa.following_known import Known
from qa.following_phrases import Naming, Parts, parts, years_in
from qa.following_words import NEW_SUBJECT
from qa.following_years import with_year

_TURNS = 20  # turns that are looked back at
_LONGEST = 400  # characters of a turn, and of a completed question
_KEPT = 1_024
_FORGET = frozenset({Reason.INSTRUCTION, Reason.OTHER_LANGUAGE})


@dataclass(frozen=True, slots=True)
class Followed:
    """A question as it is to be answered: as typed, or completed where `completed` is True."""

    text: str
    completed: bool = False


@dataclass(frozen=True, slots=True)
class _Earlier:
    """What stands from the turns before: the last question with a subject, and the year a person named for it."""

    question: Parts
    year: int | None


class Following:
    """Completes follow-ups.

    `naming` finds the names of items in a text, `known` is what the documents and the replies tell (or `attested`
    alone: whether the documents hold a phrase), and `newest` is the documents' fiscal year where they have but one:
    去年 counts from it if no year was named.
    """

    def __init__(
        self,
        tokenizer: SudachiTokenizer,
        *,
        naming: Naming = lambda text: (),
        attested: Callable[[str], bool] = lambda phrase: False,
        known: Known | None = None,
        newest: int | None = None,
    ) -> None:
        self._tokenizer = tokenizer
        self._naming = naming
        held = known or Known(attested)
        self._known = replace(held, attested=lru_cache(_KEPT)(held.attested))
        self._parts = lru_cache(_KEPT)(self._cut)  # a turn comes again with each one after it
        self._newest = newest

    def complete(self, question: str, history: Sequence[str]) -> Followed:
        """Return `question` as it is to be answered after the questions `history` (as typed, oldest first)."""
        rest = self._ellipsis(question) if history else None
        if rest is None:
            return Followed(question)
        earlier: _Earlier | None = None
        for turn in history[-_TURNS:]:
            earlier = self._after(turn, earlier)
        text = self._joined(rest, earlier) if earlier else None
        if text is None:
            return Followed(question)
        return Followed(text.replace("?", "？"), completed=True)  # as Japanese is written, for it is shown

    def _after(self, turn: str, earlier: _Earlier | None) -> _Earlier | None:
        """Return what stands after a turn: what was refused leaves nothing, a thank-you changes nothing."""
        if refuse_at_once(turn) in _FORGET or len(turn) > _LONGEST:
            return None
        text = without_opener(normalize(turn).strip())
        rest = self._ellipsis(text)
        completed = self._joined(rest, earlier) if rest and earlier else None
        found = self._parts(completed or text)
        asked_on = rest is not None and rest.kind in (Kind.MORE, Kind.OTHERS)
        if not found.phrases or (asked_on and earlier):
            return earlier
        named = [year.year for year in years_in(text) if year.year]
        kept = earlier.year if completed and earlier else None
        return _Earlier(found, named[-1] if named else kept)

    def _ellipsis(self, question: str) -> Ellipsis | None:
        text = normalize(question).strip()
        if refuse_at_once(text) or len(text) > _LONGEST:
            return None
        return None if NEW_SUBJECT.search(text) else ellipsis(text, self._parts)

    def _joined(self, rest: Ellipsis, earlier: _Earlier) -> str | None:
        text = joined(rest, earlier.question, self._known)
        if text and rest.year:
            text = with_year(text, rest.year_text, rest.year, spoken=earlier.year, newest=self._newest)
        return text if text and len(text) <= _LONGEST else None

    def _cut(self, text: str) -> Parts:
        return parts(text, self._tokenizer, self._naming)
