"""Looking through a table: rows that keep filters and hold words, in an order, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from corpus.normalizing import squash
from corpus.tables.cell_forms import folded, is_blank, mark_in
from corpus.tables.types import ColumnKind
from qa.tables.asking.conditions import clock_condition
from qa.tables.browsing.cell_values import CellValues, Measure, cell_values, measure_of, value_in
from qa.tables.browsing.filters import BOUNDS, OPERATORS, Filter, column_number
from qa.tables.browsing.sorting import ranks_of
from qa.tables.store.folded_cells import keys_of
from qa.tables.store.table_store import StoredTable
from qa.tables.store.value_keys import value_key

LONGEST_PAGE = 500  # rows
_MOST_FILTERS, _LONGEST_SEARCH, _MOST_WORDS = 30, 200, 10
_CHOSEN = (ColumnKind.CATEGORY, ColumnKind.MARK)
_MOST_CHOICES = 100
_CALLED = {Measure.NUMBER: "数", Measure.YEAR: "年", Measure.DAY: "日付", Measure.TIME: "時刻"}
_EXAMPLES = {
    Measure.NUMBER: "50",
    Measure.YEAR: "令和5年度",
    Measure.DAY: "2026-04-01",
    Measure.TIME: "17:30",
}
_BY_TEXT = (ColumnKind.ID,)  # 001 is not 1, though the one comes before the other

Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a table: filters that all hold, words that a row has, a column to sort by, and which page."""

    filters: tuple[Filter, ...] = ()
    search: str = ""
    sort: str = ""
    descending: bool = False
    offset: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Found:
    """Places of rows in the table (0 is the first), in the order asked for; `total` counts those of all pages."""

    rows: tuple[int, ...]
    total: int


