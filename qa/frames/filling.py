"""An operation and what a question names → the frame, its empty places filled from the one before; or None."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from corpus.data_rows import data_rows
from qa.frames.frame import Frame
from qa.frames.masking import ITEMS, WHOLE, YEAR, Masked
from qa.frames.operations import (
    BETWEEN_YEARS,
    OF_ONE,
    OF_SOURCES,
    OF_THE_WHOLE,
    OF_TWO,
    OVER_ITEMS,
    Operation,
    Use,
)
from qa.frames.sources import GENERAL, SPECIAL, printed_as
from qa.ledger.book import Ledger
from qa.ledger.items import Item

_OF_CHANGES = frozenset({
    Operation.INCREASED, Operation.DECREASED, Operation.COUNT_INCREASED, Operation.COUNT_DECREASED,
    Operation.SUM_INCREASED, Operation.SUM_DECREASED,
})  # fmt: skip
_OF_ITS_ITEMS = frozenset({Operation.OF_DEPARTMENT, Operation.SUM_DEPARTMENT})
_COMPARED_WITH = re.compile(rf"{YEAR}(?:の当初)?(?:予算)?(?:より|から|比|[にと](?:比|くらべ)|対比|に対|との)")
_OF_SOME_SOURCES = (
    Operation.AMOUNT, Operation.SOURCE, Operation.SOURCE_SUM, Operation.SOURCES, Operation.SOURCE_TOTAL, Operation.TOTAL,
    Operation.SUM,
)  # fmt: skip
_OF_YEARS = (Operation.CHANGE, Operation.RATE, Operation.DIRECTION, Operation.YEARS)
_OF_A_SOURCE = (Operation.SOURCE, Operation.SOURCE_SUM, Operation.SOURCE_TOTAL)
_BETWEEN_SOURCES = (
    Operation.COMPARE, Operation.COMPARE_LARGER, Operation.COMPARE_SMALLER, Operation.DIFFERENCE, Operation.TIMES,
    Operation.TIMES_OF,
)  # fmt: skip
_TOGETHER = re.compile(r"合わせ|あわせ|合計|合算|足し|足す|計で")
_SUM = re.compile(r"(?:年|度|予算|額)の?計(?=[をは、。?]|$)")
_ITS_ITEMS = re.compile(rf"[{ITEMS}]の(?:中の|なかの)?(?:事業|取組|項目)(?:を|は|って|には|が|に)")
_HOW_MUCH = re.compile(r"いくら|なんぼ|予算|額|何円")
_ENDED = "廃止"
_WITHIN = re.compile(r"(?:その|この)?(?:中|なか|うち|内訳)(?:で|に|の)")
_DESCRIPTION = re.compile(r"概要|内容|説明")
_CHANGE = re.compile(r"(?:増加|増減|減少|伸び|増え|減っ|増|減)(?:額|幅|た額|分)")
_WHICH_OF_TWO = re.compile(r"(?:どちら|どっち|いずれ|どれ)(?!も)")
_YEARS_OF = {Operation.DIFFERENCE: 1, Operation.SHARE_OF: 0}
"""How many years are named where one item is compared with itself."""


_MOVES = frozenset({Operation.RISE, Operation.FALL, Operation.RATE_RISE, Operation.RATE_FALL})
_TWO = 2
_BEYOND = frozenset({
    Operation.ABOVE, Operation.BELOW, Operation.COUNT_ABOVE, Operation.COUNT_BELOW, Operation.SUM_ABOVE,
    Operation.SUM_BELOW, Operation.EXCEEDS, Operation.VERIFY,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Context:
    """What stands from the turns before: the last frame, the items and sources that each turn told of, the newest last.

    `listed` are the items of a list that was told last.
    """

    frame: Frame
    told: tuple[tuple[Item, ...], ...]
    sources: tuple[str, ...] = ()
    listed: tuple[Item, ...] = ()
    division: str | None = None
    """The division in charge that was told last."""

    @property
    def last(self) -> tuple[Item, ...]:
        """The items that the last turn told of."""
        return self.told[-1] if self.told else ()

    @property
    def pair(self) -> tuple[Item, ...]:
        """The two items that were spoken of last, or the one where it was the same."""
        if len(self.last) > 1:
            return self.last[:2]
        before = self.told[-2][:1] if len(self.told) > 1 else ()
        return tuple(dict.fromkeys([*before, *self.last]))


@cache
def instead(where: str) -> Mapping[Operation, Operation]:
    """Return which operations are meant in place of others: `instead.tsv` tells where."""
    rows = data_rows("qa.frames", "instead.tsv")
    return {Operation(told): Operation(meant) for place, told, meant in rows if place == where}


def filled(
    operation: Operation, items: Sequence[Item], said: Masked, ledger: Ledger, before: Context | None
) -> Frame | None:
    """Return the frame of an operation on the items that a question names, or that stand from before."""
    if operation in (Operation.PART, Operation.OTHER):
        return None
    if said.year_before_that and before and before.frame.year is not None and not (items or said.wholes):
        year = before.frame.year - 1
        return replace(before.frame, year=year, base=year - 1, years=(), unit=said.unit or before.frame.unit)
    if operation in (Operation.SAME, Operation.NEXT):
        return _again(operation, items, said, ledger, before)
    wholes = said.wholes or _the_whole(ledger, before)
    operation, items = _of_division(_with_sources(operation, said), items, said), list(items)
    if _TOGETHER.search(said.text) or _SUM.search(said.text):
        operation = instead("together").get(operation, operation)
    if said.ended and not items and operation in instead("ended"):
        operation, said = (
            instead("ended")[operation],
            replace(said, years=()),
        )  # the year named is that of their last amount
    of_division = ledger.of_division(said.divisions[0]) if said.divisions and not items else ()
    if of_division and operation in instead("of_division_over_years"):
        operation, items = instead("of_division_over_years")[operation], [ledger.together(of_division)]
    if said.divisions and operation in OF_THE_WHOLE:
        return None
    if _is_of_a_list(operation, items, said, before) and before is not None:
        operation, items = Operation.SUM, list(before.listed)
    elif not items and before and not said.wholes and not (operation in OF_THE_WHOLE and WHOLE in said.text):
        items = _from_before(operation, before, said, ledger)
    elif len(items) == 1 and before and operation in OF_TWO and before.last:
        items = [before.last[-1], *items] if before.last[-1] is not items[0] else items
    if operation in (Operation.YEARS, Operation.AMOUNT) and not said.items and _TOGETHER.search(said.text):
        two = before.pair if before else ()
        operation, items = (Operation.SUM, list(two)) if len(two) == _TWO else (operation, items)
    operation, items = _of_pair(operation, items, said, before)
    operation = _of_sources(operation, items, said, before)
    if said.moved_by is not None and said.bar is not None:
        operation = instead(said.moved_by).get(operation, operation)
    if (
        operation is Operation.DESCRIPTION
        and items
        and (not _is_described(items[0]) or _ITS_ITEMS.search(said.text))
        and ledger.children(items[0])
    ):
        operation = Operation.CHILDREN
    if said.of_both_years and operation in (Operation.TOTAL, Operation.AMOUNT):
        operation, items = Operation.YEARS, items[:1] or list(wholes[:1])
    if operation in OF_THE_WHOLE:
        operation, items = OF_THE_WHOLE[operation], items[:1] or list(wholes[:1])
    if operation is Operation.SOURCE_SHARE and not items and not said.unexplained:
        items = list(wholes[:1])
    if operation in OF_ONE and not items and said.of_whole:
        items = list(wholes[:1])
    if operation in OF_TWO and len(items) == 1 and said.wholes:
        items = [*items, said.wholes[0]]
    items = _as_sources(operation, items, said, ledger, before)
    operation, items = _as_one(operation, items, said, ledger)
    of_years = len(said.years) >= _YEARS_OF.get(operation, 2) or _told_twice(said, before)
    if operation in OF_TWO and len(items) == 1 and of_years:
        operation = instead("of_one").get(operation, operation)
    if operation is Operation.TIMES_OF:
        operation, items = Operation.TIMES, items[::-1]
    if operation is Operation.SHARE_OF and len(items) == _TWO:
        items = sorted(items, key=lambda item: item in wholes or any(ledger.under(i, item) for i in items))
    if operation is Operation.CONVERT and said.rounding is None and said.unit in (None, _unit(items)):
        operation = Operation.AMOUNT
    frame = _placed(operation, tuple(items), wholes, said, ledger, before)
    return _dated(frame, said, ledger) if frame is not None and _is_whole(frame) else None


def _is_described(item: Item) -> bool:
    return any(_DESCRIPTION.search(cell.name) for cell in item.attributes)


def _is_of_a_list(operation: Operation, items: Sequence[Item], said: Masked, before: Context | None) -> bool:
    """Tell whether the sum of a list that was told right before is asked for: 「全部でいくら」."""
    if before is None or items or said.of_whole or operation not in (Operation.TOTAL, Operation.SUM):
        return False
    over = OVER_ITEMS.get(before.frame.operation)
    return over is not None and over.use is Use.LIST and len(before.listed) > 1


def _told_twice(said: Masked, before: Context | None) -> bool:
    """Tell whether the last two turns told of one item, each of another year: 「その差は」 is between its years."""
    return (
        before is not None and not said.items and len(before.told) > 1 and before.told[-2] == before.told[-1]
    )


def _the_whole(ledger: Ledger, before: Context | None) -> tuple[Item, ...]:
    """Return the total of the only budget, or of the one that was spoken of before."""
    if len(ledger.totals) == 1:
        return tuple(ledger.totals.values())
    return (before.frame.whole,) if before and before.frame.whole else ()


def _unit(items: Sequence[Item]) -> str | None:
    """Return the unit that an item's amounts are printed in."""
    return next((figure.unit for item in items[:1] for figure in item.served), None)


