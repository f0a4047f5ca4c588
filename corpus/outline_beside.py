"""Columns of a printed page that extraction read line by line across: what stands under each title is its own."""

import re
from collections.abc import Sequence

from corpus.normalizing import display_width
from corpus.outline_cells import Span

_GAP = re.compile(r"(?<=\S)(?: {2,}|　{2,}|\t+)(?=\S)")
_OPENS = re.compile(r"[ 　]*[●○◎■□◆◇▼▽▲△★☆▶◉【《〈＜]")
_ASKEW = 2  # columns of letters that a line may begin beside its column


def columns_beside(text: str, raw: Sequence[Span], first: int) -> list[list[Span]]:
    """Return the columns of the block that begins with line `first` of `raw`, each as its lines; none where it has not.

    A block begins with titles that open with one mark: 「■東館      ■西館」; it ends at an empty line
    or at one that is set across.
    """
    start, end = raw[first]
    if not _OPENS.match(text, start, end):
        return []
    titles = _cells(text, start, end)
    marks = {text[begins] for begins, _, _ in titles}
    if len(titles) < 2 or len(marks) > 1:
        return []
    offsets = [offset for _, _, offset in titles]
    columns: list[list[Span]] = [[(begins, ends)] for begins, ends, _ in titles]
    for number in range(first + 1, len(raw)):
        cells = _cells(text, *raw[number])
        if text[raw[number - 1][1] : raw[number][0]].count("\n") > 1:
            break
        places = [_place(offset, offsets) for _, _, offset in cells]
        if -1 in places or len(set(places)) < len(places) or _crosses(text, cells, offsets):
            break
        for place, (begins, ends, _) in zip(places, cells, strict=True):
            columns[place].append((begins, ends))
    return columns if all(len(column) > 1 for column in columns) else []


def _place(offset: int, offsets: Sequence[int]) -> int:
    return next((place for place, own in enumerate(offsets) if abs(own - offset) <= _ASKEW), -1)


def _crosses(text: str, cells: Sequence[tuple[int, int, int]], offsets: Sequence[int]) -> bool:
    return any(
        offset < other < offset + display_width(text[start:end])
        for start, end, offset in cells
        for other in offsets
    )


def _cells(text: str, start: int, end: int) -> list[tuple[int, int, int]]:
    """Return where each cell of a line begins and ends, and how far from the left it is set."""
    lead = start + len(text[start:end]) - len(text[start:end].lstrip(" 　"))
    found: list[tuple[int, int, int]] = []
    for gap in [*_GAP.finditer(text, lead, end), None]:
        stop = gap.start() if gap else end
        found.append((lead, stop, display_width(text[start:lead])))
        lead = gap.end() if gap else end
    return found
