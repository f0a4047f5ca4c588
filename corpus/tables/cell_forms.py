"""What one cell holds, by its form: a number with its unit, a date, a time of day, days of the week, a mark."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from corpus.budgets.years import era_number
from corpus.normalizing import normalize

_BEFORE = {
    "令和": 2018,
    "平成": 1988,
    "昭和": 1925,
    "大正": 1911,
    "明治": 1867,
    "R": 2018,
    "H": 1988,
    "S": 1925,
    "T": 1911,
    "M": 1867,
}
_NUMBER = re.compile(
    r"(?P<about>約|およそ|計|各|@)?\s*+(?P<open>\()?(?P<sign>[△▲+-]?)\s*+[¥\\]?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<decimal>\.\d+)?"
    r"(?P<scale>[千百]?万|億|千(?=円|人|株))?\s*+(?P<unit>k?m[23]|[^\d\s,.:~\-/()（]{0,6}?)(?(open)\))(?P<after>程度|以上|以下|以内|未満|まで)?"
    r"(?:\s*+[(/].{0,12})?"
)
_SCALE = {"万": 10**4, "百万": 10**6, "千万": 10**7, "億": 10**8, "千": 10**3, None: 1}
_SQUARES = {"m2": "㎡", "km2": "㎢"}
_DATE = re.compile(
    r"(?:(?P<west>[12]\d{3})\s*[-/.年]\s*|(?P<era>令和|平成|昭和|大正|明治|(?<![A-Za-z])[RHSTM])\s*(?P<n>元|\d{1,2})\s*[-/.年]\s*)?"
    r"(?P<month>1[0-2]|0?[1-9])\s*(?P<mark>[-/.月])\s*(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)\s*日?"
)
_REMEMBERED = 32_768  # cells: a column is looked at many times while one question is read
_MONTH_OF_YEAR = re.compile(
    r"(?:(?P<west>[12]\d{3})|(?P<era>令和|平成|昭和|大正|明治|(?<![A-Za-z])[RHSTM])\s*(?P<n>元|\d{1,2}))\s*[-/.年]\s*"
    r"(?P<month>1[0-2]|0?[1-9])(?![\d時])"
)
_CLOCK = re.compile(
    r"(?P<half>午前|午後|夜|AM|PM|am|pm)?\s*(?<![\d])(?P<hour>2[0-4]|[01]?\d)\s*(?::(?P<minute>[0-5]\d)(?::00)?|時(?:(?P<m>[0-5]?\d)分|(?P<thirty>半))?)"
)
_NOON = re.compile(r"正午")
_DAYS = "月火水木金土日"
_DAY = re.compile(
    r"(?<![ぁ-んァ-ヶ一-鿿0-9])[月火水木金土日](?![ぁ-んァ-ヶ一-鿿0-9])|(?<=[・、,;/(])[月火水木金土日](?=[・、,;/)のはとも祝])|[月火水木金土日]曜"
)
_DAY_RANGE = re.compile(r"([月火水木金土日])(?:曜日?)?\s*(?:~|-|から)\s*([月火水木金土日])(?:曜日?)?")
_LIST_OF_DAYS = re.compile(r"[月火水木金土日・、,/\s曜祝~から-]+")
_YES = frozenset("○ 〇 ◯ ◎ ● 有 有り あり 可 可能 はい yes true ✓ ✔ レ 対応 実施 該当 要 ■ ☑".split())
_NO = frozenset("× ✕ ✖ 無 無し なし 不可 いいえ no false - ー ― 非対応 未実施 未対応 非該当 不要 □".split())
_BLANK = frozenset(("", "-", "ー", "―", "‐", "–", "—", "*", "…", "...", "/", "N/A", "n/a"))


@dataclass(frozen=True, slots=True)
class Number:
    """A number with the unit printed behind it, exact; `bound` is what makes it none: 約, 以上 …"""

    value: Decimal
    unit: str
    bound: str = ""


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """Return a cell's text for reading: NFKC, one sign for from–to, no white space around."""
    return re.sub(r"[〜～∼]", "~", normalize(text)).strip()


@lru_cache(maxsize=_REMEMBERED)
def is_blank(text: str) -> bool:
    """Tell whether a cell says nothing.

    >>> is_blank("－"), is_blank("0")
    (True, False)
    """
    return folded(text) in _BLANK


@lru_cache(maxsize=_REMEMBERED)
def number_in(text: str) -> Number | None:
    """Return the number that a whole cell is, None where it is none.

    >>> number_in("３，０００円"), number_in("約300"), number_in("月曜日")
    (Number(value=Decimal('3000'), unit='円', bound=''), Number(value=Decimal('300'), unit='', bound='約'), None)
    >>> number_in("30人以上"), number_in("12.5㎡")
    (Number(value=Decimal('30'), unit='人', bound='以上'), Number(value=Decimal('12.5'), unit='㎡', bound=''))
    """
    found = _NUMBER.fullmatch(folded(text))
    if found is None:
        return None
    value = Decimal(found["digits"].replace(",", "") + (found["decimal"] or ""))
    if found["scale"]:  # only then: what is computed keeps 28 digits, what is printed all
        value *= _SCALE[found["scale"]]
    negative = bool(found["sign"]) and found["sign"] in "△▲-"
    bound = (found["about"] or "") + (found["after"] or "")
    return Number(value.copy_negate() if negative else value, unit_said(found["unit"]), bound)