def _with_sources(operation: Operation, said: Masked) -> Operation:
    """A source that is named is asked for, and a source, or a rate, that is not named cannot be."""
    if said.left_out and operation in _OF_SOME_SOURCES:
        return Operation.SOURCE_SUM
    if said.sources and said.by_share and operation in _OF_SOME_SOURCES:
        return Operation.SOURCE_SHARE
    if said.sources and operation in (Operation.AMOUNT, Operation.CONVERT):
        return Operation.SOURCE
    if said.sources and operation is Operation.SHARE:
        return Operation.SOURCE_SHARE
    if not said.sources and operation is Operation.SOURCE:
        return Operation.SOURCES
    return operation if said.of_rate else instead("no_rate").get(operation, operation)


def _as_sources(
    operation: Operation, items: list[Item], said: Masked, ledger: Ledger, before: Context | None
) -> list[Item]:
    """Return in place of an item its funding sources, where these are named and compared: by year, or two of them."""
    asked = said.sources
    if (
        not asked
        and before
        and before.frame.operation in _OF_A_SOURCE
        and not said.items
        and not said.of_whole
    ):
        asked = before.frame.sources
    many = 1 if operation in _OF_YEARS else _TWO if operation in _BETWEEN_SOURCES else 0
    if not many or len(items) != 1 or len(asked) != many:
        return items
    held = ledger.aspects(items[0])
    printed = [names[0] for source in asked if len(names := printed_as(source, held)) == 1]
    return [ledger.source_of(items[0], name) for name in printed] if len(printed) == many else items


