"""Headers, footers and page numbers, told by standing alike over many pages."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.normalizing import squash
from corpus.pdf.printed_lines import Line
from corpus.pdf.types import PageTable

_ZONE = 0.12
"""Of a page's height: headers and footers stand so near to its upper or lower edge."""
_APART = 0.9
"""Of the font size: they stand so far from the text; what belongs to a table (its unit) stands nearer."""
_LEAST_PAGES = 3
_DENSE = 0.4
"""Of the pages from the first to the last with it: a header stands on each, or each right-hand one; a title now and then."""
_SAME_PLACE = 6.0
"""Points by which a header may stand higher or lower from page to page."""
_ROUNDS = 2
"""Rows at each edge: a page number, and a title inside of it."""
_DIGITS = re.compile(r"[0-9]+")
_PAGE_NUMBER = re.compile(
    r"[\-~〜(<\[/・|]*(?:page|p\.?|頁|ページ)?[0-9]{1,4}(?:[/of]+[0-9]{1,4})?(?:頁|ページ)?[\-~〜)>\]/・|]*"
)


@dataclass(frozen=True, slots=True)
class LaidPage:
    """A page's lines and tables in reading order."""

    number: int
    height: float
    parts: tuple[Line | PageTable, ...]


def without_running_heads(pages: Sequence[LaidPage]) -> list[LaidPage]:
    """Return pages without headers, footers and page numbers; a text that stands nowhere else is kept once."""
    left: list[LaidPage] = _without_counted(pages)
    for _ in range(_ROUNDS):
        edges = [list(_edge_lines(page)) for page in left]
        repeated = _repeated(left, edges)
        taken = [
            [line for key, line in edge if is_page_number(line.text) or key in repeated] for edge in edges
        ]
        left = _without(left, taken)
    return left


def _without_counted(pages: Sequence[LaidPage]) -> list[LaidPage]:
    """Return pages without the numbers that count them: such stand close to the text too."""
    numbers = [
        [(line, page.number - int(digits[0])) for row in _outer_rows(page) for line in row
         if is_page_number(line.text) and (digits := _DIGITS.findall(squash(line.text)))]
        for page in pages
    ]  # fmt: skip
    counted = Counter(step for found in numbers for step in {step for _, step in found})
    least = max(2, min(_LEAST_PAGES, len(pages)))
    taken = [[line for line, step in found if counted[step] >= least] for found in numbers]
    return _without(pages, taken)


def is_page_number(text: str) -> bool:
    """Tell whether a line is nothing but a page's number.

    >>> is_page_number("－ 12 －"), is_page_number("3/10ページ"), is_page_number("12人")
    (True, True, False)
    """
    return bool(_PAGE_NUMBER.fullmatch(squash(text)))


Key = tuple[bool, str]
"""Whether a line stands at the top, and its text with every number alike."""


def _edge_lines(page: LaidPage) -> Iterator[tuple[Key, Line]]:
    """Yield the lines of the uppermost and the lowest row of a page that stand apart from the rest."""
    for top, row in zip((True, False), _outer_rows(page), strict=True):
        if row and _is_apart(row, page.parts, top=top):
            yield from (((top, _DIGITS.sub("0", squash(line.text))), line) for line in row)


def _outer_rows(page: LaidPage) -> tuple[list[Line], list[Line]]:
    """Return the uppermost and the lowest row of a page, as far as they stand near its edges."""
    lines = [part for part in page.parts if isinstance(part, Line) and not part.vertical]
    upper = [line for line in lines if _in_zone(line, page.height, top=True)]
    lower = [line for line in lines if _in_zone(line, page.height, top=False)]
    return (
        _row(upper, min(upper, key=lambda line: line.top)) if upper else [],
        _row(lower, max(lower, key=lambda line: line.bottom)) if lower else [],
    )


def _row(lines: Sequence[Line], outer: Line) -> list[Line]:
    return [line for line in lines if line.top < outer.bottom and line.bottom > outer.top]


def _in_zone(line: Line, height: float, *, top: bool) -> bool:
    middle = (line.top + line.bottom) / 2
    return middle < _ZONE * height if top else middle > (1 - _ZONE) * height


def _is_apart(row: Sequence[Line], parts: Sequence[Line | PageTable], *, top: bool) -> bool:
    """Tell whether a row is the outermost and stands apart from what is nearest to it."""
    others = [part for part in parts if part not in row and not (isinstance(part, Line) and part.vertical)]
    size = max(line.size for line in row)
    if top:
        bottom = max(line.bottom for line in row)
        return min((part.top for part in others), default=bottom + size) - bottom >= _APART * size
    above = min(line.top for line in row)
    return above - max((part.bottom for part in others), default=above - size) >= _APART * size


def _repeated(pages: Sequence[LaidPage], edges: Sequence[Sequence[tuple[Key, Line]]]) -> set[Key]:
    """Return what stands in the same place of enough pages, one near the other."""
    places: dict[Key, list[tuple[int, float]]] = defaultdict(list)
    for page, found in zip(pages, edges, strict=True):
        for key, line in found:
            places[key].append((page.number, line.top))
    return {key for key, found in places.items() if _run_on(found)}


def _run_on(places: Sequence[tuple[int, float]]) -> bool:
    counted = Counter(round(top / _SAME_PLACE) for _, top in places)
    alike = max(counted[place] + counted[place + 1] for place in counted)
    span = places[-1][0] - places[0][0] + 1
    return alike >= _LEAST_PAGES and alike >= _DENSE * span


def _without(pages: Sequence[LaidPage], taken: Sequence[Sequence[Line]]) -> list[LaidPage]:
    """Return pages without the lines taken from each, but a text of them that stands nowhere else where it is first."""
    gone = [{id(line) for line in lines} for lines in taken]
    body = {
        squash(part.text)
        for page, lines in zip(pages, gone, strict=True)
        for part in page.parts
        if isinstance(part, Line) and id(part) not in lines
    }
    whole = "\n".join(body)
    kept = []
    for page, lines in zip(pages, gone, strict=True):
        parts = []
        for part in page.parts:
            if id(part) in lines and isinstance(part, Line):
                text = squash(part.text)
                if is_page_number(part.text) or text in whole:
                    continue
                whole += f"\n{text}"
            parts.append(part)
        kept.append(replace(page, parts=tuple(parts)))
    return kept
