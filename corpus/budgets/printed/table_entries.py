"""The rows of a table in running text as entries, from its header to the lines without a row that end it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.budgets.marks import is_total, parted
from corpus.budgets.printed.entry_funding import FundingReader
from corpus.budgets.printed.forms import PLAIN_NUMBER, UNIT_NOTE, Entry, marker, name_in, placed
from corpus.budgets.printed.open_names import OpenNames
from corpus.budgets.printed.rows import Column, columns, row, source_columns, stacked

_ROWS_APART = 3  # lines without a row end a table
_WIDE = 3  # columns: this year's, last year's and their difference


class TableReader:
    """Takes the lines of tables; rows open `names`, rows of sources go to `funding`."""

    def __init__(self, year: int, names: OpenNames, funding: FundingReader) -> None:
        self._year = year
        self._names = names
        self._funding = funding
        self._table: Sequence[Column] = ()
        self._above: list[str] = []  # the lines above that may be of the same header
        self._unit: str | None = None  # that the note above a table says
        self._missed = 0

    @property
    def open(self) -> bool:
        """Whether a table goes on."""
        return bool(self._table)

    def takes_header(self, text: str, line: str) -> bool:
        """Take a line (as printed, and narrow) that is the header of a table; keep the unit that a note tells."""
        note = UNIT_NOTE.search(line)
        if note:
            self._unit = note["unit"]
        header = self._header_columns(text, line)
        if header:
            self._table, self._missed = header, 0
        return bool(header)

    def _header_columns(self, text: str, line: str) -> Sequence[Column]:
        """Return the columns that a line names as the header of a table, or together with the lines above it."""
        if PLAIN_NUMBER.search(line) or not line.strip(" -=|"):
            self._above = [] if line.strip(" -=|") else self._above
            return ()
        self._above = [*self._above[-1:], text]
        one = columns(line, self._year) or source_columns(line)
        if len(self._above) > 1:
            together = stacked(self._above)
            both = columns(together, self._year) or source_columns(together)
            if len(both) > len(one):
                return both
        return one

    def row(self, line: str, start: int) -> tuple[Entry, int] | None:
        """Return the entry that a row of the open table prints, and where its numbers end; a row of sources prints none."""
        if not self._table:
            return None
        begin, end, cells = row(line, self._table)
        style, words = marker(line)
        name = name_in(line, words, begin, start) if cells else None
        if name is None:
            self._missed += 1
            apart = _ROWS_APART * (4 if len(self._table) > _WIDE else 1)  # a wide table explains its rows
            if self._missed >= apart:
                self._table, self._unit = (), None
            return None
        plain = re.sub(r"\s", "", name.text)
        if not any(column.year is not None for column in self._table):
            self._missed = 0
            self._funding.take_row(plain, cells, start)
            return None
        indent = len(line) - len(line.lstrip())
        style = f"row {indent:03}{style}"
        parents = self._names.enter_row(style, plain)
        self._missed = 0
        printed = [cell for column, cell in cells if column.year is not None or column.change]
        sources = [
            (column.source, cell) for column, cell in cells if column.source and cell.value is not None
        ]
        marks = parted(f"【{line[end:].strip()}】").marks if line[end:].strip() else ()
        entry = Entry(
            replace(name, text=plain, marks=(*name.marks, *marks)),
            style,
            placed(printed, start),
            total=is_total(plain),
            parents=parents,
            unit=self._unit,
            sources=[(source, cell) for source, cell in zip(
                [source for source, _ in sources], placed([cell for _, cell in sources], start), strict=True)],
        )  # fmt: skip
        return entry, end
