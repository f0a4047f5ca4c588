"""Glyphs of one row to a line of text: gaps become spaces, letters that are spaced out for looks are closed up."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from corpus.pdf.printed_lines import Line
from corpus.pdf.typed_spaces import typed_spaces, white_between
from corpus.pdf.types import Glyph

_CLOSE = 0.55
"""Of a font's size: Japanese letters nearer than this are neighbours; half a letter is what justifying may add."""
_LATIN = 0.14
"""Of a font's size: the narrowest space that parts words of Latin letters; common fonts have .22 to .28."""
_CELL = 1.8
"""Of a font's size: what stands farther apart is another cell."""
_GRID = 0.9
"""Of a font's size: the widest even spacing that is a grid of letters rather than letters spaced out."""
_WIDEST = 4.0
"""Of a font's size: letters of one word are spaced no farther."""
_EVEN = 1.35
_STRUCK_TWICE = 0.6
"""Of a glyph's width: the same letter printed so much over itself is one letter, made bold."""
_STOP = 0.8
"""Of the font size: the width of 、 and 。 with the white after them."""
_LARGE = 0.3
"""So large a part of a line is at least as large as what counts as its size."""
_LETTER = re.compile(r"[ぁ-ヿ㐀-鿿豈-﫿々〇]")


def line_of(glyphs: Sequence[Glyph]) -> Line:
    """Return glyphs of one row as a line."""
    row = _struck_once(sorted(glyphs, key=lambda glyph: glyph.left))
    spaces, cells = _spaces(row)
    text = "".join(glyph.text + space for glyph, space in zip(row, [*spaces, ""], strict=True))
    main = [glyph for glyph in row if glyph.size >= 0.8 * max(glyph.size for glyph in row)]
    return Line(
        text,
        row[0].left,
        min(glyph.top for glyph in main),
        max(glyph.right for glyph in row),
        max(glyph.bottom for glyph in main),
        _size([glyph.size for glyph in row if not cells or glyph.left < cells[0]]),
        bold=sum(glyph.bold for glyph in row) * 2 > len(row),
        cells=(row[0].left, *cells),
    )


def _size(sizes: Sequence[float]) -> float:
    """Return the size of a line: the largest that a good part of it has, so that a note in small print changes nothing."""
    return sorted(sizes)[-1 - int(len(sizes) * _LARGE)]


def _struck_once(row: Sequence[Glyph]) -> list[Glyph]:
    kept: list[Glyph] = []
    for glyph in row:
        same = [other for other in kept[-3:] if other.text == glyph.text]
        if not any(_covers(other, glyph) for other in same):
            kept.append(glyph)
    return kept


def _covers(one: Glyph, other: Glyph) -> bool:
    overlap = min(one.right, other.right) - max(one.left, other.left)
    return overlap > _STRUCK_TWICE * max(one.right - one.left, 0.1)


def _spaces(row: Sequence[Glyph]) -> tuple[list[str], list[float]]:
    """Return the space after each glyph but the last, and where each cell but the first begins."""
    gaps = _gaps(row)
    close = _spaced_out(row, gaps)
    typed = typed_spaces(row)
    spaces = []
    cells = []
    for place, gap in enumerate(gaps):
        after = row[place + 1]
        space = "" if place in close else _space(row[place].text, after.text, gap)
        space = space or (" " if place in typed else "")
        spaces.append(space)
        if len(space) > 1:
            cells.append(after.left)
    return spaces, cells


def _gaps(row: Sequence[Glyph]) -> list[float]:
    """Return the gaps between glyphs, in font sizes, without what a grid of letters puts between all."""
    gaps = [_gap(before, after) for before, after in pairwise(row)]
    usual = median(gaps) if len(gaps) > 1 else 0
    even = sum(abs(gap - usual) < 0.1 for gap in gaps) * 2 > len(gaps)
    return [gap - usual for gap in gaps] if even and 0 < usual < _GRID else gaps


def _gap(before: Glyph, after: Glyph) -> float:
    """Return the gap between two glyphs by their boxes, or by the pen where that leaves less: a box may be the ink's."""
    gap = (after.left - _right(before)) / max(before.size, after.size, 0.1)
    white = white_between(before, after)
    return gap if white is None else min(gap, max(white, 0.0))


def _right(glyph: Glyph) -> float:
    """Return where a glyph ends; 、 and 。 have white after them, which not every font tells."""
    return max(glyph.right, glyph.left + _STOP * glyph.size) if glyph.text in "、。，．" else glyph.right


def _space(before: str, after: str, gap: float) -> str:
    japanese = not (before.isascii() and after.isascii())
    if gap < (_CLOSE if japanese else _LATIN):
        return ""
    if gap < _CELL:
        return "　" if japanese else " "
    return "　　"


def _spaced_out(row: Sequence[Glyph], gaps: Sequence[float]) -> set[int]:
    """Return the places of gaps inside words that are spaced out: 国　際　局, and 目　次 where it is all there is."""
    letters = [bool(_LETTER.match(glyph.text)) for glyph in row]
    if len(row) == 2 and all(letters) and gaps[0] < _WIDEST:
        return {0}
    close: set[int] = set()
    start = 0
    for place in range(len(gaps) + 1):
        if place < len(gaps) and letters[place] and letters[place + 1] and _goes_on(gaps, start, place):
            continue
        if place - start >= 2 and _stands_alone(gaps, start, place):
            close.update(range(start, place))
        start = place if place < len(gaps) and _goes_on(gaps, place, place) and letters[place] else place + 1
    return close


def _goes_on(gaps: Sequence[float], start: int, place: int) -> bool:
    """Tell whether the gap at `place` is wide, and as wide as those from `start`."""
    run = gaps[start : place + 1]
    return bool(run) and min(run) >= _CLOSE and max(run) < _WIDEST and max(run) <= _EVEN * min(run)


def _stands_alone(gaps: Sequence[float], start: int, end: int) -> bool:
    before = gaps[start - 1] if start else _CELL
    after = gaps[end] if end < len(gaps) else _CELL
    return before >= _CLOSE and after >= _CLOSE
