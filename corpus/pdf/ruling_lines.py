"""Ruling lines of a page: dashes joined, doubled lines made one, brought to common places."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.pdf.types import Rule

SAME_PLACE = 3.0
"""Points within which two lines are one: double lines are drawn 1 to 2.5 apart, rows of the smallest print 7."""
_DASH_GAP = 4.5  # points between two dashes of one line
_SHORTEST = 7.0  # points: what is shorter is a stroke of a sign, no side of a cell


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line: `place` is its x where it stands, its y where it lies; it reaches from `start` to `end`."""

    place: float
    start: float
    end: float


def rulings(rules: Iterable[Rule]) -> tuple[list[Ruling], list[Ruling]]:
    """Return the lying and the standing lines.

    >>> rulings([Rule(0, 10, 30, 10.5), Rule(33, 10, 60, 10.5), Rule(0, 0, 0.5, 40)])
    ([Ruling(place=10.25, start=0, end=60)], [Ruling(place=0.25, start=0, end=40)])
    """
    lying, standing = [], []
    for rule in rules:
        if rule.horizontal:
            lying.append(Ruling((rule.top + rule.bottom) / 2, rule.left, rule.right))
        else:
            standing.append(Ruling((rule.left + rule.right) / 2, rule.top, rule.bottom))
    return _joined(lying), _joined(standing)


def snapped(places: Iterable[float]) -> list[float]:
    """Return places of which those that are one are told once.

    >>> snapped([10, 50, 11.5, 10.5])
    [10, 50]
    """
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > SAME_PLACE:
            found.append(place)
    return found


def nearest(places: Sequence[float], place: float) -> int:
    """Return which of the places is nearest."""
    return min(range(len(places)), key=lambda n: abs(places[n] - place))


def covered(lines: Iterable[Ruling], start: float, end: float) -> float:
    """Return which share of start to end the lines cover; they do not overlap."""
    length = sum(max(0.0, min(line.end, end) - max(line.start, start)) for line in lines)
    return length / (end - start) if end > start else 0.0


def _joined(lines: Sequence[Ruling]) -> list[Ruling]:
    places = snapped(line.place for line in lines)
    at: dict[float, list[Ruling]] = defaultdict(list)
    number = -1
    for line in sorted(lines, key=lambda line: line.place):
        while number + 1 < len(places) and places[number + 1] <= line.place:
            number += 1
        at[places[number]].append(line)
    return [joined for place, same in at.items() for joined in _runs(place, same)]


def _runs(place: float, lines: Sequence[Ruling]) -> Iterable[Ruling]:
    runs: list[tuple[float, float]] = []
    for line in sorted(lines, key=lambda line: line.start):
        if runs and line.start - runs[-1][1] <= _DASH_GAP:
            runs[-1] = runs[-1][0], max(runs[-1][1], line.end)
        else:
            runs.append((line.start, line.end))
    return (Ruling(place, start, end) for start, end in runs if end - start >= _SHORTEST)
