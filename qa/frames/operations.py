"""What can be asked of a budget's figures: the operations, and by `operations.tsv` what each of them is on."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from corpus.data_rows import data_rows


class Operation(StrEnum):
    """What is asked for.

    PART is asked of an item but not printed; OTHER is no question about a budget's figures; SAME asks a question
    again of another item or year; NEXT asks for the next place of an order; TIMES_OF is TIMES with the items the other way
    round.
    """

    AMOUNT = "amount"
    YEARS = "years"
    CHANGE = "change"
    RATE = "rate"
    DIRECTION = "direction"
    SHARE = "share"
    SHARE_OF = "share_of"
    SOURCES = "sources"
    SOURCE = "source"
    SOURCE_SUM = "source_sum"
    SOURCE_SHARE = "source_share"
    MAIN_SOURCE = "main_source"
    TOTAL = "total"
    TOTAL_CHANGE = "total_change"
    TOTAL_RATE = "total_rate"
    LARGEST = "largest"
    SMALLEST = "smallest"
    RISE = "rise"
    FALL = "fall"
    RATE_RISE = "rate_rise"
    RATE_FALL = "rate_fall"
    TOP = "top"
    BOTTOM = "bottom"
    TOP_RISE = "top_rise"
    TOP_FALL = "top_fall"
    PLACE = "place"
    COMPARE = "compare"
    COMPARE_LARGER = "compare_larger"
    COMPARE_SMALLER = "compare_smaller"
    COMPARE_CHANGE = "compare_change"
    DIFFERENCE = "difference"
    TIMES = "times"
    TIMES_OF = "times_of"
    SUM = "sum"
    CHILDREN = "children"
    ALL = "all"
    INCREASED = "increased"
    DECREASED = "decreased"
    UNCHANGED = "unchanged"
    NEW = "new"
    EXPANDED = "expanded"
    COUNT = "count"
    COUNT_INCREASED = "count_increased"
    COUNT_DECREASED = "count_decreased"
    COUNT_UNCHANGED = "count_unchanged"
    COUNT_NEW = "count_new"
    SUM_NEW = "sum_new"
    SUM_EXPANDED = "sum_expanded"
    SUM_INCREASED = "sum_increased"
    SUM_DECREASED = "sum_decreased"
    SUM_UNCHANGED = "sum_unchanged"
    SUM_ABOVE = "sum_above"
    SUM_BELOW = "sum_below"
    SUM_RISES = "sum_rises"
    SUM_FALLS = "sum_falls"
    ABOVE = "above"
    BELOW = "below"
    COUNT_ABOVE = "count_above"
    COUNT_BELOW = "count_below"
    WITH_SOURCE = "with_source"
    MOST_SOURCE = "most_source"
    SOURCE_TOTAL = "source_total"
    OF_DEPARTMENT = "of_department"
    SUM_DEPARTMENT = "sum_department"
    MOST_DEPARTMENT = "most_department"
    DEPARTMENT = "department"
    REASON = "reason"
    DESCRIPTION = "description"
    VERIFY = "verify"
    EXCEEDS = "exceeds"
    DETAIL = "detail"
    PER_UNIT = "per_unit"
    CONVERT = "convert"
    PART = "part"
    OTHER = "other"
    SAME = "same"
    NEXT = "next"


class Measure(StrEnum):
    """What items are put in order or chosen by; a rise and a fall are changes that have their sign."""

    AMOUNT = "amount"
    RISE = "rise"
    FALL = "fall"
    RATE_RISE = "rate_rise"
    RATE_FALL = "rate_fall"
    EQUAL = "equal"
    NEW = "new"
    EXPANDED = "expanded"
    ABOVE = "above"
    BELOW = "below"
    SOURCE = "source"
    DEPARTMENT = "department"


class Use(StrEnum):
    """What is told of the items that were chosen: the one at a place, the first few, all, their number, their sum,
    the sum of their measures."""

    ONE = "one"
    FEW = "few"
    LIST = "list"
    COUNT = "count"
    SUM = "sum"
    MEASURES = "measures"


@dataclass(frozen=True, slots=True)
class OverItems:
    """A use of the items that have a measure; in order `rising` or falling by it."""

    measure: Measure
    use: Use
    rising: bool = False


@cache
def _rows() -> Mapping[Operation, tuple[str, str, str, frozenset[str], str]]:
    """Return of each operation its measure, use and order, its kinds, and the operation that it is on a total."""
    found = {}
    for name, measure, use, order, kinds, on_total in data_rows("qa.frames", "operations.tsv", columns=6):
        found[Operation(name)] = measure, use, order, frozenset(kinds.split()), on_total
    return found


def _of_kind(kind: str) -> frozenset[Operation]:
    return frozenset(operation for operation, (*_, kinds, _) in _rows().items() if kind in kinds)


OVER_ITEMS: Mapping[Operation, OverItems] = {
    operation: OverItems(Measure(measure), Use(use), rising=order == "rising")
    for operation, (measure, use, order, *_) in _rows().items()
    if measure
}
OF_ONE, OF_TWO = _of_kind("one"), _of_kind("two")
OF_THE_WHOLE: Mapping[Operation, Operation] = {
    operation: Operation(on_total) for operation, (*_, on_total) in _rows().items() if on_total
}
"""What is asked of a whole budget, with what it is once the whole is an item like another."""
OF_A_BUDGET = frozenset({*OF_THE_WHOLE, *OVER_ITEMS, Operation.MOST_DEPARTMENT})
"""What is asked of a budget as a whole, or of all its items."""
OF_NUMBERS = _of_kind("numbers")
"""What is answered with a number."""
_OF_MOVES = (Measure.RISE, Measure.FALL, Measure.RATE_RISE, Measure.RATE_FALL, Measure.EQUAL)
BETWEEN_YEARS = _of_kind("years") | {name for name, over in OVER_ITEMS.items() if over.measure in _OF_MOVES}
OF_YEARS = (Operation.CHANGE, Operation.RATE, Operation.DIRECTION, Operation.YEARS)
"""What is asked of one item over its years."""
OF_DIVISIONS = _of_kind("divisions")
"""What is answered with a division."""
OF_SOURCES = _of_kind("sources")
