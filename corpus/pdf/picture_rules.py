"""The ruling lines of a page that is a picture: where they stand, and the picture without them.

Erased, they are no longer read as | and 一, and known, they part the cells of a table as those of a printed page do.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from corpus.pdf.page_picture import Picture
from corpus.pdf.types import Rule

if TYPE_CHECKING:
    import numpy as np

    Pixels = np.ndarray[Any, Any]

_DARK = 128
_SHORTEST = 24.0
"""Points: a line is longer than any stroke of a letter, also of a title."""
_THICKEST = 4.0
"""Points: what is thicker is a bar or a dark picture."""
_FRINGE = 1
"""Pixels beside a line that are half dark."""

Span = tuple[int, int, int, int]
"""Left, top, right and bottom of a line in pixels."""


def without_rules(picture: Picture) -> tuple[Picture, tuple[Rule, ...]]:
    """Return a picture without its ruling lines, and these in points."""
    import numpy as np

    head, body = _parts(picture.pgm)
    width, height = (int(number) for number in head.split()[1:3])
    pixels = np.frombuffer(body, dtype=np.uint8).reshape(height, width).copy()
    dark = pixels < _DARK
    spans = [
        *_spans(dark, picture.scale),
        *((top, left, bottom, right) for left, top, right, bottom in _spans(dark.T, picture.scale)),
    ]
    for left, top, right, bottom in spans:
        pixels[max(top - _FRINGE, 0) : bottom + _FRINGE, max(left - _FRINGE, 0) : right + _FRINGE] = 255
    rules = tuple(Rule(*(side / picture.scale for side in span)) for span in spans)
    return replace(picture, pgm=head + pixels.tobytes()), rules


def _parts(pgm: bytes) -> tuple[bytes, bytes]:
    """Return the two lines that head a PGM file, and its pixels."""
    end = pgm.index(b"\n", pgm.index(b"255")) + 1
    return pgm[:end], pgm[end:]


def _spans(dark: "Pixels", scale: float) -> Iterator[Span]:
    """Yield the lines that lie in a picture."""
    open_: list[Span] = []
    for row, runs in _long_runs(dark, max(int(_SHORTEST * scale), 1)):
        closed = [span for span in open_ if span[3] < row]
        yield from _thin(closed, scale)
        open_ = [span for span in open_ if span[3] >= row]
        for left, right in runs:
            touching = [span for span in open_ if span[0] < right and left < span[2]]
            open_ = [span for span in open_ if span not in touching]
            sides = [(left, row, right, row + 1), *touching]
            open_.append(
                (min(s[0] for s in sides), min(s[1] for s in sides), max(s[2] for s in sides), row + 1)
            )
    yield from _thin(open_, scale)


def _thin(spans: list[Span], scale: float) -> Iterator[Span]:
    return (span for span in spans if span[3] - span[1] <= _THICKEST * scale)


def _long_runs(dark: "Pixels", least: int) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Yield the rows that have dark runs of at least so many pixels, with where these begin and end."""
    import numpy as np

    for row in np.flatnonzero(dark.sum(axis=1) >= least):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], dark[row].view(np.int8), [0]))))
        runs = edges.reshape(-1, 2)
        long = runs[runs[:, 1] - runs[:, 0] >= least]
        if len(long):
            yield int(row), [(int(left), int(right)) for left, right in long]
