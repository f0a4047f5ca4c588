"""Which town and prefecture a table is of: 「高松市の児童館」 names no row by 高松."""

import re
from collections import Counter
from collections.abc import Iterator

from corpus.normalizing import normalize, squash
from corpus.tables.types import ColumnKind, DataTable
from qa.tables.store.value_keys import value_key

_TOWN = re.compile(
    r"(?:[\d\-〒]{1,9}+\s?)?(?P<pref>[^\s\d]{2,3}[都道府県])?(?:[^\s\d]{1,4}郡)?(?P<town>[^\s\d・、（(]{1,5}?[市区町村])"
)
_WHOLE = re.compile(r"[^\s\d・、（(]{2,6}[都道府県市区町村]")
_MOSTLY = 0.5  # share of a column's cells that say so


def places_of(table: DataTable) -> tuple[str, ...]:
    """Return the keys of the names of a table's town and prefecture, with and without 市, as far as it tells them."""
    named = {name for name in _told(table) if len(name) > 1}
    return tuple(sorted({value_key(one) for name in named for one in (name, name[:-1]) if len(one) > 1}))


def _told(table: DataTable) -> Iterator[str]:
    for number, column in enumerate(table.columns):
        cells = [squash(normalize(row[number].text)) for row in table.rows]
        if column.kind is ColumnKind.ADDRESS:
            yield from _begun(cells)
        elif len(set(cells)) == 1 and _WHOLE.fullmatch(cells[0]):
            yield cells[0]
    for note in table.notes:
        for part in re.split(r"[\s,、（）()]", normalize(note.text)):
            if _WHOLE.fullmatch(part):
                yield part


def _begun(cells: list[str]) -> Iterator[str]:
    """Yield what most addresses begin with."""
    counts: Counter[str] = Counter()
    for cell in cells:
        if found := _TOWN.match(cell):
            counts.update(filter(None, found.group("pref", "town")))
    held = sum(map(bool, cells))
    yield from (name for name, count in counts.items() if count >= _MOSTLY * held)
