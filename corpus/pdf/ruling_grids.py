"""Lines that meet → grids of cells; a cell reaches over columns and rows between which no line is drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.pdf.ruling_lines import SAME_PLACE, Ruling, covered, nearest, rulings, snapped
from corpus.pdf.types import Rule

_DRAWN = 0.7  # share of a cell's side that has to be drawn: corners of dashed and rounded lines stay open
_MOST_LINES = 1500  # a page with more is a map or a drawing
_LEAST_STANDING = 0.4
"""Share of the inner sides between columns that are drawn: .76 to 1 in 90 tables looked at; bars of charts, each with
its own sides, have .14 to .30."""
_LEAST_LYING = 0.25
"""Share of the inner sides between rows that are drawn: half in tables of two columns of which one is all merged."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where a cell stands in its grid: from row `top` to before `bottom`, from column `left` to before `right`."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Places of the columns' and the rows' sides, and the cells between them."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    spans: tuple[Span, ...]


def ruling_grids(rules: Sequence[Rule]) -> Iterator[Grid]:
    """Yield the grids of a page, from above: two columns at least."""
    lying, standing = rulings(rules)
    if len(lying) + len(standing) > _MOST_LINES:
        return
    grids = [grid for part in _meeting(lying, standing) if (grid := _grid(*part))]
    yield from sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _meeting(
    lying: Sequence[Ruling], standing: Sequence[Ruling]
) -> Iterator[tuple[list[Ruling], list[Ruling]]]:
    """Yield groups of lines that meet, directly or over others."""
    group = list(range(len(lying) + len(standing)))

    def root(number: int) -> int:
        while group[number] != number:
            group[number] = group[group[number]]
            number = group[number]
        return number

    for v, upright in enumerate(standing, len(lying)):
        for h, level in enumerate(lying):
            if _meet(level, upright):
                group[root(h)] = root(v)
    parts: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for number, line in enumerate((*lying, *standing)):
        parts.setdefault(root(number), ([], []))[number >= len(lying)].append(line)
    yield from parts.values()


def _meet(level: Ruling, upright: Ruling) -> bool:
    return (
        level.start - SAME_PLACE <= upright.place <= level.end + SAME_PLACE
        and upright.start - SAME_PLACE <= level.place <= upright.end + SAME_PLACE
    )


def _grid(lying: list[Ruling], standing: list[Ruling]) -> Grid | None:
    """Return the grid of lines that meet, outer sides added where none is drawn; None for a mere box or a chart."""
    if not standing or len(lying) < 2:
        return None
    lying, standing = _framed(lying, standing)
    xs, ys = snapped(line.place for line in standing), snapped(line.place for line in lying)
    if len(xs) < 3 or len(ys) < 2:
        return None
    columns, rows = _sides(xs, standing, ys), _sides(ys, lying, xs)
    if _share(columns) < _LEAST_STANDING or _share(rows) < _LEAST_LYING:
        return None
    return Grid(tuple(xs), tuple(ys), tuple(_spans(columns, rows)))


def _framed(lying: list[Ruling], standing: list[Ruling]) -> tuple[list[Ruling], list[Ruling]]:
    """Return the lines with the outer sides up to which the others reach."""
    left, right = min(line.start for line in lying), max(line.end for line in lying)
    top, bottom = min(line.start for line in standing), max(line.end for line in standing)
    lying = lying + [Ruling(y, left, right) for y in (top, bottom) if _is_new(y, lying)]
    standing = standing + [Ruling(x, top, bottom) for x in (left, right) if _is_new(x, standing)]
    return lying, standing


def _is_new(place: float, lines: Sequence[Ruling]) -> bool:
    return all(abs(line.place - place) > SAME_PLACE for line in lines)


def _sides(places: Sequence[float], lines: Sequence[Ruling], across: Sequence[float]) -> list[list[bool]]:
    """Return for each place whether a line is drawn there, from each place across to the next."""
    at: list[list[Ruling]] = [[] for _ in places]
    for line in lines:
        at[nearest(places, line.place)].append(line)
    return [[covered(drawn, start, end) >= _DRAWN for start, end in pairwise(across)] for drawn in at]


def _share(sides: Sequence[Sequence[bool]]) -> float:
    inner = [drawn for line in sides[1:-1] for drawn in line]
    return sum(inner) / len(inner) if inner else 1.0


def _spans(columns: list[list[bool]], rows: list[list[bool]]) -> Iterator[Span]:
    """Yield the cells: each the largest rectangle without a line in it, from its upper left corner."""
    height, width = len(rows) - 1, len(columns) - 1
    taken = [[False] * width for _ in range(height)]
    for top in range(height):
        for left in range(width):
            if taken[top][left]:
                continue
            right = left + 1
            while right < width and not columns[right][top] and not taken[top][right]:
                right += 1
            bottom = top + 1
            while bottom < height and _open(columns, rows, bottom, left, right):
                bottom += 1
            for row in taken[top:bottom]:
                row[left:right] = [True] * (right - left)
            yield Span(top, bottom, left, right)


def _open(columns: list[list[bool]], rows: list[list[bool]], row: int, left: int, right: int) -> bool:
    """Tell whether a cell of columns `left` to `right` goes on in a row: no line above it, none in it."""
    return not any(rows[row][left:right]) and not any(columns[n][row] for n in range(left + 1, right))
