"""How far the text around each line reaches: a line that reaches as far was wrapped."""

from collections.abc import Sequence

from corpus.pdf.printed_lines import Line
from corpus.pdf.running_heads import LaidPage

_FULL = 1.7
"""Of the font size: a line that ends so near to the right edge is full; a letter more is pushed by 、 or ）."""
_LONG = 15.0
"""Of the font size: a line that alone shows where its text's right edge is, is at least so long; titles are shorter."""
_LEAST_SHOWING = 2
_PITCH = 1.35
"""Of the usual pitch: lines farther apart are two paragraphs."""
_GAP = 1.3
"""Of the font size: where there is no usual pitch, lines farther apart are two paragraphs."""
_TIGHT = 0.5
_SAME_SIZE = 1.12


class TextEdges:
    """The right edge of the text around each line: that of its stretch, where several lines show it, or its column's."""

    def __init__(self, pages: Sequence[LaidPage]) -> None:
        self._edges: dict[int, tuple[float, bool]] = {}
        for page in pages:
            lines = [part for part in page.parts if isinstance(part, Line)]
            for stretch in _stretches(lines):
                first = stretch[0]
                beside = [
                    line for line in lines if line.column == first.column and not _is_larger(line, first)
                ]
                self._set(stretch, max(line.right for line in beside), beside)

    def _set(self, stretch: Sequence[Line], column_right: float, beside: Sequence[Line]) -> None:
        """Set the edge of a stretch; `beside` are the lines of its column but for titles, which may reach over it."""
        showing = sum(column_right - line.right < line.size for line in beside)
        right = max(line.right for line in stretch)
        own = sum(right - line.right < line.size for line in stretch) >= _LEAST_SHOWING
        for line in stretch:
            edge = right if own else column_right
            self._edges[id(line)] = (edge, own or showing >= _LEAST_SHOWING)

    def is_full(self, line: Line) -> bool:
        """Tell whether a line reaches the right edge of its text."""
        right, shown = self._edges[id(line)]
        long = shown or line.right - line.left >= _LONG * line.size
        return long and right - line.right < _FULL * line.size


def _is_larger(line: Line, other: Line) -> bool:
    return line.size >= _SAME_SIZE * other.size


def _stretches(lines: Sequence[Line]) -> list[list[Line]]:
    """Return lines in stretches that stand near to each other."""
    found: list[list[Line]] = []
    for line in lines:
        if found and are_near(found[-1][-1], line):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def are_near(before: Line, line: Line) -> bool:
    """Tell whether two lines of a column are no farther apart than those of a paragraph, and of one size."""
    if line.column != before.column or not same_size(before, line):
        return False
    if before.pitch:
        usual = line.top - before.top < _PITCH * before.pitch
        return usual or line.top - before.bottom < _TIGHT * line.size
    return line.top - before.bottom < _GAP * line.size


def same_size(one: Line, other: Line) -> bool:
    """Tell whether two lines are printed in about the same size."""
    return max(one.size, other.size) < _SAME_SIZE * min(one.size, other.size)
