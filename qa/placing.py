"""Where a span stands in its line: in which cell of a table, and in which part between commas."""

import re
from collections.abc import Mapping, Sequence

from qa.cells import Cell
from qa.nearness import Nearness

Span = tuple[int, int]

_CUT = re.compile(r"[、，]|[ 　]{2,}|；|;|(?<=[^\n])(?=[●○◎◆■])")


class CellSigns:
    """What the row and the column of a span's cell say of the question."""

    def __init__(self, near: Nearness, cells: Sequence[Cell]) -> None:
        self._cells = cells
        self._held = {
            span: near.stretch(*span) for cell in cells for span in (cell.name, cell.header) if span
        }

    def of(self, span: Span) -> Mapping[str, float]:
        """Return the signs of `span`; empty outside tables. `row` and `column` are shares of the question (0–1)."""
        cell = next((c for c in self._cells if c.value[0] <= span[0] and span[1] <= c.value[1]), None)
        if cell is None:
            return {}
        row, _ = self._held[cell.name] if cell.name else (0.0, 0.0)
        column, said = self._held[cell.header] if cell.header else (0.0, 0.0)
        return {
            "in_cell": 1.0,
            "is_cell": float(cell.value == span),
            "row": row,
            "column": column,
            "column_said": said,
            "first_cell": float(cell.name is None),
        }


class PartSigns:
    """How much of the question the part between commas (or bullets in one line) holds in which a span stands.

    「令和６年度に中学１年、令和７年度に中学２年」: of two dates the one in the part that says what is asked about.
    """

    def __init__(self, near: Nearness, number: int, text: str, sentence: Span) -> None:
        cuts = [match.end() for match in _CUT.finditer(text, *sentence)]
        self._ends = [*cuts, sentence[1]]
        self._held = near.parts(number, self._ends) if cuts else None

    def of(self, span: Span) -> Mapping[str, float]:
        """Return `part`, and `part_less`: how much less than the best other part; empty in a sentence of one part."""
        if self._held is None:
            return {}
        first = next(n for n, end in enumerate(self._ends) if span[0] < end)
        last = next(n for n, end in enumerate(self._ends) if span[1] <= end)
        others = [*self._held[:first], *self._held[last + 1 :]]
        own = float(self._held[first : last + 1].max())
        if not others:
            return {}
        return {"part": own, "part_less": max(0.0, float(max(others)) - own)}
