"""Spans of the kind that a question asks for: a date for when, a number with its counter for how many."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from corpus.normalizing import squash
from qa.clauses import reasons
from qa.evidence import explained
from qa.kanji import kanji_of
from qa.phrases import NounPhrase, bracketed, named
from qa.relations import changes, in_case, means
from qa.settling import settling
from qa.spans import (
    addresses_on_the_web,
    charges,
    counts,
    dates,
    deadlines,
    definitions,
    desks,
    expansions,
    frequencies,
    last_year,
    lengths,
    ordinals,
    phones,
    schedules,
    seasons,
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
_NAMED = (Wanted.WHO, Wanted.WHERE, Wanted.NAME, Wanted.OTHER, Wanted.DIVISION)
_NUMBERED = (Wanted.COUNT, Wanted.WHEN, Wanted.FREQUENCY)
_ASKS_BOTH = re.compile("曜日と時間|曜日や時間|日時|いつ.{0,6}(?:やっ|開い|受け|相談)")
_ASKS_DEADLINE = re.compile("いつまで|いつから|期限|締め?切|何(?:日|週間|[かカヶ]月|年)前")
_ASKS_LENGTH = re.compile(
    "期間|間隔|どれ(?:くらい|ぐらい)の?(?:間|時間|長)|(?:どの|どれ)(?:くらい|ぐらい)(?:話|待|かか|続|借|滞在|で)|年数|時間は"
)
_ASKS_CHARGE = re.compile("お金|有料|無料|タダ|ただで|料金|費用|負担|代金|使用料|手数料|自腹|払")
_ASKS_ORDINAL = re.compile("第何|(?:何|なん|いく)[^、。]{0,3}目")
_ASKS_DESK = re.compile("何番(?:の)?(?:窓口|カウンター)|どの窓口|どの建物の?何階")
_ASKS_AGE = re.compile("年齢|いくつ(?:まで|から|に(?:な|達))")
_ASKS_PHONE = re.compile("電話番号|でんわばんごう|電話は|何番に|何番へ|番号は|内線|ファクス|FAX")
_ASKS_WEB = re.compile("アドレス|URL|ホームページは|アカウント|サイトは", re.IGNORECASE)
_UNTIL, _SINCE = re.compile("(?:いつ|何[年月日時])まで|期限|締め?切"), re.compile("(?:いつ|何[年月日時])から")
_ENDS, _BEGINS = re.compile("まで|末|を期限"), re.compile("(?:（[^）]*）)?(?:から|より|に?開始|に[始開])")
_ALSO_THEN = re.compile("も(?!の)")
_MODIFYING = re.compile(
    r"(?:から|に|より)(?:[一-鿿]{1,4}[ぁ-ん]{0,5}?(?:[たる]|ている|ていた))[一-鿿ァ-ヶーA-Za-z]{2,}(?:(?:の|による|での|への|に関する)[一-鿿ァ-ヶー]{2,})*"
)
_LESS = 0.8
_ELSEWHERE = 0.4
_LONG = 40
# Questions are normalised, documents are not; places stay the same.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(ord("！"), ord("～")) if chr(code).isalnum()}
_OWN_YEAR = re.compile(r"[（(][^）)]{0,20}?年度?[^）)]{0,6}[）)]")


_squashed = lru_cache(maxsize=256)(squash)


def typed_spans(
    question: Question,
    text: str,
    sentence: Span,
    document_year: int | None,
    phrases: Sequence[NounPhrase],
) -> dict[Span, float]:
    """Return spans of `text[sentence]` of the kind asked for, with how surely they are of it (0–1).

    `phrases` are the sentence's noun phrases. What the question itself says does not answer it.
    """
    asked = _squashed(question.text)
    found: dict[Span, float] = {}
    for (start, end), sure in _of_kind(question, text[slice(*sentence)], phrases):
        if not sure:
            continue
        span = (sentence[0] + start, sentence[0] + end)
        if not _of_year(question, text, sentence, span, document_year):
            continue
        # 横浜市 is said already where 横浜 is.
        if _AREA_ENDING.sub("", squash(text[slice(*span)])) not in asked:
            found[span] = max(sure, found.get(span, 0.0))
    return found


def _of_kind(question: Question, piece: str, phrases: Sequence[NounPhrase]) -> Iterator[tuple[Span, float]]:
    yield from _by_form(question, piece)
    if question.wanted is Wanted.AMOUNT:
        yield from charges(piece)
    elif question.wanted is Wanted.COUNT:
        yield from _numbers(question, piece)
    elif question.wanted is Wanted.WHEN:
        yield from _moments(question, piece)
    elif question.wanted is Wanted.FREQUENCY:
        yield from ((span, 1.0) for span in frequencies(piece))
    elif question.wanted is Wanted.REASON:
        yield from reasons(piece)
    elif question.wanted in (Wanted.DEFINITION, Wanted.NAME) and explained(question):
        yield from _explaining(question, piece)
    elif question.wanted in (Wanted.OTHER, Wanted.YES_NO, Wanted.METHOD):
        yield from _told(question, piece, phrases)
    if question.wanted in _NAMED or (question.head and question.wanted not in _NUMBERED):
        yield from ((span, 1.0) for span in bracketed(piece, question.normalized))
        yield from named(piece, question, phrases)


def _by_form(question: Question, piece: str) -> Iterator[tuple[Span, float]]:
    """Numbers that are no counts: of telephones, of desks, ages, addresses on the web."""
    asked = question.normalized
    if _ASKS_AGE.search(asked):
        yield from ((span, 1.0) for span in counts(piece, "歳"))
    if _ASKS_PHONE.search(asked):
        yield from ((span, 1.0) for span in phones(piece))
    if _ASKS_WEB.search(asked):
        yield from ((span, 1.0) for span in addresses_on_the_web(piece))
    if _ASKS_DESK.search(asked):
        yield from ((span, 1.0) for span in desks(piece))


def _numbers(question: Question, piece: str) -> Iterator[tuple[Span, float]]:
    """Counts; which in a row and how long where those are asked for."""
    asked = question.normalized
    if _ASKS_ORDINAL.search(asked):
        yield from ((span, 1.0) for span in ordinals(piece))
        return
    if _ASKS_DESK.search(asked):
        return
    long = question.counter is None and bool(_ASKS_LENGTH.search(asked))
    if long:
        yield from ((span, 1.0) for span in lengths(piece))
    sure = 1.0 if question.counter else 0.5 if long else 0.7
    yield from ((span, sure) for span in counts(piece, question.counter))


def _explaining(question: Question, piece: str) -> Iterator[tuple[Span, float]]:
    """What a name stands for, on either side of the brackets."""
    full = any(word in question.normalized for word in ("正式", "略", "日本語"))
    piece = piece.translate(_HALF_WIDTH)
    for name in explained(question):
        for start, end in definitions(piece, name):
            # Only its foreign name, or a whole line where its full name is asked for, says less.
            less = (not full and piece[start:end].isascii()) or (full and end - start > _LONG)
            yield (start, end), 0.6 if less else 1.0
        if full or question.wanted is Wanted.DEFINITION:
            yield from ((span, 1.0 if full else _LESS) for span in expansions(piece, name))


def _told(question: Question, piece: str, phrases: Sequence[NounPhrase]) -> Iterator[tuple[Span, float]]:
    """What an open question is answered with: what settles it, what is done with what."""
    asked = question.normalized
    if _ASKS_CHARGE.search(asked):
        yield from charges(piece)
    yield from ((span, _LESS) for span in changes(piece, asked))
    if question.wanted is Wanted.METHOD:
        yield from ((span, _LESS) for span in means(piece, phrases))
    if question.wanted is Wanted.OTHER:
        yield from in_case(piece, asked, phrases)
    if question.wanted is not Wanted.OTHER:
        yield from settling(piece, asked)
    elif "どう" in asked:
        # What becomes of it stands last.
        found = [*settling(piece, asked)]
        yield from ((span, _LESS) for span, _ in found if span[1] == found[-1][0][1])


def _moments(question: Question, piece: str) -> Iterator[tuple[Span, float]]:
    """Dates; stretches of time and weekdays whole where those are asked for."""
    unit, asked = smallest_unit(question.normalized), question.normalized
    if _ASKS_DEADLINE.search(asked):
        yield from ((span, 1.0) for span in deadlines(piece))
    if _ASKS_BOTH.search(asked):
        yield from ((span, 1.0) for span in schedules(piece))
    if _STRETCH.search(asked):
        yield from _stretches(asked, unit, piece)
        return
    found = list(dates(piece, unit))
    whole = [span for span in times(piece) if unit is None and any(_within(date, span) for date in found)]
    for span in dict.fromkeys([*whole, *found]):
        part = any(span != other and _within(span, other) for other in whole)
        yield span, _LESS if part else _relation(asked, piece, span)
    yield from ((span, 0.7) for span in seasons(piece) if unit is None)
    if not found and unit is None:
        yield from ((span, 0.6) for span in times(piece))


def _stretches(asked: str, unit: str | None, piece: str) -> Iterator[tuple[Span, float]]:
    form = _DAYS if _ASKS_DAYS.search(asked) else _HOURS if _ASKS_HOURS.search(asked) else None
    found = [(start, end) for start, end in times(piece) if unit is None or unit in piece[start:end]]
    for span in found:
        if form is None or form.search(piece[slice(*span)]):
            yield span, _relation(asked, piece, span)


def _relation(asked: str, piece: str, span: Span) -> float:
    """Where it is asked until when, a time that まで follows is it rather; likewise since when."""
    after = piece[span[1] : span[1] + 8]
    if _ALSO_THEN.match(after):
        return _LESS  # 令和４年度も: what goes on then did not come about then.
    if _is_of_another(asked, piece, span[1]):
        return _ELSEWHERE
    ranged = re.search("から|まで|[～〜]", piece[slice(*span)])
    for asking, following in ((_UNTIL, _ENDS), (_SINCE, _BEGINS)):
        if asking.search(asked):
            return 1.0 if ranged or following.match(after) else _LESS
    return 1.0


def _is_of_another(asked: str, piece: str, end: int) -> bool:
    """A date before a verb that modifies a noun (３月に行った調査) is of that; the question must speak of it."""
    modified = _MODIFYING.match(piece, end)
    return modified is not None and kanji_of(modified[0]).isdisjoint(kanji_of(asked))


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _of_year(question: Question, text: str, sentence: Span, span: Span, document_year: int | None) -> bool:
    """A number is of the year in brackets after it, else last named before it, else of its document's year."""
    if not question.fiscal_years or document_year is None:
        return True
    if question.wanted not in (Wanted.COUNT, Wanted.AMOUNT):
        return True
    own = _OWN_YEAR.match(text, span[1], sentence[1])
    named = last_year(own[0] if own else text[sentence[0] : span[0]], near=document_year)
    return (
        named or last_year(text[sentence[0] : span[0]], near=document_year) or document_year
    ) in question.fiscal_years
