"""One line of a budget that prints a name and its amounts: who is named, which year each amount is of.

Digits, brackets and spaces of either width are one; every place is one of the document's own text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from corpus.tables.amounts import decimal_of
from corpus.tables.pieces import UNITS
from corpus.tables.years import fiscal_years

_WIDTH = str.maketrans(
    "０１２３４５６７８９，（）［］：　ＲＨ－−▲〈〉《》＜＞", "0123456789,()[]: RH--△<><><>"
)
_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})++|[0-9]++"
_YEAR = (
    r"(?:令和|平成|R|H) ?(?:[0-9]{1,2}|元)(?: ?年度)?|20[0-9]{2}年度|本年度|当年度|今年度|前年度|昨年度|前年"
)
_CHANGE = r"差 ?引(?:き|額)?|増 ?△ ?減|増減額?|比較|対前年度(?:増減)?"
_LABEL = rf"(?P<label>{_YEAR}|{_CHANGE})(?P<kind>[^0-9\s()△-]{{0,8}}+)(?:\([^()]{{1,8}}\))?+[)\]]?+ ?+:? ?+"
_AMOUNT = rf"(?P<digits>{_NUMBER}) ?+(?P<unit>{UNITS})?+(?P<percent> ?%)?+(?:の?[増減])?+"
_TOKEN = re.compile(
    rf"(?:(?P<open>[(\[]) ?+)?+(?:{_LABEL})?+(?:(?P<sign>[△-]) ?+)?+(?:{_AMOUNT}|(?P<none>[―—‐]|皆増|皆減)) ?+[)\]]?+"
)
_BETWEEN = re.compile(r"[ 、,/／…‥・.→:]*")
_COLUMN = re.compile(rf"(?P<year>{_YEAR})(?:当初)?(?:予算額?)?(?: ?\([A-Za-z]\))?|(?P<change>{_CHANGE})")
_ROW = re.compile(rf"(?:(?P<sign>[△-]) ?+)?+(?P<digits>{_NUMBER})(?![0-9,%])|(?P<none>[―—‐](?= |$)|皆増)")
_NUMBERS = re.compile(rf"[0-9],[0-9]{{3}}|[0-9] ?{UNITS}")
_MARKER = re.compile(
    r"[ ]*(?:(?P<roman>[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ])|(?P<chapter>第[0-9一二三四五六七八九十]+[章節部款項目]?)|(?P<circled>[①-⑳])"
    r"|(?P<paren>\([0-9]{1,2}\))|(?P<number>[0-9]{1,2})(?:[.．、)]| (?=\S))|(?P<kana>[アイウエオカキクケコ])[ .．)]"
    r"|(?P<bullet>[○●◎◇◆□■▼▽★・])|(?P<heading>【(?=[^【】]*+】 *$)))[ .．]*"
)
_LEAST = 4
"""A number without a unit has as many digits, or is no amount."""


@dataclass(frozen=True, slots=True)
class Printed:
    """An amount at `start:end`: `value` None is printed as none; `year` None is not said, `change` a difference.

    `bracketed` and without a year it is last year's, as outlines print it.
    """

    value: Decimal | None
    unit: str | None
    year: int | None
    change: bool
    bracketed: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table in text: a fiscal year's amounts, or (None) their change."""

    year: int | None


def narrow(text: str) -> str:
    """Return the text with digits, brackets and spaces of one width, character by character."""
    return text.translate(_WIDTH)


def marker(text: str) -> tuple[str, int]:
    """Return the kind of numbering that a (narrow) line begins with, "" for none, and where its words begin."""
    match = _MARKER.match(text)
    if match is None or match.lastgroup is None:
        return "", len(text) - len(text.lstrip())
    return match.lastgroup, match.end()


def amounts_at_end(text: str, year: int) -> tuple[int, list[Printed]]:
    """Return where the amounts begin that end a (narrow) line, and the amounts; the length and none where none do.

    `year` is what 本年度 means.
    """
    tokens = [match for match in _TOKEN.finditer(text) if _is_amount(match)]
    found: list[re.Match[str]] = []
    end = len(text.rstrip())
    for match in reversed(tokens):
        if _BETWEEN.fullmatch(text, match.end(), end) is None:
            break
        found.insert(0, match)
        end = match.start()
    while found and found[0].start() and not _apart(text, found[0]):
        found.pop(0)
    if not found:
        return len(text), []
    return found[0].start(), [_printed(match, year) for match in found if not match["percent"]]


def columns(text: str, year: int | None) -> list[Column]:
    """Return the columns that a (narrow) header line names: two years at least, or none."""
    found = [
        Column(_year_of(match["year"], year) if match["year"] else None) for match in _COLUMN.finditer(text)
    ]
    said = [column.year for column in found if column.year is not None]
    return found if len(said) >= 2 and len(set(said)) == len(said) and not _NUMBERS.search(text) else []


def row(text: str, wanted: Sequence[Column]) -> tuple[int, list[Printed]]:
    """Return where the numbers of a (narrow) table row begin, and the numbers, one a column; none where it is no row."""
    found = list(_ROW.finditer(text))
    for first in range(len(found) - len(wanted) + 1):
        own = found[first : first + len(wanted)]
        around = [text[one.end() : two.start()] for one, two in pairwise(own)]
        around += [text[: own[0].start()][-1:], text[own[-1].end() :][:1] or " "]
        if all(gap.isspace() for gap in around):
            return own[0].start(), [_cell(match, column) for match, column in zip(own, wanted, strict=True)]
    return len(text), []


def _is_amount(match: re.Match[str]) -> bool:
    if match["none"]:
        return bool(match["open"] or match["label"])
    return bool(
        match["unit"]
        or match["percent"]
        or "," in match["digits"]
        or (match["label"] and len(match["digits"]) >= _LEAST)
    )


def _apart(text: str, match: re.Match[str]) -> bool:
    return bool(match["open"] or match["label"]) or text[match.start() - 1] in " …‥・.:>】」』)]"


def _printed(match: re.Match[str], year: int) -> Printed:
    label = match["label"]
    change = bool(label and re.fullmatch(_CHANGE, label))
    first = match.start("sign") if match["sign"] else match.start("digits")
    if match["none"]:
        first = match.start("none")
    last = match.end("unit") if match["unit"] else match.end("none" if match["none"] else "digits")
    value = None if match["none"] else decimal_of(match["digits"])
    return Printed(
        -value if value is not None and match["sign"] else value,
        match["unit"],
        _year_of(label, year) if label and not change else None,
        change,
        bool(match["open"]),
        first,
        last,
    )


def _cell(match: re.Match[str], column: Column) -> Printed:
    value = None if match["none"] else decimal_of(match["digits"])
    start = match.start("sign") if match["sign"] else match.start()
    return Printed(
        -value if value is not None and match["sign"] else value,
        None,
        column.year,
        column.year is None,
        False,
        start,
        match.end(),
    )


def _year_of(said: str, year: int | None) -> int | None:
    if said in ("本年度", "当年度", "今年度"):
        return year
    if said in ("前年度", "昨年度", "前年"):
        return None if year is None else year - 1
    found = fiscal_years(said if said.endswith("年度") or not said.endswith("年") else said + "度")
    return found[0].year if found else None


def lines_of(text: str, start: int) -> Iterator[tuple[int, str]]:
    """Yield the lines of a piece of a document with their places, blank ones as ""."""
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1
