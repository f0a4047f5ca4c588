"""Highlights (予算のポイント): a name, this year's and last year's amount marked with circled years of the era."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, islice

from corpus.budgets.amounts import NUMBER, decimal_of
from corpus.budgets.pieces import UNITS, Line, Number, is_prose, numbered_name, page_lines, without_year
from corpus.budgets.years import circled_year
from corpus.normalizing import squash
from corpus.types import Document

_PAIR = re.compile(
    rf"[(（][ 　]*([①-⑳㉑-㉟])[ 　]*({NUMBER})[ 　]*({UNITS})[ 　、,]*([①-⑳㉑-㉟])[ 　]*({NUMBER})[ 　]*({UNITS})[ 　]*[)）]"
)
_HEADING = re.compile(r"ポイント|重点|主要|主な")
MOST_PAIRS = 40
"""Projects of a page among which the parts of a highlight are looked for; budgets print some ten."""

Sums = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Label:
    """A name as printed at `start:end`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Highlight:
    """One highlight: its two years' numbers, its name where one stands beside it, and the heading it is under."""

    name: Label | None
    this: Number
    last: Number
    years: tuple[int, int]
    page: int
    heading: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A project's two amounts, name unknown: `last` None is a new project without last year's amount."""

    this: Number
    last: Number | None


def read_highlights(document: Document, year: int) -> list[Highlight]:
    """Return the highlights of all pages, in order."""
    found: list[Highlight] = []
    for page in document.pages:
        lines = page_lines(document, page)
        heading = next(
            (without_year(x.text) for x in lines if len(x.text) < 40 and "ポイント" in x.text), None
        )
        heading = heading or next(
            (without_year(x.text) for x in lines if len(x.text) < 40 and _HEADING.search(x.text)), ""
        )
        for position, line in enumerate(lines):
            matches = _PAIR.finditer(line.text)
            found += [_highlight(lines, position, match, year, page.number, heading) for match in matches]
    return found


def _highlight(
    lines: list[Line], position: int, match: re.Match[str], year: int, page: int, heading: str
) -> Highlight:
    line = lines[position]
    pairs = []
    for circle, digits, unit in ((1, 2, 3), (4, 5, 6)):
        when = circled_year(_circled(match[circle]), near=year)
        start, end = line.start + match.start(digits), line.start + match.end(unit)
        pairs.append((when, Number(decimal_of(match[digits]), match[unit], False, start, end, line.number)))
    pairs.sort(key=lambda pair: -pair[0])
    name = _name(lines, position, line.text[: match.start()])
    return Highlight(name, pairs[0][1], pairs[1][1], (pairs[0][0], pairs[1][0]), page, heading)


def _circled(mark: str) -> int:
    code = ord(mark)
    return code - ord("①") + 1 if code <= ord("⑳") else code - ord("㉑") + 21


def _name(lines: list[Line], position: int, before: str) -> Label | None:
    """The name stands before the bracket, or on the line right above with no blank line between."""
    line = lines[position]
    if before.strip(" 　"):
        return _label(Line(line.number, before, line.start, line.gap))
    above = lines[position - 1] if position and not line.gap else None
    return _label(above) if above and not is_prose(above) else None


def _label(line: Line) -> Label | None:
    numbered = numbered_name(line)
    if numbered:
        return Label(numbered.label, numbered.start, numbered.end)
    match = re.fullmatch(r"[ 　・●○◆◇■□▶\ue000-\uf8ff]*(.*?)[ 　]*", line.text)
    if match is None or not re.search(r"[ぁ-ヿ㐀-鿿A-Za-z]", match[1]):
        return None
    return Label(match[1], line.start + match.start(1), line.start + match.end(1))


def lone_line(document: Document, page: int, name: str) -> Label | None:
    """Return where `name` stands alone on a line of a page, or None."""
    wanted = squash(name)
    for line in page_lines(document, document.pages[page - 1]):
        label = _label(line)
        if label and squash(label.text) == wanted:
            return label
    return None


def parts_of(highlight: Highlight, pairs: list[Pair]) -> list[tuple[int, ...]]:
    """Return sets of at most four pairs whose two sums, this year's and last year's, are the highlight's.

    Two sets are enough to know that none is sure: no more are looked for, and none among more than MOST_PAIRS.
    """
    if len(pairs) > MOST_PAIRS:
        return []
    units = (None, "", highlight.this.unit)
    sets = (chosen for chosen in _summing(highlight, pairs) if pairs[chosen[0]].this.unit in units)
    return list(islice(sets, 2))


def _summing(highlight: Highlight, pairs: list[Pair]) -> Iterator[tuple[int, ...]]:
    """Yield the sets that sum up, small ones first; the second half of a set is looked up by what it must come to."""
    numbers = range(len(pairs))
    sums = {
        chosen: _sums([pairs[i] for i in chosen])
        for size in (0, 1, 2)
        for chosen in combinations(numbers, size)
    }
    ends: dict[tuple[int, Sums], list[tuple[int, ...]]] = {}
    for chosen, both in sums.items():
        ends.setdefault((len(chosen), both), []).append(chosen)
    for begun, more in ((0, 1), (0, 2), (1, 2), (2, 2)):
        for chosen in combinations(numbers, begun):
            this, last = sums[chosen]
            wanted = (highlight.this.value or 0) - this, (highlight.last.value or 0) - last
            for end in ends.get((more, wanted), ()):
                if not chosen or chosen[-1] < end[0]:
                    yield (*chosen, *end)


def _sums(pairs: list[Pair]) -> Sums:
    this = sum((p.this.value for p in pairs if p.this.value is not None), Decimal(0))
    last = sum((p.last.value for p in pairs if p.last and p.last.value is not None), Decimal(0))
    return this, last
