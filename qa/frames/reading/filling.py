"""An operation and what a question names → the frame, its empty places filled from the one before; or None."""

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.frames.exact.masking import WHOLE, Masked
from qa.frames.exact.slots import is_added_up
from qa.frames.frame import Frame
from qa.frames.operations import (
    OF_ONE,
    OF_SOURCES,
    OF_THE_WHOLE,
    OF_TWO,
    OF_YEARS,
    OVER_ITEMS,
    Operation,
    Use,
)
from qa.frames.reading.going_on import asked_again, items_before
from qa.frames.reading.replacing import instead
from qa.frames.reading.sources_asked import (
    as_sources,
    kept_sources,
    of_sources,
    sources_before,
    with_source_before,
    with_sources,
)
from qa.frames.reading.turns import Context
from qa.frames.reading.years_asked import dated
from qa.ledger.book import Ledger
from qa.ledger.items import Item

_OF_CHANGES = frozenset({
    Operation.INCREASED, Operation.DECREASED, Operation.COUNT_INCREASED, Operation.COUNT_DECREASED,
    Operation.SUM_INCREASED, Operation.SUM_DECREASED,
})  # fmt: skip
_OF_ITS_ITEMS = frozenset({Operation.OF_DEPARTMENT, Operation.SUM_DEPARTMENT})
_ENDED = "廃止"
_CHANGE = re.compile(r"(?:増加|増減|減少|伸び|増え|減っ|増|減)(?:額|幅|た額|分)")
_YEARS_OF = {Operation.DIFFERENCE: 1, Operation.SHARE_OF: 0}
"""How many years are named where one item is compared with itself."""
_MOVES = frozenset({Operation.RISE, Operation.FALL, Operation.RATE_RISE, Operation.RATE_FALL})
_TWO = 2
_BEYOND = frozenset({
    Operation.ABOVE, Operation.BELOW, Operation.COUNT_ABOVE, Operation.COUNT_BELOW, Operation.SUM_ABOVE,
    Operation.SUM_BELOW, Operation.EXCEEDS, Operation.VERIFY,
})  # fmt: skip


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
        if before is not None:
            return asked_again(operation, items, said, ledger, before)
        return filled(Operation.AMOUNT, items, said, ledger, None) if items or said.wholes else None
    wholes = said.wholes or _the_whole(ledger, before)
    operation, items = _of_division(with_sources(operation, said), items, said), list(items)
    if is_added_up(said.text):
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
        items = items_before(operation, before, said, ledger)
    elif len(items) == 1 and before and operation in OF_TWO and before.last:
        items = [before.last[-1], *items] if before.last[-1] is not items[0] else items
    if operation in (Operation.YEARS, Operation.AMOUNT) and not said.items and is_added_up(said.text):
        two = before.pair if before else ()
        operation, items = (Operation.SUM, list(two)) if len(two) == _TWO else (operation, items)
    operation, items = _of_pair(operation, items, said, before)
    operation = of_sources(operation, items, said, before)
    if said.moved_by is not None and said.bar is not None:
        operation = instead(said.moved_by).get(operation, operation)
    if operation is Operation.DESCRIPTION and items and ledger.children(items[0]):
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
    items = as_sources(operation, items, said, ledger, before)
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
    return dated(frame, said, ledger) if frame is not None and _is_whole(frame) else None


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


def _as_one(
    operation: Operation, items: list[Item], said: Masked, ledger: Ledger
) -> tuple[Operation, list[Item]]:
    """Return several items as one where their sum is asked about over the years: 「合わせた額の増減率」."""
    if len(said.items) < _TWO or len(items) < _TWO or not is_added_up(said.text):
        return operation, items
    if operation is Operation.COMPARE_CHANGE:
        operation = Operation.RATE if said.of_rate else Operation.CHANGE
    return (operation, [ledger.together(items)]) if operation in OF_YEARS else (operation, items)


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


def _division(operation: Operation, said: Masked, before: Context | None) -> str | None:
    """Return the division that is named, or, where one is asked about, the one that was told before."""
    if said.divisions:
        return said.divisions[0]
    return before.division if before and operation in _OF_ITS_ITEMS else None


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
        sources=with_source_before(operation, kept_sources(said, items, ledger), said, before)
        or sources_before(operation, before),
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
