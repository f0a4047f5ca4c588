"""The projects that the 説明 of a budget's statement (事項別明細書) lists under each 目, placed and proven by their sums.

The statement's form is prescribed for every city: its last columns tell, numbered, what the amount of the 目 is made of.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from corpus.budgets.amounts import parse_number
from corpus.budgets.columns import PART, PROJECT, column_of
from corpus.budgets.marks import is_total
from corpus.budgets.ruled import RuledTable
from corpus.normalizing import normalize
from corpus.tables.cells import Cell
from corpus.types import Document, Figure, Measure, Problem, Tables

_EXPLANATION, _SUB_ITEM = "説明", "目"
_MOST_NAMED = 3
_NUMBERED = re.compile(
    r"[|│┃｜║ 　]*+[(（]?(?P<number>[0-9０-９]{1,4})(?:[ 　]*[)）.．、][ 　]*|[ 　]+)(?P<name>[^0-9０-９ 　].*)"
)
"""A project's name behind its number, and behind the bar that begins a row: 001 文書管理費, （1）文書管理費."""
_LOOSE_ROW = re.compile(
    r"^\|[ 　]*(?P<name>[^|\n]*[^|\n 　])[ 　]*\|[ 　]*(?P<amount>[^|\n 　]+)[ 　]*\|$", re.MULTILINE
)
"""A row of a list that has lost its header on its page."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A numbered name with its amount, as the 説明 lists it; `below` is the 目 printed beside it, where one is."""

    number: int
    name: Cell
    amount: Cell
    value: Decimal
    unit: str | None
    below: Cell | None


@dataclass(slots=True)
class _List:
    """The entries right below one name: what they lack of its amount as yet, and the number of the last one."""

    parents: tuple[str, ...]
    lacking: Decimal
    last: int = -1


@dataclass(slots=True)
class _SubItem:
    """The amount of a 目 with the entries below it, each with the names that it is below."""

    amount: Figure
    lists: list[_List] = field(default_factory=list)
    open_lists: list[_List] = field(default_factory=list)
    placed: list[tuple[_Entry, tuple[str, ...]]] = field(default_factory=list)

    def add(self, entry: _Entry) -> None:
        """Place an entry: next in the innermost list that lacks something and ended with a lower number.

        Where there is none, the entry is the first one below the entry before it.
        """
        going_on = [n for n, each in enumerate(self.open_lists) if each.lacking and each.last < entry.number]
        if going_on:
            del self.open_lists[going_on[-1] + 1 :]
        else:
            self._open()
        own = self.open_lists[-1]
        own.lacking, own.last = own.lacking - entry.value, entry.number
        self.placed.append((entry, own.parents))

    def _open(self) -> None:
        parents, name, value = self.amount.parents, self.amount.label, self.amount.value
        if self.placed:
            before, parents = self.placed[-1]
            name, value = before.name.text, before.value
        self.lists.append(_List((*parents, name), value))
        self.open_lists.append(self.lists[-1])

    @property
    def adds_up(self) -> bool:
        """Whether the entries make up the amounts that they are below, at every level."""
        return bool(self.lists) and not any(each.lacking for each in self.lists)

    def ends_before(self, entry: _Entry) -> bool:
        """Tell whether an entry can no more be below this 目."""
        return self.adds_up and (len(self.open_lists) > 1 or entry.value > self.placed[-1][0].value)


def statement_projects(document: Document, tables: Sequence[RuledTable], figures: Sequence[Figure]) -> Tables:
    """Return the amounts of the projects below each 目 of `figures`, where they add up to its amount."""
    sub_items = [_SubItem(amount) for amount in _newest(figures)]
    current = -1
    for entry in sorted(_entries(document, tables), key=lambda entry: entry.amount.start):
        current = _below(sub_items, current, entry)
        if current >= 0:
            sub_items[current].add(entry)
    proven = [each for each in sub_items if each.adds_up]
    projects = [
        _figure(document, each.amount, entry, parents) for each in proven for entry, parents in each.placed
    ]
    others = [each.amount for each in sub_items if each.placed and not each.adds_up]
    return Tables(tuple(projects), problems=(_unproven(others),) if proven and others else ())


