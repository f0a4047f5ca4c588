"""The names of a budget in running text, each with the amounts that are printed of it, line by line.

What hangs below what is told by the numbering alone, whatever it is: a style that opens inside another one is below it;
in a table it is told by how far a row is set in.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from corpus.tables.amounts import decimal_of
from corpus.tables.marks import Name, is_total, parted
from corpus.tables.pieces import UNITS
from corpus.tables.printed.numbers import CHANGE, YEAR, Line, Printed, narrow, read_line
from corpus.tables.printed.rows import SOURCES, Column, columns, row

_DEPARTMENT = re.compile(
    r" *+[(【\[<]?(?:担当課?|所管課?|担当部署)?[】\]: >は]*+"
    r"(?P<name>[^\s、。()【】:・は]{1,18}(?:課|室|係|署|館|事務局|事務所|センター))(?:です。?)?[)\]]? *+"
)
_FUNDING = re.compile(
    r" *+[(【\[]?(?:(?:[^\s、。]{1,20}の)?財源(?:内訳)?(?:は)?|うち(?=(?:国|県|都|府|道|市)[^ぁ-ん一-龠]))[)】\]: 、(]*+"
)
_FUNDING_OF = re.compile(r" *+[(【\[]?(?P<name>[^\s、。]{1,20})の財源")
_YEAR_SAID = re.compile(YEAR)
_FUNDING_HEADING = re.compile(r" *+[・○◎(【\[〔]*財源(?:の?内訳)?[)】\]〕: ]*+")
_SOURCE = re.compile(r"(?:市の|うち)?(?P<name>[^\s0-9、,・()\[\]／/:。]{1,16}?)(?:が|は)?[ :\])]*$")
_KNOWN_SOURCE = re.compile(rf"(?:市の)?(?:{SOURCES})|[^ぁ-ん]*?(?:金|債|税|料|収入等?|財源|市)")
_PART_OF_SOURCE = re.compile(r"(?:.{0,12}の)?うち(?P<source>\S{1,10})")
_REASON = re.compile(r" *+(?:増減の?)?(?:理由|要因)[: ]++(?P<text>\S.*)")
_REASON_OF = re.compile(r"[・○◎● ]*+(?P<name>\S.*?)の[増減][ :(）)]++(?P<text>\S.*ため.*)")
_MARKER = re.compile(
    r"[ ]*(?:(?P<rule>[━─═＝=]{2,})|(?P<roman>[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ])"
    r"|(?P<chapter>第[0-9一二三四五六七八九十]+[章節部款項目]?(?= ))|(?P<circled>[①-⑳])"
    r"|(?P<paren>\([0-9]{1,2}\))|(?P<dotted>[0-9]{1,2}-[0-9]{1,2}(?= ))|(?P<level>[0-9]{1,2}[款項目] )"
    r"|(?P<number>[0-9]{1,2})(?:[.．、)]| (?=[^0-9 (]))|(?P<kanji>[一二三四五六七八九十]{1,2}|[甲乙丙丁])(?= )"
    r"|(?P<kana>[ア-ンァ-ヶ])[ .．)]|(?P<letter>[a-z]\)|\([a-zア-ン]\))"
    r"|(?P<bullet>[○●◎◇◆□■▼▽★☆・]|[‐–-](?=[^\s0-9]))|(?P<within>うち|内)(?= |[一-龠])|(?P<heading>【(?=[^【】]*+】 *$)))"
    r"[ .．]*"
)
_PLAIN_NUMBER = re.compile(r"(?<!\S)(?:[0-9]{1,3}(?:,[0-9]{3})++|[0-9]++)(?:\.[0-9]++)?(?!\S)")
_TOLD = re.compile(r"(?P<name>\S{2,30}?)(?:の予算)?は(?:、?総額で?)?")
_UNIT_NOTE = re.compile(rf"単位 *:? *(?P<unit>{UNITS})")
_UNIT_ALONE = re.compile(rf"{UNITS}|の?内訳")
_OWN_AMOUNT = re.compile(r" *+(?:予算額? *+)?+[△-]?+[0-9]")
_LABEL_ALONE = re.compile(rf"(?:{YEAR}|当初|予算額?|(?:{CHANGE})額?)++")
_LETTER = re.compile(r"[ぁ-ヿ㐀-鿿A-Za-z]")
_PROSE = re.compile(r"[ぁ-ん]")
_LONGEST_NAME = 45
_ROWS_APART = 3  # lines without a row end a table
_MOST_PRINTED = 3  # this year's, last year's and their difference
_IN_NAME = " …‥・.:：、|━─■◆-"


@dataclass(slots=True)
class Text:
    """Words at `start:end`, as printed there."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class Entry:
    """A name with what is printed of it; `style` is its numbering, `parents` what it hangs below."""

    name: Name
    style: str
    printed: list[Printed]
    total: bool = False
    parents: tuple[str, ...] = ()
    unit: str | None = None
    """The unit that the table says its numbers are in."""
    headings: tuple[str, ...] = ()
    """All headings it stands below, outermost first: those too that print no amount there."""
    sources: list[tuple[str, Printed]] = field(default_factory=list)
    department: Text | None = None
    reason: Text | None = None
    description: list[Text] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reasons:
    """Reasons that stand apart from their items, by name."""

    found: list[tuple[str, Text]] = field(default_factory=list)


