"""Document → Units: each sentence, item and table row, with the titles that it stands under and its table's header.

A line opens a level by its mark (第1章, １, (1), ■, ##, Q1.); a mark that is open already closes what was opened
since. So the levels are those that the document itself uses, in whatever order it nests them.
"""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from corpus.outline_cells import Span
from corpus.outline_lines import NOTE, ROUNDS, Line, lines_of
from corpus.outline_torn import parted, torn_cells
from corpus.sentences import sentence_spans
from corpus.types import Document

_FIRST = re.compile(r"[ 　]*(?:[(（][1１一ア][)）]|[1１][ 　.．、](?![0-9０-９])|①|[ア一][ 　.．])")
_WORDS = re.compile(r"[ぁ-ヿ㐀-鿿A-Za-z]")
_DIGIT = re.compile(r"[0-9０-９○×◯〇－]")
_ENDED = re.compile(r"[。．、，：:]$|[。][）)」]$")
_TITLE, _HEAD = 40, 60
"""Characters of a plain line that may be a title; of a marked line that says what stands under it."""
_LEVELS = "部編章節款条"
ITEM_MARKS = frozenset({"dot", "circled", "kana", "number", "kanji", *ROUNDS})
"""Marks of items: what follows such an item without a mark is its own only where the items have lines of their own."""

_BELOW = (*"●○◎■□◆◇▼▽▲△★☆▶◉", *sorted(ITEM_MARKS), "title", "bracket", "asked")  # chapters and hashes


@dataclass(frozen=True, slots=True)
class Unit:
    """`text[start:end]` of a document: a sentence, or a row of a table.

    `path` are the spans of the titles above it, outermost first; `header` is that of its table's header row.
    `line` numbers its line, `mark` is the mark that the line opens with ("" for none); `is_title` tells that
    lines stand under it.
    """

    start: int
    end: int
    path: tuple[Span, ...]
    line: int
    mark: str
    header: Span | None = None
    is_title: bool = False


def outline(document: Document) -> list[Unit]:
    """Return the units of `document` in reading order."""
    text = document.text
    lines = parted(text, lines_of(text))
    headers = _headers(text, lines)
    torn = torn_cells(text, lines)
    units: list[Unit] = []
    for number, (line, path, is_title) in enumerate(_nested(text, lines, torn)):
        if number in torn:
            cell = torn[number]
            under = (*path, cell.name) if cell.name else path
            units.append(Unit(line.start, line.end, under, number, "", cell.header))
            continue
        if number in headers or line.cells > 1:
            units.append(Unit(line.start, line.end, path, number, line.mark, headers.get(number), is_title))
            continue
        own: tuple[Span, ...] = ()
        for start, end in sentence_spans(text[line.start : line.end].replace("\n", " ")):
            units.append(
                Unit(line.start + start, line.start + end, (*path, *own), number, line.mark, None, is_title)
            )
            own = own or ((line.start + start, line.start + min(end, start + _HEAD)),)
    return units


def _headers(text: str, lines: Sequence[Line]) -> dict[int, Span | None]:
    """Return for each row of a table its header row; None for the header itself and for a table without one."""
    found: dict[int, Span | None] = {}
    number = 0
    while number < len(lines):
        last = number
        while (
            last + 1 < len(lines) and not lines[last + 1].gap and _same_table(lines[number], lines[last + 1])
        ):
            last += 1
        if lines[number].cells > 1 and last > number:
            first = text[lines[number].start : lines[number].end]
            second = text[lines[number + 1].start : lines[number + 1].end]
            is_header = lines[number].ruled or (not _DIGIT.search(first) and bool(_DIGIT.search(second)))
            header = (lines[number].start, lines[number].end) if is_header else None
            found.update(dict.fromkeys(range(number, last + 1), header))
            if is_header:
                found[number] = None
        number = last + 1
    return found


def _same_table(one: Line, other: Line) -> bool:
    return one.cells > 1 and other.cells > 1 and (not other.mark or other.mark == one.mark)


def _nested(
    text: str, lines: Sequence[Line], cells: Container[int]
) -> Iterator[tuple[Line, tuple[Span, ...], bool]]:
    """Yield each line with the titles that are open above it, and whether lines stand under it."""
    opened: list[tuple[str, Span]] = []
    childless = False  # the items of the run so far have no lines of their own
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        level = line.mark if line.mark != "answered" else ""
        if line.cells > 1:
            level = ""
        elif number not in cells and not level and not line.mark and _is_plain_title(text, line, following):
            level = "title"
        if level:
            _close(opened, level)
        elif childless and opened and _is_item(opened[-1][0]):
            opened.pop()
        parent = bool(level) and following is not None and _opens(line, level, following)
        yield line, tuple(span for _, span in opened), parent
        if level:
            childless = not parent and _is_item(level)
            head = min(line.end, line.start + _HEAD)
            opened.append((level, (line.start, head)))
        elif line.gap:
            childless = False


def _is_item(level: str) -> bool:
    return level in ITEM_MARKS


def _opens(line: Line, level: str, following: Line) -> bool:
    return following.mark != line.mark and (following.mark != "" or not _is_item(level) or not following.gap)


def _is_plain_title(text: str, line: Line, following: Line | None) -> bool:
    """Tell whether a short line without a mark says what stands below it: after a gap, or before a first item."""
    body = text[line.start : line.end].strip()
    if following is None or line.cells > 1 or _ENDED.search(body) or "。" in body or NOTE.match(body):
        return False
    if not 2 <= len(body) <= _TITLE or len(_WORDS.findall(body)) < len(body) / 2:
        return False
    return (line.gap and not following.gap) or bool(_FIRST.match(text, following.start, following.end))


def _close(opened: list[tuple[str, Span]], level: str) -> None:
    """Close what a line of this level ends: everything since the same level was opened, or all that is deeper."""
    kinds = [kind for kind, _ in opened]
    outer = _outranked(level)
    for place, kind in enumerate(kinds):
        if kind == level or kind in outer:
            del opened[place:]
            return


def _outranked(level: str) -> frozenset[str]:
    """Return the levels that are deeper than this one in any document."""
    if level.startswith("#"):
        return frozenset([*("#" * n for n in range(len(level) + 1, 7)), *_LEVELS, *_BELOW])
    if level in _LEVELS:
        return frozenset([*_LEVELS[_LEVELS.index(level) + 1 :], *_BELOW])
    return ITEM_MARKS if level == "asked" else frozenset()
