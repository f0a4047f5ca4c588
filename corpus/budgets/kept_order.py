"""Where a page kept the order of its numbers, beyond chance, and what an amount's place then tells."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import factorial

from corpus.budgets.highlights import Pair
from corpus.budgets.pieces import NumberedName

_CHANCE = 100


def order_gaps(
    anchors: dict[int, Pair], names: list[NumberedName], pairs: list[Pair], beside: frozenset[int]
) -> dict[int, tuple[int, int]]:
    """Return, for each open pair, the numbers it lies between; empty where order could be chance."""
    stream: list[tuple[int, int | None, int]] = []  # place, number or None, start of the pair's amount
    for number, pair in anchors.items():
        apart = [n for n in (pair.this, pair.last) if n is not None and n.start not in beside]
        stream += [(n.start, number, pair.this.start) for n in apart]
    stream += [(pair.this.start, None, pair.this.start) for pair in pairs]
    stream.sort()
    known = [number for _, number, _ in stream if number is not None]
    total, unknown = len(set(known)) + len(pairs), len(pairs)
    if 2 * factorial(unknown) * _CHANCE > factorial(total) or len(set(known)) < 2:
        return {}
    falling = known == sorted(known, reverse=True)
    if not falling and known != sorted(known):
        return {}
    gaps = _gaps(stream, falling)
    return gaps if _fits(gaps, [name.number for name in names]) else {}


def _gaps(stream: list[tuple[int, int | None, int]], falling: bool) -> dict[int, tuple[int, int]]:
    gaps: dict[int, tuple[int, int]] = {}
    for place, number, start in stream:
        if number is None:
            before = [n for p, n, _ in stream if n is not None and p < place]
            after = [n for p, n, _ in stream if n is not None and p > place]
            outer = (10**6 if falling else 0, 0 if falling else 10**6)
            first = before[-1] if before else outer[0]
            second = after[0] if after else outer[1]
            gaps[start] = (min(first, second), max(first, second))
    return gaps


def _fits(gaps: dict[int, tuple[int, int]], numbers: list[int]) -> bool:
    """Each gap holds exactly as many open pairs as there are open numbers between its bounds."""
    for bounds, count in Counter(gaps.values()).items():
        if sum(bounds[0] < number < bounds[1] for number in numbers) != count:
            return False
    return True


def columns_ascend(sections: Iterable[Sequence[NumberedName]]) -> bool:
    """Tell whether numbered names on neighbouring lines always ascend, and so often that it is no chance.

    A run of n lines ascends by chance once in n! times.
    """
    chance = 1
    for names in sections:
        for run in _neighbours({name.line: name.number for name in names if not name.numbers}):
            if run != sorted(run):
                return False
            chance *= factorial(len(run))
    return chance >= _CHANCE


def _neighbours(by_line: dict[int, int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for line in sorted(by_line):
        if line - 1 in by_line:
            runs[-1].append(by_line[line])
        else:
            runs.append([by_line[line]])
    return runs


def column_runs(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Return runs of open pairs printed whole on neighbouring lines."""
    whole = {p.this.line: p for p in pairs if p.last is not None and p.last.line == p.this.line}
    runs: list[list[Pair]] = []
    for line in sorted(whole):
        if runs and line - 1 in whole and whole[line - 1] is runs[-1][-1]:
            runs[-1].append(whole[line])
        else:
            runs.append([whole[line]])
    return [run for run in runs if len(run) > 1]
