"""What is told of all items of a budget, or of those below one: the first by a measure, lists, numbers, sums."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.budgets.amounts import SCALE, yen
from corpus.budgets.columns import PART
from corpus.lexicon.money import grouped, shown
from corpus.types import Figure
from qa.frames.computing.working import Working
from qa.frames.exact.source_names import printed_as
from qa.frames.operations import OVER_ITEMS, Measure, OverItems, Use
from qa.ledger import arithmetic
from qa.ledger.arithmetic import Result
from qa.ledger.composing import change_text, name_of, year_of
from qa.ledger.items import Item
from qa.types import Answer, Decline

_NONE = "当てはまる項目は、資料の金額からは見つかりませんでした。"
_UNSURE = "金額に裏づけのない項目があるため、比べられません。"
_BESIDE = 3  # items told beside the one asked for
_NEW, _EXPANDED = ("新規", "新設", "新"), ("拡充", "拡大", "拡")
_ENDED = "廃止"
_LINE_UNIT = "件"
_OF_CHANGES = (Measure.RISE, Measure.FALL, Measure.RATE_RISE, Measure.RATE_FALL)
_DEPTH = {"項": 1, "目": 2}


@dataclass(frozen=True, slots=True)
class Row:
    """An item with what it is chosen or put in order by."""

    item: Item
    result: Result

    @property
    def size(self) -> Decimal:
        """The measure in a unit that is the same for all rows."""
        return yen(self.result.value, self.result.unit) if self.result.unit in SCALE else self.result.value


def told_of_items(work: Working) -> Answer | Decline | None:
    """Return what the frame's operation tells of the items that have its measure."""
    over = OVER_ITEMS[work.frame.operation]
    items = items_of(work)
    rows = _chosen(work, over.measure, items)
    if not rows:
        return work.made.decline(_NONE) if items else None
    if over.use in (Use.ONE, Use.FEW):
        rising = over.rising != (work.frame.lesser and over.measure in _OF_CHANGES)
        rows = sorted(rows, key=lambda row: row.size, reverse=not rising)
        if over.measure is Measure.AMOUNT and over.rising:
            rows = [row for row in rows if row.size]  # what has ended is printed as 0
        return _placed(work, rows, over)
    told = {Use.LIST: _listed, Use.COUNT: _counted, Use.SUM: _summed, Use.MEASURES: _measures}
    return told[over.use](work, rows)


def rows_of(work: Working) -> list[Row]:
    """Return the items of the level asked for with their amounts."""
    return _chosen(work, Measure.AMOUNT, items_of(work))


def items_of(work: Working) -> list[Item]:
    """Return the items that a frame is over: those below its scope or in its budget, at the level asked for."""
    ledger, frame = work.ledger, work.frame
    if frame.among:
        return list(frame.among)
    top = frame.scope or frame.whole
    if top is None:
        return [item for item in ledger.items if item.served and not ledger.children(item)]
    if frame.level:
        return _of_level(work, top, frame.level)
    whole = dict.fromkeys(_project(work, item) for item in ledger.leaves(top))
    return [item for item in whole if item.served]


def _project(work: Working, item: Item) -> Item:
    """Return the project that a 細事業 is a part of, another item as it is."""
    above = work.ledger.parent(item) if item.levels == (PART,) else None
    return item if above is None else _project(work, above)


def _of_level(work: Working, top: Item, level: str) -> list[Item]:
    """Return the items of a level below one: those that the document calls so.

    Where it calls none so, the first row of several for 費目 and 款, those below the 款 for 項 and 目.
    """
    called = [item for item in work.ledger.items if level in item.levels and item.served]
    within = [item for item in called if _is_within(work, item, top)]
    if within:
        return within
    row: Sequence[Item] = work.ledger.children(top)
    depth = 0 if top is work.frame.whole else 1 + sum(name != _root(work) for name in top.parents[0])
    while len(row) == 1 and work.ledger.children(row[0]):
        row, depth = work.ledger.children(row[0]), depth + 1
    for _ in range(_DEPTH.get(level, 0) - depth):
        below = [child for item in row for child in work.ledger.children(item)]
        row = [item for item in below if work.ledger.children(item)] or row
    return list(row)


def _is_within(work: Working, item: Item, top: Item) -> bool:
    return item.document == top.document if top is work.frame.whole else work.ledger.under(item, top)


def _root(work: Working) -> str | None:
    return work.frame.whole.label if work.frame.whole else None


