"""Glyphs of a page to pieces: runs side by side, runs under one another (vertical text), and what is turned."""

import re
from collections.abc import Callable, Iterator, Sequence

from corpus.pdf.types import Glyph

_REACH = 0.9
"""Of a font's size: glyphs farther apart are not of one piece."""
_BACK = 0.5
_BELOW = 0.6
_ASIDE = 0.3
_LEAST_VERTICAL = 3
"""Letters under one another that are vertical text: two are often two short lines."""
_LETTER = re.compile(r"[ぁ-ヿ㐀-鿿々〇、。]")
_KANA = re.compile(r"[ぁ-ヿ]+")
_RUBY = 0.62
"""Of its base's size: the largest ruby; half is usual."""


def runs(glyphs: Sequence[Glyph], beside: Callable[[Glyph, Glyph], bool]) -> Iterator[list[Glyph]]:
    """Yield runs of glyphs, each `beside` the one before it in the file's order."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and not beside(run[-1], glyph):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def follows(before: Glyph, after: Glyph) -> bool:
    """Tell whether a glyph stands right of another in one line."""
    overlap = min(before.bottom, after.bottom) - max(before.top, after.top)
    lower = min(before.bottom - before.top, after.bottom - after.top)
    size = max(before.size, after.size)
    return overlap > lower / 2 and -_BACK * size < after.left - before.right < _REACH * size


def stands_below(before: Glyph, after: Glyph) -> bool:
    """Tell whether a glyph stands under another in one column of vertical text; 。 and 、 may be told without their white."""
    size = max(before.size, after.size)
    aside = abs((before.left + before.right) - (after.left + after.right)) / 2
    within = before.left - 1 <= after.left and after.right <= before.right + 1
    around = after.left - 1 <= before.left and before.right <= after.right + 1
    return (
        (aside < _ASIDE * size or within or around)
        and min(before.size, after.size) > 0.8 * size
        and after.top - before.bottom > -_BACK * size
        and 0 < after.top - before.top < (1 + _BELOW) * size
    )


def follows_turned(before: Glyph, after: Glyph) -> bool:
    """Tell whether a turned glyph stands near another."""
    size = max(before.size, after.size)
    across = max(before.left, after.left) - min(before.right, after.right)
    down = max(before.top, after.top) - min(before.bottom, after.bottom)
    return max(across, down) < _REACH * size


def is_vertical(run: Sequence[Glyph]) -> bool:
    """Tell whether a run of glyphs under one another is vertical text rather than a column of marks or numbers.

    What is turned in it counts for nothing: a line that is turned as a whole is none.
    """
    return sum(glyph.upright and bool(_LETTER.match(glyph.text)) for glyph in run) >= _LEAST_VERTICAL


def is_ruby(text: str, size: float, base: float) -> bool:
    """Tell whether small text over a line is how that is read.

    >>> is_ruby("まどぐち", 5, 10), is_ruby("※1", 5, 10)
    (True, False)
    """
    return size <= _RUBY * base and bool(_KANA.fullmatch(text))
