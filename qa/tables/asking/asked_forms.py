"""What a question says by form: bounds, days, times of day, months, an order; relative days by the date in Tokyo."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

from corpus.budgets.years import fiscal_years
from corpus.data_rows import data_rows
from corpus.tables.cell_forms import clocks_in, dates_in, month_of_year
from qa.tables.asking.conditions import Bound, bounds_in

_TOKYO = ZoneInfo("Asia/Tokyo")
_WEEKDAY = re.compile(
    r"(?<![一-鿿])([月火水木金土日])(?:曜日?|よう|(?=[・、]?[月火水木金土日]?(?:に|は|も|の(?:午|夜|朝|\d)|でも|って|だけ|や|と)))|([月火水木金土日])曜"
)
_MONTH = re.compile(r"(?<!\d)(1[0-2]|[1-9])月(?!\d{1,2}日|曜)")
_ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ENGLISH_MONTH = re.compile(
    rf"\b(?:(?:in\s+)?(?P<month>{'|'.join(_ENGLISH)})[a-z]*\.?\s+(?:of\s+)?(?P<year>(?:19|20)\d{{2}})"
    rf"|in\s+(?P<alone>{'|'.join(_ENGLISH)})[a-z]*)(?![A-Za-z])"
)
_DAY = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2}/\d{1,2}")
_TIME = re.compile(
    r"(?:午前|午後|夜|朝|夕方)?\s*(?<!\d)(?:[01]?\d|2[0-4])(?::[0-5]\d|時(?:半|[0-5]?\d分)?)(?!間)"
)
_ORDER = re.compile(
    r"(?:第\s*)?([2-9二三四五六七八九]|10|十)\s*(?:番目|位|ばんめ|番(?=に|で|多|少|大|高|安|広|長))|(?:次|つぎ)に(?=多|少|大|高|安|広|長|早|古|新)"
)
_FIRST_FEW = re.compile(
    r"(?:トップ|上位|ベスト|ワースト|下位|上から|下から|はじめの|最初の|top\s*)\s*([2-9]|10|[二三四五六七八九十])"
    r"|([2-9二三四五])\s*(?:つ|番目まで|位まで|件|か所|ヶ所|箇所|人|個|館|校|回|町|地区)(?!目|以|ま|を超|より|未)",
    re.IGNORECASE,
)
_YEAR_BOUND = re.compile(
    r"((?:令和|平成|昭和|大正|明治|[RHS])\s*(?:元|\d{1,2})|(?:19|20)\d{2})\s*年?度?\s*(以降|以後|より後|より前|以前|より新|より古|から後|より先)"
)
_YEAR = re.compile(
    r"(?:令和|平成|昭和|大正|明治|[RHS]|(?i:reiwa|heisei|showa)\s)\s?(?:元|\d{1,2})(?:\s?年度?)?|(?:19|20)\d{2}\s?年度?|\d{1,2}\s?年度"
)
_PLAIN_NUMBER = re.compile(
    r"(?<![0-9.,/:-])(\d[\d,]*(?:\.\d+)?|ゼロ)(万)?(円|人|名|台|件|世帯|㎡|分|歳|階|番|年|席|冊|回|%|か所|)(?![0-9/:月-])"
)
_DIGITS = {char: n for n, char in enumerate("〇一二三四五六七八九十")}


@dataclass(frozen=True, slots=True)
class AskedForms:
    """`spans` are the stretches of the text that the forms take: no cell is named there, in `years` none by digits alone.

    `any_year` tells whether days come without a year; `year_bound` is a sign and a western year.
    """

    bounds: tuple[Bound, ...] = ()
    weekdays: tuple[int, ...] = ()
    clocks: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    days: tuple[date, date] | None = None
    order: int = 1
    few: int | None = None
    year_bound: tuple[str, int] | None = None
    any_year: bool = False
    numbers: tuple[tuple[Decimal, str, str], ...] = ()
    relative: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    years: tuple[tuple[int, int], ...] = ()
    year: int | None = None
    year_month: tuple[int, int] | None = None


def forms_in(text: str, today: date) -> AskedForms:
    """Return what a normalised question says by form.

    >>> forms_in("日曜の18時に開いてるところ", date(2026, 5, 13)).weekdays
    (6,)
    >>> forms_in("births in October of Reiwa 2", date(2026, 5, 13)).numbers
    ()
    """
    bounds = tuple(bounds_in(text))
    spans = [(bound.start, bound.end) for bound in bounds]
    weekdays = list(_WEEKDAY.finditer(text))
    spans += [match.span() for match in weekdays]
    clocks = list(_TIME.finditer(text))
    spans += [match.span() for match in clocks]
    months = [int(match[1]) for match in _MONTH.finditer(text)]
    english = _ENGLISH_MONTH.search(text)
    if english:
        months.append(_ENGLISH.index(english["month"] or english["alone"]) + 1)
        spans.append(english.span())
    spans += [match.span() for match in (*_MONTH.finditer(text), *_DAY.finditer(text))]
    order, few = _ORDER.search(text), _FIRST_FEW.search(text)
    days, word = _days(text, today)
    bound = _YEAR_BOUND.search(text)
    years = [match.span() for match in _YEAR.finditer(text)]
    of_era = [span for span in years if not text[span[0]].isdigit()]
    return AskedForms(
        bounds,
        tuple(dict.fromkeys("月火水木金土日".index(m[1] or m[2]) for m in weekdays)),
        tuple(minute for m in clocks for minute in clocks_in(m[0])),
        tuple(dict.fromkeys(months)),
        days,
        (_digit(order[1]) if order[1] else 2) if order else 1,
        _digit(few[1] or few[2]) if few else None,
        _year_bound(bound) if bound else None,
        not re.search(r"(?:19|20)\d{2}|令和|平成|昭和|[RHS]\d", text),
        tuple(_numbers(text, [*spans, *of_era])),
        word,
        tuple(spans),
        tuple(years),
        *_year_and_month(text, today, months, int(english["year"]) if english and english["year"] else None),
    )


def _year_and_month(
    text: str, today: date, months: Sequence[int], western: int | None
) -> tuple[int | None, tuple[int, int] | None]:
    """Return the year that a question speaks of, and the month of it."""
    told = month_of_year(text)
    match = _YEAR.search(text)
    named = fiscal_years(f"{match[0]}年" if match[0].isdigit() else match[0]) if match else []
    word = next((shift for said, shift in _year_words().items() if said in text), None)
    year = western or (named[0].year if named else today.year + word if word is not None else None)
    if told is None and year is not None and months:
        told = year, months[0]
    return year, told


@cache
def _year_words() -> Mapping[str, int]:
    """Return words for years: how many from this one on."""
    return {word: int(shift) for word, shift, _ in data_rows("qa.tables", "year_words.txt", columns=3)}


def _numbers(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[Decimal, str, str]]:
    """Yield the numbers of a question that are no part of another form, each with the letter behind it, as a unit."""
    for match in _PLAIN_NUMBER.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in spans):
            yield (
                Decimal("0" if match[1] == "ゼロ" else match[1].replace(",", ""))
                * (10_000 if match[2] else 1),
                match[3],
                match[0],
            )


def _year_bound(match: re.Match[str]) -> tuple[str, int]:
    years = fiscal_years(match[1] if not match[1].isdigit() else f"{match[1]}年")
    word = match[2]
    sign = (
        "<="
        if word == "以前"
        else "<"
        if word in ("より前", "より古")
        else ">"
        if word in ("より後", "より新", "より先")
        else ">="
    )
    return sign, years[0].year if years else int(match[1])


def _digit(text: str) -> int:
    return _DIGITS[text] if text in _DIGITS else int(text)


def _days(text: str, today: date) -> tuple[tuple[date, date] | None, str]:
    """Return the days that a question speaks of, from first to last, and the word that says them by today's date."""
    word = next((w for w in _day_words() if w in text), "")
    if word:
        first, length, weekday = _day_words()[word]
        start = today + timedelta(days=first)
        if weekday is not None:
            start = today - timedelta(days=today.weekday()) + timedelta(days=weekday + first)
        return (start, start + timedelta(days=length - 1)), word
    told = dates_in(text, today.year)
    return ((told[0], told[-1]), "") if told else (None, "")


@cache
def _day_words() -> Mapping[str, tuple[int, int, int | None]]:
    """Return words for days: days from today on (or from Monday's week), how many days, the weekday it begins with."""
    return {
        word: (int(shift), int(length), int(weekday) if weekday else None)
        for word, shift, length, weekday, _ in data_rows("qa.tables", "day_words.txt", columns=5)
    }


def today_in_tokyo() -> date:
    """Return the date where the city is."""
    return datetime.now(_TOKYO).date()
