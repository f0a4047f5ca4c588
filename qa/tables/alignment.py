"""Which column of a header each piece of a row stands in: the cheapest alignment, where it is clearly the cheapest."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.tables.types import Line, Piece, Span

# What an alignment costs: an empty cell, two pieces in one cell, a cell of another form, a cell out of place.
_EMPTY, _MERGED, _UNLIKE, _FAR = 1.0, 3.0, 4.0, 8.0
_SURE = 2.5  # what another alignment must cost more
_INFINITE = float("inf")
_PUSH = 8  # columns that a cell may be pushed to the right at the price of an empty one


@dataclass(frozen=True, slots=True)
class Grid:
    """A header's columns: where they stand, the form of their cells, and whether they hold people's names."""

    header: Line
    fixed: bool
    forms: Sequence[str | None]
    names: Sequence[bool]

    @property
    def size(self) -> int:
        return len(self.header.pieces)


def aligned(pieces: Sequence[Piece], forms: Sequence[str], grid: Grid) -> list[tuple[Span, int | None]]:
    """Return the cells that `pieces` form, each with its column, None where that is uncertain."""
    return _merged(pieces, _places(pieces, forms, grid))


def _places(pieces: Sequence[Piece], forms: Sequence[str], grid: Grid) -> list[int | None]:
    size = grid.size
    ahead = [[_INFINITE] * size for _ in pieces]  # cost of the pieces up to here, the last in this column
    after = [[_INFINITE] * size for _ in pieces]
    steps = [_steps(pieces, forms, grid, at) for at in range(1, len(pieces))]
    for place in range(size):
        ahead[0][place] = _EMPTY * place + _misfit(grid, pieces[0], forms[0], place, None)
        after[-1][place] = _EMPTY * (size - 1 - place)
    for at in range(1, len(pieces)):
        for old in range(size):
            for new in range(old, size):
                ahead[at][new] = min(ahead[at][new], ahead[at - 1][old] + steps[at - 1][old][new])
    for at in range(len(pieces) - 2, -1, -1):
        for old in range(size):
            after[at][old] = min(steps[at][old][new] + after[at + 1][new] for new in range(old, size))
    if _is_in_order(ahead, steps):
        return list(range(size))
    totals = [[a + b for a, b in zip(*costs, strict=True)] for costs in zip(ahead, after, strict=True)]
    return _without_halves(pieces, [_clearest(costs) for costs in totals])


def _steps(pieces: Sequence[Piece], forms: Sequence[str], grid: Grid, at: int) -> list[list[float]]:
    """Return what it costs that the piece before stands in one column and this one in another."""
    cost = [[_INFINITE] * grid.size for _ in range(grid.size)]
    for old in range(grid.size):
        if pieces[at].soft:
            cost[old][old] = _merging(grid, pieces[at], old)
        for new in range(old + 1, grid.size):
            misfit = _misfit(grid, pieces[at], forms[at], new, (pieces[at - 1], old))
            cost[old][new] = _EMPTY * (new - old - 1) + misfit
    return cost


def _misfit(grid: Grid, piece: Piece, form: str, place: int, before: tuple[Piece, int] | None) -> float:
    """Return how ill `piece` fits a column, given the column of the cell before it."""
    usual = grid.forms[place]
    unlike = _UNLIKE if usual is not None and form not in (usual, "none") else 0.0
    unlike = unlike / 2 if form == "text" else unlike  # words may stand for any value (応相談)
    if not grid.fixed:
        return unlike + (_FAR if before is None and place > 0 else 0.0)
    stops = [head.column for head in grid.header.pieces]
    off = piece.column - stops[place]
    if piece.soft and off >= -1:  # a long cell pushes the next one to the right
        return unlike + min(_FAR, max(0, off) / _PUSH)
    if before is not None:
        drift = before[0].column - stops[before[1]]
        off = min(off, off - drift, key=abs)
    return unlike + min(_FAR, max(0.0, abs(off) - 1))


def _merging(grid: Grid, piece: Piece, place: int) -> float:
    """Return what it costs that `piece` goes on in a cell; more where a column begins just there."""
    begins = grid.fixed and any(head.column == piece.column for head in grid.header.pieces)
    return (_MERGED / 6 if grid.names[place] else _MERGED) + (_MERGED if begins else 0.0)


def _is_in_order(ahead: list[list[float]], steps: list[list[list[float]]]) -> bool:
    """As many pieces as columns, and one after the other is no worse than any other alignment."""
    size = len(ahead[0])
    if len(ahead) != size:
        return False
    ordered = ahead[0][0] + sum(step[at][at + 1] for at, step in enumerate(steps))
    return ordered <= min(cost + _EMPTY * (size - 1 - at) for at, cost in enumerate(ahead[-1]))


def _clearest(costs: list[float]) -> int | None:
    best, second = sorted(costs)[:2]
    return costs.index(best) if best < _INFINITE and second - best >= _SURE else None


def _without_halves(pieces: Sequence[Piece], places: list[int | None]) -> list[int | None]:
    """A cell next to a piece that may belong to it is uncertain itself, but for the row's name."""
    unsure = {at - 1 for at, place in enumerate(places) if place is None and pieces[at].soft}
    return [None if at in unsure and at > 0 else place for at, place in enumerate(places)]


def _merged(pieces: Sequence[Piece], places: list[int | None]) -> list[tuple[Span, int | None]]:
    """Pieces of one column with a narrow gap between them are one cell."""
    found: list[tuple[Span, int | None]] = []
    for piece, place in zip(pieces, places, strict=True):
        if found and place is not None and found[-1][1] == place and piece.soft:
            found[-1] = ((found[-1][0][0], piece.end), place)
        else:
            found.append((piece.span, place))
    return found