def unit_said(unit: str) -> str:
    """Return a unit as it is printed, where folding took it apart.

    >>> unit_said("m2"), unit_said("人")
    ('㎡', '人')
    """
    return _SQUARES.get(unit, unit)


def dates_in(text: str, year: int | None = None) -> tuple[date, ...]:
    """Return the dates that a text names, in order; one without a year is of the one before it, else of `year`.

    >>> dates_in("令和8年4月1日～5月6日"), dates_in("2026/4/1"), dates_in("1.5")
    ((datetime.date(2026, 4, 1), datetime.date(2026, 5, 6)), (datetime.date(2026, 4, 1),), ())
    """
    found: list[date] = []
    for match in _DATE.finditer(folded(text)):
        told = _year_of(match)
        if told is None and match["mark"] != "月" and not (match["mark"] == "/" and year):
            continue
        named = told or (found[-1].year if found else year)
        if named is None:
            continue
        try:
            one = date(named, int(match["month"]), int(match["day"]))
            found.append(one.replace(year=named + 1) if told is None and found and one < found[-1] else one)
        except ValueError:
            continue
    return tuple(found)


def _year_of(match: re.Match[str]) -> int | None:
    if match["west"]:
        return int(match["west"])
    return _BEFORE[match["era"]] + era_number(match["n"]) if match["era"] else None


def month_of_year(text: str) -> tuple[int, int] | None:
    """Return the year and month that a text names, the day left open; None where it names none.

    >>> month_of_year("令和8年4月"), month_of_year("2026/04"), month_of_year("4月")
    ((2026, 4), (2026, 4), None)
    """
    found = _MONTH_OF_YEAR.search(folded(text))
    if found is None:
        return None
    year = int(found["west"]) if found["west"] else _BEFORE[found["era"]] + era_number(found["n"])
    return year, int(found["month"])


def months_in(text: str) -> frozenset[int]:
    """Return the months that a text names.

    >>> sorted(months_in("4月・10月第2日曜"))
    [4, 10]
    """
    plain = folded(text)
    named = {int(month) for month in re.findall(r"(?<!\d)(1[0-2]|[1-9])月", plain)}
    return frozenset(named | {one.month for one in dates_in(plain)})


def clocks_in(text: str) -> tuple[int, ...]:
    """Return the times of day that a text names, in minutes from midnight, in order.

    >>> clocks_in("9:00～17:30"), clocks_in("午前9時から午後5時半まで")
    ((540, 1050), (540, 1050))
    """
    plain = _NOON.sub("12:00", folded(text))
    found: list[int] = []
    for match in _CLOCK.finditer(plain):
        hour = int(match["hour"])
        if match["half"] in ("午後", "夜", "PM", "pm") and hour < 12:
            hour += 12
        minutes = 30 if match["thirty"] else int(match["minute"] or match["m"] or 0)
        found.append(60 * hour + minutes)
    return tuple(found)


def hours_in(text: str) -> tuple[tuple[int, int], ...]:
    """Return the stretches of a day that a text names, each from and to in minutes.

    >>> hours_in("9:00～12:00、13:00～17:00"), hours_in("9:00")
    (((540, 720), (780, 1020)), ())
    """
    found = clocks_in(text)
    pairs = zip(found[::2], found[1::2], strict=False)
    return tuple((start, end if end > start else end + 24 * 60) for start, end in pairs)


def weekdays_in(text: str) -> frozenset[int]:
    """Return the days of the week that a text names, Monday is 0.

    >>> sorted(weekdays_in("月～金曜日（祝日を除く）")), sorted(weekdays_in("平日")), weekdays_in("月額")
    ([0, 1, 2, 3, 4], [0, 1, 2, 3, 4], frozenset())
    """
    plain = re.sub(r"\([^)]*(?:除|休)[^)]*\)", "", folded(text))
    if re.search(r"毎日|年中無休|無休|24時間365日", plain):
        return frozenset(range(7))
    days = set(range(5)) if "平日" in plain else set()
    days |= {5, 6} if re.search(r"土・?日", plain) else set()
    for first, last in _DAY_RANGE.findall(plain):
        start, end = _DAYS.index(first), _DAYS.index(last)
        days |= set(range(start, end + 1)) if start <= end else {*range(start, 7), *range(end + 1)}
    if _LIST_OF_DAYS.fullmatch(plain):
        days |= {_DAYS.index(char) for char in plain.replace("曜日", "").replace("曜", "") if char in _DAYS}
    else:
        days |= {_DAYS.index(match[0][0]) for match in _DAY.finditer(plain)}
    return frozenset(days)


def mark_in(text: str) -> bool | None:
    """Return whether a cell says yes or no by a mark, None where it says something else.

    >>> mark_in("○"), mark_in("無"), mark_in("応相談")
    (True, False, None)
    """
    plain = folded(text).casefold()
    return True if plain in _YES else False if plain in _NO else None
