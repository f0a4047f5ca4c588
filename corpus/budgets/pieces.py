"""The lines of an extracted outline, cut into the pieces that its tables fell into."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.budgets.amounts import NUMBER, decimal_of
from corpus.budgets.marks import parted
from corpus.budgets.years import fiscal_years
from corpus.normalizing import squash
from corpus.types import Document, Page

UNITS = r"(?:百万円|千円|万円|億円|円)"
SOURCES = (
    "国庫支出金|国県支出金|国支出金|県支出金|都支出金|道支出金|府支出金|市債|地方債|県債|町債|起債|特定財源|一般財源"
    "|基金繰入金|繰入金|使用料・手数料|使用料|手数料|諸収入|分担金|負担金|財産収入|寄附金|その他|国費|県費|国|県|都|道|府"
)
_SPACE = r"[ 　\t]*+"
_VALUE = rf"(?P<sign>[△▲−－-])?{_SPACE}(?P<digits>{NUMBER}){_SPACE}(?P<unit>{UNITS})?"
_TOKEN = re.compile(
    rf"{_SPACE}(?:(?P<open>[(（]){_SPACE}{_VALUE}{_SPACE}[)）]|(?P<none>[(（]{_SPACE}[―－—‐ー-]{_SPACE}[)）])|"
    rf"{_VALUE.replace('P<sign>', 'P<sign2>').replace('P<digits>', 'P<digits2>').replace('P<unit>', 'P<unit2>')}|"
    rf"(?P<alone>{UNITS})|(?P<source>{SOURCES}){_SPACE}(?={_SPACE}(?:[△▲]?[0-9０-９]|$))){_SPACE}"
)
_NUMBERED = re.compile(r"[ 　]*(?P<number>[0-9０-９]{1,2})(?:[ 　]*[.．、]|[ 　])[ 　]*(?P<rest>\S.*)")
_BRACKETED = re.compile(r"[ 　]*[(（](?P<number>[0-9０-９]{1,2})[)）][ 　]*(?P<rest>\S.*)")
_NONE = rf"[(（]{_SPACE}[―－—‐ー-]{_SPACE}[)）]"
_TAIL = re.compile(
    rf"(?:(?<=[ 　】」』）)])|(?=[(（])){_SPACE}"
    rf"(?P<tokens>(?:(?:[(（]{_SPACE})?(?:{NUMBER}){_SPACE}{UNITS}{_SPACE}[)）]?|{_NONE}|[ 　\t]++)++)$"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed at `start:end`; `bracketed` is how outlines print last year's; `value` None is （―）."""

    value: Decimal | None
    unit: str | None
    bracketed: bool
    start: int
    end: int
    line: int
    source: str | None = None


@dataclass(frozen=True, slots=True)
class NumberedName:
    """A name with its printed number, and the numbers printed on the same line."""

    number: int
    label: str
    start: int
    end: int
    marks: tuple[str, ...]
    line: int
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a page, blank ones left out; `gap` tells that a blank line stands before it."""

    number: int
    text: str
    start: int
    gap: bool


def page_lines(document: Document, page: Page) -> list[Line]:
    """Return the printed lines of a page."""
    lines: list[Line] = []
    position, gap = page.start, False
    for text in document.text[page.start : page.end].split("\n"):
        if text.strip():
            lines.append(Line(len(lines), text, position, gap))
            gap = False
        else:
            gap = True
        position += len(text) + 1
    return lines


def numbers_of(line: Line) -> tuple[Number, ...] | None:
    """Return the numbers of a line that holds nothing but pieces of a table, or None where it holds more."""
    found: list[Number] = []
    position, source = 0, None
    while position < len(line.text):
        match = _TOKEN.match(line.text, position)
        if match is None or match.end() == position:
            return None
        if match["source"]:
            source = match["source"]
        elif not match["alone"]:
            found.append(_number(match, line, source))
            source = None
        position = match.end()
    return tuple(found)


def numbered_name(line: Line) -> NumberedName | None:
    """Return the name a line like `５　運営事業【拡充】 266,144千円` prints, or None."""
    match = _NUMBERED.fullmatch(line.text)
    if match is None or "。" in match["rest"] or re.fullmatch(rf"{UNITS}.*|[0-9０-９,， 　]+", match["rest"]):
        return None
    return _named(line, match)


def bracketed_name(line: Line) -> NumberedName | None:
    """Return the name a line like `(1) 国際協力推進費` prints, or None."""
    match = _BRACKETED.fullmatch(line.text)
    return None if match is None or "。" in match["rest"] else _named(line, match)


def _named(line: Line, match: re.Match[str]) -> NumberedName | None:
    rest, offset = match["rest"], match.start("rest")
    tail = _TAIL.search(rest)
    numbers: tuple[Number, ...] = ()
    if tail and tail.start() > 0:
        cut = tail.start("tokens")
        piece = Line(line.number, rest[cut:], line.start + offset + cut, False)
        numbers = numbers_of(piece) or ()
        rest = rest[: tail.start()] if numbers else rest
    name = parted(rest, line.start + offset)
    if not re.search(r"[ぁ-ヿ㐀-鿿A-Za-z]", name.text):
        return None
    return NumberedName(
        int(match["number"]), name.text, name.start, name.end, name.marks, line.number, numbers
    )


def _number(match: re.Match[str], line: Line, source: str | None) -> Number:
    if match["none"]:
        return Number(
            None, None, True, line.start + match.start("none"), line.start + match.end("none"), line.number
        )
    kind = "" if match["open"] else "2"
    digits, unit, sign = match["digits" + kind], match["unit" + kind], match["sign" + kind]
    first = match.start("sign" + kind) if sign else match.start("digits" + kind)
    value = decimal_of(digits)
    last = match.end("unit" + kind) if unit else match.end("digits" + kind)
    return Number(
        -value if sign else value,
        unit,
        bool(match["open"]),
        line.start + first,
        line.start + last,
        line.number,
        source,
    )


def is_prose(line: Line) -> bool:
    """Tell whether a line is running text: a sentence of some length."""
    return len(line.text) >= 15 and "。" in line.text


def contents(document: Document) -> frozenset[str]:
    """Return the squashed lines of the table of contents: chapters, not items."""
    lines: set[str] = set()
    for page in document.pages:
        found = page_lines(document, page)
        if any(squash(line.text) in ("目次", "もくじ") for line in found):
            lines |= {_bare(line.text) for line in found}
    return frozenset(lines)


def _bare(text: str) -> str:
    match = _NUMBERED.fullmatch(text) or _BRACKETED.fullmatch(text)
    return squash(match["rest"] if match else text).strip("【】")


def is_chapter(name: NumberedName, chapters: frozenset[str]) -> bool:
    """Tell whether a numbered line heads a chapter: the contents list it, or it is called a breakdown, a table …"""
    word = squash(name.label)
    return word in chapters or word.endswith(
        ("内訳", "概要", "資料", "一覧", "総括表", "ポイント", "目次", "について")
    )


def without_year(text: str) -> str:
    """Return a heading without its numbering and its fiscal year: (1) 令和４年度国際局予算総括表 → 国際局予算総括表."""
    match = _BRACKETED.fullmatch(text) or _NUMBERED.fullmatch(text)
    rest = (match["rest"] if match else text).strip()
    years = fiscal_years(rest)
    return rest[years[0].end :].strip() if years and years[0].start == 0 else rest


def unit_tokens(lines: list[Line]) -> Iterator[str]:
    """Yield the units printed on a page, attached or alone."""
    for line in lines:
        yield from re.findall(UNITS, line.text)