def _as_one(
    operation: Operation, items: list[Item], said: Masked, ledger: Ledger
) -> tuple[Operation, list[Item]]:
    """Return several items as one where their sum is asked about over the years: 「合わせた額の増減率」."""
    if len(said.items) < _TWO or len(items) < _TWO or not _TOGETHER.search(said.text):
        return operation, items
    if operation is Operation.COMPARE_CHANGE and not _WHICH_OF_TWO.search(said.text):
        operation = Operation.RATE if said.of_rate else Operation.CHANGE
    return (operation, [ledger.together(items)]) if operation in _OF_YEARS else (operation, items)


def _of_division(operation: Operation, items: Sequence[Item], said: Masked) -> Operation:
    """What is asked of a division, where nothing else is named, is asked of all its items together."""
    if not said.divisions or items:
        return operation
    return instead("of_division").get(operation, operation)


def _of_pair(
    operation: Operation, items: list[Item], said: Masked, before: Context | None
) -> tuple[Operation, list[Item]]:
    """After a question about two items how far they are apart is meant, not how each changed."""
    if before is None or said.items or said.wholes:
        return operation, items
    if operation is Operation.CHANGE and len(before.last) == _TWO and not said.years:
        return Operation.DIFFERENCE, list(before.last)
    return operation, items