def printed_entries(text: str, year: int, reasons: Reasons | None = None) -> Iterator[Entry]:
    """Yield the names that print amounts; `year` is what 本年度 means. Reasons set apart are added to `reasons`."""
    reader = _Reader(year, reasons or Reasons())
    start = 0
    for line in text.split("\n"):
        if line.strip(" 　\t"):
            yield from reader.read(line, start)
        else:
            reader.pause()
        start += len(line) + 1


class _Reader:
    """Where reading stands: the open table, the open names, the name whose amounts may follow, the last entry."""

    def __init__(self, year: int, reasons: Reasons) -> None:
        self._year = year
        self._reasons = reasons
        self._table: Sequence[Column] = ()
        self._unit: str | None = None  # that the note above a table says
        self._missed = 0
        self._rows: list[str] = []
        self._open: list[
            tuple[str, str | None]
        ] = []  # styles, outermost first, with the name where it has amounts
        self._headings: dict[str, str] = {}  # what each open style's heading says
        self._waiting: tuple[Name, str] | None = None
        self._last: Entry | None = None
        self._telling = False  # prose right below an entry tells what is done
        self._funding = False  # a sentence on funding goes on
        self._sources_named: list[str] = []
        self._label = ""  # of the amount on the next line
        self._listed: list[tuple[str, Printed]] | None = None
        self._entries: list[Entry] = []

    def pause(self) -> None:
        """Take a blank line: prose below it is no entry's."""
        self._telling = self._funding = False

    def read(self, text: str, start: int) -> Iterator[Entry]:
        """Yield the entry that a line begins, if it does."""
        for entry in self._read(text, start):
            self._entries.append(entry)
            yield entry

    def _read(self, text: str, start: int) -> Iterator[Entry]:
        line = narrow(text)
        plain = re.sub(r"\s", "", line)
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
        note = _UNIT_NOTE.search(line)
        if note:
            self._unit = note["unit"]
        header = columns(line, self._year)
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
        if self._last and (self._funding or _FUNDING.match(line) or _is_funding(read)):
            self._fund(line, read, start)
        elif read is None:
            self._words(text, line, start)
        elif read.name_start == read.name_end or not _LETTER.search(line[read.name_start : read.name_end]):
            yield from self._amounts(_placed(read.printed, start))
        else:
            yield from self._named(text, line, read, start)

    def _labelled(self, line: str, start: int) -> Iterator[Entry]:
        """Take an amount with the label on the lines above it: 前年度, 予算額, 211,200千円."""
        read = read_line(line, self._year)
        if read is not None:
            yield from self._amounts(_placed(read.printed, start))

    def _source_row(self, line: str, start: int) -> bool:
        """Take a header that names sources, or the row of numbers below it: of the entry whose amount they add up to."""
        names = re.findall(rf"(?<![^\s])(?:{SOURCES})(?![^\s])", line)
        if len(names) > 1 and line.lstrip(" (").startswith("財源") and not re.search(r"[0-9],[0-9]", line):
            self._sources_named = names
            return True
        named, self._sources_named = self._sources_named, []
        cells = line.split()
        numbers = list(_PLAIN_NUMBER.finditer(line))
        if not named or len(numbers) != len(named) or len(cells) != len(named):
            return False
        values = [decimal_of(match[0]) for match in numbers]
        owner = next((entry for entry in reversed(self._entries) if _first_value(entry) == sum(values)), None)
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
        name = line[read.name_start : read.name_end].strip() if read and len(read.printed) == 1 else ""
        if read and _KNOWN_SOURCE.fullmatch(name) and read.printed[0].value is not None:
            self._listed.append((name, _placed(read.printed, start)[0]))
            total = sum((one.value for _, one in self._listed if one.value is not None), Decimal(0))
            owner = next((each for each in reversed(self._entries) if _first_value(each) == total), None)
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
        style, words = _marker(line)
        name = _name(line, words, begin, start) if cells else None
        if name is None:
            self._missed += 1
            apart = _ROWS_APART * (
                4 if len(self._table) > _MOST_PRINTED else 1
            )  # a wide table explains its rows
            if self._missed >= apart:
                self._table, self._unit = (), None
            return None
        plain = re.sub(r"\s", "", name.text)
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
            _placed(printed, start),
            total=total,
            parents=parents,
            unit=self._unit,
            sources=[(source, cell) for source, cell in zip(
                [source for source, _ in sources], _placed([cell for _, cell in sources], start), strict=True)],
        )  # fmt: skip
        self._last = entry
        self._department(line[end:], start + end)
        return entry

    def _amounts(self, printed: list[Printed]) -> Iterator[Entry]:
        """Take a line of amounts only: of the name above it, or more of the last entry."""
        self._telling = True
        if self._waiting:
            self._last = self._opened(*self._waiting, printed)
            self._waiting = None
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
        if reason and self._last:
            self._last.reason = _text(text, reason, start)
            return
        apart = _REASON_OF.fullmatch(line)
        if apart:
            of = text[apart.start("name") : apart.end("name")]
            self._reasons.found.append((of, _text(text, apart, start)))
            return
        if self._department(line, start):
            return
        style, words = _marker(line)
        name = _name(text, words, len(line.rstrip()), start)
        shaped = name is not None and bool(style or name.marks)
        prose = bool(_PROSE.search(line)) and (self._telling or "。" in line)
        if self._telling and self._last and prose and not shaped:
            self._last.description.append(_stripped(text, start))
            return
        self._telling = False
        self._waiting = None
        if name is None or (self._table and not shaped):
            return
        if shaped:
            self._close(style)
            self._open.append((style, _row_of(name.text, self._rows)))
            self._headings[style] = name.text
        self._waiting = (name, style)

    def _named(self, text: str, line: str, read: Line, start: int) -> Iterator[Entry]:
        """Take a line with a name and amounts."""
        style, words = _marker(line)
        first = words if read.name_start <= words <= read.name_end else read.name_start
        name = _name(text, first, read.name_end, start)
        told = _TOLD.fullmatch(line[read.name_start : read.name_end].strip())
        if told and any(one.year == self._year - 1 for one in read.printed) and name is not None:
            first = read.name_start + line[read.name_start : read.name_end].find(told["name"])
            name = _name(text, first, first + len(told["name"]), start)
            read = replace(read, behind="")
        sentence = ("。" in line and not told) or len(read.behind) > _LONGEST_NAME // 3
        if name is None or sentence or name.text.startswith(("約", "上限", "対象")):
            if self._telling and self._last:
                self._last.description.append(_stripped(text, start))
            return
        part = _PART_OF_SOURCE.fullmatch(name.text)
        if part and self._last and len(read.printed) == 1 and _KNOWN_SOURCE.fullmatch(part["source"]):
            self._last.sources.append((part["source"], _placed(read.printed, start)[0]))
            return
        self._waiting = None
        printed = [one for one in read.printed if not one.label]
        labelled = [one for one in read.printed if one.label]
        if len(printed) > 1 or style or name.marks or is_total(name.text):
            self._last = self._opened(name, style, _placed(printed, start))
            self._last.sources += _sources(_placed(labelled, start))
            self._telling = True
            yield self._last

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
        labels = _named_before(line, begin, read.printed) or _named_behind(line, read.printed)
        known = [name for name, _ in labels if _KNOWN_SOURCE.fullmatch(name)]
        if labels and len(known) == len(labels):
            places = _placed([one for _, one in labels], start)
            owner.sources += [
                (re.sub(r"^市の(?=一般財源)", "", name), place)
                for (name, _), place in zip(labels, places, strict=True)
            ]
        elif self._telling and self._last:
            self._last.description.append(_stripped(line, start))

    def _owner_of_funding(self, line: str) -> Entry | None:
        """Return whose sources a line tells: 予防費 of 「予防費の財源は」, else the last entry."""
        named = _FUNDING_OF.match(line)
        if named is None or _YEAR_SAID.fullmatch(named["name"]):
            return self._last
        return next((each for each in reversed(self._entries) if each.name.text == named["name"]), None)

    def _opened(self, name: Name, style: str, printed: list[Printed]) -> Entry:
        """Return an entry below the names that are open, and open it."""
        if self._open and self._open[0][0].startswith("row"):
            self._open.clear()
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

    def _close(self, style: str) -> None:
        """Close every style from this one on: a number after a number is its neighbour, not below it."""
        styles = [kind for kind, _ in self._open]
        if style in styles:
            del self._open[styles.index(style) :]


