"""The items of a budget in running text: a name, its amounts beside or below it, and what is told of it around them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.budgets.marks import Name, is_total
from corpus.budgets.printed.apart import Apart, legend_of
from corpus.budgets.printed.entry_funding import FundingReader
from corpus.budgets.printed.forms import (
    LONGEST_NAME,
    Entry,
    Text,
    marker,
    name_in,
    placed,
    stripped,
    text_of,
    without_division,
)
from corpus.budgets.printed.funding import labelled_sources
from corpus.budgets.printed.numbers import Line, Printed
from corpus.budgets.printed.open_names import OpenNames

_DEPARTMENT = re.compile(
    r" *+[(【\[<]?(?:担当課?|所管課?|担当部署)?[】\]: >は]*+"
    r"(?P<name>[^\s、。()【】:・は]{1,18}(?:課|室|係|署|館|事務局|事務所|センター)"
    r"(?:・[^\s、。()【】:・は]{1,18}(?:課|室|係|署|館|事務局|事務所|センター))*+)(?:です。?)?[)\]]? *+"
)
_REASON = re.compile(
    r" *+(?:(?:前年度からの)?(?:増減|増額|減額|増加|減少|増|減)の)?(?:増減)?(?:主な)?(?:理由|要因)[: ]++(?P<text>\S.*)"
)
_REASON_OF = re.compile(r"[・○◎● ]*+(?P<name>\S.*?)の[増減][ :(）)]++(?P<text>\S.*ため.*)")
_SYMBOL = re.compile(r"([◎○●◇◆□■△▽▲▼☆★※・])[ 　]*(?=\S)")
_TOLD = re.compile(r"(?P<name>\S{2,30}?)(?:の予算)?は(?:、?総額で?)?")
_PROSE = re.compile(r"[ぁ-ん]")
_NO_NAME, _UNENDED = ("約", "上限", "対象"), ("は", "が", "を", "も", "約", "は約", "、")
_OF_DESCRIPTIONS = frozenset("・‐–-→")
_FULL_LINE = 20  # letters of a line of prose that goes on below it
_MOST_PENDING = 5  # lines of prose between a name and its amounts
_MOST_PRINTED = 3  # this year's, last year's and their difference


class ItemReader:
    """Where reading items stands: the name whose amounts may follow, and the last entry."""

    def __init__(self, year: int, names: OpenNames, funding: FundingReader, apart: Apart) -> None:
        self._year = year
        self._names = names
        self._funding = funding
        self._apart = apart
        self._waiting: tuple[Name, str] | None = None
        self._division: Text | None = None  # in charge of it, as its name says in brackets
        self._pending: list[Text] = []  # what is told of it before its amounts
        self._last: Entry | None = None
        self._telling = False  # prose right below an entry tells what is done
        self._tentative: Entry | None = None  # whose description has the name whose amounts may follow
        self._legend: dict[str, str] = {}  # the marks that symbols before names stand for

    @property
    def begun(self) -> bool:
        """Whether there is a name that an amount on the next line can be of."""
        return bool(self._waiting or self._last)

    def pause(self) -> None:
        """Take a blank line: prose below it is no entry's."""
        self._telling = False

    def leave(self) -> None:
        """Take a line that is of no item: no amounts of the name above it follow, and no prose."""
        self._waiting, self._telling = None, False

    def take_legend(self, line: str) -> None:
        """Keep the marks that a line explains."""
        self._legend |= legend_of(line)

    def take_row(self, entry: Entry, behind: str, start: int) -> None:
        """Take an entry that a table prints, and who is in charge, where that is what stands behind its numbers."""
        self.leave()
        self._last = entry
        self._department(behind, start)

    def keep_description(self) -> None:
        """Leave the words that could be a name in the description they are in, whatever amounts follow."""
        self._tentative = None

    def describe(self, text: str, start: int) -> None:
        """Add a line to what is told of the last entry, where prose right below that goes on."""
        if self._telling and self._last:
            self._last.description.append(stripped(text, start))

    def amounts(self, printed: list[Printed]) -> Iterator[Entry]:
        """Take a line of amounts only: of the name above it, or more of the last entry."""
        self._telling = True
        if self._waiting:
            if self._tentative and self._tentative.description:
                self._tentative.description.pop()
            self._last = self._names.enter(*self._waiting, printed)
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

    def words(self, text: str, line: str, start: int, *, in_table: bool) -> None:
        """Take a line without amounts: who is in charge, why, what is done, or a name whose amounts may follow."""
        self.keep_description()
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
        if name is None or (in_table and not shaped):
            return
        name, division = without_division(name)
        if shaped:
            self._names.enter_heading(style, name.text)
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

    def named(self, text: str, line: str, read: Line, start: int) -> Iterator[Entry]:
        """Take a line with a name and amounts."""
        self.keep_description()
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
            if not self._told_before_amounts(text, line, start):
                self.describe(text, start)
            return
        shaped = bool(style or name.marks or is_total(name.text))
        if not shaped and len(read.printed) == 1 and self._told_before_amounts(text, line, start):
            return
        if self._funding.takes_part(name.text, read, start):
            return
        self._waiting, self._pending = None, []
        printed = [one for one in read.printed if not one.label]
        labelled = [one for one in read.printed if one.label]
        if len(printed) > 1 or style or name.marks or is_total(name.text):
            self._last = self._names.enter(name, style, placed(printed, start))
            self._last.sources += labelled_sources(placed(labelled, start))
            self._telling = True
            yield self._last
        elif _PROSE.search(line):
            self.describe(text, start)

    def _marked(self, name: Name | None) -> Name | None:
        """Return a name without the symbol before it that the legend tells the meaning of, and with that mark."""
        symbol = _SYMBOL.match(name.text) if name else None
        if name is None or symbol is None:
            return name
        marks = (self._legend[symbol[1]],) if symbol[1] in self._legend else ()
        rest = name.text[symbol.end() :]
        return replace(name, text=rest, start=name.end - len(rest), marks=(*name.marks, *marks))
