"""What a row of a grid stands below: groups, categories printed once, levels (款, 項, 目, 節)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.budgets.columns import Column, Role
from corpus.budgets.marks import group_of, is_subtotal, is_total, mark_of
from corpus.normalizing import squash
from corpus.tables.cells import Cell
from corpus.types import Figure

TICKS = frozenset("○◯〇●◎✓レ")
LEVEL = re.compile(r"[ 　]*(?:第[ 　]*)?[0-9０-９]{1,2}[ 　]*(?P<level>[款項目節])[ 　]*(?=\S)")
_DEPTH = {"款": 0, "項": 1, "目": 2, "節": 3}


@dataclass(slots=True)
class RowsAbove:
    """What the rows read so far tell of the next one."""

    group: str = ""
    item: str = ""
    categories: dict[int, str] = field(default_factory=dict)
    levels: dict[int, str] = field(default_factory=dict)
    groups: dict[int, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """For the place of a sub-total's name the group that it is of, and what that is below."""

    def renamed(self, figure: Figure) -> Figure:
        """Return a sub-total's figure under the name of its group."""
        if figure.name_start not in self.groups:
            return figure
        label, parents = self.groups[figure.name_start]
        return replace(figure, label=label, parents=parents, level=None)


def parents_of(above: RowsAbove, pairs: list[tuple[Column, Cell]], named: Cell) -> tuple[str, ...]:
    """Return the group and the categories that a row stands below, and keep those that begin in it."""
    found = [above.group] if above.group else []
    filled = False
    for number, (column, cell) in enumerate(pairs):
        if column.role is not Role.CATEGORY or mark_of(cell.text) or cell.text in TICKS:
            continue
        if cell is named and not is_total(cell.text):
            continue
        if cell.text and not is_total(cell.text):
            for below in [key for key in above.categories if key > number]:
                del above.categories[below]
            above.categories[number], filled = cell.text, True
        # A group's name stands in its first row alone, unless a higher group begins in this one.
        text = above.categories.get(number, "") if cell.text or not filled else ""
        found += [part.strip() for part in text.split(" / ") if part.strip()]
        if cell is named:
            break  # a total of this column is of no lower one
    return tuple(found)


def higher_levels(above: RowsAbove, name: str, level: re.Match[str] | None) -> tuple[str, ...]:
    """Return the rows of a higher level (1款, 2項) that a row stands below, and open its own."""
    depth = _DEPTH[level["level"]] if level else len(_DEPTH)
    higher = tuple(text for number, text in sorted(above.levels.items()) if number < depth)
    if level:
        above.levels = {number: text for number, text in above.levels.items() if number < depth}
        above.levels[depth] = name
    elif is_total(name):
        above.levels.clear()
    return higher


def group_of_total(
    name: str, parents: tuple[str, ...], titles: Sequence[str]
) -> tuple[str, tuple[str, ...]] | None:
    """Return the group that a sub-total is of, with what that is below: 土木費 of 「小計」 in its rows, or of 「土木費 計」."""
    word = squash(name)
    if not is_total(name):
        return None
    group = group_of(name)
    if group in titles and parents:
        return parents[-1], parents[:-1]
    if group and not any(squash(parent) == squash(group) for parent in parents):
        return group, parents
    for depth in range(len(parents), 0, -1):
        if word.startswith(squash(parents[depth - 1])):
            return parents[depth - 1], parents[: depth - 1]
    if is_subtotal(name) or word == "計":
        return (parents[-1], parents[:-1]) if parents else None
    return None
