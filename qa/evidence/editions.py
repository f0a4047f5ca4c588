"""Editions of one document: titles that differ in their year alone, and texts that are mostly the same.

A question that names no year is answered from the newest of them; one that names a year from that one.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.budgets.years import fiscal_years
from corpus.normalizing import normalize, squash
from corpus.types import Document
from qa.types import Evidence

_DIGITS = re.compile(r"[0-9]+")
_AROUND_YEAR = re.compile(r"[(（\[［【〔]?[ 　]*年(?:版|分)?[ 　]*[)）\]］】〕]?")
_YEAR = "年"
_ALIKE = 0.5
"""Share of lines, numbers apart, that editions have in common: minutes of two years have less, a price list more."""
_SHORTEST = 4  # letters of a line that is compared
_KEPT = 1_024


@dataclass(frozen=True, slots=True)
class Edition:
    """A document as one of a series."""

    document: str
    year: int


class Editions:
    """The editions of a collection, told by titles when it is opened, by texts when one is asked for."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        series: dict[str, list[Edition]] = defaultdict(list)
        for document in documents.values():
            year = edition_year(document)
            if year is not None:
                series[title_without_year(document.title)].append(Edition(document.id, year))
        self._others = {
            edition.document: [other for other in own if other.year != edition.year]
            for own in series.values()
            for edition in own
        }
        self._years = {edition.document: edition.year for own in series.values() for edition in own}
        self._alike = lru_cache(maxsize=_KEPT)(self._compared)

    def current(self, evidence: Sequence[Evidence], years: Iterable[int] = ()) -> list[Evidence]:
        """Return the evidence without what another edition is meant for: the newest, or that of the years asked for."""
        asked = frozenset(years)
        return [one for one in evidence if not self._stands_back(one.passage.document, asked)]

    def older(self, document: str) -> list[Edition]:
        """Return the earlier editions of a document, the newest first."""
        year = self._years.get(document)
        found = [one for one in self._same(document) if year is not None and one.year < year]
        return sorted(found, key=lambda one: -one.year)

    def year(self, document: str) -> int | None:
        """Return the year of a document that has other editions, None for any other."""
        return self._years[document] if self._same(document) else None

    def _stands_back(self, document: str, asked: frozenset[int]) -> bool:
        others = self._same(document)
        if not others:
            return False
        own, years = self._years[document], {one.year for one in others}
        return own not in asked if asked & (years | {own}) else own < max(years)

    def _same(self, document: str) -> list[Edition]:
        return [
            one for one in self._others.get(document, ()) if self._alike(*sorted((document, one.document)))
        ]

    def _compared(self, one: str, other: str) -> bool:
        first, second = (set(_lines(self._documents[name].text)) for name in (one, other))
        return len(first & second) >= _ALIKE * max(1, min(len(first), len(second)))


def edition_year(document: Document) -> int | None:
    """Return the year that a document is of: its title's, its header's, or that of its date."""
    named = fiscal_years(document.title)
    if named:
        return named[0].year
    if document.fiscal_year is not None:
        return document.fiscal_year
    return int(document.date[:4]) if document.date and document.date[:4].isdigit() else None


def title_without_year(title: str) -> str:
    """Return what editions of one document are called alike.

    >>> title_without_year("市民プールの案内（令和6年度版）"), title_without_year("令和7年度 がん検診のご案内")
    ('市民プールの案内', 'がん検診のご案内')
    """
    for span in reversed(fiscal_years(title)):
        title = title[: span.start] + _YEAR + title[span.end :]
    return squash(_AROUND_YEAR.sub("", normalize(title)))


def same_line(text: str, start: int, end: int, other: str) -> tuple[int, int] | None:
    """Return where the line of another text stands that says the same as the line at `text[start:end]` of other numbers.

    None where there is none, several, or one that is not different.
    """
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    line = text[first : last if last >= 0 else len(text)]
    places, place = [], 0
    for told in other.split("\n"):
        if told.strip() and _shape(told) == _shape(line):
            places.append((place, place + len(told)))
        place += len(told) + 1
    if len(places) != 1 or normalize(other[slice(*places[0])]) == normalize(line):
        return None
    return places[0]


def _lines(text: str) -> Iterable[str]:
    return (shape for line in text.split("\n") if len(shape := _shape(line)) >= _SHORTEST)


def _shape(line: str) -> str:
    """Return a line without its numbers."""
    return squash(_DIGITS.sub("0", normalize(line).replace(",", "")))
