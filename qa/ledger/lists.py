"""Lists and rankings of items."""

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.tables.amounts import SCALE, yen
from corpus.types import Figure, Measure
from qa.ledger import arithmetic, composing
from qa.ledger.arithmetic import Result
from qa.ledger.asking import Measured, Operation, nth
from qa.ledger.book import Lack
from qa.ledger.composing import name_of, year_of
from qa.ledger.inquiry import Halt, Inquiry, Response
from qa.ledger.items import Item
from qa.ledger.summing import labelled
from qa.types import Answer


def over_items(inquiry: Inquiry, operation: Operation) -> Response:
    """Return a ranking, a list by mark, the highlights or a number of items."""
    if operation is Operation.HIGHLIGHTS:
        return highlights(inquiry)
    named = inquiry.subjects() if inquiry.reading.named else []
    top = named[0] if named and inquiry.ledger.children(named[0]) else None
    scope = top or inquiry.total or only_total(inquiry)
    if scope is not None:
        items = (
            inquiry.scope_of(scope)
            if operation is not Operation.NUMBER_OF or inquiry.asked.scope == "project"
            else inquiry.ledger.children(scope)
        )
        if operation is Operation.NUMBER_OF and inquiry.asked.scope == "expense":
            items = inquiry.ledger.children(scope)
    elif named or inquiry.reading.unexplained:
        return None
    else:
        items = tuple(
            item for item in inquiry.ledger.items if item.served and not inquiry.ledger.children(item)
        )
    if len(items) < 2 and operation is not Operation.MARKED:
        return None
    if operation is Operation.MARKED:
        return marked(inquiry, items)
    if operation is Operation.NUMBER_OF:
        return number_of(inquiry, items, scope)
    return rank(inquiry, items)


def only_total(inquiry: Inquiry) -> Item | None:
    totals = list(inquiry.ledger.totals.values())
    return totals[0] if len(totals) == 1 and not inquiry.reading.unexplained else None


def rank(inquiry: Inquiry, items: Sequence[Item]) -> Response:
    """Return the first items in the order asked for."""
    aspect = inquiry.aspect()
    rows: list[tuple[Item, Result]] = []
    for item in items:
        result = measure(inquiry, item, aspect)
        if result is not None:
            rows.append((item, result))
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


def measure(inquiry: Inquiry, item: Item, aspect: str | None) -> Result | None:
    measure = Measure.FUNDING if aspect else Measure.AMOUNT
    if inquiry.asked.measured is Measured.AMOUNT:
        named = [inquiry.ledger.year(m, item) for m in inquiry.asked.years]
        year = named[0] if named else inquiry.ledger.newest_year(item.document)
        found = inquiry.ledger.figure(item, year, measure, aspect=aspect)
        return arithmetic.amount(found) if isinstance(found, Figure) else None
    new_year, old_year = inquiry.two_years(item)
    new = inquiry.ledger.figure(item, new_year, measure, aspect=aspect)
    old = inquiry.ledger.figure(item, old_year, measure, aspect=aspect)
    if not (isinstance(new, Figure) and isinstance(old, Figure)):
        return None
    if inquiry.asked.measured in (Measured.RATE_UP, Measured.RATE_DOWN):
        return arithmetic.rate(new, old, inquiry.asked.digits) if old.value > 0 else None
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


def listed(inquiry: Inquiry, items: Sequence[Item], label: str) -> Answer:
    """Return items as a list, each with its amount."""
    members, lines = [], []
    for item in items:
        inquiry.made.point_at_name(item)
        members.append(name_of(item))
        figure = inquiry.ledger.figure(item, inquiry.year(item))
        if isinstance(figure, Figure):
            inquiry.made.show(arithmetic.amount(figure), name_of(item), figure.fiscal_year)
            lines.append(f"・{name_of(item)}：{composing.shown(figure.value, figure.unit)}")
        else:
            lines.append(f"・{name_of(item)}")
    return inquiry.made.answer(
        f"{label}\n" + "\n".join(lines), "、".join(members), inquiry.confidence, members
    )


def marked(inquiry: Inquiry, items: Sequence[Item]) -> Response:
    mark = inquiry.asked.mark or ""
    found = [item for item in items if any(mark in each for each in item.marks)]
    return listed(inquiry, found, f"【{mark}】の項目") if found else None


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
