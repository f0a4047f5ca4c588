"""The ledger: every figure under its item, with the tree they form. Nothing here is computed approximately."""

import gc
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum

from corpus.budgets.marks import is_subtotal, is_total
from corpus.budgets.years import fiscal_years
from corpus.lexicon.said_years import YearMention
from corpus.types import Attribute, Basis, Document, Figure, Measure, Problem, Stage, Tables
from qa.ledger.acronyms import acronyms
from qa.ledger.folding import key
from qa.ledger.groups import city_of, office_of, summed, with_groups
from qa.ledger.items import Item, agree, finer, items_of
from qa.ledger.names import Names

Documents = Mapping[str, Document] | Callable[[str], Document]
ItemKey = tuple[str, str]
_NEW = frozenset(("新規", "新設"))  # what has no amount before its first year
TOTALS = frozenset(
    map(
        key,
        ("合計", "総計", "総額", "計", "歳出合計", "歳出総額", "予算総額", "予算合計", "歳入合計", "総予算"),
    )
)
_QUICK = 200_000  # characters
_MOST_NAMED = 3  # items told by name where several are one
_WHOLE = re.compile(r"予算|合計|総額|総計|計$|全体|歳出")
_IN_CHARGE = ("所管", "担当", "部署", "主管", "部局", "課名", "局名", "所属")
"""What a column is called that tells who is in charge."""


class Lack(StrEnum):
    """Why there is no figure to show."""

    YEAR = "year"  # nothing is printed for that year
    NOTHING = "nothing"  # nothing of that kind at all
    UNPROVEN = "unproven"  # only reading order tells which number it is
    CONFLICT = "conflict"  # the document prints two different ones


