"""The names of a budget in running text, each with the amounts that are printed of it, line by line."""

import re
from collections.abc import Iterator

from corpus.budgets.pieces import UNITS
from corpus.budgets.printed.apart import Apart, ApartReader
from corpus.budgets.printed.entry_funding import FundingReader
from corpus.budgets.printed.forms import LETTER, Entry, placed
from corpus.budgets.printed.item_lines import ItemReader
from corpus.budgets.printed.numbers import CHANGE, YEAR, narrow, read_line
from corpus.budgets.printed.open_names import OpenNames
from corpus.budgets.printed.table_entries import TableReader

_RULE = re.compile(r"[─━—―┌┐└┘├┤┬┴┼│┃╋＋+=＝_…‥~〜・-]{3,}")
_UNIT_ALONE = re.compile(rf"{UNITS}|の?内訳")
_OWN_AMOUNT = re.compile(r" *+(?:予算額? *+)?+[△-]?+[0-9]")
_LABEL_ALONE = re.compile(rf"(?:{YEAR}|当初|予算額?|(?:{CHANGE})額?)++")


def printed_entries(text: str, year: int, apart: Apart | None = None) -> Iterator[Entry]:
    """Yield the names that print amounts; `year` is what 本年度 means. What stands apart is added to `apart`."""
    reader = _Reader(year, apart or Apart())
    start = 0
    for line in text.split("\n"):
        if line.strip(" 　\t"):
            yield from reader.read(line, start)
        else:
            reader.pause()
        start += len(line) + 1


class _Reader:
    """Tells what a line is, and has it read: what stands apart, a table, funding, an item."""

    def __init__(self, year: int, apart: Apart) -> None:
        self._year = year
        self._label = ""  # of the amount on the next line
        self._entries: list[Entry] = []
        names = OpenNames()
        self._aside = ApartReader(year, apart, self._entries)
        self._funding = FundingReader(year, self._entries)
        self._tables = TableReader(year, names, self._funding)
        self._items = ItemReader(year, names, self._funding, apart)

    def pause(self) -> None:
        """Take a blank line: prose below it is no entry's."""
        self._items.pause()
        self._funding.pause()
        self._aside.pause()

    def read(self, text: str, start: int) -> Iterator[Entry]:
        """Yield the entry that a line begins, if it does."""
        for entry in self._read(text, start):
            self._entries.append(entry)
            yield entry

    def _read(self, text: str, start: int) -> Iterator[Entry]:
        line = narrow(text)
        plain = re.sub(r"\s", "", line)
        if _RULE.fullmatch(plain):
            return
        if self._aside.takes(text, line, start):
            self._items.leave()
            return
        self._items.take_legend(line)
        if _UNIT_ALONE.fullmatch(plain):
            return
        if _LABEL_ALONE.fullmatch(plain) and (self._label or self._items.begun):
            self._label += plain
            return
        label, self._label = self._label, ""
        if label and _OWN_AMOUNT.match(line):
            shift = len(line) - len(line.lstrip()) - len(label)
            yield from self._labelled(f"{label}{line.lstrip()}", start + shift)
            return
        if self._source_row(line, start):
            return
        if self._tables.takes_header(text, line):
            self._items.leave()
            return
        found = self._tables.row(line, start)
        if found:
            entry, end = found
            self._items.take_row(entry, line[end:], start + end)
            yield entry
            return
        yield from self._running_text(text, line, start)

    def _labelled(self, line: str, start: int) -> Iterator[Entry]:
        """Take an amount with the label on the lines above it: 前年度, 予算額, 211,200千円."""
        read = read_line(line, self._year)
        if read is not None:
            yield from self._items.amounts(placed(read.printed, start))

    def _source_row(self, line: str, start: int) -> bool:
        """Take a header that names sources, or the row of numbers below it; or a line of a table of sources."""
        return (
            self._funding.takes_names(line)
            or self._aside.takes_source_row(line, start)
            or self._funding.takes_numbers(line, start)
        )

    def _running_text(self, text: str, line: str, start: int) -> Iterator[Entry]:
        read = read_line(line, self._year)
        if self._funding.takes_listed(line, read, start):
            self._items.keep_description()
        elif self._funding.is_told(line, read):
            self._items.keep_description()
            if not self._funding.takes_sentence(line, read, start):
                self._items.describe(line, start)
        elif read is None:
            self._items.words(text, line, start, in_table=self._tables.open)
        elif read.name_start == read.name_end or not LETTER.search(line[read.name_start : read.name_end]):
            yield from self._items.amounts(placed(read.printed, start))
        else:
            yield from self._items.named(text, line, read, start)
