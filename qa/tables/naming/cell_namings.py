"""Which cells of which tables a question names: runs of letters that cells hold, or words that mean what a cell means."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from corpus.data_rows import data_rows
from qa.deadline import check_time
from qa.tables.store.table_store import TableStore
from qa.tables.store.value_keys import KeyedText
from qa.tables.store.value_postings import ValuePostings

_COMMON = 4_000
"""A run that more cells hold names none of them."""
_HIRAGANA = 3  # letters of a run in hiragana, at least, that is not a whole cell
_COMMON_PAIR = 1_000  # cells that have a pair of letters which tells something
_SHORTEST_SLIP = 4  # letters of a cell that may be misspelt
_SLIP = 0.5  # share of a cell's pairs of letters that a slip leaves


@dataclass(frozen=True, slots=True)
class Naming:
    """`key[start:end]` of a question names cells of a column: `places` among the column's texts.

    `whole` tells whether a cell is this run and nothing else; `coverage` is the share of the shortest such cell that the
    run is; `run` are the letters as typed; `nearness` is 1 where letters agree, else how near the meaning is (cosine). `excluded`
    tells whether other cells than these are asked for: 中央公民館以外.
    """

    column: int
    start: int
    end: int
    places: tuple[int, ...]
    whole: bool
    coverage: float
    nearness: float = 1.0
    run: str = ""
    excluded: bool = False

    @property
    def size(self) -> int:
        """Return how many letters of the question it takes."""
        return self.end - self.start


def namings(store: TableStore, question: KeyedText) -> dict[tuple[int, int], list[Naming]]:
    """Return what a question names, by table; of runs inside one another the longest counts, column by column."""
    found: dict[tuple[int, int], list[Naming]] = defaultdict(list)
    for segment, postings in enumerate(store.postings):
        for (table, column), runs in _runs(postings, question).items():
            if (segment, table) in store.heads:
                own = _outermost(column, runs)
                found[segment, table] += [_as_typed(question, one) for one in own]
        for key, one in _misspelt(postings, question):
            if (segment, key) in store.heads:
                found[segment, key].append(one)
    return {key: _without_inner(own) for key, own in found.items()}


def _misspelt(postings: ValuePostings, question: KeyedText) -> Iterator[tuple[int, Naming]]:
    """Yield the cells most of whose pairs of letters a question has, near one another: 東山小学佼 for 東山小学校."""
    places: dict[int, list[int]] = defaultdict(list)
    for start in range(len(question.key) - 1):
        ids = postings.of(question.key[start : start + 2])
        if len(ids) <= _COMMON_PAIR:
            for number in ids.tolist():
                places[number].append(start)
    often = np.array([number for number, own in places.items() if len(own) >= _SHORTEST_SLIP - 2], np.int32)
    if not 0 < len(often) <= _COMMON:
        return
    for number, (table, column, place, key) in postings.cells(often).items():
        own = sorted(places[number])
        start, end = own[0], own[-1] + 2
        share = len(own) / max(1, len(key) - 1)
        if len(key) < _SHORTEST_SLIP or share < _SLIP or end - start > len(key) + 1:
            continue
        if key in question.key or question.key[start:end] in key:  # spelt right, whole or in part
            continue
        yield table, _as_typed(question, Naming(column, start, end, (place,), False, min(0.95, share), share))


def _as_typed(question: KeyedText, one: Naming) -> Naming:
    """Return a naming with its letters as typed, and whether what stands behind them takes it out."""
    start, end = question.span(one.start, one.end)
    return replace(
        one, run=question.text[start:end], excluded=bool(except_pattern().match(question.text, end))
    )


@cache
def except_pattern() -> "re.Pattern[str]":
    """Return what stands behind a name that is taken out."""
    words = [re.escape(row[0]) for row in data_rows("qa.tables", "except_words.txt")]
    return re.compile(rf"[」』）)\s]*+(?:{'|'.join(words)})")


_Run = tuple[int, int, tuple[int, ...], bool, float]


def _runs(postings: ValuePostings, question: KeyedText) -> dict[tuple[int, int], list[_Run]]:
    """Return by (table, column) the longest run from each place on that cells hold, with those cells."""
    found: dict[tuple[int, int], list[_Run]] = defaultdict(list)
    begun: dict[tuple[int, int], int] = {}
    for start, end, ids in postings.longest(question.key):
        check_time()
        run = question.key[start:end]
        if len(ids) > _COMMON or not _tells(question, start, end):
            continue
        held: dict[tuple[int, int], list[tuple[int, str]]] = defaultdict(list)
        for table, column, place, key in postings.cells(ids).values():
            if begun.get((table, column)) != start and run in key:
                held[table, column].append((place, key))
        for where, cells in held.items():
            begun[where] = start
            whole = [place for place, key in cells if key == run]
            shortest = min(len(key) for _, key in cells)
            every = tuple(sorted({place for place, _ in cells}))
            if whole:
                found[where].append((start, end, tuple(sorted(set(whole))), True, 1.0))
            if len(set(whole)) < len(every):
                found[where].append((start, end, every, False, (end - start) / shortest))
    for place, letter in enumerate(question.key):
        if _stands_alone(question, place):
            for table, column, cell, _ in postings.cells(postings.alone(letter)).values():
                found[table, column].append((place, place + 1, (cell,), True, 1.0))
    return found


def _tells(question: KeyedText, start: int, end: int) -> bool:
    """Two letters in hiragana are grammar more often than a name."""
    first, last = question.span(start, end)
    return end - start >= _HIRAGANA or not all("ぁ" <= char <= "ん" for char in question.text[first:last])


def _stands_alone(question: KeyedText, place: int) -> bool:
    """Tell whether a letter of a question is a word: A地区, 「c」, 3."""
    char = question.key[place]
    sides = question.key[place - 1 : place] + question.key[place + 1 : place + 2]
    return char.isascii() and not any(side.isascii() for side in sides)


def _outermost(column: int, runs: Iterable[_Run]) -> list[Naming]:
    """Return the runs of one column that no longer run of it holds."""
    kept: list[Naming] = []
    for start, end, places, whole, coverage in sorted(runs, key=lambda run: (run[0] - run[1], run[0])):
        inside = [other for other in kept if other.start <= start and end <= other.end]
        if all((other.start, other.end) == (start, end) for other in inside):
            kept.append(Naming(column, start, end, places, whole, coverage))
    return kept


def _without_inner(found: Sequence[Naming]) -> list[Naming]:
    """Return what is named, without what stands inside a longer name of the same table: 中央 of 中央公民館."""
    return [
        one
        for one in found
        if not any(
            other.start <= one.start
            and one.end <= other.end
            and other.size > one.size
            and (other.whole or not one.whole)
            for other in found
        )
    ]


def masked(question: KeyedText, taken: Iterable[Naming], names: Mapping[int, str]) -> str:
    """Return a question with a letter in place of each name, by its column: what is asked stays."""
    text = list(question.text)
    for one in taken:
        first, last = question.span(one.start, one.end)
        text[first:last] = [names.get(one.column, ""), *[""] * (last - first - 1)]
    return "".join(text)