def _chosen(work: Working, measure: Measure, items: Sequence[Item]) -> list[Row]:
    if measure not in (Measure.NEW, Measure.EXPANDED):
        items = [item for item in items if _fits_marks(work, item)]
    if work.frame.division and measure is not Measure.DEPARTMENT:
        items = [item for item in items if _of_division(work, item) is not None]
    rows = [(item, _MEASURES[measure](work, item)) for item in items]
    return [Row(item, result) for item, result in rows if result is not None]


def _fits_marks(work: Working, item: Item) -> bool:
    """Tell whether an item has the mark that is asked for, and not the one that is left out."""
    marked, unmarked = work.frame.marked, work.frame.unmarked
    if unmarked == _ENDED and not work.amount(item, work.frame.year):
        return False
    ended = (
        unmarked == _ENDED and (figure := work.amount(item, work.frame.year)) is not None and not figure.value
    )
    if marked == _ENDED:
        now = work.amount(item, work.frame.year)
        return now is not None and not now.value
    return (marked is None or any(marked in each for each in item.marks)) and not (
        ended or (unmarked is not None and any(unmarked in each for each in item.marks))
    )


def _amount(work: Working, item: Item) -> Result | None:
    figure = work.amount(item, work.frame.year)
    return None if figure is None else arithmetic.amount(figure)


def _moved(sign: int, *, rate: bool = False) -> Callable[[Working, Item], Result | None]:
    def measure(work: Working, item: Item) -> Result | None:
        result = work.rate(item) if rate else work.difference(item)
        fits = result is not None and (result.value * sign > 0 if sign else result.value == 0)
        if fits and result is not None and work.frame.bar is not None and not rate:
            bar = work.frame.bar
            fits = bar.unit in SCALE and yen(abs(result.value), result.unit) >= yen(bar.value, bar.unit)
        return result if fits else None

    return measure


def _marked(marks: Sequence[str]) -> Callable[[Working, Item], Result | None]:
    def measure(work: Working, item: Item) -> Result | None:
        return _amount(work, item) if any(each.startswith(tuple(marks)) for each in item.marks) else None

    return measure


def _beyond(sign: int) -> Callable[[Working, Item], Result | None]:
    def measure(work: Working, item: Item) -> Result | None:
        figure, bar = work.amount(item, work.frame.year), work.frame.bar
        if figure is None or bar is None:
            return None
        over = yen(figure.value, figure.unit) - yen(bar.value, bar.unit)
        return arithmetic.amount(figure) if over * sign >= 0 else None

    return measure


def _of_source(work: Working, item: Item) -> Result | None:
    for said in work.frame.sources:
        names = printed_as(said, work.ledger.aspects(item))
        figure = work.printed(item, work.frame.year, names[0]) if len(names) == 1 else None
        if not isinstance(figure, Figure) or figure.value <= 0:
            continue
        whole = work.amount(item, work.frame.year)
        if work.frame.by_share:
            known = whole is not None and whole.value > 0
            return arithmetic.share(figure, whole, work.frame.digits) if known and whole else None
        return arithmetic.amount(figure)
    return None


def _of_division(work: Working, item: Item) -> Result | None:
    own = work.ledger.departments(item, None)
    return _amount(work, item) if any(cell.text.strip() == work.frame.division for cell in own) else None


_MEASURES: Mapping[Measure, Callable[[Working, Item], Result | None]] = {
    Measure.AMOUNT: _amount,
    Measure.RISE: _moved(1),
    Measure.FALL: _moved(-1),
    Measure.RATE_RISE: _moved(1, rate=True),
    Measure.RATE_FALL: _moved(-1, rate=True),
    Measure.EQUAL: _moved(0),
    Measure.NEW: _marked(_NEW),
    Measure.EXPANDED: _marked(_EXPANDED),
    Measure.ABOVE: _beyond(1),
    Measure.BELOW: _beyond(-1),
    Measure.SOURCE: _of_source,
    Measure.DEPARTMENT: _of_division,
}


def _placed(work: Working, rows: Sequence[Row], over: OverItems) -> Answer | Decline | None:
    """The item at the place asked for, or the first few; a place that two share is given to both."""
    if over.use is Use.FEW:
        few = rows[: work.frame.count or _BESIDE]
        return _told(work, few, few)
    place = (work.frame.order or 1) - 1
    if place >= len(rows):
        return work.made.decline(_NONE)
    same = [row for row in rows if row.size == rows[place].size]
    return _told(work, same, rows[: max(place + 1, _BESIDE)])


