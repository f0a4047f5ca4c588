"""What stands in words or counts beside an item: who is in charge, how many there are."""

from corpus.types import Figure, Measure
from qa.ledger import composing
from qa.ledger.arithmetic import Result
from qa.ledger.composing import name_of
from qa.ledger.inquiry import Inquiry, Response
from qa.ledger.items import Item
from qa.ledger.years import YearMention

_OF_REASON = frozenset("主 主な 理由 要因 原因 増減 増 減".split())


def department(inquiry: Inquiry) -> Response:
    """Return who is in charge of the items named."""
    if inquiry.reading.unexplained:
        return None
    items = inquiry.subjects()
    cells = {item.number: inquiry.ledger.departments(item, department_year(inquiry, item)) for item in items}
    if not any(cells.values()):
        return None
    texts = []
    for item in items:
        found = cells[item.number]
        for cell in found:
            inquiry.made.point(cell.document, cell.start, cell.end)
        texts.append("、".join(dict.fromkeys(cell.text.strip() for cell in found)))
    short = "、".join(texts)
    return inquiry.made.answer(
        f"{'、'.join(name_of(i) for i in items)}の所管は{short}です。", short, inquiry.confidence
    )


def department_year(inquiry: Inquiry, item: Item) -> int | None:
    named: list[YearMention] = list(inquiry.asked.years)
    return inquiry.ledger.year(named[0], item) if named else None


def reason(inquiry: Inquiry) -> Response:
    """Return the reason (増減理由) printed for the item, where there is one."""
    items = inquiry.subjects()
    cells = [cell for cell in items[0].attributes if "理由" in cell.name] if len(items) == 1 else []
    left = [word for word in inquiry.reading.unexplained if word.surface not in _OF_REASON]
    if not cells or left:
        return None
    inquiry.made.point(cells[0].document, cells[0].start, cells[0].end)
    text = "".join(cells[0].text.split())
    return inquiry.made.answer(f"{name_of(items[0])}の{cells[0].name}：{text}", text, inquiry.confidence)


def count(inquiry: Inquiry) -> Response:
    """Return a count printed for the item; None leaves it to the passages."""
    for item in inquiry.subjects():
        year = inquiry.year(item)
        counted = [f for f in item.served if f.measure is Measure.COUNT and f.aspect == inquiry.asked.counter]
        found = [f for f in counted if f.fiscal_year == year]
        if not counted or not all(
            around(inquiry, f, w.surface) for w in inquiry.reading.unexplained for f in counted
        ):
            continue
        if len({figure.value for figure in found}) != 1:
            return inquiry.made.decline(
                f"{name_of(item)}の{inquiry.year_said(item, year)}の数は、資料に印刷されていません。"
            )
        result = Result("count", found[0].value, found[0].unit, (found[0],))
        inquiry.made.show(result, name_of(item), year)
        short = composing.shown(found[0].value, found[0].unit)
        return inquiry.made.answer(f"{name_of(item)}：{short}", short, inquiry.confidence)
    return None


def around(inquiry: Inquiry, figure: Figure, word: str) -> bool:
    """Return whether a word stands in the line of a figure."""
    text = inquiry.ledger.document(figure.document).text
    start, end = text.rfind("\n", 0, figure.start) + 1, text.find("\n", figure.end)
    return word in text[start : end if end >= 0 else len(text)]
