"""The last gate: every number a reply shows stands in a quote or in a derivation over quoted numbers.

The year in the title of what is quoted may be said too: the title is shown with the quote.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce

from corpus.budgets.amounts import SCALE, in_words, parse_amounts, yen
from corpus.budgets.years import in_era
from corpus.normalizing import normalize
from corpus.types import Document
from qa.declining import Reason
from qa.replies.proving_years import quoted_years, unnamed_years, years_of_titles
from qa.types import Answer, Citation, Clarification, Decline, FigureShown, Reply

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_PLACE = re.compile(r"列[0-9]+")
_GROUPING = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")  # between two cells of a CSV it groups nothing


def numbers(text: str) -> set[str]:
    """Return the numbers in `text`, without grouping commas; full-width digits count as plain ones.

    >>> sorted(numbers("２６６，１４４千円と④12.5%"))
    ['12.5', '266144', '4']
    >>> sorted(numbers("0123-45-6789,30"))
    ['0123', '30', '45', '6789']
    """
    return set(_NUMBER.findall(_GROUPING.sub("", normalize(text))))


def checked(reply: Reply, documents: Mapping[str, Document]) -> Reply:
    """Return `reply`, or a decline in its place if it shows a number that nothing quoted proves."""
    if isinstance(reply, Answer):
        reply = quoted_years(reply, documents)
    if isinstance(reply, Decline):
        reply = unnamed_years(reply)
    figures = reply.figures if isinstance(reply, Answer) else ()
    if numbers(_without_places(reply)) <= _proven(reply.citations, figures):
        return reply
    if isinstance(reply, Answer):
        text = f"申し訳ありません。{Reason.UNPROVEN.value}"
        return Decline(reply.question, text, Reason.UNPROVEN.name.lower(), reply.citations)
    return _without_numbers(reply)


def _without_places(reply: Reply) -> str:
    """Return the text without the names of columns that have no title and are called by their place: no number is told."""
    table = reply.table if isinstance(reply, Answer) else None
    named = [title for title in table.columns if _PLACE.fullmatch(title)] if table else []
    longest_first = sorted(named, key=len, reverse=True)
    return reduce(lambda text, name: text.replace(name, ""), longest_first, reply.text)


def unproven(reply: Reply, years: Iterable[int] = ()) -> set[str]:
    """Return the numbers in `reply` that no quote, no figure and none of `years` proves.

    An amount in thousands may be said in yen too, and a year by its era: both are exact.
    """
    figures = reply.figures if isinstance(reply, Answer) else ()
    proven = _proven(reply.citations, figures)
    proven |= {number for figure in figures for number in numbers(_in_yen(figure.value, figure.unit))}
    proven |= {
        n for c in reply.citations for a in parse_amounts(c.quote) for n in numbers(_in_yen(a.value, a.unit))
    }
    named = {*years, *(figure.fiscal_year for figure in figures if figure.fiscal_year)}
    proven |= {number for year in named for number in numbers(f"{year} {in_era(year)}")}
    return numbers(reply.text) - proven


def _in_yen(value: Decimal | str, unit: str) -> str:
    return f"{yen(abs(Decimal(value)), unit):f}" if unit in SCALE else ""


def _proven(citations: Sequence[Citation], figures: Sequence[FigureShown]) -> set[str]:
    proven = {number for citation in citations for number in numbers(citation.quote)}
    proven |= {number for year in years_of_titles(citations) for number in numbers(year)}
    for text in _said(figures):
        proven |= numbers(text)
    return proven


def _said(figures: Sequence[FigureShown]) -> Iterator[str]:
    """Figures are quoted or derived; how a figure is read aloud is only another way to write it."""
    for figure in figures:
        yield figure.value
        yield figure.derivation or ""
        yield in_words(Decimal(figure.value), figure.unit)


def _without_numbers(reply: Clarification | Decline) -> Clarification | Decline:
    kept = [line for line in reply.text.split("\n") if not numbers(line)]
    fallback = "どれについてのお尋ねですか。" if isinstance(reply, Clarification) else Reason.NOT_TOLD.value
    return replace(reply, text="\n".join(kept) or fallback)