def _of_sources(
    operation: Operation, items: Sequence[Item], said: Masked, before: Context | None
) -> Operation:
    """After questions about sources their sum and their part are meant, not those of items."""
    if before is None or said.items or said.wholes or before.frame.operation not in OF_SOURCES or not items:
        return operation
    if operation is Operation.SUM and len(before.sources) > 1:
        return Operation.SOURCE_SUM
    return Operation.SOURCE_SHARE if operation in (Operation.SHARE, Operation.SHARE_OF) else operation


def _from_before(operation: Operation, before: Context, said: Masked, ledger: Ledger) -> list[Item]:
    if operation in OF_TWO:
        return list(before.pair)
    if operation in OF_ONE or operation in OF_THE_WHOLE:
        return list(before.last[:1])
    if operation in OVER_ITEMS and before.frame.scope is not None and not before.listed:
        return [before.frame.scope]
    within = [item for item in before.last[:1] if ledger.children(item)]
    if operation in OVER_ITEMS and within and not before.listed and _WITHIN.search(said.text):
        return within
    return []


def _again(
    operation: Operation, items: Sequence[Item], said: Masked, ledger: Ledger, before: Context | None
) -> Frame | None:
    """The frame before, of another item, year, source or place."""
    if before is None:
        return filled(Operation.AMOUNT, items, replace(said), ledger, None) if items or said.wholes else None
    frame = before.frame
    if operation is Operation.NEXT:
        over = OVER_ITEMS.get(frame.operation)
        if over is None or over.use is not Use.ONE:
            return None
        return replace(frame, order=said.order or (frame.order or 1) + 1)
    if (
        items
        and frame.operation in (Operation.CHANGE, Operation.RATE, Operation.DIRECTION)
        and _HOW_MUCH.search(said.text)
    ):
        frame = replace(frame, operation=Operation.AMOUNT)
    new = tuple(items) or said.wholes
    if new and frame.operation in OVER_ITEMS:
        top = new[0]
        frame = (
            replace(frame, scope=top if top not in said.wholes else None) if ledger.children(top) else frame
        )
        frame = frame if ledger.children(top) else replace(frame, operation=Operation.AMOUNT, items=new[:1])
    elif new:
        frame = replace(frame, items=new[:1] if len(frame.items) < 2 else (*frame.items[:1], *new[:1]))
    if said.sources and frame.operation in OF_ONE and frame.operation not in OVER_ITEMS:
        asked = frame.operation if frame.operation in OF_SOURCES else Operation.SOURCE
        frame = replace(frame, operation=asked, sources=said.sources)
    if said.unit:
        frame = replace(frame, unit=said.unit)
    if not (new or said.years or said.sources or said.unit):
        return None
    kept = not said.years and new and frame.year in new[0].years() and new[0].document == _document(before)
    return frame if kept or not (said.years or new) else _dated(frame, said, ledger)


