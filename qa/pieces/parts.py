"""Parts of a sentence or row that say one thing of many: a clause each, a cell each."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from corpus.outline import Unit
from corpus.outline_cells import Span, cell_spans, is_blank, likeness

_CLAUSE = re.compile(r"(?!うち|また|ただし)[^は、。（）()「」：:]{2,24}は[^。]")
_NOUN_ENDS = re.compile(r"(?:[^ぁ-んー]|まで|から|など|なし|[一-龥][ 　][ぁ-ん]{2,4})[）)」]?$")
_ALIKE = 0.8
"""So many of a row's cells are of one kind: only the name of its column tells what each is of."""
_MOST = 12  # columns

Place = tuple[Unit, Span, Span, Span]


def clauses(text: str, start: int, end: int) -> list[Span]:
    """Return the clauses of a sentence that lists things: 「東館は月曜日、西館は火曜日です。」; none of any other.

    >>> clauses("東館は月曜日、西館は火曜日です。", 0, 16)
    [(0, 6), (7, 16)]
    """
    if text.count("は", start, end) < 2 or "、" not in text[start:end]:
        return []
    found: list[Span] = []
    place = start
    for part in text[start:end].split("、"):
        if _CLAUSE.match(part):
            found.append((place, place + len(part)))
        elif found:
            found[-1] = (found[-1][0], place + len(part))
        else:
            return []
        place += len(part) + 1
    listed = len(found) > 1 and all(_NOUN_ENDS.search(text[a:b]) for a, b in found[:-1])
    return found if listed else []


def cells_of_rows(text: str, units: Sequence[Unit]) -> Iterator[Place]:
    """Yield for each cell of tables whose rows hold like cells: its row, its column's name, its row's name, itself."""
    for header, group in groupby(units, key=lambda unit: unit.header):
        if header is None:
            continue
        columns = cell_spans(text, *header)
        own = [(unit, cell_spans(text, unit.start, unit.end)) for unit in group]
        rows = [(unit, cells) for unit, cells in own if len(cells) == len(columns)]
        if 2 < len(columns) <= _MOST and _are_alike(text, [cells for _, cells in rows]):
            for unit, cells in rows:
                told = zip(columns[1:], cells[1:], strict=True)
                yield from (
                    (unit, column, cells[0], cell)
                    for column, cell in told
                    if not is_blank(text[slice(*cell)])
                )


def _are_alike(text: str, rows: Sequence[Sequence[Span]]) -> bool:
    told = [[text[slice(*cell)] for cell in cells[1:]] for cells in rows]
    across, down = likeness(told), likeness(list(zip(*told, strict=True)))
    return across >= max(_ALIKE, down)
