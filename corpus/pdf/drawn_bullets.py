"""The bullets of a list that are drawn rather than written, as browsers print them: each becomes ・ before its item."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.pdf.glyph_pieces import follows, stands_below
from corpus.pdf.page_turning import Box
from corpus.pdf.printed_lines import stood_up, transposed
from corpus.pdf.types import Glyph

BULLET = "・"
_MOST = 200
"""Dots on a page: more of them are a map or a chart."""
_SMALLEST, _LARGEST = 0.15, 0.75
"""Of the font size: how large bullets are."""
_REACH = 2.0
"""Of the font size: so far a bullet stands from its item."""
_FREE = 3.0
"""Of the font size: so much white is before a bullet; a dot within a line is none."""


def with_bullets(glyphs: Sequence[Glyph], dots: Sequence[Box], width: float) -> list[Glyph]:
    """Return the glyphs of a page of that width, with one for each dot that stands before a line."""
    if not dots or len(dots) > _MOST:
        return list(glyphs)
    down = _reads_down(glyphs)
    spots = [Glyph(BULLET, *dot, dot[3] - dot[1]) for dot in dots]
    lying = [transposed(glyph, width) for glyph in glyphs] if down else glyphs
    spots = [transposed(spot, width) for spot in spots] if down else spots
    marked = dict(_marked(lying, spots))
    found: list[Glyph] = []
    for place, glyph in enumerate(glyphs):
        if place in marked:
            bullet = _before(lying[place], marked[place])
            found.append(stood_up(bullet, width) if down else bullet)
        found.append(glyph)
    return found


def _reads_down(glyphs: Sequence[Glyph]) -> bool:
    """Tell whether most of a page is vertical text."""
    pairs = list(pairwise(glyphs))
    return sum(stands_below(*pair) for pair in pairs) > sum(follows(*pair) for pair in pairs)


def _marked(glyphs: Sequence[Glyph], spots: Sequence[Glyph]) -> Iterator[tuple[int, Glyph]]:
    """Yield the places of the glyphs that dots stand before, with the dots."""
    for spot in spots:
        middle = (spot.top + spot.bottom) / 2
        row = [
            (glyph.left, place)
            for place, glyph in enumerate(glyphs)
            if glyph.top < middle < glyph.bottom and glyph.right > spot.left - _FREE * glyph.size
        ]
        if not row:
            continue
        left, place = min(row)
        size = glyphs[place].size
        fits = _SMALLEST * size <= spot.right - spot.left <= _LARGEST * size
        if fits and 0 <= left - spot.right <= _REACH * size:
            yield place, spot


def _before(glyph: Glyph, spot: Glyph) -> Glyph:
    """Return a bullet that touches the glyph that it stands before: what is between them is no text."""
    return replace(glyph, text=BULLET, left=spot.left, right=glyph.left, white=None)