def _division(operation: Operation, said: Masked, before: Context | None) -> str | None:
    """Return the division that is named, or, where one is asked about, the one that was told before."""
    if said.divisions:
        return said.divisions[0]
    return before.division if before and operation in _OF_ITS_ITEMS else None


def _document(before: Context) -> str | None:
    """Return the document that the frame before is about."""
    own = before.frame.items[:1] or (before.frame.whole,)
    return own[0].document if own[0] is not None else None


def _placed(
    operation: Operation,
    items: tuple[Item, ...],
    wholes: Sequence[Item],
    said: Masked,
    ledger: Ledger,
    before: Context | None,
) -> Frame | None:
    """Return the frame with where its items are: below one that is named, or in the one budget."""
    whole = wholes[0] if len(wholes) == 1 else None
    scope = None
    if operation in OVER_ITEMS:
        tops = [item for item in items if ledger.children(item)]
        if len(tops) < len(items):
            return None
        scope, items = (tops[-1] if tops else None), ()
        if scope is not None and scope in ledger.totals.values():
            whole, scope = scope, None
    elif operation in OF_ONE and len(items) > 1 and operation is not Operation.AMOUNT:
        items = _lowest(items, ledger)
    elif operation is Operation.AMOUNT and len(items) > 1:
        items = _lowest(items, ledger) if len(_lowest(items, ledger)) == 1 else items
    if operation in (Operation.CHILDREN, Operation.ALL):
        operation = Operation.CHILDREN if scope is not None else Operation.ALL
    own = scope or (items[0] if items else whole)
    if own is not None:
        whole = ledger.totals.get(own.document)
    return Frame(
        operation,
        items,
        office=ledger.unnamed_office(whole) if whole is not None else None,
        order=said.order,
        count=said.count,
        scope=scope,
        whole=whole,
        level=None if operation in _OF_ITS_ITEMS else said.level,
        among=before.listed
        if before and operation in OVER_ITEMS and scope is None and not said.wholes and not said.items
        else (),
        sources=_with_source_before(operation, _kept_sources(said, items, ledger), said, before)
        or _sources_before(operation, before),
        bar=said.bar if operation not in _OF_CHANGES or said.moved_by else None,
        division=_division(operation, said, before),
        unit=said.unit,
        digits=said.digits,
        rounding=said.rounding,
        marked=_ENDED if said.ended and operation in instead("ended").values() else said.marked,
        unmarked=said.unmarked,
        lesser=said.lesser or (said.least and operation in _MOVES and (said.order or 1) == 1),
        by_rate=said.of_rate and operation is Operation.COMPARE_CHANGE,
        of_change=operation in (Operation.COMPARE_LARGER, Operation.COMPARE_SMALLER)
        and bool(_CHANGE.search(said.text)),
        direction=said.direction if operation is Operation.DIRECTION else None,
        by_share=said.by_share and operation is Operation.MOST_SOURCE,
    )


def _sources_before(operation: Operation, before: Context | None) -> tuple[str, ...]:
    """Return the sources that stand from before: the last two for their sum, all those whose sum was told for its part."""
    if before is None or operation not in OF_SOURCES:
        return ()
    if operation is Operation.SOURCE_SHARE and before.frame.operation is Operation.SOURCE_SUM:
        return before.frame.sources
    return before.sources[-2 if operation is Operation.SOURCE_SUM else -1 :]


def _with_source_before(
    operation: Operation, sources: tuple[str, ...], said: Masked, before: Context | None
) -> tuple[str, ...]:
    """Return the sources with the one that was told before, where one more is to be added to it: 「国と足すと」."""
    adds = operation in (Operation.SOURCE, Operation.SOURCE_SUM) and _TOGETHER.search(said.text)
    if not (adds and before and len(sources) == 1 and not said.items and not said.of_whole):
        return sources
    return tuple(dict.fromkeys((*before.sources[-1:], *sources)))


