"""Rows that text extraction joined into one line, parted again."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.normalizing import display_width
from qa.tables.types import Line, Piece

_MONTH = re.compile(r"[0-9０-９]{1,2}月")
_MONTH_AT_END = re.compile(r"(?<=[^0-9０-９～~・、年])[0-9０-９]{1,2}月$")
_WIDER = 8  # columns that a long first cell may push the second one to the right
_BEGINS_NO_CELL = "ー～~・、。）)」』】ぁぃぅぇぉっゃゅょァィゥェォッャュョをん"
_ENDS_NO_CELL = "（(「『【～~・、"
_UNITS = "年月日時分歳円人名回件室席台階"


def by_months(text: str, line: Line) -> Iterator[Line]:
    """６月　総会（１回目）７月　花火: where months name the rows, a month at a cell's end begins a row."""
    first, *rest = line.pieces
    if not line.slots and _MONTH.fullmatch(text, *first.span):
        for at, piece in enumerate(rest[:-1], start=1):
            if found := _MONTH_AT_END.search(piece.words(text)):
                row, below = _cut(line, at, piece.start + found.start())
                yield row
                yield from by_months(text, below)
                return
    yield line


def by_width(text: str, header: Line, line: Line) -> Iterator[Line]:
    """Part joined rows: the first column's width, counted back from the second, ends in a cell."""
    size = len(header.pieces)
    if line.slots or size < 2 or len(line.pieces) < 2 * size - 1:
        yield line
        return
    width = header.pieces[1].column - header.pieces[0].column
    for at in range(size - 1, len(line.pieces) - 1):
        begin = _row_start(text, line.pieces[at], line.pieces[at + 1], width)
        if begin is not None:
            row, below = _cut(line, at, begin)
            yield row
            yield from by_width(text, header, _moved_left(text, line.pieces[at], below))
            return
    if size == 2:
        yield line
    # Else rows are joined here, but where they part is unknown: no row is better than a wrong one.


def sub_line(line: Line, pieces: Sequence[Piece]) -> Line:
    return replace(line, start=pieces[0].start, end=pieces[-1].end, pieces=tuple(pieces))


def _cut(line: Line, at: int, begin: int) -> tuple[Line, Line]:
    """Cut the piece `at` where the row that `begin`s in it does."""
    piece = line.pieces[at]
    above = (*line.pieces[:at], replace(piece, end=begin))
    below = (replace(piece, start=begin), *line.pieces[at + 1 :])
    return sub_line(line, above), sub_line(line, below)


def _moved_left(text: str, cut: Piece, row: Line) -> Line:
    """Return the lower part of a cut line as if it began a line of its own."""
    first, *rest = row.pieces
    origin = cut.column + display_width(text[cut.start : first.start])
    moved = [replace(piece, column=piece.column - origin) for piece in rest]
    return replace(row, pieces=(replace(first, column=0, soft=False), *moved))


def _row_start(text: str, piece: Piece, following: Piece, width: int) -> int | None:
    """Return where in `piece` a row begins whose second cell is `following`."""
    for cut in range(following.start - 1, piece.start, -1):
        taken = display_width(text[cut : following.start])
        if taken < width or cut >= piece.end - 1:
            continue
        if taken == width and _may_part(text[cut - 1], text[cut]):
            return cut
        if not following.soft or taken > width + _WIDER:
            return None
        if _script(text[cut - 1]) != _script(text[cut]) and _may_part(text[cut - 1], text[cut]):
            return cut
    return None


def _may_part(left: str, right: str) -> bool:
    """Neither inside a number, before its unit or inside a katakana word, nor before what cannot begin a cell."""
    if right in _BEGINS_NO_CELL or left in _ENDS_NO_CELL:
        return False
    if _script(left) == _script(right):
        return _script(left) not in ("digit", "katakana", "latin")
    return not (_script(left) == "digit" and right in _UNITS)


def _script(char: str) -> str:
    if unicodedata.category(char) == "Nd":
        return "digit"
    name = unicodedata.name(char, "")
    return next((s.lower() for s in ("KATAKANA", "HIRAGANA", "LATIN", "CJK") if s in name), "other")
