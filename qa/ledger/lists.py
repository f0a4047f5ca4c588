"""Lists and rankings of items."""

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.tables.amounts import SCALE, yen
from corpus.types import Figure, Measure
from qa.ledger import arithmetic, composing
from qa.ledger.arithmetic import Result
from qa.ledger.asking import Measured, Operation, asked_too, nth
from qa.ledger.book import Lack
from qa.ledger.composing import name_of, year_of
from qa.ledger.inquiry import Halt, Inquiry, Response
from qa.ledger.items import Item
from qa.ledger.summing import labelled, listed, summed


def over_items(inquiry: Inquiry, operation: Operation) -> Response:
    """Return a ranking, a list by mark or movement, the highlights or a number of items."""
    if operation is Operation.HIGHLIGHTS:
        return highlights(inquiry)
    named = inquiry.subjects() if inquiry.reading.named else []
    top = named[0] if named and inquiry.ledger.children(named[0]) else None
    scope = top or inquiry.total or only_total(inquiry)
    if scope is None and (named or unexplained(inquiry)):
        return None
    items = inquiry.scope_of(scope) if scope is not None else every_item(inquiry)
    if operation is Operation.MARKED:
        return marked(inquiry, items)
    if len(items) < 2:
        return None
    if operation is Operation.NUMBER_OF:
        return number_of(inquiry, items, scope)
    if operation is Operation.MOVED:
        return moved(inquiry, items)
    return rank(inquiry, items)


def every_item(inquiry: Inquiry) -> tuple[Item, ...]:
    """Return the items without others below them."""
    return tuple(item for item in inquiry.ledger.items if item.served and not inquiry.ledger.children(item))


def unexplained(inquiry: Inquiry) -> bool:
    """Return whether the question holds words that are no item's and no funding source's."""
    return any(not inquiry.is_aspect(word.surface) for word in inquiry.reading.unexplained)


def moved(inquiry: Inquiry, items: Sequence[Item]) -> Response:
    """Return the items that rose, or fell; their number where that is asked."""
    rows = measured_rows(inquiry, items, None)
    down = inquiry.asked.measured in (Measured.DECREASE, Measured.RATE_DOWN)
    found = [(item, result) for item, result in rows if (result.value < 0 if down else result.value > 0)]
    if not found:
        return inquiry.made.decline("当てはまる項目は、資料の金額からは見つかりませんでした。")
    for item, result in found:
        inquiry.made.show(result, name_of(item), result.figures[0].fiscal_year)
    members = [name_of(item) for item, _ in found]
    text = "\n".join(f"・{name_of(item)}：{result.derivation}" for item, result in found)
    if re.search(r"いくつ|幾つ|何(?:件|個|本|事業|項目|費目)", inquiry.asked.shape):
        number = arithmetic.count(
            len(found), [figure for _, result in found for figure in result.figures], "件"
        )
        inquiry.made.show(number, "", None, first=True)
        return inquiry.made.answer(f"{len(found)}件です。\n{text}", f"{len(found)}件", inquiry.confidence)
    return inquiry.made.answer(text, "、".join(members), inquiry.confidence, members)


def measured_rows(inquiry: Inquiry, items: Sequence[Item], aspect: str | None) -> list[tuple[Item, Result]]:
    """Return what each item measures; an amount that may not be shown makes any order uncertain, so it halts."""
    rows: list[tuple[Item, Result]] = []
    for item in items:
        result = measure(inquiry, item, aspect)
        if isinstance(result, Result):
            rows.append((item, result))
        elif result in (Lack.UNPROVEN, Lack.CONFLICT):
            raise Halt(inquiry.made.decline(f"{name_of(item)}の金額に裏づけがないため、比べられません。"))
    return rows


def only_total(inquiry: Inquiry) -> Item | None:
    totals = list(inquiry.ledger.totals.values())
    return totals[0] if len(totals) == 1 and not unexplained(inquiry) else None


def rank(inquiry: Inquiry, items: Sequence[Item]) -> Response:
    """Return the first items in the order asked for."""
    aspect = inquiry.aspect()
    rows = measured_rows(inquiry, items, aspect)
    down = inquiry.asked.measured in (Measured.DECREASE, Measured.RATE_DOWN)
    rows.sort(key=lambda row: (_size(row[1]), row[0].number), reverse=not down and not inquiry.asked.smallest)
    if down:
        rows = [row for row in rows if row[1].value < 0]
    if inquiry.asked.measured in (Measured.INCREASE, Measured.RATE_UP):
        rows = [row for row in rows if row[1].value > 0]
    place = nth(inquiry.asked.shape)
    if not rows or (place or 1) > len(rows):
        return inquiry.made.decline("順位を決められる金額が、資料にありません。")
    first = (place or 1) - 1
    top = max(inquiry.asked.top, 1) if place is None else 1
    if re.search(r"順に|ランキング|順(?:で|番)", inquiry.asked.shape) and top == 1 and place is None:
        top = min(len(rows), 10)
    chosen = rows[first : first + top]
    if len(rows) > first + top and top == 1 and _size(rows[first][1]) == _size(rows[first + 1][1]):
        chosen = rows[first : first + 2]
    for item, result in chosen:
        inquiry.made.show(result, name_of(item), result.figures[0].fiscal_year)
    shown = rows[: max(first + top, 3)]
    lines = []
    for item, result in shown:
        if all(item is not c for c, _ in chosen):
            inquiry.made.show(result, name_of(item), result.figures[0].fiscal_year)
        lines.append(
            f"・{name_of(item)}：{_signed(result)}"
            + (f"（{result.derivation}）" if result.derivation else "")
        )
    members = [name_of(item) for item, _ in chosen]
    answer = "、".join(members)
    return inquiry.made.answer(
        f"{answer}です。\n" + "\n".join(lines),
        answer,
        inquiry.confidence,
        members if len(members) > 1 else (),
    )


