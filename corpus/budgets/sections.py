"""One page of a programme breakdown (事業別内訳): the expense line, its funding, its projects and loose amounts."""

import re
from dataclasses import dataclass
from itertools import permutations

from corpus.budgets.amounts import NUMBER, decimal_of
from corpus.budgets.pieces import (
    SOURCES,
    Line,
    Number,
    NumberedName,
    bracketed_name,
    is_chapter,
    numbered_name,
    numbers_of,
    page_lines,
)
from corpus.normalizing import squash
from corpus.types import Document, Page

_WORDS = r"本\s*年\s*度|前\s*年\s*度"
_LABEL = re.compile(
    rf"({_WORDS})[ 　]*\n?[ 　]*(?:当[ 　]*初[ 　]*)?予[ 　]*算[ 　]*額(?:[ 　]*({NUMBER})(?![0-9０-９]))?"
)
_DIFFERENCE = re.compile(
    rf"差[ 　]*+引[ 　]*+額?(?:[ 　]*+([△▲－−-]?)[ 　]*+({NUMBER})(?![0-9０-９]))?+[ 　]*+$", re.MULTILINE
)
_SOURCE_ALONE = re.compile(rf"[ 　]*({SOURCES})[ 　]*")


@dataclass(frozen=True, slots=True)
class Source:
    """One funding source of a line: its label, the number it got, and whether that is printed beside it."""

    label: str
    start: int
    end: int
    number: Number | None
    printed: bool = False


@dataclass(slots=True)
class Section:
    """What one breakdown page prints. `this` and `last` are the line's amounts, `loose` the projects' amounts."""

    page: int
    name: NumberedName | None
    this: Number | None
    last: Number | None
    difference: Number | None
    sources: list[Source]
    names: list[NumberedName]
    doubtful: list[NumberedName]
    loose: list[tuple[Number, ...]]
    bare: list[Number]
    lines: list[Line]


def read_section(
    document: Document, page: Page, titles: frozenset[str], chapters: frozenset[str]
) -> Section | None:
    """Return the section on `page`, or None where no line's amounts are printed; `titles` are the summary's lines."""
    text = document.text[page.start : page.end]
    labels = {re.sub(r"\s", "", m[1]): m for m in _LABEL.finditer(text)}
    if len(labels) < 2:
        return None
    lines = page_lines(document, page)
    this, last = (_labelled(labels[word], page, lines, 2) for word in ("本年度", "前年度"))
    printed = _DIFFERENCE.search(text)
    difference = _difference(printed, page, lines) if printed else None
    used = {n.start for n in (this, last, difference) if n}
    pieces = [tuple(n for n in found if n.start not in used) for line in lines if (found := numbers_of(line))]
    names, doubtful = _names(lines, chapters)
    loose = [tuple(n for n in row if not n.source and (n.unit or n.bracketed)) for row in pieces]
    return Section(
        page.number,
        _line_name(lines, titles),
        this,
        last,
        difference,
        _sources(lines, pieces),
        names,
        doubtful,
        [row for row in loose if row],
        [n for row in pieces for n in row if not n.source and not n.unit and not n.bracketed],
        lines,
    )


def _labelled(match: re.Match[str], page: Page, lines: list[Line], group: int) -> Number | None:
    if not match[group]:
        return None
    start = page.start + match.start(group)
    return Number(
        decimal_of(match[group]), None, False, start, page.start + match.end(group), _line_at(lines, start)
    )


def _difference(match: re.Match[str], page: Page, lines: list[Line]) -> Number | None:
    if not match[2]:
        return None
    value = decimal_of(match[2])
    first = match.start(1) if match[1] else match.start(2)
    start = page.start + first
    return Number(
        -value if match[1] else value, None, False, start, page.start + match.end(2), _line_at(lines, start)
    )


def _line_at(lines: list[Line], offset: int) -> int:
    return max(line.number for line in lines if line.start <= offset)


def _line_name(lines: list[Line], titles: frozenset[str]) -> NumberedName | None:
    """The line's name is the bracket-numbered heading that the summary table also names."""
    found = [name for line in lines if (name := bracketed_name(line))]
    named = [name for name in found if squash(name.label) in titles]
    if len(named) == 1:
        return named[0]
    return found[0] if not named and len(found) == 1 else None


def _names(lines: list[Line], chapters: frozenset[str]) -> tuple[list[NumberedName], list[NumberedName]]:
    """Return the numbered names of projects, and those whose number two names claim."""
    found = [name for line in lines if (name := numbered_name(line)) and not is_chapter(name, chapters)]
    numbers = [name.number for name in found]
    twice = [name for name in found if numbers.count(name.number) > 1]
    return sorted((n for n in found if n not in twice), key=lambda n: n.number), twice


def _sources(lines: list[Line], pieces: list[tuple[Number, ...]]) -> list[Source]:
    found: list[Source] = []
    by_start = {n.start: n for row in pieces for n in row if n.source}
    for line in lines:
        alone = _SOURCE_ALONE.fullmatch(line.text)
        if alone:
            found.append(Source(alone[1], line.start + alone.start(1), line.start + alone.end(1), None))
        for number in by_start.values():
            if number.line == line.number and number.source:
                at = line.text.rfind(number.source, 0, number.start - line.start)
                begin = line.start + at
                found.append(Source(number.source, begin, begin + len(number.source), number, True))
    return found


def filled_sources(section: Section) -> tuple[list[Source], bool]:
    """Give the sources printed apart from their numbers the bare numbers that make up the line's amount.

    Return the sources and whether the sum fixes them: exactly one way of filling adds up.
    """
    open_places = [i for i, source in enumerate(section.sources) if source.number is None]
    if not open_places:
        return section.sources, True
    if section.this is None or section.this.value is None or len(open_places) > 4 or len(section.bare) > 8:
        return section.sources, False
    have = sum(s.number.value for s in section.sources if s.number and s.number.value is not None)
    missing = section.this.value - have
    ways = [
        way for way in permutations(section.bare, len(open_places))
        if sum(n.value for n in way if n.value is not None) == missing
    ]  # fmt: skip
    if len({tuple(n.value for n in way) for way in ways}) != 1:
        return section.sources, False
    filled = list(section.sources)
    for place, number in zip(open_places, ways[0], strict=True):
        filled[place] = Source(filled[place].label, filled[place].start, filled[place].end, number)
    return filled, True
