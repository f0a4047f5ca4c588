"""What is printed beside an item in words: who is in charge, why it changed, what is done."""

import re
from collections.abc import Callable, Mapping, Sequence

from corpus.types import Attribute
from qa.frames.computing.working import Working
from qa.frames.operations import Operation
from qa.ledger.composing import name_of
from qa.types import Answer

_REASON = re.compile(r"理由|要因|増減の?説明")
_CHANGED = re.compile(r"[^。\s][^。]*?(?:[増減]|高騰|終了|廃止)[^。]*+。?")


def department(work: Working) -> Answer | None:
    """Who is in charge."""
    (item,) = work.frame.items
    cells = work.ledger.departments(item, None)
    texts = list(dict.fromkeys(cell.text.strip() for cell in cells))
    if not texts:
        return None
    for cell in cells:
        work.made.point(cell.document, cell.start, cell.end)
    work.made.point_at_name(item)
    short = "、".join(texts)
    return work.made.answer(f"{name_of(item)}の所管は{short}です。", short, work.confidence)


def reason(work: Working) -> Answer | None:
    """Why it changed, where a column tells; else the one sentence of what is done that speaks of a change."""
    return _quoted(
        work, [c for c in work.frame.items[0].attributes if _REASON.search(c.name)]
    ) or _sentence_on_change(work)


def description(work: Working) -> Answer | None:
    """What is done, where a column tells."""
    return _quoted(work, work.frame.items[0].descriptions)


def _quoted(work: Working, column: Sequence[Attribute]) -> Answer | None:
    (item,) = work.frame.items
    cells = [cell for cell in column if cell.text.strip()]
    if len(cells) != 1:
        return None
    work.made.point(cells[0].document, cells[0].start, cells[0].end)
    work.made.point_at_name(item)
    text = "".join(cells[0].text.split())
    return work.made.answer(f"{name_of(item)}：{text}", text, work.confidence)


def _sentence_on_change(work: Working) -> Answer | None:
    (item,) = work.frame.items
    found = [(cell, match) for cell in item.descriptions for match in _CHANGED.finditer(cell.text)]
    if len(found) != 1:
        return None
    cell, match = found[0]
    work.made.point(cell.document, cell.start + match.start(), cell.start + match.end())
    work.made.point_at_name(item)
    text = "".join(match[0].split())
    return work.made.answer(f"{name_of(item)}：{text}", text, work.confidence)


MAKERS: Mapping[Operation, Callable[[Working], Answer | None]] = {
    Operation.DEPARTMENT: department,
    Operation.REASON: reason,
    Operation.DESCRIPTION: description,
}
