"""The ledger as rows for people: the tree with this year beside last year, each cell with its source."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.lexicon.money import rounded
from corpus.types import Basis, Figure, Measure
from qa.ledger import arithmetic
from qa.ledger.book import Ledger
from qa.ledger.composing import name_of
from qa.ledger.items import Item

BASIS = {
    Basis.PRINTED: "名前の横に印刷",
    Basis.PROVEN: "検算で確認",
    Basis.ORDER: "並び順のみ（未確認・回答には使わない）",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the tree. Amounts are in `unit`; `depth` 0 is a heading or a total."""

    document: str
    title: str
    depth: int
    label: str
    marks: tuple[str, ...]
    aspect: str | None
    unit: str
    new_year: int | None
    new: Figure | None
    old: Figure | None

    @property
    def change(self) -> Decimal | None:
        """This year minus last year, where both are known in one unit."""
        if self.new is None or self.old is None or self.new.unit != self.old.unit:
            return None
        return self.new.value - self.old.value

    @property
    def rate(self) -> Decimal | None:
        """The change in percent to one place, where last year is above zero."""
        if self.new is None or self.old is None or self.change is None or self.old.value <= 0:
            return None
        return rounded(arithmetic.rate(self.new, self.old, 1).value, 1)


def rows(ledger: Ledger) -> list[Row]:
    """Return the tree of every document: totals and what is below them, then the items under their headings."""
    found: list[Row] = []
    for document in ledger.document_ids():
        seen: set[int] = set()
        total = ledger.totals.get(document)
        if total is not None:
            found += _below(ledger, total, 0, seen)
        heading: tuple[str, ...] | None = None
        for item in ledger.items:
            if item.document != document or item.number in seen:
                continue
            path = item.parents[0]
            if path and path != heading and not _has_amounts(ledger, document, path[-1]):
                found.append(_heading(ledger, document, path))
            heading = path
            found += _below(ledger, item, 1 if path else 0, seen)
    return found


def _has_amounts(ledger: Ledger, document: str, label: str) -> bool:
    return any(item.document == document and item.label == label for item in ledger.items)


def _below(ledger: Ledger, item: Item, depth: int, seen: set[int]) -> Iterator[Row]:
    if item.number in seen:
        return
    seen.add(item.number)
    yield from _rows(ledger, item, depth)
    for child in ledger.children(item):
        yield from _below(ledger, child, depth + 1, seen)


def _rows(ledger: Ledger, item: Item, depth: int) -> Iterator[Row]:
    years = sorted({f.fiscal_year for f in item.figures if f.fiscal_year is not None}, reverse=True)
    newest = years[0] if years else ledger.newest_year(item.document)
    yield _row(ledger, item, depth, newest, Measure.AMOUNT, None)
    for aspect in ledger.aspects(item):
        yield _row(ledger, item, depth + 1, newest, Measure.FUNDING, aspect)


def _row(
    ledger: Ledger, item: Item, depth: int, year: int | None, measure: Measure, aspect: str | None
) -> Row:
    new = _first(item, year, measure, aspect)
    old = _first(item, year - 1, measure, aspect) if year is not None else None
    unit = new.unit if new else old.unit if old else ""
    title = ledger.document(item.document).title
    label = f"（財源）{aspect}" if aspect else name_of(item)
    marks = () if aspect else tuple(sorted(item.marks))
    return Row(item.document, title, depth, label, marks, aspect, unit, year, new, old)


def _first(item: Item, year: int | None, measure: Measure, aspect: str | None) -> Figure | None:
    found = item.matching(year, measure, aspect=aspect)
    return next((f for f in found if f.basis is not Basis.ORDER), found[0] if found else None)


def _heading(ledger: Ledger, document: str, path: tuple[str, ...]) -> Row:
    return Row(document, ledger.document(document).title, 0, " / ".join(path), (), None, "", None, None, None)
