"""The names of a budget in running text, each with the amounts that are printed of it, line by line.

What hangs below what is told by the numbering alone, whatever it is: a style that opens inside another one is below it;
in a table it is told by how far a row is set in.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.tables.amounts import decimal_of
from corpus.tables.marks import Name, is_total, parted
from corpus.tables.pieces import UNITS
from corpus.tables.printed.apart import Apart, ApartReader, legend_of
from corpus.tables.printed.forms import (
    IN_NAME,
    LETTER,
    LONGEST_NAME,
    PLAIN_NUMBER,
    UNIT_NOTE,
    Entry,
    Text,
    first_value,
    marker,
    name_in,
    placed,
    stripped,
    text_of,
    without_division,
)
from corpus.tables.printed.funding import (
    KNOWN_SOURCE,
    is_funding,
    labelled_sources,
    named_before,
    named_behind,
)
from corpus.tables.printed.numbers import CHANGE, YEAR, Line, Printed, narrow, read_line
from corpus.tables.printed.rows import SOURCES, Column, columns, row, source_columns, stacked

_DEPARTMENT = re.compile(
    r" *+[(【\[<]?(?:担当課?|所管課?|担当部署)?[】\]: >は]*+"
    r"(?P<name>[^\s、。()【】:・は]{1,18}(?:課|室|係|署|館|事務局|事務所|センター)"
    r"(?:・[^\s、。()【】:・は]{1,18}(?:課|室|係|署|館|事務局|事務所|センター))*+)(?:です。?)?[)\]]? *+"
)
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
_REASON = re.compile(
    r" *+(?:(?:前年度からの)?(?:増減|増額|減額|増加|減少|増|減)の)?(?:増減)?(?:主な)?(?:理由|要因)[: ]++(?P<text>\S.*)"
)
_RULE = re.compile(r"[─━—―┌┐└┘├┤┬┴┼│┃╋＋+=＝_…‥~〜・-]{3,}")
_REASON_OF = re.compile(r"[・○◎● ]*+(?P<name>\S.*?)の[増減][ :(）)]++(?P<text>\S.*ため.*)")
_SYMBOL = re.compile(r"([◎○●◇◆□■△▽▲▼☆★※・])[ 　]*(?=\S)")
_TOLD = re.compile(r"(?P<name>\S{2,30}?)(?:の予算)?は(?:、?総額で?)?")
_UNIT_ALONE = re.compile(rf"{UNITS}|の?内訳")
_OWN_AMOUNT = re.compile(r" *+(?:予算額? *+)?+[△-]?+[0-9]")
_LABEL_ALONE = re.compile(rf"(?:{YEAR}|当初|予算額?|(?:{CHANGE})額?)++")
_PROSE = re.compile(r"[ぁ-ん]")
_NO_NAME, _UNENDED = ("約", "上限", "対象"), ("は", "が", "を", "も", "約", "は約", "、")
_OF_DESCRIPTIONS = frozenset("・‐–-→")
_ROWS_APART = 3  # lines without a row end a table
_FULL_LINE = 20  # letters of a line of prose that goes on below it
_MOST_PENDING = 5  # lines of prose between a name and its amounts
_MOST_PRINTED = 3  # this year's, last year's and their difference


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
    """Where reading stands: the open table, the open names, the name whose amounts may follow, the last entry."""

    def __init__(self, year: int, apart: Apart) -> None:
        self._year = year
        self._apart = apart
        self._table: Sequence[Column] = ()
        self._above: list[str] = []  # the lines above that may be of the same header
        self._unit: str | None = None  # that the note above a table says
        self._missed = 0
        self._rows: list[str] = []
        self._open: list[
            tuple[str, str | None]
        ] = []  # styles, outermost first, with the name where it has amounts
        self._headings: dict[str, str] = {}  # what each open style's heading says
        self._waiting: tuple[Name, str] | None = None
        self._division: Text | None = None  # in charge of it, as its name says in brackets
        self._pending: list[Text] = []  # what is told of it before its amounts
        self._last: Entry | None = None
        self._telling = False  # prose right below an entry tells what is done
        self._tentative: Entry | None = None  # whose description has the name whose amounts may follow
        self._funding = False  # a sentence on funding goes on
        self._sources_named: list[str] = []
        self._label = ""  # of the amount on the next line
        self._listed: list[tuple[str, Printed]] | None = None
        self._legend: dict[str, str] = {}  # the marks that symbols before names stand for
        self._entries: list[Entry] = []
        self._aside = ApartReader(year, apart, self._entries)

    def pause(self) -> None:
        """Take a blank line: prose below it is no entry's."""
        self._telling = self._funding = False
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
            self._waiting, self._telling = None, False
            return
        self._legend |= legend_of(line)
        if _UNIT_ALONE.fullmatch(plain):
            return
        if _LABEL_ALONE.fullmatch(plain) and (self._waiting or self._label or self._last):
            self._label += plain
            return
        label, self._label = self._label, ""
        if label and _OWN_AMOUNT.match(line):
            shift = len(line) - len(line.lstrip()) - len(label)
            yield from self._labelled(f"{label}{line.lstrip()}", start + shift)
            return
        if self._source_row(line, start):
            return
        note = UNIT_NOTE.search(line)
        if note:
            self._unit = note["unit"]
        tentative, self._tentative = self._tentative, None
        header = self._header(text, line)
        if header:
            self._table, self._missed, self._waiting, self._telling = header, 0, None, False
            return
        found = self._row(line, start)
        if found:
            yield found
            return
        read = read_line(line, self._year)
        if self._funding_list(line, read, start):
            return
        if self._last and (self._funding or _FUNDING.match(line) or is_funding(read)):
            self._fund(line, read, start)
        elif read is None:
            self._words(text, line, start)
        elif read.name_start == read.name_end or not LETTER.search(line[read.name_start : read.name_end]):
            self._tentative = tentative
            yield from self._amounts(placed(read.printed, start))
        else:
            yield from self._named(text, line, read, start)

    def _header(self, text: str, line: str) -> Sequence[Column]:
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

    def _labelled(self, line: str, start: int) -> Iterator[Entry]:
        """Take an amount with the label on the lines above it: 前年度, 予算額, 211,200千円."""
        read = read_line(line, self._year)
        if read is not None:
            yield from self._amounts(placed(read.printed, start))

    def _source_row(self, line: str, start: int) -> bool:
        """Take a header that names sources, or the row of numbers below it: of the entry whose amount they add up to."""
        names = re.findall(rf"(?<![^\s])(?:{SOURCES})(?![^\s])", line)
        if len(names) > 1 and line.lstrip(" (").startswith("財源") and not re.search(r"[0-9],[0-9]", line):
            self._sources_named = names
            return True
        if self._aside.takes_source_row(line, start):
            return True
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

    def _funding_list(self, line: str, read: Line | None, start: int) -> bool:
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

    def _row(self, line: str, start: int) -> Entry | None:
        if not self._table:
            return None
        begin, end, cells = row(line, self._table)
        style, words = marker(line)
        name = name_in(line, words, begin, start) if cells else None
        if name is None:
            self._missed += 1
            apart = _ROWS_APART * (
                4 if len(self._table) > _MOST_PRINTED else 1
            )  # a wide table explains its rows
            if self._missed >= apart:
                self._table, self._unit = (), None
            return None
        plain = re.sub(r"\s", "", name.text)
        if not any(column.year is not None for column in self._table):
            self._fund_row(plain, cells, start)
            return None
        if not self._open or not self._open[0][0].startswith("row"):
            self._open.clear()
        indent = len(line) - len(line.lstrip())
        style = f"row {indent:03}{style}"
        self._open = [(kind, text) for kind, text in self._open if kind < style]
        total = is_total(plain)
        parents = () if total else tuple(text for _, text in self._open if text)
        if not total:
            self._open.append((style, plain))
        self._rows.append(plain)
        self._missed, self._waiting, self._telling = 0, None, False
        printed = [cell for column, cell in cells if column.year is not None or column.change]
        sources = [
            (column.source, cell) for column, cell in cells if column.source and cell.value is not None
        ]
        marks = parted(f"【{line[end:].strip()}】").marks if line[end:].strip() else ()
        entry = Entry(
            replace(name, text=plain, marks=(*name.marks, *marks)),
            style,
            placed(printed, start),
            total=total,
            parents=parents,
            unit=self._unit,
            sources=[(source, cell) for source, cell in zip(
                [source for source, _ in sources], placed([cell for _, cell in sources], start), strict=True)],
        )  # fmt: skip
        self._last = entry
        self._department(line[end:], start + end)
        return entry

    def _fund_row(self, name: str, cells: Sequence[tuple[Column, Printed]], start: int) -> None:
        """Take a row of sources: of the entry of that name, where they add up to its amount."""
        self._missed = 0
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

    def _amounts(self, printed: list[Printed]) -> Iterator[Entry]:
        """Take a line of amounts only: of the name above it, or more of the last entry."""
        self._telling = True
        if self._waiting:
            if self._tentative and self._tentative.description:
                self._tentative.description.pop()
            self._last = self._opened(*self._waiting, printed)
            self._last.department = self._division
            self._last.description += self._pending
            self._waiting, self._pending = None, []
            yield self._last
        elif (
            self._last and len(self._last.printed) < _MOST_PRINTED and not self._last.style.startswith("row")
        ):
            self._last.printed += printed

    def _department(self, line: str, start: int) -> bool:
        found = _DEPARTMENT.fullmatch(line)
        if not found or self._last is None or self._last.department is not None:
            return False
        place = start + found.start("name"), start + found.end("name")
        self._last.department = Text(found["name"], *place)
        self._waiting = None
        return True

    def _words(self, text: str, line: str, start: int) -> None:
        """Take a line without amounts: who is in charge, why, what is done, or a name whose amounts may follow."""
        reason = _REASON.fullmatch(line)
        if reason and self._last and not self._pending:
            self._last.reason = text_of(text, reason, start)
            return
        apart = _REASON_OF.fullmatch(line)
        if apart:
            of = text[apart.start("name") : apart.end("name")]
            self._apart.reasons.append((of, text_of(text, apart, start)))
            return
        if self._department(line, start):
            return
        style, words = marker(line)
        name = name_in(text, words, len(line.rstrip()), start)
        shaped = name is not None and bool(style or name.marks)
        if not shaped and self._told_before_amounts(text, line, start):
            return
        prose = bool(_PROSE.search(line)) and (self._telling or "。" in line)
        listed = style in _OF_DESCRIPTIONS and self._last is not None and self._last.style != style
        if self._telling and self._last and prose and (not shaped or listed):
            self._last.description.append(stripped(text, start))
            if not listed:
                return
            self._tentative = self._last  # a name after all, where amounts follow
        self._telling = self._telling and listed
        self._waiting, self._pending = None, []
        if name is None or (self._table and not shaped):
            return
        name, division = without_division(name)
        if shaped:
            self._leave_rows()
            self._close(style)
            self._open.append((style, _row_of(name.text, self._rows)))
            self._headings[style] = name.text
        self._waiting = (name, style)
        self._division = division

    def _told_before_amounts(self, text: str, line: str, start: int) -> bool:
        """Take a line of prose below a name whose amounts have not come yet."""
        waits = self._waiting is not None and bool(self._waiting[1] or self._waiting[0].marks)
        if not waits or not _PROSE.search(line) or len(self._pending) >= _MOST_PENDING:
            return False
        if not line.rstrip().endswith("。") and len(line.strip()) < _FULL_LINE:
            return False  # a heading, or a name of its own
        self._pending.append(stripped(text, start))
        return True

    def _named(self, text: str, line: str, read: Line, start: int) -> Iterator[Entry]:
        """Take a line with a name and amounts."""
        style, words = marker(line)
        first = words if read.name_start <= words <= read.name_end else read.name_start
        name = self._marked(name_in(text, first, read.name_end, start))
        told = _TOLD.fullmatch(line[read.name_start : read.name_end].strip())
        if told and any(one.year == self._year - 1 for one in read.printed) and name is not None:
            first = read.name_start + line[read.name_start : read.name_end].find(told["name"])
            name = name_in(text, first, first + len(told["name"]), start)
            read = replace(read, behind="")
        sentence = ("。" in line and not told) or len(read.behind) > LONGEST_NAME // 3
        if name is None or sentence or name.text.startswith(_NO_NAME) or name.text.endswith(_UNENDED):
            if not self._told_before_amounts(text, line, start) and self._telling and self._last:
                self._last.description.append(stripped(text, start))
            return
        shaped = bool(style or name.marks or is_total(name.text))
        if not shaped and len(read.printed) == 1 and self._told_before_amounts(text, line, start):
            return
        part = _PART_OF_SOURCE.fullmatch(name.text)
        if part and self._last and len(read.printed) == 1 and KNOWN_SOURCE.fullmatch(part["source"]):
            self._last.sources.append((part["source"], placed(read.printed, start)[0]))
            return
        self._waiting, self._pending = None, []
        printed = [one for one in read.printed if not one.label]
        labelled = [one for one in read.printed if one.label]
        if len(printed) > 1 or style or name.marks or is_total(name.text):
            self._last = self._opened(name, style, placed(printed, start))
            self._last.sources += labelled_sources(placed(labelled, start))
            self._telling = True
            yield self._last
        elif self._telling and self._last and _PROSE.search(line):
            self._last.description.append(stripped(text, start))

    def _marked(self, name: Name | None) -> Name | None:
        """Return a name without the symbol before it that the legend tells the meaning of, and with that mark."""
        symbol = _SYMBOL.match(name.text) if name else None
        if name is None or symbol is None:
            return name
        marks = (self._legend[symbol[1]],) if symbol[1] in self._legend else ()
        rest = name.text[symbol.end() :]
        return replace(name, text=rest, start=name.end - len(rest), marks=(*name.marks, *marks))

    def _fund(self, line: str, read: Line | None, start: int) -> None:
        """Take a line, or a part of a sentence, that tells where the last entry's money comes from."""
        self._funding = ("。" not in line and line.rstrip().endswith(("、", "が", "は"))) or (
            "財源" in line[:6] and "。" not in line and "は" in line[:6]
        )
        owner = self._owner_of_funding(line)
        if read is None or owner is None:
            return
        match = _FUNDING.match(line)
        begin = match.end() if match else 0
        labels = named_before(line, begin, read.printed) or named_behind(line, read.printed)
        known = [name for name, _ in labels if KNOWN_SOURCE.fullmatch(name)]
        if labels and len(known) == len(labels):
            places = placed([one for _, one in labels], start)
            owner.sources += [
                (re.sub(r"^市の(?=一般財源)", "", name), place)
                for (name, _), place in zip(labels, places, strict=True)
            ]
        elif self._telling and self._last:
            self._last.description.append(stripped(line, start))

    def _owner_of_funding(self, line: str) -> Entry | None:
        """Return whose sources a line tells: 予防費 of 「予防費の財源は」, else the last entry."""
        named = _FUNDING_OF.match(line)
        if named is None or _YEAR_SAID.fullmatch(named["name"]):
            return self._last
        return next((each for each in reversed(self._entries) if each.name.text == named["name"]), None)

    def _opened(self, name: Name, style: str, printed: list[Printed]) -> Entry:
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

    def _leave_rows(self) -> None:
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