class TableView:
    """One table to look through; what is computed of a column is kept. Safe to share between threads.

    A day without a year is one of `year`. Rows that add up others stand last in every order and keep no filter: what
    they say is not of one thing.
    """

    def __init__(self, table: StoredTable, year: int | None = None) -> None:
        self.table = table
        self._year = year
        self._keys: dict[int, list[str]] = {}
        self._values: dict[int, CellValues] = {}
        self._ranks: dict[tuple[int, bool], npt.NDArray[np.int64]] = {}

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """Return what the columns are called."""
        return tuple(column.title for column in self.table.columns)

    def page(self, asked: Asked) -> Found:
        """Return the rows of one page; ValueError (in Japanese, with the cure) where it cannot be given."""
        if not 1 <= asked.limit <= LONGEST_PAGE:
            raise ValueError(
                f"limit は 1 から {LONGEST_PAGE} までです（{asked.limit}）。続きは offset で読めます。"
            )
        if asked.offset < 0:
            raise ValueError(f"offset は 0 以上です（{asked.offset}）。はじめの行は 0 です。")
        rows = self.rows(asked)
        some = rows[asked.offset : asked.offset + asked.limit]
        return Found(tuple(some.tolist()), len(rows))

    def rows(self, asked: Asked) -> Rows:
        """Return the places of all rows that are asked for, in order."""
        kept = np.ones(self.table.size, bool)
        for one in _bounded(asked.filters):
            kept &= self.table.counted & self._holding(one)
        for word in _words(asked.search):
            kept &= self._with_word(word)
        rows = np.flatnonzero(kept)
        return self._sorted(rows, column_number(asked.sort, self.titles), asked) if asked.sort else rows

    def choices(self, column: int) -> list[str]:
        """Return the different cells of a column of a few words or marks, in the order of the table; else none."""
        held = self.table.columns[column]
        texts = [text for text in held.texts if text.strip()]
        return texts if held.kind in _CHOSEN and len(texts) <= _MOST_CHOICES else []

    def _sorted(self, rows: Rows, column: int, asked: Asked) -> Rows:
        key = column, asked.descending
        if key not in self._ranks:
            held = self.table.columns[column]
            low = self._values_of(column).low if measure_of(held.kind) else None
            self._ranks[key] = ranks_of(held.texts, self._keys_of(column), low, descending=asked.descending)
        ranks = self._ranks[key][self.table.columns[column].codes[rows]]
        ranks[~self.table.counted[rows]] = np.iinfo(np.int64).max
        return rows[np.argsort(ranks, kind="stable")]

    def _with_word(self, word: str) -> Flags:
        held = np.zeros(self.table.size, bool)
        for number, column in enumerate(self.table.columns):
            held |= self._containing(number, word)[column.codes]
        return held

    def _holding(self, one: Filter) -> Flags:
        number = column_number(one.column, self.titles)
        return self._texts_holding(number, one)[self.table.columns[number].codes]

    def _texts_holding(self, number: int, one: Filter) -> Flags:
        """Return which texts of a column keep a filter."""
        column = self.table.columns[number]
        if one.operator in ("filled", "empty"):
            return _flags([is_blank(text) is (one.operator == "empty") for text in column.texts])
        if one.operator == "contains":
            return self._containing(number, one.value)
        if one.operator in BOUNDS:
            return self._bound(number, one)
        if one.operator in ("=", "!="):
            same = self._equal(number, one)
            return same if one.operator == "=" else ~same
        known = "・".join(OPERATORS)
        raise ValueError(f"「{one.operator}」という比べ方はありません。{known} のどれかにしてください。")

    def _containing(self, number: int, value: str) -> Flags:
        key = value_key(value)
        if key:
            return _flags([key in held for held in self._keys_of(number)])
        sign = folded(value)  # a sign has no key: ○
        return _flags([sign in folded(text) for text in self.table.columns[number].texts])

    def _equal(self, number: int, one: Filter) -> Flags:
        column = self.table.columns[number]
        if column.kind is ColumnKind.MARK:
            return self._marked(number, one.value)
        measure = measure_of(column.kind)
        if measure is None or column.kind in _BY_TEXT:
            return self._same_text(number, one.value)
        value, values = self._value(number, one, measure), self._values_of(number)
        if column.kind is ColumnKind.HOURS:
            return clock_condition(number, column, int(value)).holds
        return (values.low <= value) & (value <= values.high)

    def _same_text(self, number: int, value: str) -> Flags:
        """Return which texts are this one but for width, case and white space; the key finds them quickly."""
        texts, key, same = self.table.columns[number].texts, value_key(value), squash(value)
        alike = (key == held for held in self._keys_of(number))
        return _flags([like and squash(text) == same for like, text in zip(alike, texts, strict=True)])

    def _marked(self, number: int, value: str) -> Flags:
        column, wanted = self.table.columns[number], mark_in(value)
        if wanted is not None:
            return _flags([mark_in(text) is wanted for text in column.texts])
        same = self._same_text(number, value)
        if not same.any():
            there = "".join(f"「{text}」" for text in column.texts[:8] if text)
            raise ValueError(
                f"「{column.title}」は○×の列です。「{value}」は○×として読めません。{there}のどれかにしてください。"
            )
        return same

    def _bound(self, number: int, one: Filter) -> Flags:
        """Return which texts keep a bound; of a period or of hours, any part of it may."""
        column = self.table.columns[number]
        measure = measure_of(column.kind)
        if measure is None:
            raise ValueError(
                f"「{column.title}」は文字の列なので、「{one.value}」と大小を比べられません。"
                f"「{column.title}={one.value}」か「{column.title} contains {one.value}」と書いてください。"
            )
        value, values = self._value(number, one, measure), self._values_of(number)
        if one.operator == ">=":
            return values.high >= value
        if one.operator == "<=":
            return values.low <= value
        return values.low > value if one.operator == ">" else values.high < value

    def _value(self, number: int, one: Filter, measure: Measure) -> float:
        value = value_in(one.value, measure, self._year)
        if value is None:
            title, called = self.table.columns[number].title, _CALLED[measure]
            raise ValueError(
                f"「{title}」は{called}の列です。「{one.value}」は{called}として読めません。"
                f"「{title}{one.operator}{_EXAMPLES[measure]}」のように書くか、"
                f"文字で探すには「{title} contains {one.value}」と書いてください。"
            )
        return value

    def _keys_of(self, number: int) -> list[str]:
        if number not in self._keys:
            self._keys[number] = keys_of(self.table.columns[number].texts)
        return self._keys[number]

    def _values_of(self, number: int) -> CellValues:
        if number not in self._values:
            column = self.table.columns[number]
            measure = measure_of(column.kind) or Measure.NUMBER
            self._values[number] = cell_values(column.texts, measure, self._year)
        return self._values[number]


def _flags(found: Sequence[bool]) -> Flags:
    return np.array(found, bool)


def _bounded(filters: Sequence[Filter]) -> Sequence[Filter]:
    if len(filters) > _MOST_FILTERS:
        raise ValueError(f"条件は {_MOST_FILTERS} 個までです（{len(filters)} 個）。条件を減らしてください。")
    return filters


def _words(search: str) -> list[str]:
    """Return the words of a search, parted by white space."""
    if len(search) > _LONGEST_SEARCH:
        raise ValueError(
            f"探すことばは {_LONGEST_SEARCH} 文字までです（{len(search)} 文字）。短くしてください。"
        )
    words = search.split()
    if len(words) > _MOST_WORDS:
        raise ValueError(f"探すことばは {_MOST_WORDS} 個までです（{len(words)} 個）。減らしてください。")
    return words
