"""A page drawn as a picture in grey, for a machine to read."""

from dataclasses import dataclass
from math import sqrt
from typing import Any

DPI = 300
"""Dots per inch: what Tesseract's makers advise, and what offices scan at."""
_MOST_PIXELS = 40_000_000
"""Twice an A3 page: a poster is drawn coarser, so that its picture fits into the memory."""
_POINTS = 72


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a PGM file, one byte a pixel; `scale` is how many pixels are a point, `width` and `height` are points."""

    pgm: bytes
    scale: float
    width: float
    height: float


def page_picture(page: Any) -> Picture:
    """Draw a page of PDFium as it is shown."""
    width, height = page.get_size()
    scale = min(DPI / _POINTS, sqrt(_MOST_PIXELS / max(width * height, 1)))
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        head = f"P5 {bitmap.width} {bitmap.height} 255\n".encode()
        return Picture(head + bitmap.to_numpy().tobytes(), scale, width, height)
    finally:
        bitmap.close()
