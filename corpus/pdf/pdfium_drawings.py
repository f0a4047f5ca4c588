"""The drawings of one page, by PDFium: ruling lines, and what lies under text."""

from collections.abc import Iterator
from ctypes import byref, c_float, c_int, c_uint
from dataclasses import dataclass
from typing import Any

from corpus.pdf.page_turning import Box

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_THIN = 3.0
"""Points: a filled box thinner than this is drawn to be a line."""
_STRAIGHT = 1.0
"""Points by which a line may lean and still be horizontal or vertical."""
_SHORTEST = 3.0
_SMALLEST_DOT, _LARGEST_DOT = 1.5, 8.0
"""Points: a bullet of the smallest and of a large print."""
_ROUND = 1.2
_WHITE = 0xF8
_MOST_PARTS = 20_000
"""Parts of drawings read on a page: a table has some hundreds, a map a hundred thousand."""
_DEEPEST = 8
_OUTLINES = 30
"""Drawings on a page without text from which it shows something: text set as outlines has one a letter."""


@dataclass(frozen=True, slots=True)
class Drawings:
    """Ruling lines, coloured areas (pictures among them) and small dots in the file's coordinates."""

    rules: tuple[Box, ...]
    areas: tuple[Box, ...]
    dots: tuple[Box, ...]
    pictures: int
    paths: int

    @property
    def any(self) -> bool:
        """Tell whether there is anything to see besides text."""
        return self.pictures > 0 or self.paths >= _OUTLINES

    def darken(self, box: Box) -> bool:
        """Tell whether something coloured lies under the middle of a box."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return any(left <= x <= right and bottom <= y <= top for left, bottom, right, top in self.areas)


def drawings(page: Any) -> Drawings:
    """Return what is drawn on a page."""
    from pypdfium2 import raw

    rules: list[Box] = []
    areas: list[Box] = []
    dots: list[Box] = []
    pictures = paths = 0
    for item, kind, matrix in _objects(page):
        if kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
            pictures += kind == raw.FPDF_PAGEOBJ_IMAGE
            areas.append(_bounds(item, matrix))
        elif kind == raw.FPDF_PAGEOBJ_PATH and len(rules) < _MOST_PARTS and paths < _MOST_PARTS:
            paths += 1
            _read_path(item, matrix, rules, areas)
            dots.extend(_dots(item, matrix))
    return Drawings(tuple(rules), tuple(areas), tuple(dots), pictures, paths)


def _objects(page: Any) -> Iterator[tuple[Any, int, Matrix]]:
    """Yield the objects of a page, those inside of forms too, with the matrix that they are set by."""
    from pypdfium2 import raw

    count = raw.FPDFPage_CountObjects(page)
    stack = [(raw.FPDFPage_GetObject(page, index), _IDENTITY, 0) for index in range(count - 1, -1, -1)]
    while stack:
        item, matrix, depth = stack.pop()
        kind = raw.FPDFPageObj_GetType(item)
        yield item, kind, matrix
        if kind != raw.FPDF_PAGEOBJ_FORM or depth == _DEEPEST:
            continue
        inner = _times(_matrix(item), matrix)
        stack.extend(
            (raw.FPDFFormObj_GetObject(item, index), inner, depth + 1)
            for index in range(raw.FPDFFormObj_CountObjects(item) - 1, -1, -1)
        )


def _read_path(item: Any, matrix: Matrix, rules: list[Box], areas: list[Box]) -> None:
    """Add the lines of a path to the rules and its area, where it is filled with a colour."""
    from pypdfium2 import raw

    fill, stroke = c_int(), c_int()
    raw.FPDFPath_GetDrawMode(item, byref(fill), byref(stroke))
    coloured = fill.value != raw.FPDF_FILLMODE_NONE and not _is_white(item)
    if not coloured and not stroke.value:
        return
    bounds = _bounds(item, matrix)
    wide, high = bounds[2] - bounds[0], bounds[3] - bounds[1]
    if coloured and not stroke.value and min(wide, high) <= _THIN:
        if max(wide, high) >= _SHORTEST:
            rules.append(bounds)
        return
    if coloured:
        areas.append(bounds)
    whole = _times(_matrix(item), matrix)
    rules.extend(side for side in _straight_parts(item, whole))


def _dots(item: Any, matrix: Matrix) -> Iterator[Box]:
    """Yield the box of a path that is a small round or square spot."""
    left, bottom, right, top = box = _bounds(item, matrix)
    small, large = sorted((right - left, top - bottom))
    if small >= _SMALLEST_DOT and large <= min(_LARGEST_DOT, _ROUND * small) and not _is_white(item):
        yield box


def _straight_parts(item: Any, matrix: Matrix) -> Iterator[Box]:
    """Yield the horizontal and vertical lines of a path."""
    for (a, b), (c, d) in _lines(item, matrix):
        wide, high = abs(a - c), abs(b - d)
        if min(wide, high) <= _STRAIGHT and max(wide, high) >= _SHORTEST:
            yield min(a, c), min(b, d), max(a, c), max(b, d)


def _lines(item: Any, matrix: Matrix) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    from pypdfium2 import raw

    start = before = (0.0, 0.0)
    x, y = c_float(), c_float()
    for index in range(min(raw.FPDFPath_CountSegments(item), _MOST_PARTS)):
        part = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(part, byref(x), byref(y))
        point = _moved(matrix, x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(part)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield before, point
        if raw.FPDFPathSegment_GetClose(part):
            yield point, start
        before = point


def _is_white(item: Any) -> bool:
    from pypdfium2 import raw

    parts = [c_uint() for _ in range(4)]
    known = raw.FPDFPageObj_GetFillColor(item, *parts)
    *colour, alpha = (part.value for part in parts)
    return bool(known) and (min(colour) >= _WHITE or alpha == 0)


def _bounds(item: Any, matrix: Matrix) -> Box:
    from pypdfium2 import raw

    sides = [c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(item, *(byref(side) for side in sides))
    left, bottom, right, top = (side.value for side in sides)
    points = [_moved(matrix, x, y) for x in (left, right) for y in (bottom, top)]
    across, up = [x for x, _ in points], [y for _, y in points]
    return min(across), min(up), max(across), max(up)


def _matrix(item: Any) -> Matrix:
    from pypdfium2 import raw

    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, byref(found)):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that does `first`, then `second`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
