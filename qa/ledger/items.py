"""The items of the ledger: a name, where it hangs, and its figures."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.budgets.amounts import SCALE, yen
from corpus.lexicon.money import is_money
from corpus.types import Attribute, Basis, Figure, Measure, Stage
from qa.ledger.folding import fold_all, keys, printed

Path = tuple[str, ...]
_DESCRIBING = ("概要", "内容", "説明", "目的")
"""What a column is called that tells what an item is for."""


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One named item of one document: every figure and text cell under that name.

    `parents` has each path it is printed under: a project may also be a highlight.
    """

    number: int
    document: str
    label: str
    key: str
    parents: tuple[Path, ...]
    figures: tuple[Figure, ...]
    attributes: tuple[Attribute, ...] = ()
    marks: frozenset[str] = field(default_factory=frozenset)

    @property
    def served(self) -> tuple[Figure, ...]:
        """The figures that may be shown: printed beside the name, or proven by sums."""
        return tuple(figure for figure in self.figures if figure.basis is not Basis.ORDER)

    @property
    def levels(self) -> tuple[str, ...]:
        """What the document calls items like it, from where it is printed first: 款, 項, 目, 事業."""
        return tuple(dict.fromkeys(figure.level for figure in self.figures if figure.level))

    @property
    def descriptions(self) -> tuple[Attribute, ...]:
        """The text cells that tell what it is for."""
        return tuple(cell for cell in self.attributes if any(word in cell.name for word in _DESCRIBING))

    def years(self) -> tuple[int, ...]:
        """Return the fiscal years with a figure that may be shown, newest first."""
        return tuple(sorted({f.fiscal_year for f in self.served if f.fiscal_year is not None}, reverse=True))

    def matching(
        self, year: int | None, measure: Measure, *, aspect: str | None = None, stage: Stage | None = None
    ) -> tuple[Figure, ...]:
        """Return every figure of that kind, the finest unit first; basis is not looked at."""
        found = [
            f
            for f in self.figures
            if f.fiscal_year == year
            and f.measure is measure
            and (stage is None or f.stage is stage)
            and (aspect is None or f.aspect == aspect)
        ]
        return tuple(sorted(found, key=_fineness))


@dataclass(frozen=True, slots=True)
class Sum(Figure):
    """A figure that is nowhere printed: the sum of `parts`, whose first one's place it has."""

    parts: tuple[Figure, ...] = ()


def items_of(figures: Sequence[Figure], attributes: Sequence[Attribute]) -> list[Item]:
    """Group figures and text cells by the item they belong to, in the order of the documents."""
    labels = list(dict.fromkeys([*(f.label for f in figures), *(a.label for a in attributes)]))
    told = fold_all(labels)
    names = {label: text.replace(" ", "") for label, text in zip(labels, told, strict=True)}
    plain = dict(zip(labels, keys(told), strict=True))
    groups: dict[tuple[str, str], dict[Path, list[Figure]]] = {}
    for figure in figures:
        group = groups.setdefault((figure.document, names[figure.label]), {})
        group.setdefault(figure.parents, []).append(figure)
    cells = _cells(attributes, names)
    none: dict[Path, list[Attribute]] = {}
    items: list[Item] = []
    for owner, by_path in groups.items():
        for paths in _same_item(by_path, owner[0], groups):
            items.append(_item(len(items), owner[0], paths, by_path, cells.get(owner, none), plain))
    return items


def agree(figures: Iterable[Figure]) -> bool:
    """Return whether all amounts are one amount, each rounded to its own unit."""
    ordered = sorted(figures, key=_fineness)
    if len(ordered) < 2:
        return True
    finest = ordered[0]
    return all(_same_amount(finest, other) for other in ordered[1:])


def finer(one: Figure, other: Figure) -> bool:
    """Return whether the first figure's unit is the smaller one."""
    return is_money(one.unit) and is_money(other.unit) and SCALE[one.unit] < SCALE[other.unit]


def _same_amount(finer: Figure, coarser: Figure) -> bool:
    if not (is_money(finer.unit) and is_money(coarser.unit)):
        return finer.value == coarser.value and finer.unit == coarser.unit
    distance = abs(yen(finer.value, finer.unit) - yen(coarser.value, coarser.unit))
    return distance == 0 or (finer.unit != coarser.unit and distance < SCALE[coarser.unit])


def _fineness(figure: Figure) -> tuple[int, int, int]:
    return SCALE.get(figure.unit, 0), -len(figure.parents), figure.start


def _cells(
    attributes: Iterable[Attribute], names: Mapping[str, str]
) -> dict[tuple[str, str], dict[Path, list[Attribute]]]:
    cells: dict[tuple[str, str], dict[Path, list[Attribute]]] = {}
    for cell in attributes:
        name = names[cell.label]
        cells.setdefault((cell.document, name), {}).setdefault(cell.parents, []).append(cell)
    return cells


def _same_item(
    by_path: dict[Path, list[Figure]], document: str, owners: Collection[tuple[str, str]]
) -> Iterator[tuple[Path, ...]]:
    """Yield the paths that are one item: two years of one name are; two amounts in one year are not.

    A name under a parent that has amounts of its own is a part of that parent, so it stays apart.
    """
    if len(by_path) == 1:
        yield tuple(by_path)
        return
    if not _contradicts([f for figures in by_path.values() for f in figures]) and _shares_parent(
        by_path, document, owners
    ):
        yield tuple(by_path)
        return
    yield from _nested(by_path)


def _nested(by_path: dict[Path, list[Figure]]) -> Iterator[tuple[Path, ...]]:
    """Yield the paths apart, but for those right below one that has the same name and the same amounts."""
    groups: list[list[Path]] = []
    for path in sorted(by_path, key=len):
        label = by_path[path][0].label
        own = next((group for group in groups if path == (*group[-1], label)), None)
        if own is None or _contradicts([f for each in (*own, path) for f in by_path[each]]):
            groups.append([path])
        else:
            own.append(path)
    yield from map(tuple, groups)


def _shares_parent(
    by_path: dict[Path, list[Figure]], document: str, owners: Collection[tuple[str, str]]
) -> bool:
    parts = [path for path in by_path if path and (document, printed(path[-1])) in owners]
    return len(parts) <= 1 or _overlap(by_path)


def _overlap(by_path: dict[Path, list[Figure]]) -> bool:
    """Return whether the paths name one amount in one same year."""
    years = [{(f.fiscal_year, f.measure, f.aspect) for f in figures} for figures in by_path.values()]
    return bool(set.intersection(*years))


def _contradicts(figures: list[Figure]) -> bool:
    kinds: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        kinds[figure.fiscal_year, figure.measure, figure.aspect, figure.stage].append(figure)
    return not all(agree(group) for group in kinds.values())


def _item(
    number: int,
    document: str,
    paths: tuple[Path, ...],
    by_path: dict[Path, list[Figure]],
    cells: dict[Path, list[Attribute]],
    keys: Mapping[str, str],
) -> Item:
    figures = tuple([figure for path in paths for figure in by_path[path]])
    own = tuple([cell for path in paths for cell in cells.get(path, ())]) if cells else ()
    marks = frozenset([mark for figure in figures for mark in figure.marks])
    label = figures[0].label
    return Item(number, document, label, keys[label], paths, figures, own, marks)