def _unproven(amounts: Sequence[Figure]) -> Problem:
    """Return one Problem for all 目 whose projects do not add up, beside others in the document that do."""
    first = amounts[0]
    names = "".join(f"「{amount.label}」" for amount in amounts[:_MOST_NAMED])
    message = (
        f"説明に並ぶ事業を足しても予算額にならない目が{len(amounts)}件あり（{names}"
        f"{'など' if len(amounts) > _MOST_NAMED else ''}）、その事業は数字の一覧に入れていません。"
        "ページが欠けていないか、原本の金額を確かめてください。"
    )
    return Problem(first.document, message, first.page, first.start, first.end, "projects")


def _newest(figures: Sequence[Figure]) -> list[Figure]:
    """Return the amounts of 目 in the newest year, in the order in which they are printed; none that has ended."""
    amounts = [
        f for f in figures if f.measure is Measure.AMOUNT and f.level == _SUB_ITEM and not is_total(f.label)
    ]
    newest = max((f.fiscal_year or 0 for f in amounts), default=0)
    return sorted(
        (f for f in amounts if f.fiscal_year == newest and f.value), key=lambda figure: figure.start
    )


def _below(sub_items: Sequence[_SubItem], current: int, entry: _Entry) -> int:
    """Return which 目 an entry is below: the one printed beside it, the current one, or where that is full the next one."""
    printed = [n for n, each in enumerate(sub_items) if each.amount.start < entry.amount.start]
    if entry.below is not None:
        named = [n for n in printed if sub_items[n].amount.label == entry.below.text]
        return named[-1] if named else -1
    full = current < 0 or sub_items[current].ends_before(entry)
    return current + 1 if full and current + 1 in printed else current


def _entries(document: Document, tables: Sequence[RuledTable]) -> Iterator[_Entry]:
    """Yield the numbered rows of the columns of 説明, and of lists without a header."""
    for table in tables:
        header = next((row for row in table.rows if len(row) > 1), [])
        titles = [cell.text for cell in header]
        if not _is_explained(titles):
            continue
        unit = column_of(titles[-1]).unit
        for row in table.rows[table.rows.index(header) + 1 :]:
            if len(row) == len(titles):
                below = row[0] if titles[0] == _SUB_ITEM and row[0].text else None
                yield from _entry(document, row, unit, below)
    for match in _LOOSE_ROW.finditer(document.text):
        if not any(table.start <= match.start() < table.end for table in tables):
            row = [Cell(match[part], *match.span(part)) for part in ("name", "amount")]
            yield from _entry(document, row, None, None)


def _is_explained(titles: Sequence[str]) -> bool:
    """Tell whether the last two columns are the 説明 and its amounts, one title over both."""
    return [re.sub(r"[(（].*", "", title) for title in titles[-2:]] == [_EXPLANATION, _EXPLANATION]


def _entry(document: Document, row: Sequence[Cell], unit: str | None, below: Cell | None) -> Iterator[_Entry]:
    """Yield what a row tells where its name is numbered; the first cell of a row has its number before it."""
    *before, name, amount = row
    value = parse_number(amount.text)
    start = name.start if before else document.text.rfind("\n", 0, name.start) + 1
    found = _NUMBERED.fullmatch(document.text, start, name.end)
    if value is not None and found is not None:
        told = Cell(found["name"], *found.span("name"))
        yield _Entry(int(normalize(found["number"])), told, amount, value, unit, below)


def _figure(document: Document, sub_item: Figure, entry: _Entry, parents: tuple[str, ...]) -> Figure:
    return replace(
        sub_item,
        label=entry.name.text,
        parents=parents,
        value=entry.value,
        unit=entry.unit or sub_item.unit,
        page=document.page_at(entry.amount.start),
        start=entry.amount.start,
        end=entry.amount.end,
        name_start=entry.name.start,
        name_end=entry.name.end,
        level=PROJECT if parents == (*sub_item.parents, sub_item.label) else PART,
        marks=(),
    )
