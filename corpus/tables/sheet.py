"""One sheet of a workbook as its file tells it, and the names of its cells."""

from dataclasses import dataclass, field

Area = tuple[int, int, int, int]
"""The first and the last row, the first and the last column of a merged range, counted from 0."""


@dataclass(slots=True)
class Sheet:
    """One sheet as its file tells it: the cells that show something, by row and column counted from 0.

    `numbers` are the cells that hold a number, `unsaved` those whose formula has no saved result, `unseen` those whose
    text has the colour of its ground or a format that shows nothing; these have no text in `rows`.
    """

    name: str
    hidden: bool = False
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    numbers: set[tuple[int, int]] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    unsaved: list[tuple[int, int]] = field(default_factory=list)
    unseen: list[tuple[int, int]] = field(default_factory=list)
    comments: int = 0

    def hides_column(self, column: int) -> bool:
        """Tell whether a column is not shown."""
        return any(first <= column <= last for first, last in self.hidden_columns)


def cell_name(row: int, column: int) -> str:
    """Return a cell's name as Excel writes it.

    >>> cell_name(4, 2), cell_name(0, 26)
    ('C5', 'AA1')
    """
    return f"{column_name(column)}{row + 1}"


def column_name(column: int) -> str:
    """Return a column's letters: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