def _kept_sources(said: Masked, items: Sequence[Item], ledger: Ledger) -> tuple[str, ...]:
    """Return the sources named, each once; where some are to be left out, all others of the item."""
    if said.left_out and len(items) == 1:
        held = ledger.aspects(items[0])
        out = {name for source in said.left_out for name in printed_as(source, held)}
        if any(source not in said.left_out and SPECIAL in source for source in said.sources):
            out |= {name for name in held if GENERAL in name}
        return tuple(name for name in held if name not in out)
    known = ledger.all_aspects()
    once = {printed_as(source, known) or (source,): source for source in reversed(said.sources)}
    return tuple(reversed(once.values()))


def _lowest(items: Sequence[Item], ledger: Ledger) -> tuple[Item, ...]:
    """Return the items that no other named one is below: an ancestor only says where."""
    return tuple(item for item in items if not any(ledger.under(other, item) for other in items))


def _is_whole(frame: Frame) -> bool:
    """Tell whether everything that the operation needs is there."""
    many = len(frame.items)
    of_one = frame.operation in OF_ONE and frame.operation not in OVER_ITEMS
    if of_one and many != 1 and not (frame.operation is Operation.AMOUNT and many):
        return False
    if frame.operation in OF_TWO and many != _TWO and not (frame.operation is Operation.SUM and many > _TWO):
        return False
    if frame.operation in OF_SOURCES and not frame.sources:
        return False
    if frame.operation in (Operation.OF_DEPARTMENT, Operation.SUM_DEPARTMENT) and not frame.division:
        return False
    return not (frame.operation in _BEYOND and frame.bar is None)


def _dated(frame: Frame, said: Masked, ledger: Ledger) -> Frame | None:
    """Return the frame with the years that are named, or the newest of its document."""
    own = frame.items[0] if frame.items else frame.scope or frame.whole
    documents = ledger.document_ids()
    if own is None and len(documents) != 1:
        return None
    document = own.document if own else documents[0]
    newest = ledger.newest_year(document)
    if newest is None:
        return None
    owner = own or next(item for item in ledger.items if item.document == document)
    found = [ledger.year(mention, owner) for mention in said.years]
    years = tuple(dict.fromkeys(year for year in found if year is not None))
    if frame.operation in BETWEEN_YEARS:
        return _between(frame, said, [year or newest for year in found], newest)
    if frame.operation is Operation.AMOUNT and len(years) > 1 and len(frame.items) == 1:
        return replace(frame, operation=Operation.YEARS, years=years, year=max(years))
    if frame.operation is Operation.YEARS and len(years) == 1:
        frame = replace(frame, operation=Operation.AMOUNT)
    year = years[0] if years else newest
    return replace(frame, year=year, base=year - 1, years=years if len(years) > 1 else ())


def _between(frame: Frame, said: Masked, years: Sequence[int], newest: int) -> Frame:
    """Return the frame with the year asked about and the one compared with.

    Of two years the later one is asked about. One that is named alone is, unless it is said to be compared with
    (令和3年度より); 前年度 is the year before the one that is named, else before the newest.
    """
    named = [year for year, mention in zip(years, said.years, strict=False) if mention.offset is None]
    relative = [mention.offset for mention in said.years if mention.offset]
    if len(set(named)) == 1 and relative:
        return replace(frame, year=named[0], base=named[0] + relative[0])
    if len(set(years)) > 1:
        return replace(frame, year=max(years), base=min(years))
    if years and years[0] < newest and (not named or _COMPARED_WITH.search(said.text)):
        return replace(frame, year=newest, base=years[0])
    year = years[0] if years else newest
    return replace(frame, year=year, base=year - 1)
