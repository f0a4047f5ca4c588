"""Tables drawn by chance: what each cell means is drawn first, then how it is printed, then how the file is written."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from corpus.tables.types import ColumnKind

BLANKS = ("", "-", "－")
NOTE = "令和8年4月1日現在"
WAYS = ("plain", "notes", "codes", "two rows")
FILES = ("utf-8", "utf-8-sig", "cp932", "utf-16", "xlsx")
_NAMES = "あさひ いずみ うぐいす えのき かえで きりん くすのき こまどり さくら しらゆり すみれ つばき".split()
_SORTS = "保育園 公民館 図書館 児童館".split()
_DAYS = (("月曜日", {0}), ("火・木", {1, 3}), ("月～金", {0, 1, 2, 3, 4}), ("土日", {5, 6}), ("水曜", {2}))

Meaning = str | Decimal | date | bool | frozenset[int] | tuple[int, int] | None
"""What a cell means; None where it is blank."""


@dataclass(frozen=True)
class DrawnColumn:
    """A column as drawn; `unit` is the one its numbers have, `stated` tells whether the header says it."""

    title: str
    code: str
    kind: ColumnKind
    texts: tuple[str, ...]
    meanings: tuple[Meaning, ...]
    unit: str = ""
    stated: bool = False

    @property
    def header(self) -> str:
        """Return the title as a header prints it."""
        return f"{self.title}（{self.unit}）" if self.stated else self.title


@dataclass(frozen=True)
class DrawnTable:
    """Columns of one length, and how they are written."""

    columns: tuple[DrawnColumn, ...]
    way: str
    file: str
    total: bool

    @property
    def size(self) -> int:
        """Return how many rows there are, the total not counted."""
        return len(self.columns[0].texts)

    @property
    def name(self) -> int:
        """Return which column names the rows."""
        return [column.kind for column in self.columns].index(ColumnKind.NAME)

    @property
    def titles(self) -> list[str]:
        """Return what a reader calls the columns."""
        if self.way == "codes":
            return [column.code for column in self.columns]
        if self.way == "two rows":
            spanned = self.spanned
            return [f"概要 {c.header}" if n in spanned else c.header for n, c in enumerate(self.columns)]
        return [column.header for column in self.columns]

    @property
    def spanned(self) -> tuple[int, int]:
        """Return the two columns that a title spans in a header of two rows."""
        return len(self.columns) - 2, len(self.columns) - 1

    @property
    def totals(self) -> list[str]:
        """Return the cells of the row that adds up all others."""
        return ["合計" if n == self.name else _added(column) for n, column in enumerate(self.columns)]

    def lines(self) -> list[list[str]]:
        """Return the cells as a file has them, line by line."""
        rows = [[column.texts[row] for column in self.columns] for row in range(self.size)]
        above: list[list[str]] = [["公共施設のご案内"], [NOTE]] if self.way == "notes" else []
        return [*above, *self._header(), *rows, *([self.totals] if self.total else [])]

    def _header(self) -> list[list[str]]:
        if self.way != "two rows":
            return [self.titles]
        first, last = self.spanned
        printed = [column.header for column in self.columns]
        return [[*printed[:first], "概要", ""], [*[""] * first, printed[first], printed[last]]]


def _added(column: DrawnColumn) -> str:
    numbers = [value for value in column.meanings if isinstance(value, Decimal)]
    return f"{sum(numbers):,}" + ("" if column.stated else column.unit) if numbers else ""


def drawn_table(chance: random.Random) -> DrawnTable:
    """Draw a table: a name, three columns of other kinds at least, in any order."""
    size = chance.randint(3, 30)
    makers: list[Callable[[random.Random, int], DrawnColumn]] = [
        _district, _capacity, _area, _users, _parking, _opened, _closed, _hours, _remark,
    ]  # fmt: skip
    columns = [make(chance, size) for make in chance.sample(makers, chance.randint(3, 8))]
    chance.shuffle(columns)
    columns.insert(chance.choice([0, 0, 1]), _name(chance, size))
    if chance.random() < 0.5:
        columns = [*columns, _readers(chance, size)]
    way = chance.choice(WAYS)
    if way == "two rows" and columns[-2].kind is ColumnKind.NAME:
        way = "plain"
    total = any(c.kind is ColumnKind.NUMBER for c in columns) and chance.random() < 0.4
    return DrawnTable(tuple(columns), way, chance.choice(FILES), total)


def _name(chance: random.Random, size: int) -> DrawnColumn:
    every = [f"{name}{sort}" for name in _NAMES for sort in _SORTS]
    every += [f"第{n}集会所" for n in range(2, 20)]
    names = tuple(chance.sample(every, size))
    return DrawnColumn("施設名", "FACILITY_NAME", ColumnKind.NAME, names, names)


def _district(chance: random.Random, size: int) -> DrawnColumn:
    texts = tuple(chance.choice(["北部", "南部", "中央"][: 1 + size // 5]) for _ in range(size))
    return DrawnColumn("地区", "DISTRICT", ColumnKind.CATEGORY, texts, texts)


def _numbers(
    chance: random.Random, size: int, title: str, code: str, unit: str, make: Callable[[], Decimal]
) -> DrawnColumn:
    """Draw numbers: with the unit in the header, in each cell, in some, or nowhere; some blank."""
    where = chance.choice(["header", "cells", "some", "nowhere"])
    values = [None if n > 1 and chance.random() < 0.2 else make() for n in range(size)]

    def behind(row: int) -> str:
        printed = where == "cells" or (where == "some" and (row == 0 or chance.random() < 0.5))
        return unit if printed else ""

    texts = [
        chance.choice(BLANKS) if v is None else _printed(chance, v) + behind(n) for n, v in enumerate(values)
    ]
    return DrawnColumn(
        title, code, ColumnKind.NUMBER, tuple(texts), tuple(values), "" if where == "nowhere" else unit,
        where == "header",
    )  # fmt: skip


def _printed(chance: random.Random, value: Decimal) -> str:
    """Print a number: plain, with a full-width digit row, negative as cities write it."""
    sign = "△" if value < 0 else ""
    plain = f"{abs(value):,}"
    return sign + (
        plain.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        if chance.random() < 0.05
        else plain
    )


def _capacity(chance: random.Random, size: int) -> DrawnColumn:
    return _numbers(
        chance, size, "定員", "CAPACITY", "人", lambda: Decimal(chance.choice([0, 20, 45, 1200, 300]))
    )


def _readers(chance: random.Random, size: int) -> DrawnColumn:
    return _numbers(chance, size, "貸出数", "LOANS", "人", lambda: Decimal(chance.randint(0, 99_999)))


def _users(chance: random.Random, size: int) -> DrawnColumn:
    return _numbers(
        chance, size, "令和7年度増減数", "CHANGE", "台", lambda: Decimal(chance.randint(-500, 500))
    )


def _area(chance: random.Random, size: int) -> DrawnColumn:
    def area() -> Decimal:
        return Decimal(f"{chance.randint(1, 2000)}.{chance.randint(1, 9)}")

    return _numbers(chance, size, "延長", "LENGTH", "km", area)


def _parking(chance: random.Random, size: int) -> DrawnColumn:
    drawn = [True, *[chance.choice([True, False, None]) for _ in range(size - 1)]]
    texts = tuple("○" if one else "×" if one is False else "" for one in drawn)
    return DrawnColumn("駐車場", "PARKING", ColumnKind.MARK, texts, tuple(drawn))


def _opened(chance: random.Random, size: int) -> DrawnColumn:
    days = [date(2019, 5, 2) + timedelta(chance.randint(0, 2800)) for _ in range(size)]
    texts = [_day(chance, day) for day in days]
    return DrawnColumn("開設日", "OPENED", ColumnKind.DATE, tuple(texts), tuple(days))


def _day(chance: random.Random, day: date) -> str:
    era = f"令和{'元' if day.year == 2019 else day.year - 2018}年{day.month}月{day.day}日"
    west, short = f"{day.year}年{day.month}月{day.day}日", f"R{day.year - 2018}.{day.month}.{day.day}"
    return chance.choice([era, west, short, f"{day:%Y/%m/%d}", day.isoformat()])


def _closed(chance: random.Random, size: int) -> DrawnColumn:
    drawn = [chance.choice(_DAYS) for _ in range(size)]
    return DrawnColumn(
        "休館日", "CLOSED", ColumnKind.WEEKDAYS, tuple(text for text, _ in drawn),
        tuple(frozenset(days) for _, days in drawn),
    )  # fmt: skip


def _hours(chance: random.Random, size: int) -> DrawnColumn:
    drawn = [
        (60 * chance.randint(7, 11) + chance.choice([0, 30]), 60 * chance.randint(15, 22))
        for _ in range(size)
    ]
    texts = tuple(f"{a // 60}:{a % 60:02}～{b // 60}:{b % 60:02}" for a, b in drawn)
    return DrawnColumn("開館時間", "HOURS", ColumnKind.HOURS, texts, tuple(drawn))


def _remark(chance: random.Random, size: int) -> DrawnColumn:
    texts = tuple(
        chance.choice(["", "－", "要予約", "=1+1", 'いわゆる"本館"', "駐車場、なし", "a,b", "<b>改修</b>"])
        for _ in range(size)
    )
    return DrawnColumn(
        "備考", "REMARKS", ColumnKind.TEXT, texts, tuple(None if t in BLANKS else t for t in texts)
    )


def written(table: DrawnTable, folder: Path) -> Path:
    """Write a table as a file, and return it."""
    if table.file == "xlsx":
        return _workbook(table.lines(), folder / "drawn.xlsx")
    mark, ending = ("\t", "tsv") if table.file == "utf-16" else (",", "csv")
    end = "\r\n" if table.size % 2 else "\n"
    text = end.join(mark.join(_quoted(cell, mark) for cell in line) for line in table.lines())
    path = folder / f"drawn.{ending}"
    path.write_bytes(text.encode(table.file))
    return path


def _quoted(cell: str, mark: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(c in cell for c in (mark, '"', ",")) else cell


def _workbook(lines: list[list[str]], path: Path) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    for line in lines:
        book.active.append(line)
    for cell in [cell for row in book.active.iter_rows() for cell in row]:
        cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
        if isinstance(cell.value, str) and cell.value.isascii() and cell.value.replace(",", "").isdigit():
            cell.number_format = "#,##0" if "," in cell.value else "General"
            cell.value = int(cell.value.replace(",", ""))
    book.save(path)
    return path
