"""Replies put together: the numbers shown, the citation of each one's own characters, the words around them."""

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.budgets.amounts import in_words, yen
from corpus.budgets.years import in_era
from corpus.lexicon.money import converted, is_money, plain, shown
from corpus.types import Figure
from qa.ledger.arithmetic import Result
from qa.ledger.book import Ledger
from qa.ledger.items import Item, Sum
from qa.replies.citing import cite
from qa.types import Answer, Citation, Decline, FigureShown

_BEFORE = "(（"
_AFTER = re.compile(r"[ 　]*(?:百万円|千円|万円|億円|円|%|％|人|件|か所|回|言語|番目)?[)）]?")
_LONGEST_QUOTE = 90
_MOST_PARTS = 12


class Composition:
    """One reply in the making: numbers its citations and keeps the figures it shows."""

    def __init__(self, ledger: Ledger, question: str) -> None:
        self._ledger = ledger
        self._question = question
        self._citations: dict[tuple[str, int, int], Citation] = {}
        self._figures: list[FigureShown] = []

    def show(self, result: Result, label: str, year: int | None, *, first: bool = False) -> None:
        """Add a number to the reply, with the places its figures are printed at."""
        numbers = tuple(dict.fromkeys(n for figure in result.figures for n in self.point_at(figure)))
        number = FigureShown(
            label, year, result.kind, plain(result.value), result.unit, result.derivation, numbers
        )
        self._figures.insert(0 if first else len(self._figures), number)

    def point_at(self, figure: Figure) -> tuple[int, ...]:
        """Cite a figure where it is printed, and its name where that stands elsewhere; return the numbers.

        A sum is cited by its parts, the first few where they are many.
        """
        if isinstance(figure, Sum):
            return tuple(n for part in figure.parts[:_MOST_PARTS] for n in self.point_at(part))
        start, end = _extent(self._ledger.document(figure.document).text, figure)
        spans = [(start, end)]
        if not start <= figure.name_start < end and figure.name_end > figure.name_start:
            spans.append((figure.name_start, figure.name_end))
        return tuple(self._cite(figure.document, *span) for span in spans)

    def point_at_name(self, item: Item) -> tuple[int, ...]:
        """Cite where an item's name is printed."""
        figure = item.figures[0]
        if figure.name_end <= figure.name_start:
            return ()
        return (self._cite(figure.document, figure.name_start, figure.name_end),)

    def year(self, document_id: str, year: int | None) -> str:
        """Return a fiscal year in words and cite where the document prints it; without that, 今年度 or 前年度."""
        if year is None:
            return ""
        place = self._ledger.year_place(document_id, year)
        if place is not None:
            self._cite(document_id, *place)
            return in_era(year)
        newest = self._ledger.newest_year(document_id)
        return {0: "今年度", 1: "前年度"}.get((newest or year) - year, "")

    def point(self, document: str, start: int, end: int) -> int:
        """Cite any span; return its number."""
        return self._cite(document, start, end)

    def answer(self, text: str, short: str, confidence: float, members: Sequence[str] = ()) -> Answer:
        """Return the reply with everything shown so far."""
        return Answer(
            self._question,
            text,
            short,
            tuple(self._citations.values()),
            confidence,
            tuple(members),
            tuple(self._figures),
        )

    def decline(self, reason: str, known: str = "") -> Decline:
        """Return a decline that says what there is instead."""
        text = f"{reason}\n{known}" if known else reason
        return Decline(self._question, text, reason, tuple(self._citations.values()))

    def _cite(self, document: str, start: int, end: int) -> int:
        known = self._citations.get((document, start, end))
        if known is None:
            number = len(self._citations) + 1
            known = cite(self._ledger.document(document), start, end, number)
            self._citations[document, start, end] = known
        return known.number


def _extent(text: str, figure: Figure) -> tuple[int, int]:
    """Return the figure with its bracket and unit, from its name on where that stands just before it."""
    start, end = figure.start, figure.end
    if start > 0 and text[start - 1] in _BEFORE:
        start -= 1
    match = _AFTER.match(text, end)
    end = match.end() if match else end
    between = text[figure.name_end : start]
    if figure.name_end <= start and "\n" not in between and end - figure.name_start <= _LONGEST_QUOTE:
        start = figure.name_start
    return start, end


def name_of(item: Item) -> str:
    """Return the item's name as people read it."""
    return re.sub(r"\s+", "", item.label)


def year_of(year: int | None) -> str:
    """Return a fiscal year in words, or nothing."""
    return in_era(year) if year is not None else ""


def money_text(value: Decimal, unit: str, wanted: str | None = None) -> str:
    """Return an amount with a reading people can say: 266,144千円（約2億6,614万円）."""
    if not is_money(unit):
        return shown(value, unit)
    said = f"{converted(value, unit, wanted)}、" if wanted and wanted != unit else ""
    return f"{shown(value, unit)}（{said}{in_words(value, unit)}）"


def change_text(result: Result) -> str:
    """Return a change in words: 18,252千円の増."""
    if result.value == 0:
        return "増減なし"
    return f"{shown(abs(result.value), result.unit)}の{'増' if result.value > 0 else '減'}"


def short_amount(value: Decimal, unit: str, wanted: str | None) -> str:
    """Return the brief form: 266,144千円, and in the unit asked for where that is another."""
    if wanted and is_money(unit) and wanted != unit:
        return f"{converted(value, unit, wanted)}（{shown(value, unit)}）"
    said = in_words(value, unit) if unit == "円" else ""
    return said if said and not said.startswith("約") else shown(value, unit)


def in_yen(figure: Figure) -> Decimal:
    """Return a figure's amount in yen, for ordering."""
    return yen(figure.value, figure.unit) if is_money(figure.unit) else figure.value