def _told(work: Working, chosen: Sequence[Row], beside: Sequence[Row]) -> Answer:
    for row in [*chosen, *(row for row in beside if row not in chosen)]:
        work.made.show(row.result, name_of(row.item), work.frame.year)
    names = [name_of(row.item) for row in chosen]
    lines = "\n".join(f"・{line(row)}" for row in beside)
    text = f"{'、'.join(names)}です（{year_of(work.frame.year)}）。\n{lines}"
    return work.made.answer(text, "、".join(names), work.confidence, names if len(names) > 1 else ())


def _listed(work: Working, rows: Sequence[Row]) -> Answer:
    for row in rows:
        work.made.show(row.result, name_of(row.item), work.frame.year)
        work.made.point_at_name(row.item)
    members = [name_of(row.item) for row in rows]
    text = f"{year_of(work.frame.year)}\n" + "\n".join(f"・{line(row)}" for row in rows)
    return work.made.answer(text, "、".join(members), work.confidence, members)


def _counted(work: Working, rows: Sequence[Row]) -> Answer:
    figures = [figure for row in rows for figure in row.result.figures]
    work.made.show(arithmetic.count(len(rows), figures, _LINE_UNIT), "", work.frame.year)
    lines = "\n".join(f"・{line(row)}" for row in rows)
    return work.made.answer(f"{len(rows)}件です。\n{lines}", f"{len(rows)}件", work.confidence)


def _summed(work: Working, rows: Sequence[Row]) -> Answer | Decline:
    figures = [work.amount(row.item, work.frame.year) for row in rows]
    known = [figure for figure in figures if figure is not None]
    if len(known) < len(figures):
        return work.made.decline(_UNSURE)
    result = arithmetic.total(known)
    work.made.show(result, "", work.frame.year)
    for row, figure in zip(rows, known, strict=True):
        work.made.show(arithmetic.amount(figure), name_of(row.item), work.frame.year)
    lines = "\n".join(
        f"・{name_of(row.item)}：{shown(f.value, f.unit)}" for row, f in zip(rows, known, strict=True)
    )
    text = f"合わせて{work.in_full(result)}です。\n{lines}\n{result.derivation}"
    return work.made.answer(text, work.said(result), work.confidence)


def _measures(work: Working, rows: Sequence[Row]) -> Answer | Decline:
    """The sum of what the items rose, or fell, by."""
    units = {row.result.unit for row in rows}
    if len(units) > 1:
        return work.made.decline(_UNSURE)
    values = [row.result.value for row in rows]
    whole, unit = sum(values, Decimal(0)), units.pop()
    derivation = " + ".join(grouped(abs(value)) for value in values) + f" = {shown(abs(whole), unit)}"
    figures = tuple(figure for row in rows for figure in row.result.figures)
    result = Result("difference", whole, unit, figures, derivation)
    work.made.show(result, "", work.frame.year)
    for row in rows:
        work.made.show(row.result, name_of(row.item), work.frame.year)
    lines = "\n".join(f"・{line(row)}" for row in rows)
    return work.made.answer(
        f"合わせて{change_text(result)}です。\n{lines}\n{derivation}", change_text(result), work.confidence
    )


def of_divisions(work: Working) -> Answer | Decline | None:
    """Which division's items have the largest sum."""
    by_division: dict[str, list[Row]] = {}
    for row in rows_of(work):
        for cell in work.ledger.departments(row.item, None)[:1]:
            by_division.setdefault(cell.text.strip(), []).append(row)
    sums = {
        name: arithmetic.total([figure for row in rows for figure in row.result.figures])
        for name, rows in by_division.items()
    }
    if not sums:
        return None
    ranked = sorted(sums.items(), key=lambda pair: -pair[1].value)
    place = (work.frame.order or 1) - 1
    if place >= len(ranked):
        return work.made.decline(_NONE)
    for name, result in [ranked[place], *(pair for pair in ranked[:_BESIDE] if pair is not ranked[place])]:
        work.made.show(result, name, work.frame.year)
    lines = "\n".join(f"・{name}：{result.derivation}" for name, result in ranked[: max(place + 1, _BESIDE)])
    text = f"{ranked[place][0]}です（{year_of(work.frame.year)}）。\n{lines}"
    return work.made.answer(text, ranked[place][0], work.confidence)


def line(row: Row) -> str:
    """Return an item with its measure, as a line of a list."""
    return f"{name_of(row.item)}：{row.result.derivation or shown(row.result.value, row.result.unit)}"
