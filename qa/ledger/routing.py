"""From what a question asks to the computation that answers it."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from qa.ledger.asking import NAME, Operation
from qa.ledger.changes import amounts, difference, direction, rate
from qa.ledger.inquiry import TWO_YEARS, Inquiry, Response
from qa.ledger.lists import children, over_items, sources
from qa.ledger.refusing import nameless, refuse_parts, refuse_what_is_not_printed, unknown_word
from qa.ledger.resolving import How
from qa.ledger.shares import added, compare, share, times
from qa.ledger.texts import count, department, reason
from qa.ledger.vocabulary import MONEY, PROSE

_COMPUTATIONS: Mapping[Operation, Callable[[Inquiry], Response]] = MappingProxyType(
    {
        Operation.AMOUNT: amounts,
        Operation.DIFFERENCE: difference,
        Operation.RATE: rate,
        Operation.DIRECTION: direction,
        Operation.SHARE: share,
        Operation.SUM: added,
        Operation.COMPARE: compare,
        Operation.TIMES: times,
        Operation.CHILDREN: children,
        Operation.SOURCES: sources,
    }
)
_REASON = re.compile(r"理由|要因|なぜ|何故|どうして")


def reply(inquiry: Inquiry) -> Response:
    """Return the answer, a question back, a decline, or None for the passages."""
    if inquiry.reading.named and _REASON.search(inquiry.asked.shape):
        return reason(inquiry)
    operation = _operation(inquiry)
    if operation is None:
        return None
    if operation in (
        Operation.RANK,
        Operation.MARKED,
        Operation.HIGHLIGHTS,
        Operation.NUMBER_OF,
        Operation.MOVED,
    ):
        refuse_what_is_not_printed(inquiry)
        found = over_items(inquiry, operation)
        if found is not None or inquiry.reading.named or not (inquiry.asked.money and inquiry.asked.cue):
            return found
        # 「新」 or 「トップ」 stood in an unknown name.
        return nameless(inquiry, Operation.AMOUNT)
    if not inquiry.reading.named and inquiry.total is None:
        return nameless(inquiry, operation)
    if operation is Operation.DEPARTMENT:
        return department(inquiry)
    if operation is Operation.COUNT:
        return count(inquiry)
    refuse_what_is_not_printed(inquiry)
    refuse_parts(inquiry)
    return _COMPUTATIONS[operation](inquiry)


def _operation(inquiry: Inquiry) -> Operation | None:
    asked = inquiry.asked
    if asked.operation in (Operation.COUNT, Operation.DEPARTMENT):
        return asked.operation
    money = asked.operation in (
        Operation.AMOUNT,
        *TWO_YEARS,
        Operation.SHARE,
        Operation.SUM,
        Operation.SOURCES,
    )
    if PROSE.search(asked.shape) and not (
        money and asked.money and not re.search(r"理由|要因|なぜ|使い道", asked.shape)
    ):
        return None
    if asked.operation is None:
        named = inquiry.reading.named and inquiry.reading.how in (How.NAMED, How.MISSPELT)
        bare = named and (
            asked.years or inquiry.aspect() or _bare(asked.shape) or MONEY.search(inquiry.text.text)
        )
        return Operation.AMOUNT if bare or (inquiry.total and asked.years and asked.cue) else None
    if asked.operation is Operation.AMOUNT and not asked.cue:
        return Operation.AMOUNT if unknown_word(inquiry) else None
    if asked.operation in (
        Operation.DIRECTION,
        Operation.COMPARE,
        Operation.CHILDREN,
        Operation.MARKED,
    ) and not (asked.cue and (inquiry.reading.named or inquiry.total or asked.money or asked.scope)):
        return None
    if asked.operation in (Operation.SOURCES, Operation.CHILDREN) and inquiry.aspect():
        return Operation.AMOUNT
    return asked.operation


def _bare(shape: str) -> bool:
    return bool(
        re.fullmatch(rf"[\s「」『』]*{NAME}[\s「」『』、]*(?:は|って|の額は|の予算は)?[?。\s]*", shape)
    )
