"""From a PDF's own coordinates (upwards from the lower left) to those of the page as it is read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.pdf.types import Rule

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in the file's coordinates; left, top, right and bottom on the page."""

_MOST = 0.6
"""So large a part of a page's text is turned alike where the page is read turned; a table set across is all of it."""


def upright_turns(turns: Sequence[int | None], rotation: int) -> int:
    """Return by how many quarter turns clockwise a page is read: as shown, unless most of its text is turned.

    >>> upright_turns([1, 1, 1, 0], 0), upright_turns([1, 0, 0], 0), upright_turns([], 1)
    (1, 0, 1)
    """
    counted = Counter(turn for turn in turns if turn is not None)
    common, count = counted.most_common(1)[0] if counted else (rotation, 0)
    return common if count > len(turns) * _MOST else rotation


@dataclass(frozen=True, slots=True)
class Frame:
    """The box of a page in the file's coordinates, and by how many quarter turns clockwise it is read."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def width(self) -> float:
        """The width of the page as it is read."""
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """The height of the page as it is read."""
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def holds(self, box: Box) -> bool:
        """Tell whether the middle of a box is on the page."""
        left, bottom, right, top = box
        return self.left <= (left + right) / 2 <= self.right and self.bottom <= (bottom + top) / 2 <= self.top

    def place(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return where a box stands on the page: left, top, right, bottom."""
        ends = (self._point(left, top), self._point(right, bottom))
        (a, b), (c, d) = ends
        return min(a, c), min(b, d), max(a, c), max(b, d)

    def rule(self, left: float, bottom: float, right: float, top: float) -> Rule:
        """Return a ruling line of the page."""
        return Rule(*self.place(left, bottom, right, top))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        across, down = x - self.left, self.top - y
        wide, high = self.right - self.left, self.top - self.bottom
        return ((across, down), (high - down, across), (wide - across, high - down), (down, wide - across))[
            self.turns
        ]
