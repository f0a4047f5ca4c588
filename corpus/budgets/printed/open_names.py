"""What a name of a budget in running text hangs below: the names and headings that are open above it."""

import re
from collections.abc import Sequence

from corpus.budgets.marks import Name, is_total
from corpus.budgets.printed.forms import Entry
from corpus.budgets.printed.numbers import Printed, narrow


class OpenNames:
    """The names that are open.

    What hangs below what is told by the numbering alone, whatever it is: a style that opens inside another one is
    below it; in a table it is told by how far a row is set in.
    """

    def __init__(self) -> None:
        self._rows: list[str] = []
        self._open: list[
            tuple[str, str | None]
        ] = []  # styles, outermost first, with the name where it has amounts
        self._headings: dict[str, str] = {}  # what each open style's heading says

    def enter(self, name: Name, style: str, printed: list[Printed]) -> Entry:
        """Return an entry below the names that are open, and open it."""
        self._leave_rows()
        self._close(style)
        if is_total(name.text):
            self._open.clear()
            return Entry(name, style, printed, total=True)
        entry = Entry(
            name,
            style,
            printed,
            parents=tuple(text for _, text in self._open if text),
            headings=tuple(text or self._headings.get(kind, "") for kind, text in self._open),
        )
        self._open.append((style, name.text))
        return entry

    def enter_row(self, style: str, name: str) -> tuple[str, ...]:
        """Return the rows that a row of a table is below, and open it; `style` tells how far it is set in."""
        if not self._open or not self._open[0][0].startswith("row"):
            self._open.clear()
        self._open = [(kind, text) for kind, text in self._open if kind < style]
        total = is_total(name)
        parents = () if total else tuple(text for _, text in self._open if text)
        if not total:
            self._open.append((style, name))
        self._rows.append(name)
        return parents

    def enter_heading(self, style: str, text: str) -> None:
        """Open a heading, which prints no amount itself: as the row of the table that it names, if any."""
        self._leave_rows()
        self._close(style)
        self._open.append((style, _row_of(text, self._rows)))
        self._headings[style] = text

    def _leave_rows(self) -> None:
        """Close the rows of a table: what comes below it is below none of them."""
        if self._open and self._open[0][0].startswith("row"):
            self._open.clear()

    def _close(self, style: str) -> None:
        """Close every style from this one on: a number after a number is its neighbour, not below it."""
        styles = [kind for kind, _ in self._open]
        if style in styles:
            del self._open[styles.index(style) :]


def _row_of(heading: str, rows: Sequence[str]) -> str | None:
    """Return the row of the summary that a heading names, alone or first: 柱１ of 【柱１　世界とつながる】."""
    word = re.sub(r"\s", " ", narrow(heading))
    return next((each for each in rows if word == each or word.startswith(f"{each} ")), None)
