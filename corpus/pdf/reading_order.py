"""The columns of a page in the order in which they are read.

A page is cut recursively (Nagy and Seth's X–Y cut): where a gutter runs down between texts, left comes before right; else
what stands above comes first. A gutter between the cells of rows is none: those are read across.
"""

from collections.abc import Sequence
from statistics import median

from corpus.pdf.printed_lines import Piece, rows

_GUTTER = 1.2
"""Of the usual font size: the narrowest gutter."""
_WIDE = 9.0
"""Of the font size: the usual line of a column is at least so wide; labels and cells are narrower."""
_LEAST_ROWS = 2
_ALIGNED = 0.6
"""So large a part of the shorter side's rows has a row beside it where both sides may be cells of the same rows."""
_BAND_GAP = 1.5
"""Of the font size: below columns, what stands on one side only goes on in its column up to this distance."""


def columns(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the pieces of each column, in reading order."""
    if not pieces:
        return []
    gutter = _gutter(pieces)
    if gutter is not None:
        return [*columns(_left(pieces, gutter)), *columns(_right(pieces, gutter))]
    bands = _bands(pieces)
    if len(bands) == 1:
        return [list(pieces)]
    return _stacked(bands)


def _stacked(bands: Sequence[list[Piece]]) -> list[list[Piece]]:
    """Return the columns of bands that stand one below another: neighbours with a gutter in common are cut together."""
    found: list[list[Piece]] = []
    plain: list[Piece] = []
    place = 0
    while place < len(bands):
        end = _columns_end(bands, place)
        if end is None:
            plain.extend(bands[place])
            place += 1
            continue
        found.extend([plain] if plain else [])
        plain = []
        found.extend(columns([piece for band in bands[place:end] for piece in band]))
        place = end
    return [*found, plain] if plain else found


def _columns_end(bands: Sequence[list[Piece]], start: int) -> int | None:
    """Return where the bands from `start` that stand in columns end, None where they stand in none."""
    held: list[Piece] = []
    end = start
    for band in bands[start:]:
        lone = bool(held) and not _gaps(band) and _is_apart(held, band)
        if lone or not _gaps([*held, *band]):
            break
        held.extend(band)
        end += 1
    gutter = _gutter(held) if held else None
    both = gutter is not None and _left(bands[start], gutter) and _right(bands[start], gutter)
    return end if both else None


def _is_apart(above: Sequence[Piece], band: Sequence[Piece]) -> bool:
    gap = min(piece.top for piece in band) - max(piece.bottom for piece in above)
    return gap > _BAND_GAP * _size(above)


def _bands(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return pieces in bands with nothing but white between one and the next."""
    bands: list[list[Piece]] = []
    bottom = 0.0
    for piece in sorted(pieces, key=lambda piece: piece.top):
        if not bands or piece.top > bottom - 0.2 * piece.size:
            bands.append([])
            bottom = piece.bottom
        bands[-1].append(piece)
        bottom = max(bottom, piece.bottom)
    return bands


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Return the middle of the widest gutter between columns of text."""
    for left, right in sorted(_gaps(pieces), key=lambda gap: gap[0] - gap[1]):
        middle = (left + right) / 2
        if _are_columns(_left(pieces, middle), _right(pieces, middle)):
            return middle
    return None


def _gaps(pieces: Sequence[Piece]) -> list[tuple[float, float]]:
    """Return the intervals across that no piece stands in, wide enough for a gutter."""
    least = _GUTTER * _size(pieces)
    found = []
    right = None
    for piece in sorted(pieces, key=lambda piece: piece.left):
        if right is not None and piece.left - right >= least:
            found.append((right, piece.left))
        right = piece.right if right is None else max(right, piece.right)
    return found


def _size(pieces: Sequence[Piece]) -> float:
    return median([piece.size for piece in pieces if piece.size] or [10.0])


def _are_columns(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Tell whether two sides are read one after the other: both are running text, or their rows do not match."""
    sides = rows(left), rows(right)
    if any(piece.table for piece in (*left, *right)) or not all(map(_has_text, (left, right))):
        return True
    if min(map(len, sides)) < _LEAST_ROWS:
        return False
    if all(_row_width(side) >= _WIDE for side in sides):
        return True
    short, long = sorted(sides, key=len)
    return sum(_has_row_beside(row, long) for row in short) < _ALIGNED * len(short)


def _has_text(side: Sequence[Piece]) -> bool:
    return any(piece.is_text for piece in side)


def _row_width(side: Sequence[Sequence[Piece]]) -> float:
    """Return how wide the widest piece of a side's usual row is, in font sizes."""
    return median(max(piece.right - piece.left for piece in row) / max(row[0].size, 1.0) for row in side)


def _has_row_beside(row: Sequence[Piece], others: Sequence[Sequence[Piece]]) -> bool:
    middle, reach = row[0].middle, 0.4 * max(row[0].size, 1.0)
    return any(abs(other[0].middle - middle) < reach for other in others)


def _left(pieces: Sequence[Piece], gutter: float) -> list[Piece]:
    return [piece for piece in pieces if piece.right <= gutter]


def _right(pieces: Sequence[Piece], gutter: float) -> list[Piece]:
    return [piece for piece in pieces if piece.right > gutter]