class Ledger:
    """Figures by item, year and kind, over one or many documents. Immutable once built."""

    def __init__(self, tables: Tables | Sequence[Tables], documents: Documents) -> None:
        parts = (tables,) if isinstance(tables, Tables) else tuple(tables)
        self.problems: tuple[Problem, ...] = tuple(p for part in parts for p in part.problems)
        with _no_collection():
            self._read(parts, documents)

    def _read(self, parts: Sequence[Tables], documents: Documents) -> None:
        self._documents = documents
        printed = items_of(
            [f for part in parts for f in part.figures], [a for part in parts for a in part.attributes]
        )
        found, wholes = with_groups(printed, self.document)
        self.items: tuple[Item, ...] = tuple(found)
        self._year_places: dict[str, dict[int, tuple[int, int]]] = {}
        self._aspects = tuple(
            dict.fromkeys(
                f.aspect for i in self.items for f in i.figures if f.measure is Measure.FUNDING and f.aspect
            )
        )
        self._children = _children(self.items)
        self._newest = _newest(self.items)
        self.totals = self._totals(wholes)
        self.names = Names(self.items)
        self.names.also(acronyms(self.items, self.all_documents()))

    def document(self, document_id: str) -> Document:
        """Return a document by its id; KeyError if the ledger was given none of that id."""
        return self._documents(document_id) if callable(self._documents) else self._documents[document_id]

    def document_ids(self) -> tuple[str, ...]:
        """Return the ids of the documents that have figures, in order."""
        return tuple(self._newest)

    def newest_year(self, document_id: str) -> int | None:
        """Return the newest fiscal year with a figure in the document: its 今年度."""
        return self._newest.get(document_id)

    def year(self, mention: YearMention, item: Item) -> int | None:
        """Return the year a mention means in the document that holds `item`."""
        newest = self._newest.get(item.document)
        if mention.year is not None:
            return mention.year
        if mention.short is not None:
            return next(
                (y for y in item.years() if mention.short in (y - 2018, y - 1988)), 2018 + mention.short
            )
        return None if newest is None or mention.offset is None else newest + mention.offset

    def figure(
        self,
        item: Item,
        year: int | None,
        measure: Measure = Measure.AMOUNT,
        *,
        aspect: str | None = None,
        stage: Stage | None = None,
    ) -> Figure | Lack:
        """Return the one figure of that kind which may be shown, or why there is none."""
        found = item.matching(year, measure, aspect=aspect, stage=stage)
        initial = [f for f in found if f.stage is Stage.INITIAL]
        found = tuple(initial) if stage is None and initial else found
        served = [f for f in found if f.basis is not Basis.ORDER]
        if not found:
            return Lack.YEAR if any(f.measure is measure for f in item.figures) else Lack.NOTHING
        if not served:
            return Lack.UNPROVEN
        return served[0] if agree(served) else Lack.CONFLICT

    def same_amount(self, coarse: Item, fine: Item) -> bool:
        """Return whether `fine` gives the amounts of `coarse` in a finer unit, for every year of `coarse`."""
        pairs = [(self.figure(coarse, year), self.figure(fine, year)) for year in coarse.years()]
        return bool(pairs) and all(
            isinstance(a, Figure) and isinstance(b, Figure) and finer(b, a) and agree((a, b))
            for a, b in pairs
        )

    def children(self, item: Item) -> tuple[Item, ...]:
        """Return the items printed right under `item`, in the order of their place."""
        return self._children.get(item.number, ())

    def under(self, item: Item, ancestor: Item) -> bool:
        """Return whether `item` hangs anywhere below `ancestor`."""
        if item.document != ancestor.document or item is ancestor:
            return False
        name = key(ancestor.label)
        if any(name in map(key, path) for path in item.parents):
            return True
        if self.totals.get(item.document) is not ancestor:
            return False
        return any(item is child or self.under(item, child) for child in self.children(ancestor))

    def parent(self, item: Item) -> Item | None:
        """Return the nearest item above that has figures of its own."""
        return next((other for other in self._above.get(item.number, ())), None)

    def leaves(self, item: Item) -> tuple[Item, ...]:
        """Return the items below `item` that have none below themselves."""
        found: list[Item] = []
        for child in self.children(item):
            below = self.leaves(child)
            found.extend(below or (child,))
        return tuple(dict.fromkeys(found))

    def departments(self, item: Item, year: int | None) -> tuple[Attribute, ...]:
        """Return who is in charge, as of the newest row of the item or of the year asked for."""
        cells = [
            cell
            for cell in item.attributes
            if any(word in cell.name for word in _IN_CHARGE) and cell.text.strip()
        ]
        of_year = [(self._row_year(item, cell), cell) for cell in cells]
        wanted = year if year is not None else max((y for y, _ in of_year), default=None)
        return tuple(cell for found, cell in of_year if found == wanted)

    def _row_year(self, item: Item, cell: Attribute) -> int:
        """Return the newest year of the figures that stand in the row of a cell."""
        nearest = min(abs(f.name_start - cell.start) for f in item.figures)
        years = [f.fiscal_year or 0 for f in item.figures if abs(f.name_start - cell.start) == nearest]
        return max(years)

    def all_aspects(self) -> tuple[str, ...]:
        """Return every funding source of the ledger."""
        return self._aspects

    def all_documents(self) -> tuple[Document, ...]:
        """Return the documents the ledger can see."""
        if callable(self._documents):
            return tuple(self.document(name) for name in self.document_ids())
        return tuple(self._documents.values())

    def has_figure_in(self, document_id: str, start: int, end: int) -> bool:
        """Return whether a figure of the ledger stands in that stretch of the document."""
        return any(
            f.document == document_id and start <= f.start < end for i in self.items for f in i.figures
        )

    def office(self, document_id: str) -> str | None:
        """Return the office whose budget a document is, by its publisher or its title."""
        return office_of(self.document(document_id))

    def cities(self) -> Mapping[str, frozenset[str]]:
        """Return the documents of each city whose offices publish them."""
        found: dict[str, set[str]] = defaultdict(set)
        for document in self.document_ids():
            city = city_of(self.document(document))
            if city:
                found[city].add(document)
        return {city: frozenset(documents) for city, documents in found.items()}

    def unnamed_office(self, whole: Item) -> str | None:
        """Return whose budget a total is, where its own name does not tell: 環境局 for its 「合計」."""
        office = self.office(whole.document)
        return office if office and key(office) not in whole.key else None

    def year_place(self, document_id: str, year: int) -> tuple[int, int] | None:
        """Return where the document prints a fiscal year, looked for in its first part; None where it does not."""
        known = self._year_places.get(document_id)
        if known is None:
            known = {}
            for span in fiscal_years(self.document(document_id).text[:_QUICK]):
                known.setdefault(span.year, (span.start, span.end))
            self._year_places[document_id] = known
        return known.get(year)

    def aspects(self, item: Item) -> tuple[str, ...]:
        """Return the funding sources printed for `item`, in order."""
        sources = [f.aspect for f in item.figures if f.measure is Measure.FUNDING and f.aspect]
        return tuple(dict.fromkeys(sources))

    def of_division(self, division: str) -> tuple[Item, ...]:
        """Return the items with amounts that a division is in charge of and that have none below themselves."""
        return tuple(
            item
            for item in self.items
            if item.served
            and not self.children(item)
            and any(cell.text.strip() == division for cell in self.departments(item, None))
        )

    def source_of(self, item: Item, source: str) -> Item:
        """Return one funding source of an item as an item of its own: its amounts by year can be compared."""
        figures = tuple(
            replace(figure, measure=Measure.AMOUNT, aspect=None)
            for figure in item.figures
            if figure.measure is Measure.FUNDING and figure.aspect == source
        )
        number = -1 - item.number * len(self._aspects) - self._aspects.index(source)
        label = f"{item.label}の{source}"
        return Item(number, item.document, label, key(label), ((item.label,),), figures)

    def together(self, items: Sequence[Item]) -> Item:
        """Return several items as one: the sums of their amounts, of the years in which each has one."""
        figures = []
        for year in sorted({year for item in items for year in item.years()}, reverse=True):
            parts = [
                self.figure(item, year) for item in items if year in item.years() or not item.marks & _NEW
            ]
            known = [part for part in parts if isinstance(part, Figure)]
            if known and len(known) == len(parts):
                figures.append(summed(known))
        label = "と".join(item.label for item in items[:_MOST_NAMED])
        label += f"など{len(items)}件" if len(items) > _MOST_NAMED else ""
        number = -1 - (len(self._aspects) + 1) * len(self.items) - items[0].number
        return Item(number, items[0].document, label, key(label), ((),), tuple(figures))

    @property
    def _above(self) -> dict[int, tuple[Item, ...]]:
        if not hasattr(self, "_parents"):
            parents: dict[int, list[Item]] = defaultdict(list)
            for number, below in self._children.items():
                for child in below:
                    parents[child.number].append(self.items[number])
            self._parents = {number: tuple(above) for number, above in parents.items()}
        return self._parents

    def _totals(self, wholes: Mapping[str, Item]) -> dict[str, Item]:
        totals = dict(wholes)
        for item in self.items:
            whole = item.key in TOTALS or (is_total(item.label) and not is_subtotal(item.label))
            if whole and () in item.parents and item.served:
                totals.setdefault(item.document, item)
        for item in self._roots() if self._children else ():
            totals.setdefault(item.document, item)
        for document, total in totals.items():
            if not self._children.get(total.number):
                self._children[total.number] = _top(self.items, document, total)
        return totals

    def _roots(self) -> list[Item]:
        """Return, for each document with one, the only item that is called a whole and has others below it."""
        roots: dict[str, list[Item]] = defaultdict(list)
        for item in self.items:
            if () in item.parents and _WHOLE.search(item.key) and self._children.get(item.number):
                roots[item.document].append(item)
        return [found[0] for found in roots.values() if len(found) == 1]


