"""Which segments are built anew together: many small ones cost each question time, removed documents cost space."""

from collections.abc import Sequence
from math import log

from index.manifest import SegmentRecord

# So many segments of one size are built anew together, and the smaller ones with them. Each passage is then built
# again once for every eightfold growth, as in a log-structured merge tree (O'Neil 1996).
TOGETHER = 8
# From this share of removed passages a segment is built anew.
WORN = 0.2
# More passages are never built anew by the way (they take minutes): `madoguchi build` does it.
AT_MOST = 4_000


def to_rebuild(segments: Sequence[SegmentRecord], *, adding: bool) -> list[SegmentRecord]:
    """Return the segments to build anew, in order; `adding` tells that one more is about to be written."""
    small = [segment for segment in segments if segment.live <= AT_MOST]
    worn = {s.name for s in small if s.removed_passages > WORN * s.passages}
    sizes = [_size(segment) for segment in small]
    full = [size for size in set(sizes) if sizes.count(size) + (adding and size == 0) >= TOGETHER]
    crowded = {s.name for s in small if full and _size(s) <= max(full)}
    chosen = [segment for segment in segments if segment.name in worn | crowded]
    return chosen if sum(segment.live for segment in chosen) <= AT_MOST else []


def _size(segment: SegmentRecord) -> int:
    return int(log(max(segment.live, 1), TOGETHER))
