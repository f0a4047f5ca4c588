"""The towns and prefectures that a table is of, as a whole, and those that its own rows tell apart."""

import re
from collections import Counter
from collections.abc import Iterator

from corpus.normalizing import normalize, squash
from corpus.tables.types import ColumnKind, DataTable
from qa.tables.store.spoken_titles import spoken_title
from qa.tables.store.value_keys import value_key

_TOWN = re.compile(r"[^\s\d・、。（(]{1,6}[都道府県市区町村]")
_CITY = re.compile(r"[^\s\d・、。（(]{1,6}[都道府県市]")  # 町 may be a part of a city
_ADDRESS = re.compile(
    r"(?:[\d\-〒]{1,9}+\s?)?(?P<pref>[^\s\d]{2,3}[都道府県])?"
    r"(?:[^\s\d]{1,4}郡(?P<small>[^\s\d・、（(]{1,5}?[町村])|(?P<city>[^\s\d・、（(]{1,5}?市))?"
)
_HEADER = re.compile(r"市区?町村|都道府県|自治体|公共団体")
_PREFECTURE = "都道府県"
_MOSTLY = 0.5  # share of a column's cells that say so
_LEAST = 2


def towns_of(table: DataTable, publisher: str) -> tuple[str, ...]:
    """Return the keys of the town that a table is of, with and without 市, as far as it or its publisher tells it.

    It is a prefecture's where it tells no town: what is asked of the prefecture, a town's table does not tell.
    """
    names = {*_said_beside(table, publisher), *_said_in_columns(table)}
    towns = {name for name in names if name[-1] not in _PREFECTURE}
    return _keys(towns or names)


def towns_in_rows(table: DataTable) -> tuple[str, ...]:
    """Return the keys of the towns that a column tells apart: 市町村 of a table of a prefecture."""
    told: set[str] = set()
    for number, column in enumerate(table.columns):
        cells = {squash(normalize(row[number].text)) for row in table.rows}
        form = _TOWN if _HEADER.search(spoken_title(column.title)) else _CITY
        towns = {cell for cell in cells if form.fullmatch(cell)}
        if len(towns) >= max(_LEAST, _MOSTLY * len(cells)):
            told |= towns
    return _keys(told)


def _keys(names: set[str]) -> tuple[str, ...]:
    forms = {form for name in names for form in (name, name[:-1]) if len(form) > 1}
    return tuple(sorted(map(value_key, forms)))


def _said_beside(table: DataTable, publisher: str) -> Iterator[str]:
    yield from _parts(publisher, _TOWN)
    for note in table.notes:
        yield from _parts(note.text, _CITY)


def _parts(text: str, form: re.Pattern[str]) -> Iterator[str]:
    return (part for part in re.split(r"[\s,、（）()]", normalize(text)) if form.fullmatch(part))


def _said_in_columns(table: DataTable) -> Iterator[str]:
    for number, column in enumerate(table.columns):
        cells = [squash(normalize(row[number].text)) for row in table.rows]
        if column.kind is ColumnKind.ADDRESS:
            yield from _begun(cells)
        elif (
            len(set(cells)) == 1 and _HEADER.search(spoken_title(column.title)) and _TOWN.fullmatch(cells[0])
        ):
            yield cells[0]


def _begun(addresses: list[str]) -> Iterator[str]:
    """Yield what most addresses begin with."""
    counts: Counter[str] = Counter()
    for address in filter(None, addresses):
        if found := _ADDRESS.match(address):
            counts.update(filter(None, found.groups()))
    yield from (name for name, count in counts.items() if count >= _MOSTLY * sum(map(bool, addresses)))
