"""The characters of one page, by PDFium, each with what tells whether it is seen."""

import ctypes
import math
import unicodedata
from dataclasses import dataclass
from typing import Any

from corpus.normalizing import repair_radicals
from corpus.pdf.page_turning import Box

_SMALLEST = 1.5
"""Points: text smaller than this is there for machines; the smallest that is printed for people (legal notes) has 4."""
_BOLD = 600
_WHITE = 0xF8
_UNSEEN_MODES = (3, 7)
"""Text render modes that paint nothing: invisible, and only a clipping path."""
_GETA = "〓"
"""What printers set where a character is missing: for one that only its font knows."""


@dataclass(frozen=True, slots=True)
class RawGlyph:
    """A character in the file's coordinates; `turns` are its quarter turns against the clock, None for askew.

    `origin` is where the pen stood.
    """

    text: str
    box: Box
    origin: tuple[float, float]
    size: float
    turns: int | None
    bold: bool
    white: bool
    invisible: bool


@dataclass(frozen=True, slots=True)
class _Style:
    bold: bool
    white: bool
    invisible: bool


def raw_glyphs(text: Any) -> tuple[list[RawGlyph], int]:
    """Return the characters of a text page without spaces, and how many have no Unicode value."""
    from pypdfium2 import raw

    styles: dict[Any, _Style] = {}
    glyphs = []
    unmapped = 0
    for index in range(raw.FPDFText_CountChars(text)):
        shown, known = _shown(raw.FPDFText_GetUnicode(text, index))
        if raw.FPDFText_IsGenerated(text, index) == 1 or not shown.strip():
            continue
        unmapped += not known
        glyphs.append(_glyph(text, index, shown, styles))
    return glyphs, unmapped


def _shown(code: int) -> tuple[str, bool]:
    """Return a character as it is quoted, and whether it is known which one it is."""
    if code in (0, 0xFFFE, 0xFFFF, 0xFFFD) or 0xD800 <= code <= 0xDFFF:
        return _GETA, False
    if 0xF000 <= code <= 0xF0FF:  # A symbol font's: bullets.
        return "・", True
    if 0xE000 <= code <= 0xF8FF:
        return _GETA, False
    char = chr(code)
    if 0xFE10 <= code <= 0xFE48:  # Forms for vertical text.
        return unicodedata.normalize("NFKC", char), True
    return ("" if unicodedata.category(char) in ("Cc", "Cf") else repair_radicals(char)), True


def _glyph(text: Any, index: int, shown: str, styles: dict[Any, _Style]) -> RawGlyph:
    from pypdfium2 import raw

    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    raw.FPDFText_GetLooseCharBox(text, index, box)
    raw.FPDFText_GetMatrix(text, index, matrix)
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
    owner = raw.FPDFText_GetTextObject(text, index)
    key = ctypes.addressof(owner.contents) if owner else None
    style = styles.get(key)
    if style is None:
        style = styles[key] = _style(text, index, owner)
    return RawGlyph(
        shown,
        (
            min(box.left, box.right),
            min(box.bottom, box.top),
            max(box.left, box.right),
            max(box.bottom, box.top),
        ),
        (x.value, y.value),
        size,
        _turns(matrix.a, matrix.b),
        style.bold,
        style.white,
        style.invisible or size < _SMALLEST,
    )


def _style(text: Any, index: int, owner: Any) -> _Style:
    """Ask what all characters of one text object share."""
    from pypdfium2 import raw

    mode = raw.FPDFTextObj_GetTextRenderMode(owner) if owner else 0
    parts = [ctypes.c_uint() for _ in range(4)]
    known = raw.FPDFText_GetFillColor(text, index, *parts)
    *colour, alpha = (part.value for part in parts)
    fills = mode in (0, 4)
    return _Style(
        bold=raw.FPDFText_GetFontWeight(text, index) >= _BOLD,
        white=bool(known) and fills and min(colour) >= _WHITE,
        invisible=mode in _UNSEEN_MODES or (bool(known) and fills and alpha == 0),
    )


def _turns(across: float, up: float) -> int | None:
    """Return the quarter turns of a direction, None where it is askew.

    >>> _turns(10, 0), _turns(0, 10), _turns(-1, 0), _turns(1, 1)
    (0, 1, 2, None)
    """
    angle = math.degrees(math.atan2(up, across)) / 90
    return round(angle) % 4 if abs(angle - round(angle)) < 0.1 else None
