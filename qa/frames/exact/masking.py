"""What is exact in a question, recognised and taken out; what is left tells the operation, and is alike in every city."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from corpus.budgets.marks import is_total
from corpus.lexicon.said_years import YearMention, year_mentions
from qa.frames.exact.item_levels import with_level
from qa.frames.exact.slots import (
    Slot,
    T,
    asks_for_both_years,
    asks_for_ended,
    asks_for_least,
    asks_for_lesser,
    asks_for_the_year_before_that,
    counts,
    decimals_of,
    direction_of,
    is_left_out,
    marked_of,
    orders,
    portions,
    rounding_of,
    thresholds,
    unit_of,
    unmarked_of,
    without_decimals,
)
from qa.frames.exact.source_names import SourceNames
from qa.frames.frame import Threshold, budget_of
from qa.ledger.folding import fold, folded
from qa.ledger.items import Item
from qa.ledger.names import Mention

ITEMS = "甲乙丙丁"
"""What stands for the first, second … item named."""
YEAR, ORDER, WHOLE, SOURCE, DIVISION, COUNT, AMOUNT = "年", "第", "局", "源", "係", "弐", "壱円"
SIGNS = frozenset((*ITEMS, YEAR, ORDER, WHOLE, SOURCE, DIVISION, COUNT, "壱"))
LEVELS = frozenset("款項目節")
Mark = tuple[int, int, str]
"""Where in a folded question something exact stands, `text[start:end]`, and the sign for it."""
_LEVEL = re.compile(r"費目|科目|(?<![一-龠々])[款項目](?![一-龠々]|標|的|指|を目|に見)|款(?=別|ごと|毎)")
_NUMBER_OF_LEVELS = re.compile(
    r"[0-9一二三四五六七八九十]{1,2}(?:つ|個|本)?の?(?=費目|科目|款(?!目)|項(?!目)|目(?![一-龠々的標指]))(?!番)"
)
OF_SHARES = re.compile(r"割合|わりあい|比率|構成比|依存度|シェア|占め")
_OF_THE_OFFICE = re.compile(
    r"(?:(?<![一-龠々ァ-ヶ])|(?<=年度)|(?<=当))(?:局|庁)(?:全体|全部|内|の)?の?(?:予算|当初|総|合計|計|全体|財源)"
)
_BY_AMOUNT = re.compile(
    rf"{AMOUNT}(?:以上|超|を超えて?|を上回って?|より(?:多く|大きく))(?P<what>[^、。(]{{1,8}})"
)
_RATE = re.compile(r"[%率割倍比]|パーセント|ポイント|percent|ぱーせんと|(?:か|び|ょう)りつ", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]++")


@dataclass(frozen=True, slots=True)
class Masked:
    """A question without what is exact in it; `items` holds for each name the items that go by it.

    `wholes` are the totals whose budget is named (文化国際局), `sources` are as said.
    """

    text: str
    items: tuple[tuple[Item, ...], ...] = ()
    years: tuple[YearMention, ...] = ()
    order: int | None = None
    count: int | None = None
    bar: Threshold | None = None
    sources: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    """The sources that are named to be left out: 「一般財源以外」."""
    of_both_years: bool = False
    year_before_that: bool = False
    """Whether the year before the one spoken of is asked for: 「その前の年は」."""
    divisions: tuple[str, ...] = ()
    wholes: tuple[Item, ...] = ()
    documents: frozenset[str] = frozenset()
    """The documents of the city that is named."""
    unit: str | None = None
    digits: int = 1
    rounding: int | None = None
    level: str | None = None
    ended: bool = False
    """Whether items are meant that have no amount any more."""
    marked: str | None = None
    unmarked: str | None = None
    lesser: bool = False
    least: bool = False
    """Whether the least is asked for: of rises the smallest one."""
    by_share: bool = False
    direction: str | None = None
    moved_by: str | None = None
    """Which way amounts are to have gone by the amount named, or more: rise for 「5千万円以上増えた」."""
    of_rate: bool = False
    """Whether a rate is spoken of: %, 率, 割, 倍."""
    unexplained: bool = False
    """Whether words are left that may mean one more item."""
    of_whole: bool = False
    """Whether a whole budget is spoken of: by its name, or as 局全体 where none is named."""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """The names of one ledger beside those of its items: totals, divisions in charge, sources."""

    wholes: Sequence[Item] = ()
    divisions: Sequence[str] = ()
    sources: SourceNames | None = None
    offices: Mapping[str, Item] = field(default_factory=dict)
    cities: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The documents of each city."""

    @cached_property
    def whole_names(self) -> Mapping[str, Item]:
        """Return the totals by what they, or the offices whose they are, are called."""
        only = len(self.wholes) == 1
        own = {budget_of(whole): whole for whole in self.wholes if only or not is_total(budget_of(whole))}
        return {fold(name): whole for name, whole in (*self.offices.items(), *own.items())}