def _marker(line: str) -> tuple[str, int]:
    """Return the kind of numbering that a (narrow) line begins with, "" for none, and where its words begin."""
    match = _MARKER.match(line)
    if match is None or match.lastgroup is None:
        return "", len(line) - len(line.lstrip())
    kind = match["bullet"] if match.lastgroup == "bullet" else match.lastgroup
    return kind, match.end()


def _name(text: str, words: int, end: int, start: int) -> Name | None:
    """Return the name between two places of a line; None where that is no name."""
    piece = text[words:end].rstrip(_IN_NAME + "　(（[［〔")
    lead = len(piece) - len(piece.lstrip(_IN_NAME + "　"))
    piece, words = piece[lead:], words + lead
    piece = piece if "【" in piece else piece.rstrip("】")
    if not piece.strip() or len(piece) > _LONGEST_NAME or "。" in piece or not _LETTER.search(piece):
        return None
    name = parted(piece, start + words)
    if name.text.endswith("の"):  # 「常備消防費の」 of 「常備消防費の予算額」
        name = replace(name, text=name.text[:-1], end=name.end - 1)
    return name if name.text else None


def _row_of(heading: str, rows: Sequence[str]) -> str | None:
    """Return the row of the summary that a heading names, alone or first: 柱１ of 【柱１　世界とつながる】."""
    word = re.sub(r"\s", " ", narrow(heading))
    return next((each for each in rows if word == each or word.startswith(f"{each} ")), None)


