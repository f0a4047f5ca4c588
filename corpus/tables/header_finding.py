"""Where the header of a table stands among its rows: none, one row or several, codes or words."""

import itertools
import re
from collections.abc import Sequence
from functools import cache

from corpus.data_rows import data_rows
from corpus.normalizing import normalize
from corpus.tables.cell_forms import clocks_in, dates_in, folded, mark_in, number_in, weekdays_in
from corpus.tables.cells import Row

_CODE = re.compile(r"#?[A-Za-z][A-Za-z0-9_ .:/()-]*")
_YEAR = re.compile(r"(?:(?:令和|平成|昭和|大正|[RHST])\s*(?:元|\d{1,2})|(?:19|20)\d{2})\s*年?度?(?:\(.*\))?")
_GROUP = re.compile(r"\d{1,3}(?:歳|~\d{1,3}歳?|歳以上|月|日|期|号|階|組|年生|級)?")
_UNIT_NOTE = re.compile(r"[(（\[［]?\s*+単位")
_LONGEST = 60
_MOST_ROWS = 3
_LIKELY = 0.5
_DAYS = frozenset("月火水木金土日祝")


def header_rows(rows: Sequence[Row], first: int, width: int) -> int:
    """Return how many rows, from `first` on, are the header of a table of some width; 0 where there is none."""
    if not _is_header(rows, first, width):
        return 0
    count = 1
    while count < _MOST_ROWS and first + count < len(rows) - 1 and _goes_on(rows, first, count, width):
        count += 1
    return count


def label_like(text: str) -> bool:
    """Tell whether a cell may name a column: words, a code, a year; no number, date or time of its own.

    >>> label_like("定員（人）"), label_like("令和3年度"), label_like("0123-45-6789"), label_like("2026/4/1")
    (True, True, False, False)
    """
    plain = folded(text)
    if not plain or len(plain) > _LONGEST or plain.endswith("。"):
        return False
    if _YEAR.fullmatch(plain) or _CODE.fullmatch(plain):
        return True
    if number_in(plain) is not None and not _GROUP.fullmatch(plain):
        return False
    return not (
        dates_in(plain) or (clocks_in(plain) and ":" in plain) or re.fullmatch(r"[\d().\-+/]+", plain)
    )


def named_like_a_column(text: str) -> bool:
    """Tell whether a cell is one of the words that name columns: 所在地, 電話番号, 収集曜日; a code; a year."""
    plain = re.sub(r"\s*[(（\[［].*$", "", normalize(text)).strip()
    if not plain or len(plain) > _LONGEST:
        return False
    whole, endings = _words()
    return (
        plain in whole
        or plain.endswith(endings)
        or bool(_YEAR.fullmatch(folded(text)) or _CODE.fullmatch(plain))
        or plain in _DAYS
    )


@cache
def _words() -> tuple[frozenset[str], tuple[str, ...]]:
    words = [row[0] for row in data_rows("corpus.tables", "header_words.tsv")]
    return frozenset(w for w in words if w[0] != "*"), tuple(w[1:] for w in words if w[0] == "*")


def _filled(row: Row) -> list[str]:
    return [cell.text for cell in row if cell.text]


def _is_header(rows: Sequence[Row], first: int, width: int) -> bool:
    texts = _filled(rows[first])
    if len(texts) < 2 or not all(map(label_like, texts)) or first + 1 >= len(rows):
        return False
    if any(map(_UNIT_NOTE.match, texts)) and len(texts) < len(_filled(rows[first + 1])):
        return False  # 歳出の内訳 with 単位：千円 in the corner
    named = sum(map(named_like_a_column, texts)) / len(texts)
    return named >= _LIKELY or _stands_out(rows, first, width)


def _stands_out(rows: Sequence[Row], first: int, width: int) -> bool:
    """Tell whether the cells of a row are unlike those below them: words over numbers, marks, dates."""
    below = [row for row in rows[first + 1 : first + 40] if len(_filled(row)) >= max(2, width // 2)]
    told = 0
    for number, cell in enumerate(rows[first][:width]):
        others = [row[number].text for row in below if number < len(row) and row[number].text]
        formed = sum(map(_has_form, others))
        if cell.text and others and formed >= 0.6 * len(others) and not _has_form(cell.text):
            told += 1
        if cell.text and len(others) > 2 and cell.text in others:
            return False
    return told > 0


def _has_form(text: str) -> bool:
    plain = folded(text)
    return bool(
        number_in(plain) is not None
        or mark_in(plain) is not None
        or dates_in(plain)
        or clocks_in(plain)
        or (weekdays_in(plain) and len(plain) <= 4)
        or re.match(r"https?:|0\d+-", plain)
    )


def _goes_on(rows: Sequence[Row], first: int, count: int, width: int) -> bool:
    """Tell whether the header has another row: words that fill what the rows above leave open, or say codes again."""
    above = [[cell.text for cell in row] + [""] * width for row in rows[first : first + count]]
    row = rows[first + count]
    texts = _filled(row)
    if not texts or not all(map(label_like, texts)):
        return False
    if all(_CODE.fullmatch(folded(text)) for text in _filled(rows[first])) and not any(
        map(_CODE.fullmatch, texts)
    ):
        return len(texts) > width // 2 and sum(map(named_like_a_column, texts)) >= _LIKELY * len(texts)
    fills = [bool(cell.text) and not above[-1][n] for n, cell in enumerate(row[:width])]
    doubled = [bool(cell.text) and above[-1][n] == cell.text for n, cell in enumerate(row[:width])]
    open_above = any(not text for text in above[-1][:width]) or _repeats(above[-1][:width])
    leaves_open = (
        sum(not cell.text or again for cell, again in zip(row[:width], doubled, strict=True))
        or len(row) < width
    )
    named = sum(map(named_like_a_column, texts)) >= _LIKELY * len(texts) or _stands_out(
        rows, first + count, width
    )
    return bool((any(fills) or _repeats(above[-1][:width])) and open_above and leaves_open and named)


def _repeats(texts: Sequence[str]) -> bool:
    """Tell whether a spanning title is written over each of its columns."""
    return any(a and a == b for a, b in itertools.pairwise(texts))


def column_titles(header: Sequence[Row], width: int) -> list[str]:
    """Return the title of each column: what stands over it, row under row; a spanning title is said for each.

    >>> from corpus.tables.cells import Cell
    >>> rows = [[Cell(t, 0, 0) for t in line] for line in (["施設", "開館", ""], ["", "平日", "土日"])]
    >>> column_titles(rows, 3)
    ['施設', '開館 平日', '開館 土日']
    """
    levels = [[cell.text for cell in row[:width]] + [""] * (width - len(row)) for row in header]
    for number, level in enumerate(levels[:-1]):
        spanning = ""
        for column, text in enumerate(level):
            below = any(lower[column] for lower in levels[number + 1 :])
            spanning = text or (spanning if below else "")
            level[column] = spanning
    titles = (
        [" ".join(dict.fromkeys(filter(None, parts))) for parts in zip(*levels, strict=True)]
        if levels
        else []
    )
    return [
        re.sub(r"\s+", " ", title) or f"列{number}" for number, title in enumerate(titles or [""] * width, 1)
    ]
