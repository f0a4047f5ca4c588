"""What can be asked of a budget's figures, and how each operation says itself as a plain question."""

from dataclasses import dataclass
from enum import StrEnum


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


OVER_ITEMS: dict[Operation, OverItems] = {
    Operation.LARGEST: OverItems(Measure.AMOUNT, Use.ONE),
    Operation.SMALLEST: OverItems(Measure.AMOUNT, Use.ONE, rising=True),
    Operation.RISE: OverItems(Measure.RISE, Use.ONE),
    Operation.FALL: OverItems(Measure.FALL, Use.ONE, rising=True),
    Operation.RATE_RISE: OverItems(Measure.RATE_RISE, Use.ONE),
    Operation.RATE_FALL: OverItems(Measure.RATE_FALL, Use.ONE, rising=True),
    Operation.TOP: OverItems(Measure.AMOUNT, Use.FEW),
    Operation.BOTTOM: OverItems(Measure.AMOUNT, Use.FEW, rising=True),
    Operation.TOP_RISE: OverItems(Measure.RISE, Use.FEW),
    Operation.TOP_FALL: OverItems(Measure.FALL, Use.FEW, rising=True),
    Operation.CHILDREN: OverItems(Measure.AMOUNT, Use.LIST),
    Operation.ALL: OverItems(Measure.AMOUNT, Use.LIST),
    Operation.INCREASED: OverItems(Measure.RISE, Use.LIST),
    Operation.DECREASED: OverItems(Measure.FALL, Use.LIST),
    Operation.UNCHANGED: OverItems(Measure.EQUAL, Use.LIST),
    Operation.NEW: OverItems(Measure.NEW, Use.LIST),
    Operation.EXPANDED: OverItems(Measure.EXPANDED, Use.LIST),
    Operation.COUNT: OverItems(Measure.AMOUNT, Use.COUNT),
    Operation.COUNT_INCREASED: OverItems(Measure.RISE, Use.COUNT),
    Operation.COUNT_DECREASED: OverItems(Measure.FALL, Use.COUNT),
    Operation.COUNT_UNCHANGED: OverItems(Measure.EQUAL, Use.COUNT),
    Operation.COUNT_NEW: OverItems(Measure.NEW, Use.COUNT),
    Operation.SUM_NEW: OverItems(Measure.NEW, Use.SUM),
    Operation.SUM_EXPANDED: OverItems(Measure.EXPANDED, Use.SUM),
    Operation.SUM_INCREASED: OverItems(Measure.RISE, Use.SUM),
    Operation.SUM_DECREASED: OverItems(Measure.FALL, Use.SUM),
    Operation.SUM_UNCHANGED: OverItems(Measure.EQUAL, Use.SUM),
    Operation.SUM_ABOVE: OverItems(Measure.ABOVE, Use.SUM),
    Operation.SUM_BELOW: OverItems(Measure.BELOW, Use.SUM),
    Operation.SUM_RISES: OverItems(Measure.RISE, Use.MEASURES),
    Operation.SUM_FALLS: OverItems(Measure.FALL, Use.MEASURES),
    Operation.ABOVE: OverItems(Measure.ABOVE, Use.LIST),
    Operation.BELOW: OverItems(Measure.BELOW, Use.LIST),
    Operation.COUNT_ABOVE: OverItems(Measure.ABOVE, Use.COUNT),
    Operation.COUNT_BELOW: OverItems(Measure.BELOW, Use.COUNT),
    Operation.WITH_SOURCE: OverItems(Measure.SOURCE, Use.LIST),
    Operation.MOST_SOURCE: OverItems(Measure.SOURCE, Use.ONE),
    Operation.OF_DEPARTMENT: OverItems(Measure.DEPARTMENT, Use.LIST),
    Operation.SUM_DEPARTMENT: OverItems(Measure.DEPARTMENT, Use.SUM),
}
OF_ONE = frozenset({
    Operation.AMOUNT, Operation.YEARS, Operation.CHANGE, Operation.RATE, Operation.DIRECTION, Operation.SHARE,
    Operation.SOURCES, Operation.SOURCE, Operation.SOURCE_SUM, Operation.SOURCE_SHARE, Operation.MAIN_SOURCE,
    Operation.PLACE, Operation.DEPARTMENT, Operation.REASON, Operation.DESCRIPTION, Operation.VERIFY,
    Operation.CONVERT, Operation.CHILDREN, Operation.EXCEEDS, Operation.DETAIL, Operation.PER_UNIT,
})  # fmt: skip
OF_TWO = frozenset({
    Operation.SHARE_OF, Operation.COMPARE, Operation.COMPARE_LARGER, Operation.COMPARE_SMALLER, Operation.COMPARE_CHANGE,
    Operation.DIFFERENCE, Operation.TIMES, Operation.TIMES_OF, Operation.SUM,
})  # fmt: skip
OF_THE_WHOLE = {
    Operation.TOTAL: Operation.AMOUNT,
    Operation.TOTAL_CHANGE: Operation.CHANGE,
    Operation.TOTAL_RATE: Operation.RATE,
    Operation.SOURCE_TOTAL: Operation.SOURCE_SUM,
}
"""What is asked of a whole budget, with what it is once the whole is an item like another."""
OF_A_BUDGET = frozenset({*OF_THE_WHOLE, *OVER_ITEMS, Operation.MOST_DEPARTMENT})
"""What is asked of a budget as a whole, or of all its items."""
OF_NUMBERS = frozenset({
    Operation.AMOUNT, Operation.YEARS, Operation.CHANGE, Operation.RATE, Operation.SHARE, Operation.SHARE_OF,
    Operation.SOURCE, Operation.SOURCE_SUM, Operation.SOURCE_SHARE, Operation.DIFFERENCE, Operation.TIMES, Operation.TIMES_OF,
    Operation.SUM, *OF_THE_WHOLE,
})  # fmt: skip
"""What is answered with a number."""
NOT_COMPUTED = frozenset({Operation.PART, Operation.OTHER, Operation.SAME, Operation.NEXT})
BETWEEN_YEARS = frozenset({
    Operation.CHANGE, Operation.RATE, Operation.DIRECTION, Operation.COMPARE_CHANGE, Operation.REASON,
    *(name for name, over in OVER_ITEMS.items() if over.measure in (
        Measure.RISE, Measure.FALL, Measure.RATE_RISE, Measure.RATE_FALL, Measure.EQUAL)),
})  # fmt: skip
OF_DIVISIONS = frozenset({Operation.DEPARTMENT, Operation.MOST_DEPARTMENT})
"""What is answered with a division."""
OF_SOURCES = frozenset({
    Operation.SOURCE, Operation.SOURCE_SUM, Operation.SOURCE_SHARE, Operation.WITH_SOURCE, Operation.MOST_SOURCE,
    Operation.SOURCE_TOTAL,
})  # fmt: skip