def _placed(printed: Sequence[Printed], start: int) -> list[Printed]:
    return [replace(each, start=each.start + start, end=each.end + start) for each in printed]


def _first_value(entry: Entry) -> Decimal | None:
    """Return this year's amount where a table or a label tells which it is; else the first one."""
    amounts = [one.value for one in entry.printed if not one.change and one.value is not None]
    years = [one.year for one in entry.printed if one.year is not None]
    newest = [one.value for one in entry.printed if years and one.year == max(years)]
    return newest[0] if newest else amounts[0] if amounts else None


def _is_funding(read: Line | None) -> bool:
    """Tell whether every amount of a line is called a source: 〔国〕16,305 〔市債〕81,540."""
    if read is None or len(read.printed) < 2:
        return False
    return all(_KNOWN_SOURCE.fullmatch(one.label.strip("[]() ")) for one in read.printed[1:])


def _sources(labelled: Sequence[Printed]) -> list[tuple[str, Printed]]:
    """Return the amounts that the line calls a funding source: the rest are parts of the item."""
    named = [(re.sub(r"^うち ?", "", one.label), one) for one in labelled if one.value is not None]
    return [(name, one) for name, one in named if _KNOWN_SOURCE.fullmatch(name)]


def _named_before(line: str, begin: int, printed: Sequence[Printed]) -> list[tuple[str, Printed]]:
    """Return each amount with the name before it; none where the first one has none."""
    found: list[tuple[str, Printed]] = []
    position = begin
    for one in printed:
        said = _SOURCE.search(line[position : one.start].strip(" 、,+()[]⇒"))
        if said is None and not found:
            return []
        if said and one.value is not None:
            found.append((said["name"], one))
        position = one.end
    return found


def _named_behind(line: str, printed: Sequence[Printed]) -> list[tuple[str, Printed]]:
    """Return each amount with the name in brackets right behind it."""
    behind = [(re.match(r" ?[(\[]([^()\[\]]{1,10})[)\]]", line[one.end :]), one) for one in printed]
    return [(name[1], one) for name, one in behind if name and one.value is not None]


def _text(text: str, match: re.Match[str], start: int) -> Text:
    first, last = match.span("text")
    return Text(text[first:last].rstrip(), start + first, start + first + len(text[first:last].rstrip()))


def _stripped(text: str, start: int) -> Text:
    lead = len(text) - len(text.lstrip(" 　\t"))
    words = text.strip(" 　\t")
    return Text(words, start + lead, start + lead + len(words))
