"""How much white a file leaves before each glyph, by where its pen was: many programs write no spaces, only this.

Boxes do not tell: of some letters a font gives the em box, of others (口, 「) only the ink.
"""

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from corpus.pdf.pdfium_glyphs import RawGlyph

_ASCENT = 0.88
"""Of a font's size: how high the em box of a Japanese letter stands over its pen; .12 are below."""
_ON_LINE = 0.1
"""Of a font's size: pens so near to each other across are of one line."""
_FARTHEST = 2.0
"""Of a font's size: what is farther apart is of another cell or line."""
_SET_APART = (0.08, 0.45)
"""Of a font's size: what programs put between Japanese and other letters by themselves (a quarter, an eighth)."""
_MOST_SET_APART = 0.3
"""So large a part of the borders on a page may be set apart where it is not the program that does so."""

Span = tuple[float, float]


def whites(glyphs: Sequence[RawGlyph]) -> list[float | None]:
    """Return the white before each glyph, in font sizes; None where the one before it in the file stands elsewhere.

    Between Japanese and other letters it is None too where the program sets all of these apart.
    """
    found = [None, *(_white(before, after) for before, after in pairwise(glyphs))][: len(glyphs)]
    borders = [
        place
        for place, (before, after) in enumerate(pairwise(glyphs), 1)
        if is_wide(before.text) != is_wide(after.text)
    ]
    if _sets_apart([white for white in (found[place] for place in borders) if white is not None]):
        for place in borders:
            found[place] = None
    return found


def is_wide(text: str) -> bool:
    """Tell whether a character takes a whole em, as Japanese ones do.

    >>> is_wide("市"), is_wide("１"), is_wide("1")
    (True, True, False)
    """
    return bool(text) and unicodedata.east_asian_width(text[0]) in "WF"


def _sets_apart(borders: Sequence[float]) -> bool:
    least, most = _SET_APART
    apart = sum(least < white < most for white in borders)
    return apart > max(1, _MOST_SET_APART * len(borders))


def _white(before: RawGlyph, after: RawGlyph) -> float | None:
    """Return the white between two glyphs of one line or of one column of vertical text, None for others."""
    white = _apart(before, after)
    return white if white is not None and abs(white) < _FARTHEST else None


def _apart(before: RawGlyph, after: RawGlyph) -> float | None:
    size = max(before.size, after.size, 0.1)
    across, up = after.origin[0] - before.origin[0], after.origin[1] - before.origin[1]
    if before.turns == after.turns == 0 and abs(up) < _ON_LINE * size:
        return (_level(after)[0] - _level(before)[1]) / size
    middles = [(box[0] + box[2]) / 2 for box in (_em_box(before), _em_box(after))]
    if across <= size and abs(middles[0] - middles[1]) < 3 * _ON_LINE * size and up < 0:
        return (_em_box(before)[1] - _em_box(after)[3]) / size
    return None


def _level(glyph: RawGlyph) -> Span:
    left, _, right, _ = _em_box(glyph)
    return left, right


def _em_box(glyph: RawGlyph) -> tuple[float, float, float, float]:
    """Return the em box of an upright Japanese letter, the told box of any other glyph from its pen on."""
    x, y = glyph.origin
    _, bottom, right, top = glyph.box
    if glyph.turns != 0:
        return glyph.box
    if not is_wide(glyph.text):
        return x, bottom, right, top
    return x, y - (1 - _ASCENT) * glyph.size, x + glyph.size, y + _ASCENT * glyph.size
