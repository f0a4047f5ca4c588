"""A frame → the reply that the ledger's figures give, exactly; None where they do not give one."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from corpus.tables.amounts import SCALE, yen
from corpus.types import Figure, Measure
from qa.frames.frame import Frame, Operation
from qa.ledger import arithmetic
from qa.ledger.arithmetic import Result
from qa.ledger.book import Ledger
from qa.ledger.composing import Composition, change_text, money_text, name_of, short_amount, year_of
from qa.ledger.items import Item
from qa.ledger.money import grouped, is_money, shown
from qa.types import Answer, Decline

_DIGITS = 1
_NEW = "新規"
_FIRST_THREE = 3
_NONE = "当てはまる項目は、資料の金額からは見つかりませんでした。"
Row = tuple[Item, Result]
Maker = Callable[[Frame, Ledger, Composition, float], Answer | Decline | None]


def compute(frame: Frame, ledger: Ledger, confidence: float) -> Answer | Decline | None:
    """Return the reply to a frame, with the places of every figure in it; a decline where no item fits."""
    maker = _MAKERS.get(frame.operation)
    return maker(frame, ledger, Composition(ledger, frame.question()), confidence) if maker else None


def _amount(frame: Frame, ledger: Ledger, made: Composition, confidence: float) -> Answer | None:
    (item,) = frame.items
    figure = _figure(ledger, item, frame.year)
    if figure is None:
        return None
    made.show(arithmetic.amount(figure), name_of(item), frame.year)
    text = f"{name_of(item)}の{year_of(frame.year)}予算は{money_text(figure.value, figure.unit)}です。"
    return made.answer(text, short_amount(figure.value, figure.unit, None), confidence)


def _change(frame: Frame, ledger: Ledger, made: Composition, confidence: float) -> Answer | None:
    (item,) = frame.items
    result = _difference(ledger, item, frame.year)
    if result is None:
        return None
    made.show(result, name_of(item), frame.year)
    text = f"{name_of(item)}の増減（{year_of(frame.year)}）：{change_text(result)}\n{result.derivation}"
    return made.answer(text, change_text(result), confidence)


def _rate(frame: Frame, ledger: Ledger, made: Composition, confidence: float) -> Answer | None:
    (item,) = frame.items
    new, old = _figure(ledger, item, frame.year), _figure(ledger, item, frame.year - 1)
    if new is None or old is None or old.value <= 0:
        return None
    result = arithmetic.rate(new, old, _DIGITS)
    made.show(result, name_of(item), frame.year)
    word = "増" if result.value > 0 else "減" if result.value < 0 else ""
    short = f"{grouped(abs(result.value))}%{word}"
    return made.answer(
        f"{name_of(item)}の増減率（{year_of(frame.year)}）：{short}\n{result.derivation}", short, confidence
    )


def _share(frame: Frame, ledger: Ledger, made: Composition, confidence: float) -> Answer | None:
    (item,) = frame.items
    whole_item = ledger.totals.get(item.document)
    part = _figure(ledger, item, frame.year)
    whole = _figure(ledger, whole_item, frame.year) if whole_item else None
    if part is None or whole is None or whole.value <= 0 or item is whole_item or whole_item is None:
        return None
    result = arithmetic.share(part, whole, _DIGITS)
    made.show(result, name_of(item), frame.year)
    short = shown(result.value, "%")
    text = (
        f"{name_of(item)}は{name_of(whole_item)}の{short}です（{year_of(frame.year)}）。\n{result.derivation}"
    )
    return made.answer(text, short, confidence)


def _department(frame: Frame, ledger: Ledger, made: Composition, confidence: float) -> Answer | None:
    (item,) = frame.items
    cells = ledger.departments(item, None)
    if len(cells) != 1:
        return None
    made.point(cells[0].document, cells[0].start, cells[0].end)
    made.point_at_name(item)
    return made.answer(f"{name_of(item)}の所管は{cells[0].text}です。", cells[0].text, confidence)


def _two(
    combine: Callable[[Figure, Figure], Result],
) -> Maker:
    def make(frame: Frame, ledger: Ledger, made: Composition, confidence: float) -> Answer | None:
        found = [(item, figure) for item in frame.items if (figure := _figure(ledger, item, frame.year))]
        if len(found) != len(frame.items):
            return None
        (one, first), (two, second) = sorted(found, key=lambda pair: -_size(arithmetic.amount(pair[1])))
        result = combine(first, second)
        what = f"{name_of(one)}と{name_of(two)}"
        made.show(result, what, frame.year)
        word = "差" if result.kind == "difference" else "合計"
        short = short_amount(abs(result.value), result.unit, None)
        return made.answer(
            f"{what}の{word}（{year_of(frame.year)}）：{short}\n{result.derivation}", short, confidence
        )

    return make


def _compare(frame: Frame, ledger: Ledger, made: Composition, confidence: float) -> Answer | None:
    rows = [
        (item, arithmetic.amount(figure))
        for item in frame.items
        if (figure := _figure(ledger, item, frame.year)) is not None
    ]
    if len(rows) != len(frame.items) or _size(rows[0][1]) == _size(rows[1][1]):
        return None
    rows.sort(key=lambda row: -_size(row[1]))
    return _ranked(rows, 0, frame, made, confidence)


def _place(
    measure: Callable[[Ledger, Item, int], Result | None], *, rising: bool = False, wanted: int = 0
) -> Maker:
    """Return what answers which item is first by a measure; `wanted` is the sign that the measure must have."""

    def make(frame: Frame, ledger: Ledger, made: Composition, confidence: float) -> Answer | None:
        rows = _rows(frame, ledger, measure)
        rows = [row for row in rows if wanted == 0 or row[1].value * wanted > 0]
        rows.sort(key=lambda row: _size(row[1]), reverse=not rising)
        place = (frame.order or 1) - 1
        sizes = [_size(result) for _, result in rows]
        if place >= len(rows) or sizes.count(sizes[place]) > 1:
            return None
        return _ranked(rows, place, frame, made, confidence)

    return make


def _ranked(rows: Sequence[Row], place: int, frame: Frame, made: Composition, confidence: float) -> Answer:
    told = rows[: max(place + 1, _FIRST_THREE)]
    for item, result in [rows[place], *(row for row in told if row is not rows[place])]:
        made.show(result, name_of(item), frame.year)
    lines = "\n".join(f"・{_line(item, result)}" for item, result in told)
    name = name_of(rows[place][0])
    return made.answer(f"{name}です（{year_of(frame.year)}）。\n{lines}", name, confidence)


def _all(keep: Callable[[Result], bool]) -> Maker:
    def make(frame: Frame, ledger: Ledger, made: Composition, confidence: float) -> Answer | Decline | None:
        rows = [row for row in _rows(frame, ledger, _difference) if keep(row[1])]
        return _listed(rows, frame, made, confidence)

    return make


def _new(frame: Frame, ledger: Ledger, made: Composition, confidence: float) -> Answer | Decline:
    rows = [row for row in _rows(frame, ledger, _printed) if any(_NEW in mark for mark in row[0].marks)]
    return _listed(rows, frame, made, confidence)


def _listed(rows: Sequence[Row], frame: Frame, made: Composition, confidence: float) -> Answer | Decline:
    if not rows:
        return made.decline(_NONE)
    for item, result in rows:
        made.show(result, name_of(item), frame.year)
    members = [name_of(item) for item, _ in rows]
    text = f"{year_of(frame.year)}\n" + "\n".join(f"・{_line(item, result)}" for item, result in rows)
    return made.answer(text, "、".join(members), confidence, members)


def _rows(frame: Frame, ledger: Ledger, measure: Callable[[Ledger, Item, int], Result | None]) -> list[Row]:
    """Return the items without others below them that have the measure, in the order of the document."""
    every = ledger.leaves(frame.whole) if frame.whole else ledger.items
    items = [item for item in every if item.served and not ledger.children(item)]
    return [(item, result) for item in items if (result := measure(ledger, item, frame.year)) is not None]


def _printed(ledger: Ledger, item: Item, year: int) -> Result | None:
    figure = _figure(ledger, item, year)
    return None if figure is None else arithmetic.amount(figure)


def _difference(ledger: Ledger, item: Item, year: int) -> Result | None:
    new, old = _figure(ledger, item, year), _figure(ledger, item, year - 1)
    return None if new is None or old is None else arithmetic.difference(new, old)


def _figure(ledger: Ledger, item: Item, year: int) -> Figure | None:
    found = ledger.figure(item, year, Measure.AMOUNT)
    return found if isinstance(found, Figure) and is_money(found.unit) else None


def _size(result: Result) -> Decimal:
    return yen(result.value, result.unit) if result.unit in SCALE else result.value


def _line(item: Item, result: Result) -> str:
    return f"{name_of(item)}：{result.derivation or shown(result.value, result.unit)}"


def _apart(one: Figure, other: Figure) -> Result:
    return arithmetic.difference(one, other)


def _together(one: Figure, other: Figure) -> Result:
    return arithmetic.total((one, other))


_MAKERS: dict[Operation, Maker] = {
    Operation.AMOUNT: _amount,
    Operation.TOTAL: _amount,
    Operation.CHANGE: _change,
    Operation.TOTAL_CHANGE: _change,
    Operation.RATE: _rate,
    Operation.SHARE: _share,
    Operation.DEPARTMENT: _department,
    Operation.COMPARE: _compare,
    Operation.DIFFERENCE: _two(_apart),
    Operation.SUM: _two(_together),
    Operation.LARGEST: _place(_printed),
    Operation.SMALLEST: _place(_printed, rising=True),
    Operation.NTH: _place(_printed),
    Operation.RISE: _place(_difference, wanted=1),
    Operation.FALL: _place(_difference, rising=True, wanted=-1),
    Operation.INCREASED: _all(lambda result: result.value > 0),
    Operation.DECREASED: _all(lambda result: result.value < 0),
    Operation.UNCHANGED: _all(lambda result: result.value == 0),
    Operation.NEW: _new,
}
