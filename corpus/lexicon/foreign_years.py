"""Fiscal years and places in an order as questions of other languages say them: FY2022, Reiwa 4, last year; second."""

import re
from collections.abc import Iterable
from functools import cache

from corpus.budgets.years import fiscal_years
from corpus.data_rows import data_rows
from corpus.normalizing import normalize

_FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")
_ERA = re.compile(r"(?:reiwa|레이와|เรวะ|рэйва|ريوا|\br) ?(\d{1,2})(?!\d)", re.IGNORECASE)
_REIWA, _BUDDHIST = 2018, 543
_FIRST, _LAST = 1950, 2100


def years_said(text: str) -> tuple[int, ...]:
    """Return the western years that `text` names by number, each once, in order.

    >>> years_said("budget in FY2022"), years_said("Reiwa 4"), years_said("งบประมาณปี 2565")
    ((2022,), (2022,), (2022,))
    """
    plain = normalize(text)
    found = [(match.start(), _western(int(match[0]))) for match in _FOUR_DIGITS.finditer(plain)]
    found += [(match.start(), _REIWA + int(match[1])) for match in _ERA.finditer(plain)]
    found += [(span.start, span.year) for span in fiscal_years(plain)]
    return tuple(dict.fromkeys(year for _, year in sorted(found) if _FIRST < year < _LAST))


def year_offset(text: str, language: str) -> int | None:
    """Return how many years from the newest one `text` speaks of in words, None where it does not.

    >>> year_offset("What was the budget last year?", "en")
    -1
    """
    return _longest(text, _words("foreign_years.tsv").get(language, ()))


def order_said(text: str, language: str) -> int | None:
    """Return the place in an order that `text` names in words, None where it names none.

    >>> order_said("Which project has the second largest budget?", "en")
    2
    """
    return _longest(text, _words("foreign_orders.tsv").get(language, ()))


def _longest(text: str, told: Iterable[tuple[str, int]]) -> int | None:
    plain = normalize(text).casefold()
    found = [(len(words), number) for words, number in told if words in plain]
    return max(found)[1] if found else None


def _western(year: int) -> int:
    return year - _BUDDHIST if year > _LAST else year


@cache
def _words(name: str) -> dict[str, list[tuple[str, int]]]:
    """Return the words of each language with the number that each stands for."""
    found: dict[str, list[tuple[str, int]]] = {}
    for language, words, number, _ in data_rows("corpus.lexicon", name):
        found.setdefault(language, []).append((normalize(words).casefold(), int(number)))
    return found
