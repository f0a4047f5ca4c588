"""The cells between two lines of a table → rows: one, or several where a column has several numbers, one under the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.pdf.cell_forms import is_amount
from corpus.pdf.cell_lines import CellLine, joined

Row = list[str]
_FULL = 1.2  # of a line's height: a line that ends as near to its cell's right side is full, and goes on in the next
_UNDER = 0.5  # of a line's height: as near to the place of the line before, a line stands under it


@dataclass(frozen=True, slots=True)
class BandCell:
    """What a column has between two lines: its lines, where it ends at the right, whether it began above or is a list."""

    lines: Sequence[CellLine]
    right: float
    began_above: bool = False
    is_list: bool = False


def band_rows(cells: Sequence[BandCell], top: float) -> list[tuple[float, Row]]:
    """Return the rows of a band that begins at `top`, and where each begins.

    Names that stand once beside several numbers are told in each of the rows.
    """
    entries = [_entries_of(cell, _amounts_beside(cells, column)) for column, cell in enumerate(cells)]
    listed = [found for found in entries if len(found) > 1]
    lists = any(cell.is_list and len(found) > 1 for cell, found in zip(cells, entries, strict=True))
    if not lists and not any(sum(is_amount(entry[0].text) for entry in found) > 1 for found in listed):
        return [(top, [joined(cell.lines) for cell in cells])]
    places = _places([entry for found in listed for entry in found])
    rows = [[""] * len(cells) for _ in places]
    for column, found in enumerate(entries):
        for entry in found:
            row = min(range(len(places)), key=lambda n: abs(places[n] - entry[0].middle))
            rows[row][column] = f"{rows[row][column]} {joined(entry)}".strip()
        if len(found) == 1 and not is_amount(joined(found[0])):
            _tell_in_all(rows, column, joined(found[0]))
    return list(zip([top, *places[1:]], rows, strict=True))


def _amounts_beside(cells: Sequence[BandCell], column: int) -> list[CellLine]:
    """Return the amounts to which the names of a column belong: those of the next column at its right that has some."""
    amounts = ([line for line in cell.lines if is_amount(line.text)] for cell in cells[column + 1 :])
    return next(filter(None, amounts), [])


def _tell_in_all(rows: Sequence[Row], column: int, text: str) -> None:
    for row in rows:
        row[column] = text


def _entries_of(cell: BandCell, amounts: Sequence[CellLine]) -> list[list[CellLine]]:
    """Return what stands in a cell; what began above is one name of all rows."""
    if cell.began_above:
        return [list(cell.lines)] if cell.lines else []
    return list(_entries(cell, amounts))


def _entries(cell: BandCell, amounts: Sequence[CellLine]) -> Iterator[list[CellLine]]:
    """Yield what stands in a cell: a line, with the lines in which it goes on; beside an amount something new begins."""
    entry: list[CellLine] = []
    for line in cell.lines:
        if entry and not _is_beside(line, amounts) and _goes_on(entry[-1], line, cell.right):
            entry.append(line)
            continue
        if entry:
            yield entry
        entry = [line]
    if entry:
        yield entry


def _is_beside(line: CellLine, amounts: Sequence[CellLine]) -> bool:
    return any(abs(amount.middle - line.middle) <= (line.bottom - line.top) / 2 for amount in amounts)


def _goes_on(before: CellLine, line: CellLine, right: float) -> bool:
    """Tell whether a line is full and the next goes on under it."""
    height = before.bottom - before.top
    full = right - before.right < _FULL * height
    return (
        full
        and not is_amount(before.text)
        and not is_amount(line.text)
        and line.left <= before.right - height
    )


def _places(entries: Sequence[Sequence[CellLine]]) -> list[float]:
    """Return the heights of the rows: those of the entries' first lines, those of one height once."""
    places: list[float] = []
    for first in sorted((entry[0] for entry in entries), key=lambda line: line.middle):
        if not places or first.middle - places[-1] > (first.bottom - first.top) / 2:
            places.append(first.middle)
    return places
