"""What stands apart from the items of a budget in running text: lists of reasons, tables by year, tables of sources."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.budgets.amounts import decimal_of
from corpus.budgets.marks import is_total
from corpus.budgets.pieces import UNITS
from corpus.budgets.printed.forms import BULLETS, PLAIN_NUMBER, UNIT_NOTE, Entry, Text, stripped, text_of
from corpus.budgets.printed.numbers import YEAR, Printed, year_said

_YEARLY_HEADING = re.compile(
    r".{0,14}(?:予算|総額|規模).{0,8}(?:推移|移り変わり|うつりかわり|あゆみ|経過|年度別).{0,24}"
)
_YEAR_ROW = re.compile(
    rf" *[・○-]? ?(?P<year>{YEAR})[ :|]++(?P<digits>[0-9]{{1,3}}(?:,[0-9]{{3}})++|[0-9]{{4,}})"
    rf"(?: ?(?P<unit>{UNITS}))?(?:[ (|].*)?"
)
_ARROWS = ("↑", "↓", "↗", "↘")
_LEGEND = re.compile(r"(?P<symbol>[◎○●◇◆□■△▽▲▼☆★※・→↑]) ?(?P<mark>新規|拡充|継続|縮小|廃止|終了)")
_MATRIX_HEADER = re.compile(r" *+財 *源(?:内訳)?(?: +[^\s、。]{1,16}){2,}+ *")
_MATRIX_ROW = re.compile(
    r" *+\|?+ *+(?P<name>[^\s0-9|][^0-9|]{0,14}?)(?P<cells>(?:[ |]++(?:[△-]? ?[0-9]{1,3}(?:,[0-9]{3})*+|[―—‐-]++|皆増))++)[ |]*+"
)
_MATRIX_CELL = re.compile(r"(?P<value>(?<![0-9,])[0-9]{1,3}(?:,[0-9]{3})*+)|(?P<none>[―—‐-]+(?= |\||$))")
_AMOUNT_SAID = re.compile(r"[0-9],[0-9]|[0-9] ?[千百万億]?円|(?<!\S)[0-9]++(?!\S)")
_REASONS_HEADING = re.compile(r".{0,6}増減.{0,6}(?:理由|わけ|要因|背景|説明).{0,10}")
_REASON_LISTED = re.compile(
    r"[・○◎●◆◇■□↑↓→ -]*+(?P<name>\S.{1,40}?) ?(?:[(\[][△+-]?[0-9,]++[^()\[\]]{0,12}[)\]] *:?|…+|‥+|: ?|[―—]{2,}| {2,})"
    r" ?(?P<text>[^\s0-9].*)"
)
_MOST_BEFORE_ROWS = 2  # lines between the heading of a table of years and its rows, and behind these


@dataclass(frozen=True, slots=True)
class Apart:
    """What stands apart from the entries: reasons by name, and the whole's amounts of other years.

    Each of these comes with the heading it stands below.
    """

    reasons: list[tuple[str, Text]] = field(default_factory=list)
    matrices: list["Matrix"] = field(default_factory=list)
    yearly: list[tuple[Text, Printed]] = field(default_factory=list)

    def explain(self, name: str, words: Text) -> None:
        """Add a line to the reason that is told last, where that is of the same name; else begin one."""
        if self.reasons and self.reasons[-1][0] == name:
            before = self.reasons.pop()[1]
            words = Text(before.text + words.text, before.start, words.end)
        self.reasons.append((name, words))


@dataclass(frozen=True, slots=True)
class Matrix:
    """A table whose rows are funding sources and whose columns are items, told apart by what they add up to."""

    rows: list[tuple[str, list[Printed]]] = field(default_factory=list)

    def columns(self) -> Iterator[list[tuple[str, Printed]]]:
        """Yield the sources with their amounts column by column."""
        for number in range(len(self.rows[0][1])):
            yield [(name, cells[number]) for name, cells in self.rows if cells[number].value is not None]


class ApartReader:
    """Takes the lines that stand apart; `entries` are those read so far, by whose names reasons are told."""

    def __init__(self, year: int, apart: Apart, entries: Sequence[Entry]) -> None:
        self._year = year
        self._apart = apart
        self._entries = entries
        self._unit: str | None = None
        self._matrix: Matrix | None = None  # that goes on
        self._explaining = False  # a list of reasons goes on
        self._explained: str | None = None  # the name whose reason stands on the lines below it
        self._yearly: Text | None = None  # the heading of a table of years that goes on
        self._before_rows = 0

    def pause(self) -> None:
        """Take a blank line: a reason on several lines ends."""
        self._explained = None

    def takes(self, text: str, line: str, start: int) -> bool:
        """Tell whether a line (as printed, and narrow) belongs to a table by year or a list of reasons; keep it there."""
        return self._year_row(text, line, start) or self._reason_listed(text, line, start)

    def _year_row(self, text: str, line: str, start: int) -> bool:
        """Take the heading of a table of the whole's amounts by year, or a row of it."""
        note = UNIT_NOTE.search(line)
        if _YEARLY_HEADING.fullmatch(line.strip(BULLETS)):
            self._yearly, self._before_rows = stripped(text, start), _MOST_BEFORE_ROWS
            self._unit = note["unit"] if note else None
            return True
        if self._yearly is None:
            return False
        row = _YEAR_ROW.fullmatch(line)
        if row is None:
            self._before_rows -= 1
            if self._before_rows < 0 or PLAIN_NUMBER.search(line):
                self._yearly = None
            return self._yearly is not None
        year = year_said(row["year"], self._year)
        place = start + row.start("digits"), start + row.end("digits")
        printed = Printed(decimal_of(row["digits"]), row["unit"] or self._unit, year, False, False, *place)
        self._apart.yearly.append((self._yearly, printed))
        return True

    def _reason_listed(self, text: str, line: str, start: int) -> bool:
        """Take the heading of a list of reasons, or a line of it: a name and its reason, on one line or on several."""
        if _REASONS_HEADING.fullmatch(line.strip(BULLETS)):
            self._explaining, self._explained = True, None
            return True
        if not self._explaining:
            return False
        name = line.strip(BULLETS + "↑↓→⇒:0123456789.()")
        pointed = line.lstrip().startswith(_ARROWS) and not _REASON_LISTED.fullmatch(line)
        if pointed or any(entry.name.text == name for entry in self._entries):
            self._explained = name
            return True
        own = stripped(text, start)
        if self._explained is not None:
            self._apart.explain(self._explained, own)
            return True
        listed = None if UNIT_NOTE.search(line) else _REASON_LISTED.fullmatch(line)
        self._explaining = listed is not None
        if listed is not None:
            of = text[listed.start("name") : listed.end("name")]
            self._apart.reasons.append((of, text_of(text, listed, start)))
        return listed is not None

    def takes_source_row(self, line: str, start: int) -> bool:
        """Take the header of a table whose rows are sources, or a row of it."""
        if _MATRIX_HEADER.fullmatch(line) and not _AMOUNT_SAID.search(line):
            self._apart.matrices.append(Matrix())
            self._matrix = self._apart.matrices[-1]
            return True
        if self._matrix is None:
            return False
        row = _MATRIX_ROW.fullmatch(line)
        cells = (
            [_matrix_cell(match, start) for match in _MATRIX_CELL.finditer(line, row.start("cells"))]
            if row
            else []
        )
        fits = (
            row is not None
            and len(cells) > 1
            and (not self._matrix.rows or len(cells) == len(self._matrix.rows[0][1]))
        )
        if row is None or not fits:
            self._matrix = None
            return False
        if not is_total(row["name"]):
            self._matrix.rows.append((re.sub(r"\s", "", row["name"]), cells))
        return True


def legend_of(line: str) -> dict[str, str]:
    """Return what the symbols mean that a line explains: two at least, as in 「◎ 新規　○ 拡充」."""
    found = {match["symbol"]: match["mark"] for match in _LEGEND.finditer(line)}
    return found if len(found) > 1 else {}


def _matrix_cell(match: re.Match[str], start: int) -> Printed:
    value = decimal_of(match["value"]) if match["value"] else None
    return Printed(value, None, None, False, False, start + match.start(), start + match.end())