def masked(question: str, mentions: Sequence[Mention] = (), names: Vocabulary | None = None) -> Masked:
    """Return a question masked; `mentions` are the items named, `text[start:end]` of the folded question."""
    names = names or Vocabulary()
    text = folded(question).text.replace("増△減", "増_減")
    taken: list[tuple[int, int]] = []
    marks: dict[int, tuple[int, str]] = {}

    def take(found: Iterable[Slot[T]], sign: str) -> list[T]:
        values = []
        for slot in found:
            if not any(slot.start < end and start < slot.end for start, end in taken):
                taken.append((slot.start, slot.end))
                marks[slot.start] = (slot.end, sign)
                values.append(slot.value)
        return values

    items = []
    for mention, sign in zip(_distinct(mentions), ITEMS, strict=False):
        items += take([Slot(*with_level(text, mention.start, mention.end), mention.items)], sign)
    spelled = list(_spelled(text, {fold(name): name for name in names.divisions}))
    divisions = take(_apart(spelled), DIVISION)
    wholes = take(_spelled(text, names.whole_names), WHOLE)
    cities = [slot.value for slot in _spelled(text, {fold(city): own for city, own in names.cities.items()})]
    take(_of_cities(text, names.cities, names.whole_names), "")
    years = take(_years(text), YEAR)
    digits, rounding, text = decimals_of(text), rounding_of(text), without_decimals(text)
    bars = take([*thresholds(text), *portions(text)], AMOUNT)
    order = take(orders(text), ORDER)
    count = take(counts(text), COUNT)
    take([Slot(*match.span(), None) for match in _NUMBER_OF_LEVELS.finditer(text)], "")
    named = names.sources.said(text) if names.sources else []
    sources = take(named, SOURCE)
    last = max((slot.end for slot in named if is_left_out(text, slot.end)), default=0)
    return Masked(
        text=_replaced(text, marks),
        items=tuple(items),
        years=tuple(years),
        order=next(iter(order), None),
        count=next(iter(count), None),
        bar=next(iter(bars), None),
        sources=tuple(dict.fromkeys(sources)),
        left_out=tuple(dict.fromkeys(slot.value for slot in named if slot.end <= last)),
        of_both_years=asks_for_both_years(text),
        year_before_that=asks_for_the_year_before_that(text),
        divisions=tuple(divisions),
        wholes=tuple(dict.fromkeys(wholes)),
        documents=frozenset[str]().union(*cities),
        unit=unit_of(text),
        digits=digits,
        rounding=rounding,
        level=level_of(text),
        ended=asks_for_ended(text) and unmarked_of(text) is None,
        marked=marked_of(text),
        unmarked=unmarked_of(text),
        lesser=asks_for_lesser(text),
        least=asks_for_least(text),
        by_share=bool(OF_SHARES.search(text)),
        moved_by=_moved_by(_replaced(text, marks)),
        of_rate=bool(_RATE.search(text)),
        direction=direction_of(_replaced(text, marks)),
        of_whole=bool(wholes) or bool(_OF_THE_OFFICE.search(text)),
        marks=tuple((start, end, sign) for start, (end, sign) in sorted(marks.items())),
    )


def _years(text: str) -> Iterator[Slot[YearMention]]:
    """Yield the years that a folded text names; one said twice, 「今年度(R4)」, once: by its number."""
    said = year_mentions(text)
    for number, year in enumerate(said):
        if number and _in_brackets(text, said[number - 1], year):
            continue
        inside = (
            said[number + 1]
            if number + 1 < len(said) and _in_brackets(text, year, said[number + 1])
            else None
        )
        exact = inside if inside and inside.offset is None else year
        yield Slot(year.start, inside.end + 1 if inside else year.end, exact)


def _in_brackets(text: str, before: YearMention, year: YearMention) -> bool:
    """Tell whether a year stands in brackets behind one that is told by words, or the other way round."""
    behind = year.start == before.end + 1 and text[before.end] == "(" and text[year.end : year.end + 1] == ")"
    return behind and (before.offset is None) != (year.offset is None)


def _moved_by(masked: str) -> str | None:
    match = _BY_AMOUNT.search(masked)
    way = direction_of(match["what"]) if match else None
    return way if way != "equal" else None


def level_of(text: str) -> str | None:
    """Return the level of a budget that is asked about: 款, 項, 目, 費目; None for programmes."""
    match = _LEVEL.search(text)
    return match[0] if match else None


def _spelled(text: str, names: Mapping[str, T]) -> Iterator[Slot[T]]:
    """Yield where names stand in a folded text, the longest first."""
    for name in sorted(names, key=lambda name: -len(name)):
        start = text.find(name) if len(name) > 1 else -1
        if start >= 0:
            yield Slot(start, start + len(name), names[name])


def _of_cities(text: str, cities: Mapping[str, T], offices: Iterable[str]) -> Iterator[Slot[T]]:
    """Yield where cities are named with の or an office behind them: what is asked for is theirs in any case."""
    for slot in _spelled(text, {fold(city): documents for city, documents in cities.items()}):
        if text.startswith("の", slot.end):
            yield Slot(slot.start, slot.end + 1, slot.value)
        elif text.startswith(tuple(offices), slot.end):
            yield slot


def _apart(slots: Sequence[Slot[T]]) -> list[Slot[T]]:
    """Return the slots, of those that overlap the longest, in the order of their places."""
    kept: list[Slot[T]] = []
    for slot in sorted(slots, key=lambda slot: slot.start - slot.end):
        if all(slot.end <= other.start or other.end <= slot.start for other in kept):
            kept.append(slot)
    return sorted(kept, key=lambda slot: slot.start)


def _distinct(mentions: Sequence[Mention]) -> list[Mention]:
    """Return each item's first mention."""
    first: dict[tuple[int, ...], Mention] = {}
    for mention in mentions:
        first.setdefault(tuple(item.number for item in mention.items), mention)
    return list(first.values())


def _replaced(text: str, marks: dict[int, tuple[int, str]]) -> str:
    parts, position = [], 0
    for start in sorted(marks):
        end, sign = marks[start]
        parts += [_DIGITS.sub("0", text[position:start]), sign]
        position = end
    whole = "".join([*parts, _DIGITS.sub("0", text[position:])])
    return " ".join(whole.replace("_", "").split())
