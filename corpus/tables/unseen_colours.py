"""Cells whose letters have the colour of their ground: what is written so is not shown."""

from collections.abc import Iterator, Sequence
from typing import Any

WHITE, BLACK = "FFFFFF", "000000"
_THEME = {"0": WHITE, "1": BLACK}
_INDEXED = {"0": BLACK, "1": WHITE, "8": BLACK, "9": WHITE, "64": BLACK, "65": WHITE}
_SLIGHT_TINT = 0.1


def unseen_styles(fonts: Sequence[str | None], fills: Sequence[str | None], styles: Any) -> Iterator[bool]:
    """Yield for each cell style of an XLSX file whether its letters have the colour of its fill."""
    for style in styles:
        font = _at(fonts, style.get("fontId", "0"))
        yield font is not None and font == _at(fills, style.get("fillId", "0"))


def _at(colours: Sequence[str | None], number: str) -> str | None:
    place = int(number)
    return colours[place] if place < len(colours) else None


def font_colours(fonts: Any) -> list[str | None]:
    """Return the colour of each font; black where none is said, None where it is not known."""
    return [_colour(font.find("{*}color"), BLACK) for font in fonts]


def fill_colours(fills: Any) -> list[str | None]:
    """Return the colour of each fill; white where there is none, None for a pattern or what is not known."""
    return [_fill_colour(fill.find("{*}patternFill")) for fill in fills]


def _fill_colour(pattern: Any) -> str | None:
    if pattern is None:
        return None  # a gradient
    kind = pattern.get("patternType", "none")
    if kind == "none":
        return WHITE
    return _colour(pattern.find("{*}fgColor"), None) if kind == "solid" else None


def _colour(element: Any, otherwise: str | None) -> str | None:
    if element is None or element.get("auto") in ("1", "true"):
        return otherwise
    if abs(float(element.get("tint", "0"))) > _SLIGHT_TINT:
        return None
    if element.get("rgb"):
        return str(element.get("rgb"))[-6:].upper()
    return _THEME.get(element.get("theme", "")) or _INDEXED.get(element.get("indexed", ""))
