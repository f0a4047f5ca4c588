"""What a question about figures asks for, as a record that can say itself as a plain question."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.tables.years import in_era
from qa.ledger.composing import name_of
from qa.ledger.items import Item
from qa.replies.messages import JAPANESE, say


class Operation(StrEnum):
    """What is asked of the ledger; OTHER is not of the ledger at all."""

    AMOUNT = "amount"
    CHANGE = "change"
    RATE = "rate"
    SHARE = "share"
    SOURCES = "sources"
    TOTAL = "total"
    LARGEST = "largest"
    SMALLEST = "smallest"
    RISE = "rise"
    FALL = "fall"
    OTHER = "other"


OF_AN_ITEM = (Operation.AMOUNT, Operation.CHANGE, Operation.RATE, Operation.SHARE, Operation.SOURCES)
OVER_ITEMS = (Operation.LARGEST, Operation.SMALLEST, Operation.RISE, Operation.FALL)
BETWEEN_YEARS = (Operation.CHANGE, Operation.RATE, Operation.RISE, Operation.FALL)


@dataclass(frozen=True, slots=True)
class Frame:
    """An operation, the item it is about (None: all items), the fiscal year, and which place of an order is asked for."""

    operation: Operation
    item: Item | None
    year: int
    order: int = 1

    def question(self, language: str = JAPANESE) -> str:
        """Return the frame as a plain question, the item by its Japanese name."""
        name = name_of(self.item) if self.item is not None else ""
        question = say(f"ask_{self.operation}", language, item=name, year=year_said(self.year, language))
        if self.order > 1:
            return say("ask_placed", language, question=question, order=self.order)
        return question


def year_said(year: int, language: str) -> str:
    """Return a fiscal year as the language says it.

    >>> year_said(2022, "en")
    'fiscal 2022 (令和4年度)'
    """
    return say("fiscal_year", language, year=year, era=in_era(year))
