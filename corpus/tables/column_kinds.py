"""What a column holds, told from the forms of its cells; its title decides where the forms leave it open."""

import re
from collections import Counter
from collections.abc import Sequence

from corpus.normalizing import normalize, squash
from corpus.tables.cell_forms import (
    clocks_in,
    dates_in,
    folded,
    hours_in,
    is_blank,
    mark_in,
    number_in,
    weekdays_in,
)
from corpus.tables.types import ColumnKind

_SEEN = 400  # cells are looked at, spread over the column
_MOST = 0.7  # of the cells have a form that is the column's
_CATEGORY = 0.5  # as many different texts as cells, at most, where a word comes again and again
_LONG = 24.0  # characters of the cells of a column of running text
_FEW = 3  # cells of one text, on average, make a category of a column of digits
_PHONE = re.compile(r"\(?0\d{1,4}\)?[-(‐]\d{1,4}[-)]\d{3,4}(?:.{0,12})?|0\d{9,10}|\d{2,4}-\d{4}")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
_COORDINATE = re.compile(r"-?\d{1,3}\.\d{4,}+(?:\s*+,\s*+-?\d{1,3}\.\d{4,})?")
_ADDRESS = re.compile(r"(?:丁目|番地|番|大字|字|町|村|市|区|郡)\D{0,20}\d")
_READING = re.compile(r"[ァ-ヶー・\s\d()A-Z]+|[ぁ-んー・\s]+")
_YEAR = re.compile(
    r"(?:(?:令和|平成|昭和|大正|明治|[RHSTM])\s*(?:元|\d{1,2})|(?:19|20)\d{2})\s*(?:年度?|年中|年\d{1,2}月)?(?:\([^)]*\))?"
)
_ID_TITLE = re.compile(r"(?i)no\.?|id|番号|#.*|通番|連番|コード|.*(?:コード|番号|_id|code)|項番|№|#?property")
_PHONE_TITLE = re.compile(r"(?i)電話|tel|phone|fax|ファクス|連絡先|問い?合わ?せ")
_PLACE_TITLE = re.compile(r"(?i)住所|所在|address|場所|位置")
_YEAR_TITLE = re.compile(r"(?i)年度?$|^年|year|西暦|和暦")


def kind_of(title: str, texts: Sequence[str]) -> ColumnKind:
    """Return the kind of a column.

    >>> kind_of("定員", ["30人", "45人", "12人"]), kind_of("電話", ["0123-45-6789", ""])
    (<ColumnKind.NUMBER: 'number'>, <ColumnKind.PHONE: 'phone'>)
    """
    cells = _seen([folded(text) for text in texts if not is_blank(text)])
    marks = [mark_in(text) is not None for text in texts if text.strip()]
    if cells and _share(marks) >= _MOST and any(mark_in(cell) for cell in cells) and not _all_digits(cells):
        return ColumnKind.MARK
    if not cells:
        return ColumnKind.TEXT
    form = next((kind for kind, holds in _FORMS if _share([holds(cell) for cell in cells]) >= _MOST), None)
    if form is ColumnKind.NUMBER:
        return _of_numbers(title, cells)
    if form in (ColumnKind.ADDRESS, ColumnKind.PHONE) and not _fits(form, title, cells):
        form = None
    return form or _of_words(title, cells)


def _seen(cells: list[str]) -> list[str]:
    return cells[:: max(1, len(cells) // _SEEN)]


def _share(holds: Sequence[bool]) -> float:
    return sum(holds) / len(holds) if holds else 0.0


def _all_digits(cells: Sequence[str]) -> bool:
    return all(cell.isdigit() for cell in cells)


def _is_number(cell: str) -> bool:
    return number_in(cell) is not None


def _is_date(cell: str) -> bool:
    return len(dates_in(cell, 2000)) == 1 and len(cell) <= 24


def _is_period(cell: str) -> bool:
    return len(dates_in(cell, 2000)) >= 2 and len(cell) <= 60


def _is_clock(cell: str) -> bool:
    return len(clocks_in(cell)) == 1 and len(cell) <= 10


def _is_hours(cell: str) -> bool:
    return bool(hours_in(cell)) and len(cell) <= 60


def _is_weekdays(cell: str) -> bool:
    return bool(weekdays_in(cell)) and len(cell) <= 24


_FORMS = (
    (ColumnKind.LINK, lambda cell: bool(_LINK.match(cell))),
    (ColumnKind.MAIL, lambda cell: bool(_MAIL.fullmatch(cell))),
    (ColumnKind.COORDINATE, lambda cell: bool(_COORDINATE.fullmatch(cell))),
    (ColumnKind.PHONE, lambda cell: bool(_PHONE.fullmatch(cell))),
    (ColumnKind.YEAR, lambda cell: bool(_YEAR.fullmatch(cell)) and not cell.isdigit()),
    (ColumnKind.PERIOD, _is_period),
    (ColumnKind.DATE, _is_date),
    (ColumnKind.HOURS, _is_hours),
    (ColumnKind.CLOCK, _is_clock),
    (ColumnKind.WEEKDAYS, _is_weekdays),
    (ColumnKind.NUMBER, _is_number),
    (ColumnKind.ADDRESS, lambda cell: bool(_ADDRESS.search(cell)) and len(cell) <= 60),
)


def _fits(form: ColumnKind, title: str, cells: Sequence[str]) -> bool:
    """A name may look like an address (中央町2区) or a code like a telephone: their columns are called otherwise."""
    if form is ColumnKind.PHONE:
        return bool(_PHONE_TITLE.search(title)) or all(cell.count("-") == 2 or "(" in cell for cell in cells)
    return (
        bool(_PLACE_TITLE.search(title))
        or _share([cell[-1].isdigit() or cell.endswith(("番地", "号")) for cell in cells]) >= _MOST
    )


def _of_numbers(title: str, cells: Sequence[str]) -> ColumnKind:
    """Return what a column of numbers is: years, numbers of rows, codes or amounts."""
    plain = normalize(title).strip()
    if all(cell.isdigit() and len(cell) == 4 and 1850 <= int(cell) <= 2100 for cell in cells):
        return (
            ColumnKind.YEAR if _YEAR_TITLE.search(plain) or not _ID_TITLE.fullmatch(plain) else ColumnKind.ID
        )
    if _ID_TITLE.fullmatch(plain):
        return ColumnKind.ID
    leading = any(cell.isdigit() and len(cell) > 1 and cell[0] == "0" for cell in cells)
    return ColumnKind.ID if leading else ColumnKind.NUMBER


def _of_words(title: str, cells: Sequence[str]) -> ColumnKind:
    """Return what a column of words is."""
    if _ID_TITLE.fullmatch(normalize(title).strip()):
        return ColumnKind.ID
    if sum(map(len, cells)) / len(cells) > _LONG:
        return ColumnKind.TEXT
    kana = _share([bool(_READING.fullmatch(cell)) for cell in cells]) >= _MOST
    if kana and re.search(r"(?i)カナ|かな|フリガナ|ふりがな|kana|読み|ヨミ", title):
        return ColumnKind.READING
    counts = Counter(squash(cell) for cell in cells)
    repeated = len(counts) <= max(1.0, _CATEGORY * len(cells)) and len(cells) > _FEW
    if repeated or any(mark_in(cell) is not None for cell in cells):
        return ColumnKind.CATEGORY
    return ColumnKind.NAME if len(counts) >= 0.8 * len(cells) else ColumnKind.TEXT
