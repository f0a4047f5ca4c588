"""Which funding sources a frame is of: those that are named, or left out, or told before."""

from collections.abc import Sequence

from qa.frames.exact.masking import Masked
from qa.frames.exact.slots import is_added_up
from qa.frames.exact.source_names import GENERAL, SPECIAL, printed_as
from qa.frames.operations import OF_SOURCES, OF_YEARS, Operation
from qa.frames.reading.replacing import instead
from qa.frames.reading.turns import Context
from qa.ledger.book import Ledger
from qa.ledger.items import Item

_OF_SOME_SOURCES = (
    Operation.AMOUNT, Operation.SOURCE, Operation.SOURCE_SUM, Operation.SOURCES, Operation.SOURCE_TOTAL, Operation.TOTAL,
    Operation.SUM,
)  # fmt: skip
_OF_A_SOURCE = (Operation.SOURCE, Operation.SOURCE_SUM, Operation.SOURCE_TOTAL)
_BETWEEN_SOURCES = (
    Operation.COMPARE, Operation.COMPARE_LARGER, Operation.COMPARE_SMALLER, Operation.DIFFERENCE, Operation.TIMES,
    Operation.TIMES_OF,
)  # fmt: skip


def with_sources(operation: Operation, said: Masked) -> Operation:
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


def as_sources(
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
    many = 1 if operation in OF_YEARS else 2 if operation in _BETWEEN_SOURCES else 0
    if not many or len(items) != 1 or len(asked) != many:
        return items
    held = ledger.aspects(items[0])
    printed = [names[0] for source in asked if len(names := printed_as(source, held)) == 1]
    return [ledger.source_of(items[0], name) for name in printed] if len(printed) == many else items


def of_sources(
    operation: Operation, items: Sequence[Item], said: Masked, before: Context | None
) -> Operation:
    """After questions about sources their sum and their part are meant, not those of items."""
    if before is None or said.items or said.wholes or before.frame.operation not in OF_SOURCES or not items:
        return operation
    if operation is Operation.SUM and len(before.sources) > 1:
        return Operation.SOURCE_SUM
    return Operation.SOURCE_SHARE if operation in (Operation.SHARE, Operation.SHARE_OF) else operation


def sources_before(operation: Operation, before: Context | None) -> tuple[str, ...]:
    """Return the sources that stand from before: the last two for their sum, all those whose sum was told for its part."""
    if before is None or operation not in OF_SOURCES:
        return ()
    if operation is Operation.SOURCE_SHARE and before.frame.operation is Operation.SOURCE_SUM:
        return before.frame.sources
    return before.sources[-2 if operation is Operation.SOURCE_SUM else -1 :]


def with_source_before(
    operation: Operation, sources: tuple[str, ...], said: Masked, before: Context | None
) -> tuple[str, ...]:
    """Return the sources with the one that was told before, where one more is to be added to it: 「国と足すと」."""
    adds = operation in (Operation.SOURCE, Operation.SOURCE_SUM) and is_added_up(said.text)
    if not (adds and before and len(sources) == 1 and not said.items and not said.of_whole):
        return sources
    return tuple(dict.fromkeys((*before.sources[-1:], *sources)))


def kept_sources(said: Masked, items: Sequence[Item], ledger: Ledger) -> tuple[str, ...]:
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
