"""The names of a budget in running text, each with the amounts that are printed of it, line by line.

What hangs below what is told by the numbering alone, whatever it is: a style that opens inside another one is below it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from corpus.tables.marks import Name, is_total, parted
from corpus.tables.pieces import UNITS
from corpus.tables.printed_line import Column, Printed, amounts_at_end, columns, lines_of, marker, narrow, row

_DEPARTMENT = re.compile(
    r" *+[(【\[]?(?:担当課?|所管課?)?[】\]: ]*+(?P<name>[^\s、。()【】:]{1,18}(?:課|室|係|署|事務局|事務所|センター))[)\]]? *+"
)
_FUNDING = re.compile(r" *+[(【\[]?財源(?:内訳)?[)】\]: ]*+")
_SOURCE = re.compile(
    r"(?P<name>[^\s0-9、,・()／/:]{1,16}) *+(?:: *+)?(?:(?P<sign>[△-]) *+)?"
    rf"(?P<digits>[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+) *(?P<unit>{UNITS})?"
)
_LETTER = re.compile(r"[ぁ-ヿ㐀-鿿A-Za-z]")
_LONGEST_NAME = 45
_ROWS_APART = 2  # lines without a row end a table
_MOST_PRINTED = 3  # this year's, last year's and their difference


@dataclass(slots=True)
class Entry:
    """A name with what is printed of it; `style` is its numbering, `parents` what it hangs below."""

    name: Name
    style: str
    printed: list[Printed]
    total: bool = False
    parents: tuple[str, ...] = ()
    sources: list[tuple[str, Printed]] = field(default_factory=list)
    department: tuple[str, int, int] | None = None


def printed_entries(text: str, year: int) -> Iterator[Entry]:
    """Yield the names that print amounts; `year` is what 本年度 means."""
    reader = _Reader(year)
    for start, line in lines_of(text, 0):
        if line.strip(" 　\t"):
            yield from reader.read(line, start)


class _Reader:
    """Where reading stands: the open table, the open names, the name whose amounts may follow, the last entry."""

    def __init__(self, year: int) -> None:
        self._year = year
        self._table: Sequence[Column] = ()
        self._missed = 0
        self._rows: list[str] = []
        self._open: list[
            tuple[str, str | None]
        ] = []  # styles, outermost first, with the name where it has amounts
        self._waiting: tuple[Name, str] | None = None
        self._last: Entry | None = None

    def read(self, text: str, start: int) -> Iterator[Entry]:
        """Yield the entry that a line begins, if it does."""
        line = narrow(text)
        header = columns(line, self._year)
        if header:
            self._table, self._missed, self._waiting = header, 0, None
            return
        found = self._row(line, start)
        if found:
            yield found
            return
        begin, printed = amounts_at_end(line, self._year)
        printed = _placed(printed, start)
        if self._last and _FUNDING.match(line):
            self._last.sources += list(_sources(line, start))
        elif printed and not _LETTER.search(line[:begin]):
            yield from self._amounts(printed)
        elif not self._department(line, start):
            yield from self._named(text, line, start, begin, printed)

    def _row(self, line: str, start: int) -> Entry | None:
        if not self._table:
            return None
        begin, printed = row(line, self._table)
        name = _name(line, marker(line)[1], begin, start) if printed else None
        if name is None:
            self._missed += 1
            self._table = () if self._missed >= _ROWS_APART else self._table
            return None
        plain = re.sub(r"\s", "", name.text)
        self._rows.append(plain)
        self._missed, self._waiting = 0, None
        self._last = Entry(replace(name, text=plain), "row", _placed(printed, start), total=is_total(plain))
        return self._last

    def _amounts(self, printed: list[Printed]) -> Iterator[Entry]:
        """Take a line of amounts only: of the name above it, or more of the last entry."""
        if self._waiting:
            self._last = self._opened(*self._waiting, printed)
            self._waiting = None
            yield self._last
        elif self._last and self._last.style != "row" and len(self._last.printed) < _MOST_PRINTED:
            self._last.printed += printed

    def _department(self, line: str, start: int) -> bool:
        found = _DEPARTMENT.fullmatch(line)
        if not found or self._last is None or self._last.department is not None:
            return False
        self._last.department = (found["name"], start + found.start("name"), start + found.end("name"))
        self._waiting = None
        return True

    def _named(self, text: str, line: str, start: int, begin: int, printed: list[Printed]) -> Iterator[Entry]:
        """Take a line with a name: its amounts stand behind it, or may follow, or it is a heading."""
        self._waiting = None
        style, words = marker(line)
        name = _name(text, words, begin if printed else len(line), start)
        if name is None:
            return
        shaped = bool(style or name.marks)
        if not printed:
            if shaped:
                self._close(style)
                self._open.append((style, _row_of(name.text, self._rows)))
            self._waiting = (name, style)
        elif len(printed) > 1 or shaped or is_total(name.text):
            self._last = self._opened(name, style, printed)
            yield self._last

    def _opened(self, name: Name, style: str, printed: list[Printed]) -> Entry:
        """Return an entry below the names that are open, and open it."""
        self._close(style)
        if is_total(name.text):
            self._open.clear()
            return Entry(name, style, printed, total=True)
        entry = Entry(name, style, printed, parents=tuple(text for _, text in self._open if text))
        self._open.append((style, name.text))
        return entry

    def _close(self, style: str) -> None:
        """Close every style from this one on: a number after a number is its neighbour, not below it."""
        styles = [kind for kind, _ in self._open]
        if style in styles:
            del self._open[styles.index(style) :]


def _name(text: str, words: int, end: int, start: int) -> Name | None:
    """Return the name between two places of a line; None where that is no name."""
    piece = text[words:end].rstrip(" 　…‥・.:：、")
    piece = piece if "【" in piece else piece.rstrip("】")
    if not piece.strip() or len(piece) > _LONGEST_NAME or "。" in piece or not _LETTER.search(piece):
        return None
    name = parted(piece, start + words)
    return name if name.text else None


def _row_of(heading: str, rows: Sequence[str]) -> str | None:
    """Return the row of the summary that a heading names, alone or first: 柱１ of 【柱１　世界とつながる】."""
    word = re.sub(r"\s", " ", narrow(heading))
    return next((row for row in rows if word == row or word.startswith(f"{row} ")), None)


def _placed(printed: Sequence[Printed], start: int) -> list[Printed]:
    return [replace(each, start=each.start + start, end=each.end + start) for each in printed]


def _sources(line: str, start: int) -> Iterator[tuple[str, Printed]]:
    match = _FUNDING.match(line)
    for found in _SOURCE.finditer(line, match.end() if match else 0):
        value = Decimal(found["digits"].replace(",", ""))
        first = found.start("sign") if found["sign"] else found.start("digits")
        last = found.end("unit") if found["unit"] else found.end("digits")
        yield (
            found["name"],
            Printed(
                -value if found["sign"] else value,
                found["unit"],
                None,
                False,
                False,
                start + first,
                start + last,
            ),
        )