def measure(inquiry: Inquiry, item: Item, aspect: str | None) -> Result | Lack:
    """Return what a ranking orders an item by, or why that is lacking."""
    kind = Measure.FUNDING if aspect else Measure.AMOUNT
    measured = inquiry.asked.measured
    if measured is Measured.AMOUNT:
        named = [inquiry.ledger.year(m, item) for m in inquiry.asked.years]
        year = named[0] if named else inquiry.ledger.newest_year(item.document)
        found = inquiry.ledger.figure(item, year, kind, aspect=aspect)
        if not isinstance(found, Figure) or not (
            aspect and Operation.SHARE in asked_too(inquiry.asked.shape)
        ):
            return arithmetic.amount(found) if isinstance(found, Figure) else found
        whole = inquiry.ledger.figure(item, year)
        if not isinstance(whole, Figure):
            return whole
        return arithmetic.share(found, whole, inquiry.asked.digits) if whole.value > 0 else Lack.NOTHING
    new, old = (inquiry.ledger.figure(item, year, kind, aspect=aspect) for year in inquiry.two_years(item))
    if not isinstance(new, Figure):
        return new
    if not isinstance(old, Figure):
        return old
    if measured in (Measured.RATE_UP, Measured.RATE_DOWN):
        return arithmetic.rate(new, old, inquiry.asked.digits) if old.value > 0 else Lack.NOTHING
    return arithmetic.difference(new, old)


def children(inquiry: Inquiry) -> Response:
    """Return the items below the one named."""
    items = inquiry.subjects()
    if len(items) != 1:
        return None
    below = (
        inquiry.scope_of(items[0]) if inquiry.asked.scope == "project" else inquiry.ledger.children(items[0])
    )
    return listed(inquiry, below, inquiry.said(items[0])) if below else None


def marked(inquiry: Inquiry, items: Sequence[Item]) -> Response:
    """Return the items printed as new (新規) or expanded (拡充), or their sum."""
    mark = inquiry.asked.mark or ""
    found = [item for item in items if any(mark in each for each in item.marks)]
    if not found:
        return None
    if re.search(r"合わせ|合計|足す|総額", inquiry.asked.shape) and len(found) > 1:
        return summed(inquiry, found, inquiry.aspect(), f"【{mark}】の項目")
    return listed(inquiry, found, f"【{mark}】の項目")


def highlights(inquiry: Inquiry) -> Response:
    found = [
        i
        for i in inquiry.ledger.items
        if any(re.search(r"ポイント|重点|主要", p) for path in i.parents for p in path)
    ]
    if not found or (inquiry.reading.unexplained and not inquiry.total):
        return None
    return listed(inquiry, found, "予算のポイント")


def number_of(inquiry: Inquiry, items: Sequence[Item], scope: Item | None) -> Response:
    numbers = arithmetic.count(len(items), [i.figures[0] for i in items], "件")
    inquiry.made.show(numbers, name_of(scope) if scope else "", None)
    names = [name_of(item) for item in items]
    return inquiry.made.answer(
        f"{len(names)}件です。\n" + "\n".join(f"・{n}" for n in names),
        f"{len(names)}件",
        inquiry.confidence,
    )


def sources(inquiry: Inquiry) -> Response:
    """Return the funding sources of an item with their shares."""
    items = inquiry.subjects()
    item = items[0]
    year = inquiry.year(item)
    names = inquiry.ledger.aspects(item)
    if not names:
        raise Halt(inquiry.lacking(item, year, "内訳", Lack.NOTHING))
    whole = inquiry.ledger.figure(item, year)
    members = []
    for aspect in names:
        figure = inquiry.figure(item, year, aspect)
        inquiry.made.show(arithmetic.amount(figure), labelled(item, aspect), year)
        share = ""
        if isinstance(whole, Figure) and whole.value > 0:
            result = arithmetic.share(figure, whole, 1)
            inquiry.made.show(result, labelled(item, aspect), year)
            share = f"（{composing.shown(result.value, '%')}）"
        members.append(f"{aspect} {composing.shown(figure.value, figure.unit)}{share}")
    return inquiry.made.answer(
        f"{name_of(item)}の財源（{year_of(year)}）\n" + "\n".join(f"・{m}" for m in members),
        "、".join(members),
        inquiry.confidence,
        members,
    )


def _size(result: Result) -> Decimal:
    return yen(result.value, result.unit) if result.unit in SCALE else result.value


def _signed(result: Result) -> str:
    return composing.shown(result.value, result.unit)
