"""Tables in running text whose cells are parted by bars or tabs: Markdown, boxes drawn with lines, tab-separated rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.budgets.marks import NUMBERING
from corpus.tables.cells import Cell, Row

_BARS = re.compile(r"[|│┃｜║]")
_TABS = re.compile(r"\t")
_RULE = re.compile(r"[\s|│┃｜║─━―—\-:=＝+┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╂┠┨┯┷┿╔╗╚╝╠╣╦╩╬═]+")
_MARKING = re.compile(r"\|(?:\s*:?-{3,}:?\s*\|)+")
_ONLY_MARKS = re.compile(r"[\s*_　]+")
_LEAST_ROWS = 3
_LEAST_CELLS = 3
_LEAST_MARKED = 2  # rows and cells of a table whose header a rule parts from the rest, as Markdown has it
_NOTES = 3  # lines above a table that may tell its unit


@dataclass(frozen=True, slots=True)
class RuledTable:
    """The rows of one table with the lines above it, which tell its unit or year; it stands at `start:end`.

    It is `framed` where its lines begin with a bar, `marked` where a rule parts its header from the rest, as Markdown does.
    """

    rows: list[Row]
    start: int
    end: int
    framed: bool = False
    marked: bool = False


def ruled_tables(text: str) -> Iterator[RuledTable]:
    """Yield the tables of a text: three rows at least of three cells at least, with nothing but rules between them.

    Where a rule marks the first row as the header, two are enough.
    """
    lines = list(_lines(text))
    number = 0
    while number < len(lines):
        mark = _mark(lines[number].text)
        last = _last(lines, number, mark) if mark else number
        rows = [_cells(line, mark) for line in lines[number:last] if not _is_rule(line.text)] if mark else []
        marked = mark is not None and _is_marked(lines[number:last])
        if _is_table(rows, marked=marked):
            notes = [[Cell(line.text, line.start, line.end)] for line in _above(lines, number)]
            framed = bool(_BARS.match(lines[number].text.lstrip()) or _is_rule(lines[number].text))
            yield RuledTable([*notes, *rows], lines[number].start, lines[last - 1].end, framed, marked)
        number = max(last, number + 1)


def _is_table(rows: Sequence[Row], *, marked: bool) -> bool:
    least_rows, least_cells = (_LEAST_MARKED, _LEAST_MARKED) if marked else (_LEAST_ROWS, _LEAST_CELLS)
    return len(rows) >= least_rows and max(map(len, rows), default=0) >= least_cells


def _is_marked(lines: Sequence[Cell]) -> bool:
    return len(lines) > 1 and not _is_rule(lines[0].text) and bool(_MARKING.fullmatch(lines[1].text.strip()))


def _lines(text: str) -> Iterator[Cell]:
    start = 0
    for line in text.split("\n"):
        yield Cell(line, start, start + len(line))
        start += len(line) + 1


def _mark(line: str) -> re.Pattern[str] | None:
    """Return what parts the cells of a line."""
    if len(_BARS.findall(line)) >= _LEAST_CELLS - 1:
        return _BARS
    return _TABS if line.count("\t") >= _LEAST_CELLS - 1 else None


def _is_rule(line: str) -> bool:
    return bool(_RULE.fullmatch(line))


def _last(lines: Sequence[Cell], first: int, mark: re.Pattern[str]) -> int:
    """Return the number of the line behind a table."""
    number = first
    while number < len(lines) and lines[number].text.strip():
        line = lines[number].text
        if not (mark.search(line) or (_is_rule(line) and mark is _BARS)):
            break
        number += 1
    return number


def _above(lines: Sequence[Cell], number: int) -> Iterator[Cell]:
    near = [line for line in lines[max(0, number - 2 * _NOTES) : number] if line.text.strip()]
    return (line for line in near[-_NOTES:] if not _is_rule(line.text) and _mark(line.text) is None)


def _cells(line: Cell, mark: re.Pattern[str]) -> Row:
    """Return the cells of a line, without those outside its outer bars."""
    places = [0, *(match.end() for match in mark.finditer(line.text))]
    ends = [*(match.start() for match in mark.finditer(line.text)), len(line.text)]
    cells = [_cell(line, start, end) for start, end in zip(places, ends, strict=True)]
    if mark is _BARS:
        cells = cells[1:] if not cells[0].text else cells
        cells = cells[:-1] if not cells[-1].text else cells
    return [_without_number(cells[0]), *cells[1:]]


def _without_number(cell: Cell) -> Cell:
    number = NUMBERING.match(cell.text)
    return Cell(cell.text[number.end() :], cell.start + number.end(), cell.end) if number else cell


def _cell(line: Cell, start: int, end: int) -> Cell:
    """Return what stands between two marks, without spaces and the signs of bold type around it."""
    while start < end and _ONLY_MARKS.fullmatch(line.text[start]):
        start += 1
    while end > start and _ONLY_MARKS.fullmatch(line.text[end - 1]):
        end -= 1
    return Cell(line.text[start:end], line.start + start, line.start + end)
