"""One passage under one question, and the signs that all drafts from it have."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa.drafts import Kind, Span
from qa.evidence import ReadPassage
from qa.layouts import Layout
from qa.nearness import Nearness
from qa.reading.reader import ShortAnswer
from qa.types import Evidence, Question, Wanted
from qa.wanted import wants_several

READ = 6  # passages that are read for an answer
_KATAKANA = re.compile(r"[ァ-ヶー]{4,}|[A-Za-z][A-Za-z0-9-]{2,}")
_GROUPS: Mapping[Wanted, str] = {
    Wanted.COUNT: "number",
    Wanted.AMOUNT: "number",
    Wanted.WHEN: "number",
    Wanted.FREQUENCY: "number",
    Wanted.DIVISION: "entity",
    Wanted.WHO: "entity",
    Wanted.WHERE: "entity",
    Wanted.NAME: "entity",
    Wanted.DEFINITION: "meaning",
    Wanted.LIST: "list",
    Wanted.DUTY: "list",
}
"""Kinds of question that want short answers of one sort; the rest are open questions."""

may_want_several = lru_cache(maxsize=1024)(wants_several)


@dataclass(frozen=True, slots=True)
class Page:
    """One passage under one question."""

    question: Question
    item: Evidence
    read: ReadPassage
    near: Nearness
    answers: Sequence[ShortAnswer]
    layout: Layout
    signs: Mapping[str, float]

    @property
    def text(self) -> str:
        return self.item.passage.text


def held_by_sentences(page: Page, start: int, end: int) -> tuple[float, float]:
    """Return how much of the question the best of the sentences between holds, with the headings."""
    held = [
        page.near.sentence(n, with_heading=True)
        for n, sentence in enumerate(page.read.sentences)
        if sentence.start < end and start < sentence.end
    ]
    return (max(same for same, _ in held), max(alike for _, alike in held)) if held else (0.0, 0.0)


def sentences_around(page: Page, start: int, end: int) -> Span:
    """Return whole sentences that hold `text[start:end]`."""
    touched = [s for s in page.read.sentences if s.start < end and start < s.end]
    return (min(s.start for s in touched), max(s.end for s in touched)) if touched else (start, end)


def group(question: Question) -> str:
    """Return the sort of short answer that a question wants."""
    return "list" if question.wants_all else _GROUPS.get(question.wanted, "open")


def passage_signs(question: Question, item: Evidence, near: Nearness, nameless: float) -> dict[str, float]:
    same, alike = near.whole()
    return {
        "whole": same,
        "whole_alike": alike,
        "first": 1 / item.rank,
        "rank": item.rank / READ,
        "nameless": nameless,
        "unsaid": float(
            any(_KATAKANA.fullmatch(t.text) and not near.says(n) for n, t in enumerate(question.terms))
        ),
        **{f"leg_{leg}": 1 / place for leg, place in item.legs.items()},
    }


def signs_of(page: Page, kind: Kind) -> dict[str, float]:
    several = may_want_several(page.question.normalized) and not page.question.wants_all
    return {
        f"{kind}:{group(page.question)}": 1.0,
        **({f"{kind}:several": 1.0} if several else {}),
        **page.signs,
    }


def held(same: float, alike: float) -> dict[str, float]:
    return {"held": same, "held_alike": alike, "context": same, "context_alike": alike, "before": alike}
