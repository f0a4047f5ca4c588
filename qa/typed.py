"""Spans of the kind that a question asks for: a date for when, a number with its counter for how many."""

import re
from collections.abc import Iterator

from corpus.normalizing import squash
from index.tokenizer import SudachiTokenizer
from qa.clauses import reasons
from qa.evidence import explained
from qa.phrases import bracketed, named
from qa.spans import (
    amounts,
    counts,
    dates,
    definitions,
    expansions,
    frequencies,
    last_year,
    smallest_unit,
    times,
)
from qa.types import Question, Wanted

Span = tuple[int, int]

_STRETCH = re.compile("時間|期間|任期|休館|休み|定休|曜|何時|から何|まで")
_AREA_ENDING = re.compile(r"(?<=..)[市区町村県都府]$")
# A day off is no hour, an opening hour no day.
_ASKS_DAYS, _DAYS = re.compile("休館日|休み|定休|曜日(?!の)"), re.compile("曜|平日|祝日|[月土]日|年末")
_ASKS_HOURS, _HOURS = re.compile("時間は|時間を|時間って|何時"), re.compile("時(?!間)|[:：][0-9０-９]")
_NAMED = (Wanted.WHO, Wanted.WHERE, Wanted.NAME, Wanted.OTHER)


def typed_spans(
    question: Question, text: str, sentence: Span, document_year: int | None, tokenizer: SudachiTokenizer
) -> dict[Span, float]:
    """Return spans of `text[sentence]` of the kind asked for, with how surely they are of it (0–1).

    What the question itself says does not answer it.
    """
    asked = squash(question.text)
    found: dict[Span, float] = {}
    for (start, end), sure in _of_kind(question, text[slice(*sentence)], tokenizer):
        if not sure:
            continue
        span = (sentence[0] + start, sentence[0] + end)
        if not _of_year(question, text, sentence[0], span[0], document_year):
            continue
        # 横浜市 is said already where 横浜 is.
        if _AREA_ENDING.sub("", squash(text[slice(*span)])) not in asked:
            found[span] = max(sure, found.get(span, 0.0))
    return found


def _of_kind(question: Question, piece: str, tokenizer: SudachiTokenizer) -> Iterator[tuple[Span, float]]:
    if question.wanted is Wanted.AMOUNT:
        yield from ((span, 1.0) for span in amounts(piece))
    elif question.wanted is Wanted.COUNT:
        yield from ((span, 1.0 if question.counter else 0.7) for span in counts(piece, question.counter))
    elif question.wanted is Wanted.WHEN:
        yield from _moments(question, piece)
    elif question.wanted is Wanted.FREQUENCY:
        yield from ((span, 1.0) for span in frequencies(piece))
    elif question.wanted is Wanted.REASON:
        yield from ((span, 1.0) for span in reasons(piece))
    elif question.wanted in (Wanted.DEFINITION, Wanted.NAME) and explained(question):
        reading = expansions if "正式" in question.normalized else definitions
        yield from ((span, 1.0) for name in explained(question) for span in reading(piece, name))
    if question.wanted in _NAMED or question.head:
        yield from ((span, 1.0) for span in bracketed(piece, question.normalized))
        yield from named(piece, question, tokenizer)


def _moments(question: Question, piece: str) -> Iterator[tuple[Span, float]]:
    """Dates; stretches of time and weekdays whole where those are asked for."""
    unit = smallest_unit(question.normalized)
    if _STRETCH.search(question.normalized):
        form = (
            _DAYS
            if _ASKS_DAYS.search(question.normalized)
            else _HOURS
            if _ASKS_HOURS.search(question.normalized)
            else None
        )
        for start, end in times(piece):
            text = piece[start:end]
            if (unit is None or unit in text) and (form is None or form.search(text)):
                yield (start, end), 1.0
        return
    found = list(dates(piece, unit))
    yield from ((span, 1.0) for span in found)
    if not found and unit is None:
        yield from ((span, 0.6) for span in times(piece))


def _of_year(question: Question, text: str, sentence: int, place: int, document_year: int | None) -> bool:
    """A number is of the year last named before it in its sentence, else of its document's year."""
    if not question.fiscal_years or document_year is None:
        return True
    if question.wanted not in (Wanted.COUNT, Wanted.AMOUNT):
        return True
    return (last_year(text[sentence:place], near=document_year) or document_year) in question.fiscal_years
