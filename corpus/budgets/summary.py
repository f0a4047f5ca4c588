"""The summary table (総括表): its total, the numbers of its rows in whatever order, the reasons for change."""

import re
from dataclasses import dataclass
from itertools import pairwise

from corpus.budgets.amounts import NUMBER, decimal_of
from corpus.budgets.highlights import Label
from corpus.budgets.pieces import (
    UNITS,
    Line,
    Number,
    bracketed_name,
    contents,
    numbered_name,
    numbers_of,
    page_lines,
    without_year,
)
from corpus.budgets.years import fiscal_years
from corpus.normalizing import squash
from corpus.types import Document

_SIGNED = rf"([△▲－−-]?[ 　]*)({NUMBER})"
_TOTAL = re.compile(rf"[ 　]*((?:合|総)[ 　]*計|計)[ 　]+{_SIGNED}[ 　]+{_SIGNED}(?:[ 　]+{_SIGNED})?[ 　]*")
_UNIT = re.compile(rf"単位[ 　]*[:：][ 　]*({UNITS})")
_TITLE = re.compile(r"総括表?|総括|予算(?:の)?(?:概要|総額|規模)|歳出")
_REASON = re.compile(r"(?=.{8,})(?!.*。).*(?:伴う|よる|ため|等|の|、)[ 　]*(?:皆?増|皆?減|増減)(?:等)?")


@dataclass(frozen=True, slots=True)
class Summary:
    """`label` names the whole; `numbers` are the loose numbers of the rows; `titles` are its lines, squashed."""

    page: int
    label: Label
    this: Number
    last: Number
    difference: Number | None
    numbers: tuple[Number, ...]
    unit: str | None
    years: tuple[int, int] | None
    reasons: tuple[Label, ...]
    titles: frozenset[str]


def read_summary(document: Document) -> Summary | None:
    """Return the first page's summary that prints a total in two years."""
    for page in document.pages:
        lines = page_lines(document, page)
        for line in lines:
            match = _TOTAL.fullmatch(line.text)
            if match:
                return _summary(document, page.number, lines, line, match)
    return None


def line_titles(document: Document, summary: Summary | None) -> frozenset[str]:
    """Return, squashed, the lines that may name an expense line: the summary's, or else the contents'."""
    return summary.titles if summary else contents(document)


def _titles(lines: list[Line]) -> frozenset[str]:
    """A title may be wrapped, so two neighbouring lines count as one as well."""
    words = [squash(line.text) for line in lines]
    return frozenset(words) | {first + second for first, second in pairwise(words)}


def _summary(document: Document, page: int, lines: list[Line], line: Line, match: re.Match[str]) -> Summary:
    numbers = tuple(n for row in lines if row is not line for n in numbers_of(row) or () if not n.source)
    text = "\n".join(row.text for row in lines)
    unit = _UNIT.search(text)
    years = next(
        ((found[0].year, found[1].year) for row in lines if len(found := fiscal_years(row.text)) == 2), None
    )
    return Summary(
        page,
        _label(lines, line, match),
        _number(line, match, 2),
        _number(line, match, 4),
        _number(line, match, 6) if match[7] else None,
        numbers,
        unit[1] if unit else None,
        years if years and years[0] > years[1] else None,
        tuple(_reasons(lines)),
        _titles(lines),
    )


def _number(line: Line, match: re.Match[str], group: int) -> Number:
    sign = match[group].strip(" 　")
    value = decimal_of(match[group + 1])
    start = match.start(group) if sign else match.start(group + 1)
    return Number(
        -value if sign else value,
        None,
        False,
        line.start + start,
        line.start + match.end(group + 1),
        line.number,
    )


def _label(lines: list[Line], total: Line, match: re.Match[str]) -> Label:
    """The whole is called what the heading of its table calls it, or just 合計."""
    headings = [
        line for line in lines if (bracketed_name(line) or numbered_name(line)) and len(line.text) < 40
    ]
    for wanted in ("総括表", "総括"):
        for line in headings:
            title = without_year(line.text)
            name = title[: title.find(wanted)].rstrip("の") if wanted in title else ""
            if name:
                start = line.start + line.text.rfind(title)
                return Label(name, start, start + len(name))
    return Label(match[1], total.start + match.start(1), total.start + match.end(1))


def _reasons(lines: list[Line]) -> list[Label]:
    found = []
    for line in lines:
        text = line.text.strip(" 　")
        if _REASON.fullmatch(text):
            start = line.start + line.text.find(text)
            found.append(Label(text, start, start + len(text)))
    return found
