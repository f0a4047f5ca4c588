"""A date or time as its Excel format shows it: 2024/4/1, 令和6年4月1日, 9:00, 30:15."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from corpus.tables.digit_shapes import shaped
from corpus.tables.format_codes import Part, Section, Token

_ERAS = (
    (date(2019, 5, 1), "令和", "R"), (date(1989, 1, 8), "平成", "H"), (date(1926, 12, 25), "昭和", "S"),
    (date(1912, 7, 30), "大正", "T"), (date(1868, 1, 25), "明治", "M"),
)  # fmt: skip
_WEEKDAYS = "月火水木金土日"
_ENGLISH_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December".split()
_DAY = 86_400_000  # milliseconds
_FIRST_REAL = 60  # Excel counts a 29 February 1900 that never was
_LAST = 2_958_466


def shown_date(serial: float, section: Section, *, from_1904: bool = False) -> str | None:
    """Return what the section shows for a day number, None where that is no day of Excel's calendar."""
    moment = moment_of(serial, precise=section.has(Part.DIGIT), from_1904=from_1904)
    if moment is None:
        return None
    tokens = section.tokens
    return "".join(
        _shown(token, place, tokens, section, moment, serial)
        for place, token in enumerate(tokens)
        if not _is_fraction(tokens, place) or tokens[place][0] is Part.POINT
    )


def moment_of(serial: float, *, precise: bool = False, from_1904: bool = False) -> datetime | None:
    """Return the moment of a day number, to the second, or to the millisecond where it is shown so.

    >>> moment_of(45383.375)
    datetime.datetime(2024, 4, 1, 9, 0)
    """
    if not 0 <= serial < _LAST:
        return None
    step = 1 if precise else 1000
    milliseconds = round(serial * _DAY / step) * step
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
    if not from_1904 and serial < _FIRST_REAL:
        start += timedelta(days=1)
    return start + timedelta(milliseconds=milliseconds)


def in_era(day: date) -> tuple[str, str, int]:
    """Return a day's era, its letter and its year there.

    >>> in_era(date(2019, 4, 30)), in_era(date(2019, 5, 1))
    (('平成', 'H', 31), ('令和', 'R', 1))
    """
    for first, name, letter in _ERAS:
        if day >= first:
            return name, letter, day.year - first.year + 1
    return "", "", day.year


def _shown(
    token: Token, place: int, tokens: Sequence[Token], section: Section, moment: datetime, serial: float
) -> str:
    part, text = token
    if part is Part.ELAPSED:
        return _elapsed(text, serial)
    if part is Part.HALF:
        return _half(text, section, moment)
    if part is Part.POINT and _is_fraction(tokens, place):
        return _fraction(tokens, place, moment)
    if part is not Part.DATE:
        return text
    if text[0] == "m" and _is_minute(tokens, place):
        return shaped(str(moment.minute).zfill(min(len(text), 2)), section.shapes)
    if text[0] in "hs":
        return shaped(_clock(text, tokens, moment), section.shapes)
    return _calendar(text, section, moment)


def _calendar(text: str, section: Section, moment: datetime) -> str:
    japanese = "411" in section.locale or section.locale.lower().startswith("ja")
    era, letter, year = in_era(moment.date())
    length = len(text)
    match text[0]:
        case "g":
            return (letter, era[:1], era)[min(length, 3) - 1]
        case "e":
            first = year == 1 and bool(era) and "gannen" in section.locale.lower()
            return "元" if first else shaped(str(year).zfill(min(length, 2)), section.shapes)
        case "y":
            return shaped(
                str(moment.year) if length > 2 else f"{moment.year % 100:02}", section.shapes, year=True
            )
        case "a":
            return _WEEKDAYS[moment.weekday()] + ("曜日" if length == 4 else "")
        case "d" if length > 2:
            day = moment.weekday()
            name = _WEEKDAYS[day] + "曜日" if japanese else _ENGLISH_DAYS[day]
            return name if length > 3 else name[: 1 if japanese else 3]
        case "m" if length > 2:
            month = f"{moment.month}月" if japanese else _MONTHS[moment.month - 1]
            return month if japanese or length == 4 else month[: 3 if length == 3 else 1]
    number = moment.day if text[0] == "d" else moment.month
    return shaped(str(number).zfill(min(length, 2)), section.shapes)


def _clock(text: str, tokens: Sequence[Token], moment: datetime) -> str:
    hour = moment.hour
    if any(part is Part.HALF for part, _ in tokens):
        hour = hour % 12 or 12
    return str(hour if text[0] == "h" else moment.second).zfill(min(len(text), 2))


def _half(text: str, section: Section, moment: datetime) -> str:
    if "411" in section.locale or "午" in text:
        return "午前" if moment.hour < 12 else "午後"
    morning, _, evening = text.partition("/")
    return morning if moment.hour < 12 else evening


def _elapsed(text: str, serial: float) -> str:
    seconds = round(serial * 86_400)
    unit = {"h": 3600, "m": 60, "s": 1}[text[0]]
    return str(seconds // unit).zfill(len(text))


def _is_minute(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether an m counts minutes: hours stand before it, or seconds behind."""
    clock = (Part.DATE, Part.ELAPSED)
    before = next((text for part, text in reversed(tokens[:place]) if part in clock), "")
    after = next((text for part, text in tokens[place + 1 :] if part in clock), "")
    return before[:1] == "h" or (after[:1] == "s" and before[:1] != "s")


def _is_fraction(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a token belongs to the fraction of a second: the `.0` of `ss.0`."""
    start = place
    while start > 0 and tokens[start][0] is Part.DIGIT:
        start -= 1
    follows = start > 0 and tokens[start][0] is Part.POINT and tokens[start - 1][1][:1] == "s"
    return follows and (start < place or tokens[place + 1 : place + 2] != tokens[place : place + 1])


def _fraction(tokens: Sequence[Token], place: int, moment: datetime) -> str:
    digits = 0
    for part, _ in tokens[place + 1 :]:
        if part is not Part.DIGIT:
            break
        digits += 1
    return f".{moment.microsecond:06}"[: digits + 1]