@contextmanager
def _no_collection() -> Iterator[None]:
    """Hold the garbage collector while many small records are made: none is garbage, and it looks at all of them."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _children(items: Sequence[Item]) -> dict[int, tuple[Item, ...]]:
    by_name: dict[tuple[str, str], list[Item]] = defaultdict(list)
    keys: dict[str, str] = {}
    if not any(path for item in items for path in item.parents):
        return {}
    for item in items:
        by_name[item.document, item.key].append(item)
    children: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        for path in item.parents:
            if not path or (path[-1] == item.label and path[:-1] in item.parents):
                continue  # below itself: a 項 with one 目 of its name and amount is one item
            name = keys.get(path[-1]) or keys.setdefault(path[-1], key(path[-1]))
            named = [parent for parent in by_name.get((item.document, name), ()) if parent is not item]
            exact = [parent for parent in named if path[:-1] in parent.parents]
            for parent in exact or [p for p in named if len(path) == 1 or len(p.parents) == 1]:
                children[parent.number].append(item)
    return {number: tuple(dict.fromkeys(below)) for number, below in children.items()}


def _newest(items: Sequence[Item]) -> dict[str, int]:
    newest: dict[str, int] = {}
    for item in items:
        for figure in item.figures:
            if figure.fiscal_year is not None:
                newest[item.document] = max(newest.get(item.document, 0), figure.fiscal_year)
    return newest


def _top(items: Sequence[Item], document: str, total: Item) -> tuple[Item, ...]:
    unit = total.figures[0].unit
    return tuple(
        item
        for item in items
        if item.document == document
        and item is not total
        and not is_total(item.label)
        and () in item.parents
        and item.figures[0].unit == unit
    )
