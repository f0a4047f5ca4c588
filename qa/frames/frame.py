"""A frame: an operation with its items, its year and its order; it can say itself as a plain question."""

from dataclasses import dataclass
from enum import StrEnum

from qa.ledger.composing import name_of, year_of
from qa.ledger.items import Item


class Operation(StrEnum):
    """What is asked for. PART is asked of an item but not printed; OTHER is no question about a budget's figures."""

    AMOUNT = "amount"
    CHANGE = "change"
    RATE = "rate"
    SHARE = "share"
    SOURCES = "sources"
    SOURCE = "source"
    TOTAL = "total"
    TOTAL_CHANGE = "total_change"
    LARGEST = "largest"
    SMALLEST = "smallest"
    RISE = "rise"
    FALL = "fall"
    NTH = "nth"
    COMPARE = "compare"
    DIFFERENCE = "difference"
    SUM = "sum"
    INCREASED = "increased"
    DECREASED = "decreased"
    UNCHANGED = "unchanged"
    NEW = "new"
    DEPARTMENT = "department"
    REASON = "reason"
    PART = "part"
    OTHER = "other"


OF_ONE = frozenset({
    Operation.AMOUNT, Operation.CHANGE, Operation.RATE, Operation.SHARE, Operation.DEPARTMENT,
})  # fmt: skip
OF_TWO = frozenset({Operation.COMPARE, Operation.DIFFERENCE, Operation.SUM})
OF_THE_WHOLE = frozenset({Operation.TOTAL, Operation.TOTAL_CHANGE})
OF_ALL = frozenset({
    Operation.LARGEST, Operation.SMALLEST, Operation.RISE, Operation.FALL, Operation.NTH,
    Operation.INCREASED, Operation.DECREASED, Operation.UNCHANGED, Operation.NEW,
})  # fmt: skip
BETWEEN_YEARS = frozenset({
    Operation.CHANGE, Operation.RATE, Operation.RISE, Operation.FALL,
    Operation.INCREASED, Operation.DECREASED, Operation.UNCHANGED,
})  # fmt: skip
_PLAIN = {
    Operation.AMOUNT: "{year}の{one}の予算額はいくらですか",
    Operation.CHANGE: "{year}の{one}は前年度からいくら増減しましたか",
    Operation.RATE: "{year}の{one}は前年度から何パーセント増減しましたか",
    Operation.SHARE: "{year}の{one}は予算総額の何パーセントですか",
    Operation.TOTAL: "{year}の{one}はいくらですか",
    Operation.TOTAL_CHANGE: "{year}の{one}は前年度からいくら増減しましたか",
    Operation.LARGEST: "{year}の予算額が一番多い項目は何ですか",
    Operation.SMALLEST: "{year}の予算額が一番少ない項目は何ですか",
    Operation.RISE: "{year}に前年度から一番増えた項目は何ですか",
    Operation.FALL: "{year}に前年度から一番減った項目は何ですか",
    Operation.NTH: "{year}の予算額が{order}番目に多い項目は何ですか",
    Operation.COMPARE: "{year}の{one}と{two}ではどちらの予算額が多いですか",
    Operation.DIFFERENCE: "{year}の{one}と{two}の予算額の差はいくらですか",
    Operation.SUM: "{year}の{one}と{two}の予算額の合計はいくらですか",
    Operation.INCREASED: "{year}に前年度より増えた項目をすべて教えてください",
    Operation.DECREASED: "{year}に前年度より減った項目をすべて教えてください",
    Operation.UNCHANGED: "{year}に前年度と同額の項目をすべて教えてください",
    Operation.NEW: "{year}の新規の項目をすべて教えてください",
    Operation.DEPARTMENT: "{one}の所管はどこですか",
}

_PLACED = {
    Operation.SMALLEST: "{year}の予算額が{order}番目に少ない項目は何ですか",
    Operation.RISE: "{year}に前年度から{order}番目に大きく増えた項目は何ですか",
    Operation.FALL: "{year}に前年度から{order}番目に大きく減った項目は何ですか",
}


def budget_of(whole: Item) -> str:
    """Return whose budget a total is: 文化国際局 of 文化国際局予算."""
    return name_of(whole).removesuffix("予算").removesuffix("当初")


def plain_questions(*, year: str, one: str, two: str, order: int) -> list[tuple[Operation, str]]:
    """Return how frames say themselves: what is offered has to be understood."""
    told = [*_PLAIN.items(), *_PLACED.items()]
    return [(name, text.format(year=year, one=one, two=two, order=order)) for name, text in told]


@dataclass(frozen=True, slots=True)
class Frame:
    """An operation on items (one, two, the whole, or none for all of them) in a fiscal year."""

    operation: Operation
    items: tuple[Item, ...]
    year: int
    order: int | None = None
    whole: Item | None = None
    """The total below which the items are, where all of a budget are meant."""

    def question(self) -> str:
        """Return the frame as a plain question."""
        names = [f"「{name_of(item)}」" for item in self.items]
        one, two = (*names, "", "")[:2]
        plain = _PLACED.get(self.operation) if self.order else None
        within = f"{budget_of(self.whole)}で" if self.whole else ""
        return within + (plain or _PLAIN[self.operation]).format(
            year=year_of(self.year), one=one, two=two, order=self.order
        )