PLAIN: dict[Operation, str] = {
    Operation.AMOUNT: "{year}の{one}の予算額はいくらですか",
    Operation.YEARS: "{one}の両年度の予算額はそれぞれいくらですか",
    Operation.CHANGE: "{year}の{one}は前年度からいくら増減しましたか",
    Operation.RATE: "{year}の{one}は前年度から何パーセント増減しましたか",
    Operation.DIRECTION: "{year}の{one}は前年度から増えましたか、減りましたか",
    Operation.SHARE: "{year}の{one}は予算総額の何パーセントですか",
    Operation.SHARE_OF: "{year}の{one}は{two}の何パーセントを占めますか",
    Operation.SOURCES: "{year}の{one}の財源の内訳を教えてください",
    Operation.SOURCE: "{year}の{one}の財源のうち{source}はいくらですか",
    Operation.SOURCE_SUM: "{year}の{one}の財源のうち{source}は合わせていくらですか",
    Operation.SOURCE_SHARE: "{year}の{one}の財源に占める{source}の割合は何パーセントですか",
    Operation.MAIN_SOURCE: "{year}の{one}の財源で一番多いのは何ですか",
    Operation.LARGEST: "{year}{within}で予算額が一番多い{what}は何ですか",
    Operation.SMALLEST: "{year}{within}で予算額が一番少ない{what}は何ですか",
    Operation.RISE: "{year}{within}で前年度から一番増えた{what}は何ですか",
    Operation.FALL: "{year}{within}で前年度から一番減った{what}は何ですか",
    Operation.RATE_RISE: "{year}{within}で増加率が一番高い{what}は何ですか",
    Operation.RATE_FALL: "{year}{within}で減少率が一番高い{what}は何ですか",
    Operation.TOP: "{year}{within}で予算額が多い{what}の上位{count}件は何ですか",
    Operation.BOTTOM: "{year}{within}で予算額が少ない{what}の下位{count}件は何ですか",
    Operation.TOP_RISE: "{year}{within}で前年度から増えた額の上位{count}件は何ですか",
    Operation.TOP_FALL: "{year}{within}で前年度から減った額の上位{count}件は何ですか",
    Operation.PLACE: "{year}の{one}は予算額が何番目に多いですか",
    Operation.COMPARE: "{year}の{one}と{two}ではどちらの予算額が多いですか",
    Operation.COMPARE_LARGER: "{year}の{one}は{two}より予算額が多いですか",
    Operation.COMPARE_SMALLER: "{year}の{one}は{two}より予算額が少ないですか",
    Operation.COMPARE_CHANGE: "{year}に前年度からより増えたのは{one}と{two}のどちらですか",
    Operation.DIFFERENCE: "{year}の{one}と{two}の予算額の差はいくらですか",
    Operation.TIMES: "{year}の{one}の予算額は{two}の何倍ですか",
    Operation.SUM: "{year}の{one}と{two}の予算額の合計はいくらですか",
    Operation.CHILDREN: "{one}の内訳になっている{what}をすべて教えてください",
    Operation.ALL: "{year}{within}の{what}をすべて教えてください",
    Operation.INCREASED: "{year}{within}で前年度より増えた{what}をすべて教えてください",
    Operation.DECREASED: "{year}{within}で前年度より減った{what}をすべて教えてください",
    Operation.UNCHANGED: "{year}{within}で前年度と同額の{what}をすべて教えてください",
    Operation.NEW: "{year}{within}で新規の{what}をすべて教えてください",
    Operation.EXPANDED: "{year}{within}で拡充の{what}をすべて教えてください",
    Operation.COUNT: "{year}{within}の{what}は全部でいくつありますか",
    Operation.COUNT_INCREASED: "{year}{within}で前年度より増えた{what}はいくつありますか",
    Operation.COUNT_DECREASED: "{year}{within}で前年度より減った{what}はいくつありますか",
    Operation.COUNT_UNCHANGED: "{year}{within}で前年度と同額の{what}はいくつありますか",
    Operation.COUNT_NEW: "{year}{within}で新規の{what}はいくつありますか",
    Operation.SUM_NEW: "{year}{within}の新規の{what}の予算額の合計はいくらですか",
    Operation.SUM_EXPANDED: "{year}{within}の拡充の{what}の予算額の合計はいくらですか",
    Operation.SUM_INCREASED: "{year}{within}で前年度より増えた{what}の予算額の合計はいくらですか",
    Operation.SUM_DECREASED: "{year}{within}で前年度より減った{what}の予算額の合計はいくらですか",
    Operation.SUM_UNCHANGED: "{year}{within}で前年度と同額の{what}の予算額の合計はいくらですか",
    Operation.SUM_ABOVE: "{year}{within}で予算額が{bar}以上の{what}の予算額の合計はいくらですか",
    Operation.SUM_BELOW: "{year}{within}で予算額が{bar}以下の{what}の予算額の合計はいくらですか",
    Operation.SUM_RISES: "{year}{within}で前年度より増えた{what}の増加額の合計はいくらですか",
    Operation.SUM_FALLS: "{year}{within}で前年度より減った{what}の減少額の合計はいくらですか",
    Operation.ABOVE: "{year}{within}で予算額が{bar}以上の{what}をすべて教えてください",
    Operation.BELOW: "{year}{within}で予算額が{bar}以下の{what}をすべて教えてください",
    Operation.COUNT_ABOVE: "{year}{within}で予算額が{bar}以上の{what}はいくつありますか",
    Operation.COUNT_BELOW: "{year}{within}で予算額が{bar}以下の{what}はいくつありますか",
    Operation.WITH_SOURCE: "{year}{within}で{source}が充てられている{what}をすべて教えてください",
    Operation.MOST_SOURCE: "{year}{within}で{source}が一番多い{what}は何ですか",
    Operation.OF_DEPARTMENT: "{division}が所管する{what}をすべて教えてください",
    Operation.SUM_DEPARTMENT: "{year}の{division}が所管する{what}の予算額の合計はいくらですか",
    Operation.DEPARTMENT: "{one}の所管はどこですか",
    Operation.REASON: "{year}に{one}が増減した理由は何ですか",
    Operation.DESCRIPTION: "{one}ではどのようなことをしますか",
    Operation.VERIFY: "{year}の{one}の予算額は{bar}で合っていますか",
    Operation.EXCEEDS: "{year}の{one}の予算額は{bar}を超えますか",
    Operation.MOST_DEPARTMENT: "{year}{within}で所管する予算額の合計が一番多い課はどこですか",
    Operation.SOURCE_TOTAL: "{year}{within}の財源のうち{source}は全部でいくらですか",
    Operation.CONVERT: "{year}の{one}の予算額は{unit}でいくらですか",
}
PLACED: dict[Operation, str] = {
    Operation.LARGEST: "{year}{within}で予算額が{order}番目に多い{what}は何ですか",
    Operation.SMALLEST: "{year}{within}で予算額が{order}番目に少ない{what}は何ですか",
    Operation.RISE: "{year}{within}で前年度から{order}番目に大きく増えた{what}は何ですか",
    Operation.FALL: "{year}{within}で前年度から{order}番目に大きく減った{what}は何ですか",
    Operation.RATE_RISE: "{year}{within}で増加率が{order}番目に高い{what}は何ですか",
    Operation.RATE_FALL: "{year}{within}で減少率が{order}番目に高い{what}は何ですか",
    Operation.MOST_SOURCE: "{year}{within}で{source}が{order}番目に多い{what}は何ですか",
}
OF_WHOLE: dict[Operation, str] = {
    Operation.TOTAL: "{year}の{one}はいくらですか",
    Operation.TOTAL_CHANGE: "{year}の{one}は前年度からいくら増減しましたか",
    Operation.TOTAL_RATE: "{year}の{one}は前年度から何パーセント増減しましたか",
}
BY_SHARE = "{year}{within}で{source}の割合が一番高い{what}は何ですか"
OF_DETAIL: dict[Operation, str] = {
    Operation.DETAIL: "{one}は何{unit}ですか",
    Operation.PER_UNIT: "{year}の{one}の予算額は1{unit}あたりいくらですか",
}
"""What is told by a number of an item's description: recognised by its form, not by a model."""
BY_RATE = "{year}の増加率が高いのは{one}と{two}のどちらですか"
OF_CHANGE: dict[Operation, str] = {
    Operation.COMPARE_LARGER: "{year}の前年度からの増加額は{one}のほうが{two}より大きいですか",
    Operation.COMPARE_SMALLER: "{year}の前年度からの増加額は{one}のほうが{two}より小さいですか",
}
BY_AMOUNT: dict[Operation, str] = {
    Operation.INCREASED: "{year}{within}で前年度より{bar}以上増えた{what}をすべて教えてください",
    Operation.DECREASED: "{year}{within}で前年度より{bar}以上減った{what}をすべて教えてください",
    Operation.COUNT_INCREASED: "{year}{within}で前年度より{bar}以上増えた{what}はいくつありますか",
    Operation.COUNT_DECREASED: "{year}{within}で前年度より{bar}以上減った{what}はいくつありますか",
    Operation.SUM_INCREASED: "{year}{within}で前年度より{bar}以上増えた{what}の予算額の合計はいくらですか",
    Operation.SUM_DECREASED: "{year}{within}で前年度より{bar}以上減った{what}の予算額の合計はいくらですか",
}
ONE_DIRECTION: dict[str, str] = {
    "rise": "{year}の{one}は前年度から増えましたか",
    "fall": "{year}の{one}は前年度から減りましたか",
    "equal": "{year}の{one}は前年度と同額ですか",
}
LESSER: dict[Operation, str] = {
    Operation.COMPARE: "{year}の{one}と{two}ではどちらの予算額が少ないですか",
    Operation.COMPARE_CHANGE: "{year}に前年度からより減ったのは{one}と{two}のどちらですか",
    Operation.RISE: "{year}{within}で前年度からの増加額が一番小さい{what}は何ですか",
    Operation.FALL: "{year}{within}で前年度からの減少額が一番小さい{what}は何ですか",
    Operation.RATE_RISE: "{year}{within}で増加率が一番低い{what}は何ですか",
    Operation.RATE_FALL: "{year}{within}で減少率が一番低い{what}は何ですか",
}
