"""The columns of a page in the order in which they are read.

A page is cut recursively (Nagy and Seth's X–Y cut): where a gutter runs down between texts, left comes before right; else
what stands above comes first. A gutter between the cells of rows is none: those are read across.
"""

from collections.abc import Sequence
from statistics import median

from corpus.pdf.printed_lines import Piece, rows
from corpus.pdf.types import Rule

_GUTTER = 1.2
"""Of the usual font size: the narrowest gutter."""
_BOX_GUTTER = 0.5
"""Of the usual font size: the narrowest white between texts in boxes."""
_WIDE = 9.0
"""Of the font size: the usual line of a column is at least so wide; labels and cells are narrower."""
_LEAST_ROWS = 2
_ALIGNED = 0.6
"""So large a part of the shorter side's rows has a row beside it where both sides may be cells of the same rows."""
_RULED = 0.8
"""So large a part of two sides' height has a line between them where they are boxes side by side."""
_BAND_GAP = 1.5
"""Of the font size: below columns, what stands on one side only goes on in its column up to this distance."""


def columns(pieces: Sequence[Piece], rules: Sequence[Rule] = ()) -> list[list[Piece]]:
    """Return the pieces of each column, in reading order; `rules` are the page's ruling lines."""
    if not pieces:
        return []
    gutter = _gutter(pieces, rules)
    if gutter is not None:
        return [*columns(_left(pieces, gutter), rules), *columns(_right(pieces, gutter), rules)]
    bands = _bands(pieces)
    if len(bands) == 1:
        return [list(pieces)]
    return _stacked(bands, rules)


def _stacked(bands: Sequence[list[Piece]], rules: Sequence[Rule]) -> list[list[Piece]]:
    """Return the columns of bands that stand one below another: neighbours with a gutter in common are cut together."""
    found: list[list[Piece]] = []
    plain: list[Piece] = []
    place = 0
    while place < len(bands):
        end = _columns_end(bands, place, rules)
        if end is None:
            plain.extend(bands[place])
            place += 1
            continue
        found.extend([plain] if plain else [])
        plain = []
        found.extend(columns([piece for band in bands[place:end] for piece in band], rules))
        place = end
    return [*found, plain] if plain else found


def _columns_end(bands: Sequence[list[Piece]], start: int, rules: Sequence[Rule]) -> int | None:
    """Return where the bands from `start` that stand in columns end, None where they stand in none."""
    held: list[Piece] = []
    end = start
    for band in bands[start:]:
        lone = bool(held) and not _gaps(band) and _is_apart(held, band)
        if lone or not _gaps([*held, *band]):
            break
        held.extend(band)
        end += 1
    gutter = _gutter(held, rules) if held else None
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


def _gutter(pieces: Sequence[Piece], rules: Sequence[Rule]) -> float | None:
    """Return the middle of the widest gutter between columns of text."""
    for left, right in sorted(_gaps(pieces), key=lambda gap: gap[0] - gap[1]):
        middle = (left + right) / 2
        sides = _left(pieces, middle), _right(pieces, middle)
        wide = right - left >= _GUTTER * _size(pieces)
        if (wide and _are_columns(*sides)) or _are_boxes(*sides, rules):
            return middle
    return None


def _gaps(pieces: Sequence[Piece]) -> list[tuple[float, float]]:
    """Return the intervals across that no piece stands in, wide enough for a gutter."""
    least = _BOX_GUTTER * _size(pieces)
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


def _are_boxes(left: Sequence[Piece], right: Sequence[Piece], rules: Sequence[Rule]) -> bool:
    """Tell whether a line runs down between two sides, or two edges of boxes, and no line crosses: cells share lines."""
    if min(len(rows(left)), len(rows(right))) < _LEAST_ROWS:
        return False
    edge, other = max(piece.right for piece in left), min(piece.left for piece in right)
    top = max(min(piece.top for piece in side) for side in (left, right))
    bottom = min(max(piece.bottom for piece in side) for side in (left, right))
    down = [
        rule
        for rule in rules
        if not rule.horizontal and edge - 1 <= rule.left and rule.right <= other + 1
        and rule.top < bottom and rule.bottom > top
    ]  # fmt: skip
    if not down or bottom <= top:
        return False
    covered = min(bottom, max(rule.bottom for rule in down)) - max(top, min(rule.top for rule in down))
    across = any(
        rule.horizontal and rule.left < edge and rule.right > other and top < rule.top < bottom
        for rule in rules
    )
    return covered > _RULED * (bottom - top) and not across


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
