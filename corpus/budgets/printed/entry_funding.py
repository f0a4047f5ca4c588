"""The funding sources that lines of a budget in running text tell, each given to the entry whose money it is."""

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.budgets.amounts import decimal_of
from corpus.budgets.marks import is_total
from corpus.budgets.printed.forms import IN_NAME, PLAIN_NUMBER, Entry, first_value, placed
from corpus.budgets.printed.funding import KNOWN_SOURCE, is_funding, named_before, named_behind
from corpus.budgets.printed.numbers import YEAR, Line, Printed
from corpus.budgets.printed.rows import SOURCES, Column

_FUNDING = re.compile(
    r" *+[(【\[]?(?:(?:[^\s、。]{1,20}の)?財源(?:内訳)?(?:は)?"
    r"|うち(?=[国県都府道市](?:[^ぁ-ん一-龠]|(?:費|債|庫|支出金) ?[0-9])))[)】\]: 、(]*+"
)
_FUNDING_OF = re.compile(r" *+[(【\[]?(?P<name>[^\s、。]{1,20})の財源")
_YEAR_SAID = re.compile(YEAR)
_FUNDING_HEADING = re.compile(
    r"[・○◎(【\[〔]*(?:[^、。:]{1,12}の)?財源(?:の?内訳)?(?:\([^()0-9]*\))?[)】\]〕: ]*+"
)
_PART_OF_SOURCE = re.compile(r"(?:.{0,12}の)?うち(?P<source>\S{1,10})")


class FundingReader:
    """Takes the lines that tell sources; `entries` are those read so far, whose sources these are."""

    def __init__(self, year: int, entries: Sequence[Entry]) -> None:
        self._year = year
        self._entries = entries
        self._goes_on = False  # a sentence on funding
        self._sources_named: list[str] = []
        self._listed: list[tuple[str, Printed]] | None = None

    def pause(self) -> None:
        """Take a blank line: a sentence ends."""
        self._goes_on = False

    def takes_names(self, line: str) -> bool:
        """Take a header that names sources: the row of numbers below it tells their amounts."""
        names = re.findall(rf"(?<![^\s])(?:{SOURCES})(?![^\s])", line)
        if len(names) > 1 and line.lstrip(" (").startswith("財源") and not re.search(r"[0-9],[0-9]", line):
            self._sources_named = names
            return True
        return False

    def takes_numbers(self, line: str, start: int) -> bool:
        """Take the row of numbers below a header that names sources: of the entry whose amount they add up to."""
        named, self._sources_named = self._sources_named, []
        cells = line.split()
        numbers = list(PLAIN_NUMBER.finditer(line))
        if not named or len(numbers) != len(named) or len(cells) != len(named):
            return False
        values = [decimal_of(match[0]) for match in numbers]
        owner = next(
            (entry for entry in reversed(self._entries) if first_value(entry, self._year) == sum(values)),
            None,
        )
        if owner is not None:
            owner.sources += [
                (name, Printed(value, None, None, False, False, start + match.start(), start + match.end()))
                for name, value, match in zip(named, values, numbers, strict=True)
            ]
        return True

    def takes_listed(self, line: str, read: Line | None, start: int) -> bool:
        """Take the heading of a list of sources, or a line of it: of the entry whose amount they add up to."""
        if _FUNDING_HEADING.fullmatch("".join(line.split())):
            self._listed = []
            return True
        if self._listed is None:
            return False
        name = (
            line[read.name_start : read.name_end].strip(IN_NAME + "○●◎")
            if read and len(read.printed) == 1
            else ""
        )
        if read and KNOWN_SOURCE.fullmatch(name) and read.printed[0].value is not None:
            self._listed.append((name, placed(read.printed, start)[0]))
            total = sum((one.value for _, one in self._listed if one.value is not None), Decimal(0))
            owner = next(
                (each for each in reversed(self._entries) if first_value(each, self._year) == total), None
            )
            if owner is not None:
                owner.sources += self._listed
                self._listed = None
            return True
        self._listed = None
        return False

    def take_row(self, name: str, cells: Sequence[tuple[Column, Printed]], start: int) -> None:
        """Take a row of sources: of the entry of that name, where they add up to its amount."""
        total = sum((cell.value for _, cell in cells if cell.value is not None), Decimal(0))
        own = [
            e
            for e in self._entries
            if (e.name.text == name or (e.total and is_total(name))) and not e.sources
        ]
        if own and first_value(own[0], self._year) == total:
            cells_placed = placed([cell for _, cell in cells], start)
            own[0].sources += [
                (column.source, cell)
                for (column, _), cell in zip(cells, cells_placed, strict=True)
                if column.source and cell.value is not None
            ]

    def takes_part(self, name: str, read: Line, start: int) -> bool:
        """Take a part of the last entry's amount: うち市債 1,000."""
        part, last = _PART_OF_SOURCE.fullmatch(name), self._last()
        if part and last and len(read.printed) == 1 and KNOWN_SOURCE.fullmatch(part["source"]):
            last.sources.append((part["source"], placed(read.printed, start)[0]))
            return True
        return False

    def is_told(self, line: str, read: Line | None) -> bool:
        """Tell whether a line is on where an entry's money comes from."""
        return bool(self._last() and (self._goes_on or _FUNDING.match(line) or is_funding(read)))

    def takes_sentence(self, line: str, read: Line | None, start: int) -> bool:
        """Take a line, or a part of a sentence, that tells where money comes from; its sources must be known as such."""
        self._goes_on = ("。" not in line and line.rstrip().endswith(("、", "が", "は"))) or (
            "財源" in line[:6] and "。" not in line and "は" in line[:6]
        )
        owner = self._owner(line)
        if read is None or owner is None:
            return True
        match = _FUNDING.match(line)
        begin = match.end() if match else 0
        labels = named_before(line, begin, read.printed) or named_behind(line, read.printed)
        known = [name for name, _ in labels if KNOWN_SOURCE.fullmatch(name)]
        fits = bool(labels) and len(known) == len(labels)
        if fits:
            places = placed([one for _, one in labels], start)
            owner.sources += [
                (re.sub(r"^市の(?=一般財源)", "", name), place)
                for (name, _), place in zip(labels, places, strict=True)
            ]
        return fits

    def _owner(self, line: str) -> Entry | None:
        """Return whose sources a line tells: 予防費 of 「予防費の財源は」, else the last entry."""
        named = _FUNDING_OF.match(line)
        if named is None or _YEAR_SAID.fullmatch(named["name"]):
            return self._last()
        return next((each for each in reversed(self._entries) if each.name.text == named["name"]), None)

    def _last(self) -> Entry | None:
        return self._entries[-1] if self._entries else None
