"""Questions about figures in other languages: read as a frame, computed by the ledger, never from a guessed item."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.lexicon.foreign_years import order_said, year_offset, years_said
from corpus.types import Figure, Measure
from qa.foreign.items import LARGEST, ItemMeanings, likely
from qa.frames.computing import compute
from qa.frames.frame import Frame
from qa.frames.operations import BETWEEN_YEARS, OF_ONE, OVER_ITEMS, Operation
from qa.learned.linear_models import LinearModel
from qa.ledger import Item, Ledger
from qa.types import Answer

ASKED = 0.5
"""From this probability on a question is taken to be about figures."""
SURE, PERHAPS = 0.85, 0.2
"""An item is answered for from SURE on; from PERHAPS on it is offered.

On invented ledgers left out of the fit: at .85 the item is right in .995 of what is answered, and of questions about an
item that the ledger does not hold .004 are answered, each naming the item it took.
"""
NEAR = 0.5
"""An operation half as likely as the first is offered beside it."""
_OFFERED = 4
_HAN = "zh"
Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Read:
    """How a question about figures was read: one frame that is `clear`, or frames for the person to choose from.

    No frame: figures are asked for, of something that the ledger does not hold. `lacking` is true where the frame's
    year has no figure of its item.
    """

    frames: tuple[Frame, ...]
    probability: float
    clear: bool
    lacking: bool


class FigureReader:
    """Reads frames out of questions, over one ledger."""

    def __init__(self, ledger: Ledger, items: ItemMeanings, operations: LinearModel) -> None:
        self._ledger = ledger
        self._items = items
        self._operations = operations

    def read(
        self, question: str, language: str, vector: Numbers, before: Sequence[tuple[str, Numbers]]
    ) -> Read | None:
        """Return how a question is read; None where it is not about figures of a ledger.

        `before` are the questions before it with their vectors, the newest first: an item that the question
        does not name is theirs.
        """
        if not 0 < len(self._items.items) <= LARGEST:
            return None
        operations, probability = self._asked(vector)
        if probability < ASKED:
            return None
        if operations[0] is Operation.AMOUNT and self._names_a_source(question, language):
            operations = [Operation.SOURCES]
        items, sure = self._about(operations[0], question, vector, before)
        frames = [
            self._frame(operation, item, question, language) for item in items for operation in operations
        ]
        if not frames:
            return Read((), 0.0, clear=False, lacking=False)
        first = frames[0]
        one = len(items) == 1 and sure > 0
        lacking = one and not all(self._printed(first.items, year) for year in _needed(first))
        clear = lacking or (one and len(frames) == 1)
        return Read(tuple(frames[: 1 if lacking else _OFFERED]), probability * sure, clear, lacking)

    def answer(self, frame: Frame) -> Answer | None:
        """Return what the ledger computes for a frame, in Japanese; None where it cannot, or means another item."""
        reply = compute(frame, self._ledger, 1.0)
        return reply if isinstance(reply, Answer) and reply.figures else None

    def known(self, items: Sequence[Item]) -> list[tuple[Item, Figure]]:
        """Return the newest two amounts of each item."""
        found = [(item, self._ledger.figure(item, year)) for item in items for year in item.years()[:2]]
        return [(item, figure) for item, figure in found if isinstance(figure, Figure)]

    def _names_a_source(self, question: str, language: str) -> bool:
        """Tell whether a question says a funding source as the documents print it: "prefectural (県) funding"."""
        if language.startswith(_HAN):  # 国 is a word of theirs
            return False
        names = "|".join(re.escape(name) for name in self._ledger.all_aspects() if name)
        return bool(names) and bool(re.search(rf"(?<![一-龠々])(?:{names})(?![一-龠々])", question))

    def _asked(self, vector: Numbers) -> tuple[list[Operation], float]:
        """Return the likeliest operation, two where they are near, and how surely figures are asked for at all."""
        chances = self._operations.one_of(self._items.apart_from_item(vector)[None])[0]
        told = dict(zip(map(Operation, self._operations.labels), chances.tolist(), strict=True))
        figures = 1 - told.pop(Operation.OTHER)
        first, second = sorted(told, key=lambda name: -told[name])[:2]
        near = told[second] > NEAR * told[first] and (first in OF_ONE) == (second in OF_ONE)
        return ([first, second] if near else [first]), figures

    def _about(
        self, operation: Operation, question: str, vector: Numbers, before: Sequence[tuple[str, Numbers]]
    ) -> tuple[Sequence[Item | None], float]:
        """Return what the operation is on: an item, several that may be meant, the totals, or all items (None)."""
        if operation is Operation.TOTAL:
            return list(self._ledger.totals.values()), 1.0
        return self._of(question, vector, before) if operation in OF_ONE else ([None], 1.0)

    def _of(
        self, question: str, vector: Numbers, before: Sequence[tuple[str, Numbers]]
    ) -> tuple[list[Item], float]:
        """Return the items that a question may be about: with how surely it is the first; 0 where none is clear."""
        for text, own in [(question, vector), *before]:
            named = self._items.named(text)
            if named:
                return named[:_OFFERED], 1.0 if len(named) == 1 else 0.0
            meant = self._items.meant(own)
            if meant and meant[0].probability >= SURE:
                return [meant[0].item], meant[0].probability
            offered = likely(meant, least=PERHAPS, most=_OFFERED)
            if offered:
                return offered, 0.0
        return [], 0.0

    def _frame(self, operation: Operation, item: Item | None, question: str, language: str) -> Frame:
        operation = Operation.AMOUNT if operation is Operation.TOTAL else operation
        newest = max(
            (
                self._ledger.newest_year(name) or 0
                for name in ([item.document] if item else self._ledger.document_ids())
            ),
            default=0,
        )
        order = order_said(question, language) if operation in OVER_ITEMS else None
        said = years_said(question)
        if said:
            year = max(said) if operation in BETWEEN_YEARS else said[0]
        else:
            year = newest + ((year_offset(question, language) or 0) if operation not in BETWEEN_YEARS else 0)
        items, order = ((item,) if item else ()), order if order and order > 1 else None
        return Frame(operation, items, year, base=year - 1, whole=self._whole(item), order=order)

    def _whole(self, item: Item | None) -> Item | None:
        """Return the total of the item's budget, or of the only one."""
        totals = self._ledger.totals
        return (
            totals.get(item.document) if item else next(iter(totals.values())) if len(totals) == 1 else None
        )

    def _printed(self, items: Sequence[Item], year: int) -> bool:
        if not items:
            return any(year in each.years() for each in self._items.items)
        return isinstance(self._ledger.figure(items[0], year, Measure.AMOUNT), Figure)


def _needed(frame: Frame) -> tuple[int, ...]:
    year = frame.year or 0
    return (year, year - 1) if frame.operation in BETWEEN_YEARS else (year,)
