"""A writer's tables and questions, executed by plain reading of the cells, without the code that is measured."""

import csv
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

_ENDINGS = (".csv", ".tsv", ".md", ".xlsx")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018, "H": 1988, "S": 1925}
_DAYS = "月火水木金土日"
_YES = re.compile(r"^(?:○|〇|◯|◎|●|有|有り|あり|可|可能|1|TRUE|True|true|はい|Yes|YES|対応|実施|✓|レ|要)")
_EMPTY = ("", "-", "―", "ー", "なし", "－")
Record = Mapping[str, Any]


def plain(text: object) -> str:
    """Return a text in NFKC without white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text)))


@dataclass(frozen=True)
class GoldTable:
    """A table as its writer describes it: the data rows, and the name of each column."""

    name: str
    path: Path
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    naming: str

    def cell(self, row: int, column: str) -> str:
        """Return a cell."""
        return self.rows[row][self.columns.index(column)].strip()


def read_gold(description: Path) -> GoldTable:
    """Read the table that a description (`NAME.json`) is of."""
    told = json.loads(description.read_text("utf-8"))
    path = next(p for ending in _ENDINGS if (p := description.with_suffix(ending)).exists())
    rows, width = _raw_rows(path), len(told["columns"])
    skip = set(told.get("skip", []))
    data = tuple(
        tuple([*rows[n - 1], *[""] * width][:width])
        for n in range(told["first"], told["last"] + 1)
        if n not in skip
    )
    return GoldTable(description.stem, path, told["title"], tuple(told["columns"]), data, told["name"])


def _raw_rows(path: Path) -> list[list[str]]:
    if path.suffix == ".xlsx":
        return _sheet_rows(path)
    if path.suffix == ".md":
        lines = path.read_text("utf-8").split("\n")
        return [
            [c.strip() for c in line.strip().strip("|").split("|")] if "|" in line else [line]
            for line in lines
        ]
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(text.splitlines(keepends=True), delimiter="\t" if path.suffix == ".tsv" else ","))


def _sheet_rows(path: Path) -> list[list[str]]:
    from openpyxl import load_workbook

    sheet = load_workbook(path, data_only=True).worksheets[0]
    merged = {
        (row, area.min_col): sheet.cell(area.min_row, area.min_col).value
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
    }
    return [
        [_shown(merged.get((number, cell.column), cell.value)) for cell in row]
        for number, row in enumerate(sheet.iter_rows(), 1)
    ]


def _shown(value: Any) -> str:
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return "" if value is None else value.strftime("%Y-%m-%d") if hasattr(value, "strftime") else str(value)


def dates(text: str, year: int = 2026) -> list[date]:
    """Return the dates in a cell."""
    found: list[date] = []
    pattern = r"(?:(\d{4})[-/年.]|(令和|平成|昭和|R|H|S)(\d+|元)[年./])?(\d{1,2})[-/月.](\d{1,2})日?"
    for m in re.finditer(pattern, plain(text)):
        told = int(m[1]) if m[1] else _ERAS[m[2]] + (1 if m[3] == "元" else int(m[3])) if m[2] else None
        try:
            found.append(date(told or (found[-1].year if found else year), int(m[4]), int(m[5])))
        except ValueError:
            continue
    return found


def times(text: str) -> list[int]:
    """Return the times of day in a cell, in minutes."""
    found = re.finditer(r"(午前|午後|AM|PM)?(\d{1,2})(?::(\d{2})|時(?:(\d{1,2}|半)分?)?)", plain(text))
    return [_clock(m[2], m[3] or ("30" if m[4] else "0"), m[1] or "") for m in found]


def _clock(hour: str, minute: str, half: str = "") -> int:
    return (int(hour) + (12 if half in ("午後", "PM") and int(hour) < 12 else 0)) * 60 + int(minute or 0)


def number(text: str) -> float | None:
    """Return the first number in a cell."""
    cell = plain(text).replace(",", "")
    found = re.search(r"[-△▲]?\d+(?:\.\d+)?", cell)
    if not found:
        return None
    value = float(found[0].lstrip("△▲-"))
    negative = found[0][0] in "△▲" or (found[0][0] == "-" and cell.startswith("-"))
    return (-value if negative else value) * (10_000 if re.match(r"\D*+[\d.]++万", cell) else 1)


def weekdays(text: str) -> set[str]:
    """Return the days of the week in a cell."""
    cell = plain(text).replace("曜日", "").replace("曜", "")
    if "毎日" in cell or "年中無休" in cell:
        return set(_DAYS)
    found = set("月火水木金") if "平日" in cell else set()
    found |= set("土日") if "土日" in cell else set()
    for m in re.finditer(r"([月火水木金土日])[~〜～\-ー–から]+([月火水木金土日])", cell):
        a, b = _DAYS.index(m[1]), _DAYS.index(m[2])
        found |= set(_DAYS[a : b + 1] if a <= b else _DAYS[a:] + _DAYS[: b + 1])
    return found | {char for char in cell if char in _DAYS}


def order(text: str) -> float | None:
    """Return what a cell is ordered by."""
    days, told = dates(text), times(text)
    if days and re.search(r"[年/月-]", plain(text)):
        return float(days[0].toordinal())
    return float(told[0]) if told and re.search(r"\d:\d\d|時", plain(text)) else number(text)


def _pair(cell: str, value: str) -> tuple[Any, Any] | None:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        days = dates(cell)
        return (days[0].isoformat(), value) if days else None
    if re.fullmatch(r"\d{1,2}:\d\d", value):
        told = times(cell)
        return (told[-1], _clock(*value.split(":"))) if told else None
    held = number(cell)
    return (held, float(value)) if held is not None else None


def holds(table: GoldTable, row: int, condition: Sequence[Any], tables: Mapping[str, GoldTable]) -> bool:
    """Tell whether a row keeps a condition `[column, operator, value]`."""
    column, operator, *rest = condition
    value, cell = (rest[0] if rest else None), table.cell(row, column)
    if isinstance(value, dict):
        other = tables[value["table"]]
        return plain(cell) in {
            plain(other.cell(r, value["col"])) for r in selected(other, value["where"], tables)
        }
    if operator in (">=", "<=", ">", "<"):
        pair = _pair(cell, str(value))
        return pair is not None and {
            ">=": pair[0] >= pair[1], "<=": pair[0] <= pair[1], ">": pair[0] > pair[1], "<": pair[0] < pair[1],
        }[operator]  # fmt: skip
    return _TESTS[operator](cell, value)


def _in_hours(cell: str, value: str) -> bool:
    told, asked = times(cell), _clock(*value.split(":"))
    return any(a <= asked <= b for a, b in zip(told[::2], told[1::2], strict=False))


def _on(cell: str, value: str) -> bool:
    told, asked = dates(cell), date.fromisoformat(value)
    return asked in told or (len(told) >= 2 and told[0] <= asked <= told[-1])


def _in_month(cell: str, value: int) -> bool:
    return any(d.month == int(value) for d in dates(cell)) or bool(
        re.search(rf"(?<!\d){int(value)}月", plain(cell))
    )


_TESTS = {
    "=": lambda cell, value: plain(cell) == plain(value),
    "!=": lambda cell, value: plain(cell) != plain(value),
    "contains": lambda cell, value: plain(value) in plain(cell),
    "in": lambda cell, value: plain(cell) in {plain(v) for v in value},
    "yes": lambda cell, value: bool(_YES.match(plain(cell))),
    "no": lambda cell, value: not _YES.match(plain(cell)),
    "empty": lambda cell, value: plain(cell) in _EMPTY,
    "filled": lambda cell, value: plain(cell) not in _EMPTY,
    "weekday": lambda cell, value: value in weekdays(cell),
    "time": _in_hours,
    "on": _on,
    "month": _in_month,
}


def selected(table: GoldTable, where: Sequence[Sequence[Any]], tables: Mapping[str, GoldTable]) -> list[int]:
    """Return the rows that keep all conditions."""
    return [row for row in range(len(table.rows)) if all(holds(table, row, one, tables) for one in where)]


def ranked(table: GoldTable, asked: Record, rows: Sequence[int]) -> list[int]:
    """Return the rows that argmax or argmin asks for."""
    held = [(value, row) for row in rows if (value := order(table.cell(row, asked["by"]))) is not None]
    held.sort(key=lambda one: -one[0] if asked["op"] == "argmax" else one[0])
    if "k" in asked:
        return [row for _, row in held[: asked["k"]]]
    values = list(dict.fromkeys(value for value, _ in held))
    return [row for value, row in held if value == values[asked.get("n", 1) - 1]]
