"""The overview of related programmes in 百万円: names, amounts that came out elsewhere, some lost."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.budgets.amounts import NUMBER, SCALE, decimal_of, rounds_to, yen
from corpus.budgets.highlights import Label
from corpus.budgets.pieces import Line, Number, page_lines, without_year
from corpus.normalizing import squash
from corpus.types import Document

_UNIT = re.compile(r"単位[ 　]*[:：][ 　]*(百万円|億円)")
_HEAD = re.compile(r"事業・取組|局名|区局名|所管")
_ROW = re.compile(rf"[ 　]*({NUMBER})(?:[ 　]+(\D{{1,8}}))?[ 　]*")


@dataclass(frozen=True, slots=True)
class Overview:
    """One page of the overview: its loose numbers and its lines."""

    page: int
    unit: str
    heading: str
    numbers: tuple[Number, ...]
    lines: tuple[Line, ...]

    def once(self, value: Decimal) -> Number | None:
        """Return the number with `value` if exactly one is printed on the page."""
        found = [n for n in self.numbers if n.value == value]
        return found[0] if len(found) == 1 else None


def read_overviews(document: Document) -> list[Overview]:
    """Return the pages in 百万円: the one that says so, and those right after it under the same column heads."""
    found: list[Overview] = []
    unit, heading = None, ""
    for page in document.pages:
        lines = page_lines(document, page)
        said = next((m[1] for line in lines if (m := _UNIT.search(line.text))), None)
        goes_on = (
            found and found[-1].page == page.number - 1 and any(_HEAD.search(line.text) for line in lines)
        )
        if said is None and not goes_on:
            continue
        unit = said or unit
        if said:
            titles = [
                without_year(x.text)
                for x in lines
                if len(x.text) < 50 and "予算" in x.text and "概要" in x.text
            ]
            heading = titles[0] if titles else "主な関連事業"
        found.append(Overview(page.number, unit or "百万円", heading, tuple(_numbers(lines)), tuple(lines)))
    return found


def _numbers(lines: Sequence[Line]) -> Iterator[Number]:
    for line in lines:
        match = _ROW.fullmatch(line.text)
        if match:
            start = line.start + match.start(1)
            yield Number(decimal_of(match[1]), None, False, start, line.start + match.end(1), line.number)


def printed_name(overview: Overview, label: str) -> Label | None:
    """Return where a page names the project `label`, whole or by what it has in brackets, on a line of its own."""
    wanted = squash(label)
    inside = {squash(part) for part in re.findall(r"[(（]([^()（）]+)[)）]", label)}
    found = [line for line in overview.lines if squash(line.text) == wanted or squash(line.text) in inside]
    if len(found) != 1:
        return None
    text = found[0].text.strip(" 　")
    start = found[0].start + found[0].text.find(text)
    return Label(text, start, start + len(text))


def rounded_number(overview: Overview, number: Number, unit: str) -> Number | None:
    """Return the page's one number that `number`, in `unit`, rounds to."""
    if number.value is None:
        return None
    exact = yen(number.value, unit) / SCALE[overview.unit]
    values = Counter(n.value for n in overview.numbers if n.value is not None)
    fitting = [v for v in values if rounds_to(exact, v, Decimal(1))]
    return overview.once(fitting[0]) if len(fitting) == 1 else None
