"""Which computation an operation is."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from qa.frames.computing.one_item import MAKERS as OF_ONE_ITEM
from qa.frames.computing.over_items import of_divisions, told_of_items
from qa.frames.computing.printed_texts import MAKERS as OF_TEXTS
from qa.frames.computing.sources import MAKERS as OF_SOURCES
from qa.frames.computing.two_items import MAKERS as OF_TWO_ITEMS
from qa.frames.computing.working import Working
from qa.frames.frame import Frame
from qa.frames.operations import OVER_ITEMS, Operation
from qa.ledger.book import Ledger
from qa.types import Answer, Decline

Maker = Callable[[Working], Answer | Decline | None]
_MAKERS: Mapping[Operation, Maker] = MappingProxyType({
    **OF_ONE_ITEM, **OF_TWO_ITEMS, **OF_SOURCES, **OF_TEXTS, **dict.fromkeys(OVER_ITEMS, told_of_items),
    Operation.MOST_DEPARTMENT: of_divisions,
})  # fmt: skip


def compute(frame: Frame, ledger: Ledger, confidence: float) -> Answer | Decline | None:
    """Return the reply to a frame, with the places of every figure in it; a decline where a figure is lacking."""
    maker = _MAKERS.get(frame.operation)
    return maker(Working(frame, ledger, confidence)) if maker else None
