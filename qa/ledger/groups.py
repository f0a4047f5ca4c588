"""Items that a table does not print but groups its rows by (款, 項, 目), and its whole: sums of the rows below them."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.budgets.amounts import SCALE
from corpus.budgets.marks import is_total
from corpus.budgets.offices import city_in, office_in
from corpus.types import Basis, BlockKind, Document, Figure, Measure, Stage
from qa.ledger.arithmetic import in_one_unit
from qa.ledger.folding import key
from qa.ledger.items import Item, Path, Sum

_LEAST = 2
_HEAD = 200  # characters
_BUDGET = "予算"
_CELLS = re.compile(r"[,\t][^,\t]+[,\t]")


def with_groups(
    items: Sequence[Item], document: Callable[[str], Document]
) -> tuple[list[Item], dict[str, Item]]:
    """Return the items, then for each table the groups of its rows with the sums of what is below; and the wholes."""
    found = list(items)
    wholes: dict[str, Item] = {}
    by_document: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_document[item.document].append(item)
    for name, own in by_document.items():
        told = document(name)
        if any(block.kind is BlockKind.ROW for block in told.blocks):
            for group in _groups(own, told):
                found.append(replace(group, number=len(found)))
            whole = _whole(own, told)
            if whole is not None:
                wholes[name] = replace(whole, number=len(found))
                found.append(wholes[name])
    return found, wholes


def _groups(items: Sequence[Item], document: Document) -> Iterator[Item]:
    """Yield a group for each path that rows are printed under and that no row is itself, innermost last."""
    rows = [item for item in items if _amounts(item) and not is_total(item.label)]
    own = {item.key for item in items}
    below: dict[Path, list[Item]] = defaultdict(list)
    for item in rows:
        for depth in range(1, len(item.parents[0]) + 1):
            below[item.parents[0][:depth]].append(item)
    parents = {key(path[-1]) for item in rows for path in item.parents if path}
    for path, members in below.items():
        leaves = _leaves(members, parents)
        if key(path[-1]) not in own and leaves:
            yield _sum(path[-1], path[:-1], leaves, document)


def _whole(items: Sequence[Item], document: Document) -> Item | None:
    """Return the whole of a table that prints no total."""
    rows = [item for item in items if _amounts(item) and not is_total(item.label)]
    leaves = _leaves(rows, {key(path[-1]) for item in rows for path in item.parents if path})
    if len(leaves) < _LEAST or any(is_total(item.label) for item in items):
        return None
    return _sum(_whole_name(document), (), leaves, document)


def _leaves(items: Sequence[Item], parents: set[str]) -> list[Item]:
    return [item for item in items if item.key not in parents]


def _sum(label: str, parents: Path, members: Sequence[Item], document: Document) -> Item:
    by_year: dict[int, list[Figure]] = defaultdict(list)
    for item in members:
        for figure in _amounts(item):
            by_year[figure.fiscal_year or 0].append(figure)
    sums = [summed(parts, label, parents) for parts in by_year.values()]
    sums += [summed(parts, label, parents) for parts in _funding(members).values()]
    return Item(0, document.id, label, key(label), (parents,), tuple(sums))


def summed(parts: Sequence[Figure], label: str | None = None, parents: Path = ()) -> Sum:
    """Return the sum of figures of one kind and year, at the place of the first."""
    values, unit = in_one_unit(parts)
    first = parts[0]
    return Sum(
        label=label or "と".join(part.label for part in parts), parents=parents, fiscal_year=first.fiscal_year,
        stage=Stage.INITIAL, measure=first.measure, value=sum(values, Decimal(0)), unit=unit,
        document=first.document, page=first.page, start=first.start, end=first.end, basis=Basis.PROVEN,
        name_start=first.name_start, name_end=first.name_start, aspect=first.aspect, parts=tuple(parts),
    )  # fmt: skip


def _funding(members: Sequence[Item]) -> Mapping[tuple[int | None, str | None], list[Figure]]:
    """Return the sources of all members by year and name, of the years in which each member tells all of its own."""
    found: dict[tuple[int | None, str | None], list[Figure]] = defaultdict(list)
    untold: set[int | None] = set()
    for item in members:
        told: dict[int | None, dict[str | None, Figure]] = defaultdict(dict)
        for figure in item.served:
            if figure.measure is Measure.FUNDING and figure.unit in SCALE:
                told[figure.fiscal_year].setdefault(figure.aspect, figure)
        for amount in _amounts(item):
            own = list(told[amount.fiscal_year].values())
            if sum(_yen(figure) for figure in own) != _yen(amount):
                untold.add(amount.fiscal_year)
            for figure in own:
                found[figure.fiscal_year, figure.aspect].append(figure)
    return {kind: parts for kind, parts in found.items() if kind[0] not in untold}


def _yen(figure: Figure) -> Decimal:
    return figure.value * SCALE[figure.unit]


def _amounts(item: Item) -> list[Figure]:
    """Return an item's amounts of money, one a year."""
    found: Mapping[int, Figure] = {
        figure.fiscal_year: figure
        for figure in reversed(item.served)
        if figure.measure is Measure.AMOUNT and figure.unit in SCALE and figure.fiscal_year is not None
    }
    return list(found.values())


def _whole_name(document: Document) -> str:
    office = office_of(document)
    return f"{office}予算" if office else "予算総額"


def city_of(document: Document) -> str | None:
    """Return the city whose office publishes a document, or is named in its title or a line of its head."""
    head = document.text[:_HEAD].split("\n")
    return next(filter(None, map(city_in, (document.publisher, document.title, *head))), None)


def office_of(document: Document) -> str | None:
    """Return the office that publishes a document, or that its title or a line of its head names: 文化国際局."""
    head = [line for line in document.text[:_HEAD].split("\n") if _BUDGET in line and not _CELLS.search(line)]
    return next(filter(None, map(office_in, (document.publisher, document.title, *head))), None)
