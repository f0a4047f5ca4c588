"""One cell of a sheet's XML to the text that the sheet shows."""

import re
from datetime import datetime
from typing import Any

from corpus.tables.number_formats import is_date_code, shown_number, shown_text
from corpus.tables.sheets import one_line
from corpus.tables.xlsx_parts import Workbook, plain_text

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SHOWS_NOTHING = ";;;"
_WHOLE = re.compile(r"-?\d{1,30}")


class CellReader:
    """What is shown by the cells of one sheet; `read` counts them."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self.shows_zeros = True
        self.read = 0

    def shown(self, cell: Any) -> tuple[str | None, bool]:
        """Return what a cell shows, None for a formula without a saved result, and whether it is a number."""
        kind = cell.get("t", "n")
        value, formula, inline = None, False, None
        for child in cell:
            name = child.tag.rpartition("}")[2]
            if name == "v":
                value = child.text
            elif name == "f":
                formula = True
            elif name == "is":
                inline = child
        if inline is not None:
            return self._text(plain_text(inline), cell), False
        if value is None or not value.strip():
            return (None if formula and kind != "str" else self._text(value or "", cell)), False
        return self._value(value, kind, cell)

    def is_unseen(self, cell: Any) -> bool:
        """Tell whether a cell that holds something is not to be seen: by the colour of its letters, or its format."""
        style = int(cell.get("s", 0))
        unseen = self._workbook.unseen
        return (style < len(unseen) and unseen[style]) or self._code(cell).strip() == _SHOWS_NOTHING

    def _value(self, value: str, kind: str, cell: Any) -> tuple[str, bool]:
        if kind == "s":
            return self._text(self._workbook.strings[int(value)], cell), False
        if kind == "str":
            return self._text(value, cell), False
        if kind == "b":
            return ("TRUE" if value.strip() in ("1", "true") else "FALSE"), False
        if kind == "e":
            return value.strip(), False
        number = _day_number(value) if kind == "d" else _number(value)
        if number is None:
            return one_line(value), False
        code = self._code(cell)
        if kind == "d" and not is_date_code(code):
            code = "yyyy/m/d" if number == int(number) else "yyyy/m/d h:mm"
        if number == 0 and not self.shows_zeros:
            return "", False
        shown = shown_number(number, code, from_1904=self._workbook.from_1904 and kind != "d")
        return one_line(shown), not is_date_code(code)

    def _text(self, text: str, cell: Any) -> str:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
        code = self._code(cell)
        return one_line(text if code in ("General", "@") else shown_text(text, code))

    def _code(self, cell: Any) -> str:
        style = int(cell.get("s", 0))
        codes = self._workbook.codes
        return codes[style] if style < len(codes) else "General"


def _number(value: str) -> float | None:
    if _WHOLE.fullmatch(value):
        return int(value)
    try:
        number = float(value)
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None


def _day_number(value: str) -> float | None:
    """Return the day number of a date written 2024-04-01T09:00:00."""
    try:
        moment = datetime.fromisoformat(value.strip().removesuffix("Z"))
    except ValueError:
        return None
    since = moment.replace(tzinfo=None) - datetime(1899, 12, 30)
    return since.days + since.seconds / 86_400
