"""The frame before, asked again of another item, year, source or place."""

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.frames.exact.masking import Masked
from qa.frames.frame import Frame
from qa.frames.operations import OF_ONE, OF_SOURCES, OF_THE_WHOLE, OF_TWO, OVER_ITEMS, Operation, Use
from qa.frames.reading.turns import Context, document_of
from qa.frames.reading.years_asked import dated
from qa.ledger.book import Ledger
from qa.ledger.items import Item

_WITHIN = re.compile(r"(?:その|この)?(?:中|なか|うち|内訳)(?:で|に|の)")


def items_before(operation: Operation, before: Context, said: Masked, ledger: Ledger) -> list[Item]:
    """Return the items of an operation that stand from the turns before."""
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


def asked_again(
    operation: Operation, items: Sequence[Item], said: Masked, ledger: Ledger, before: Context
) -> Frame | None:
    """The frame before, of another item, year, source or place."""
    frame = before.frame
    if operation is Operation.NEXT:
        over = OVER_ITEMS.get(frame.operation)
        if over is None or over.use is not Use.ONE:
            return None
        return replace(frame, order=said.order or (frame.order or 1) + 1)
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
    kept = not said.years and new and frame.year in new[0].years() and new[0].document == document_of(before)
    return frame if kept or not (said.years or new) else dated(frame, said, ledger)
