"""Where a quote stands on its page: its letters are looked for again among the page's, whatever white is between."""

from collections.abc import Iterator, Sequence

from corpus.pdf.glyph_pieces import runs
from corpus.pdf.page_layout import glyphs_as_read
from corpus.pdf.types import Glyph, PageContent

Box = tuple[float, float, float, float]
"""Left, top, right and bottom: points from the upper left corner of the page as it is shown."""


def quote_boxes(page: PageContent, quote: str) -> list[Box]:
    """Return boxes around a quote, one a line or a cell; none where the page does not show all of it.

    A quote that goes on over a page break has to be cut there: `Document.pages` tells where.
    """
    parts = quote.split("|")
    found = _found(page.glyphs, parts) or _found(glyphs_as_read(page), parts)
    return [_shown(page, box) for box in _boxes(found)]


def _found(glyphs: Sequence[Glyph], parts: Sequence[str]) -> list[Glyph]:
    """Return the glyphs of all parts (cells), each looked for behind the one before, then anywhere."""
    text = "".join(glyph.text for glyph in glyphs)
    places = [place for place, glyph in enumerate(glyphs) for _ in glyph.text]
    found: list[Glyph] = []
    behind = 0
    for part in filter(None, ("".join(part.split()) for part in parts)):
        start = text.find(part, behind)
        start = start if start >= 0 else text.find(part)
        if start < 0:
            return []
        behind = start + len(part)
        found.extend(glyphs[place] for place in dict.fromkeys(places[start:behind]))
    return found


def _boxes(glyphs: Sequence[Glyph]) -> Iterator[Box]:
    """Yield a box for each run of glyphs on one line, or under one another."""
    for run in runs(glyphs, _touches):
        yield (
            min(glyph.left for glyph in run),
            min(glyph.top for glyph in run),
            max(glyph.right for glyph in run),
            max(glyph.bottom for glyph in run),
        )


def _touches(before: Glyph, after: Glyph) -> bool:
    size = max(before.size, after.size)
    across = max(before.left, after.left) - min(before.right, after.right)
    down = max(before.top, after.top) - min(before.bottom, after.bottom)
    return (down < 0 and across < size) or (across < 0 and down < size / 2 and after.top >= before.bottom - 1)


def _shown(page: PageContent, box: Box) -> Box:
    """Return a box of a page that was turned to be read where it stands on the page as it is shown."""
    left, top, right, bottom = box
    if page.turned == 90:
        return top, page.width - right, bottom, page.width - left
    if page.turned == 180:
        return page.width - right, page.height - bottom, page.width - left, page.height - top
    if page.turned == 270:
        return page.height - bottom, left, page.height - top, right
    return box
