"""Rows of cells → tables: where each begins and ends, its header, its columns, what adds up others, what is a note."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.budgets.marks import is_total
from corpus.normalizing import normalize, squash
from corpus.tables.cell_forms import folded, is_blank, number_in, unit_said
from corpus.tables.cells import Cell, Row
from corpus.tables.column_kinds import kind_of
from corpus.tables.header_finding import column_titles, header_rows
from corpus.tables.types import Column, ColumnKind, DataTable

_UNIT = re.compile(
    r"[(（\[［]\s*+(?:単位\s*+[:：]?\s*+)?(k?m[23]|[^()（）\[\]［］\d]{1,6})\s*+[)）\]］]\s*+$"
)
_UNIT_NOTE = re.compile(r"単位\s*[:：は]?\s*([^\s\d,、)）\]]{1,6})")
_UNITS = re.compile(
    r"人|名|円|千円|百万円|億円|台|件|世帯|㎡|m2|㎢|km2?|ha|m|メートル|cm|mm|分|時間|日|年|%|％|箇所|か所|ヵ所|棟|戸|冊|校|回|基|本|頭|羽|t|トン|kg|g|リットル|L|歳|席|室|区画|泊|台分|隻|店|社|点|枚|位|票|便"
)
_COMMENT = re.compile(r"[ 　]*[#※＃]")
_TOTAL = re.compile(r"[(（【]?(?:.{0,12}(?<![会時統設家推余])計|総数|全市|市全体|町全体|村全体|全体)[)）】]?")
_LEAST_ROWS = 2
_NOT_NAMES = (
    ColumnKind.NUMBER,
    ColumnKind.MARK,
    ColumnKind.LINK,
    ColumnKind.PHONE,
    ColumnKind.MAIL,
    ColumnKind.COORDINATE,
    ColumnKind.READING,
    ColumnKind.HOURS,
    ColumnKind.CLOCK,
)
_NAME_TITLE = re.compile(
    r"(?i)(?:^|[_ ])(?:name|title)$|^name|名$|名称|名前|氏名|品目|品名|件名|タイトル|講座|施設$|事業$|行事|項目"
)


def data_tables(document: str, title: str, rows: Sequence[Row], *, page: int = 1) -> Iterator[DataTable]:
    """Yield the tables that stand one under the other in the rows of one sheet."""
    for region in _regions(rows):
        table = _table(document, title, region, page)
        if table:
            yield table


def _filled(row: Row) -> int:
    return sum(bool(cell.text) for cell in row)


def _width(rows: Sequence[Row]) -> int:
    """Return how many columns a table has: up to the last in which some rows have a cell."""
    ends = sorted(max((n + 1 for n, cell in enumerate(row) if cell.text), default=0) for row in rows)
    wide = [end for end in ends if end > 1]
    if not wide:
        return 0
    usual = wide[len(wide) // 2]
    often = Counter(n for row in rows for n, cell in enumerate(row) if cell.text)
    return max([usual, *(n + 1 for n, count in often.items() if count >= max(2, len(rows) // 50))])


def _regions(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield runs of rows that may be a table each: parted where an empty row comes before another header.

    Lines of one cell between the two are titles of the second.
    """
    region: list[Row] = []
    since_gap: list[Row] | None = None
    for number, row in enumerate(rows):
        if not _filled(row):
            since_gap = since_gap or []
        elif since_gap is None:
            region.append(row)
        elif _filled(row) == 1:
            since_gap.append(row)
        elif sum(_filled(r) > 1 for r in region) > _LEAST_ROWS and _begins(rows, number, region):
            yield region
            region, since_gap = [*since_gap, row], None
        else:
            region, since_gap = [*region, *since_gap, row], None
    region += since_gap or []
    if region:
        yield region


def _begins(rows: Sequence[Row], number: int, region: Sequence[Row]) -> bool:
    """Tell whether a new table begins at a row below an empty one: a header of its own."""
    width = _filled(rows[number])
    return bool(header_rows(rows, number, max(width, len(rows[number])))) and [
        c.text for c in rows[number]
    ] not in [[c.text for c in row] for row in region[:12]]


def _table(document: str, title: str, rows: Sequence[Row], page: int) -> DataTable | None:
    width = _width(rows)
    if width < 2 or len(rows) < _LEAST_ROWS:
        return None
    first = next((n for n, row in enumerate(rows) if _may_begin(row, width)), None)
    if first is None:
        return None
    count = next(
        ((n, c) for n in range(first, min(first + 12, len(rows))) if (c := header_rows(rows, n, width))),
        (first, 0),
    )
    begin, size = count
    header = list(rows[begin : begin + size])
    if begin > first and not size:
        return None
    notes = [cell for row in rows[:begin] for cell in row if cell.text]
    data, below = _data(rows[begin + size :], header, width)
    if not data:
        return None
    titles = _unique(column_titles(header, width) if header else [f"列{n}" for n in range(1, width + 1)])
    unit = _noted_unit([*notes, *below, *(row[0] for row in header)])
    columns = tuple(_column(name, [row[n].text for row in data], unit) for n, name in enumerate(titles))
    every = [cell for row in (*header, *data) for cell in row if cell.text]
    return DataTable(
        document,
        page,
        _title(
            document, title, [cell for row in rows[:begin] if not _COMMENT.match(row[0].text) for cell in row]
        ),
        columns,
        tuple(data),
        _name_column(columns, data),
        (*notes, *below),
        frozenset(n for n, row in enumerate(data) if _adds_up(row)),
        tuple(header),
        min(cell.start for cell in every),
        max(cell.end for cell in every),
    )


def _may_begin(row: Row, width: int) -> bool:
    return (_filled(row) >= max(2, (width + 1) // 2) and not _COMMENT.match(row[0].text + " ")) or (
        _filled(row) >= max(2, width // 2) and row[0].text.startswith("#") and _filled(row) > 2
    )


def _data(
    rows: Sequence[Row], header: Sequence[Row], width: int
) -> tuple[list[tuple[Cell, ...]], list[Cell]]:
    """Return the data rows, each of one width, and the notes between and below them."""
    titles = [[cell.text for cell in row[:width]] for row in header]
    data: list[tuple[Cell, ...]] = []
    notes: list[Cell] = []
    for row in rows:
        texts = [cell.text for cell in row[:width]]
        printed = [cell for cell in row if cell.text]
        if texts in titles:
            continue
        if texts[0].startswith("#"):
            notes += printed
            continue
        if len(printed) == 1 and (width > 2 or _COMMENT.match(printed[0].text)):
            notes.append(printed[0])
            continue
        blank = Cell("", row[-1].end, row[-1].end)
        data.append((*row[:width], *[blank] * (width - len(row))))
    return data, notes


def _title(document: str, title: str, notes: Sequence[Cell]) -> str:
    """Return what a table is called: the document's title, and the first line above it that is no comment."""
    above = next((c.text for c in notes if 3 < len(c.text) <= 40 and not _UNIT_NOTE.search(c.text)), "")
    if (
        above and title == document
    ):  # a file without a header is called by its name: what it calls itself says more
        return above
    return f"{title} {above}".strip() if above and squash(above) not in squash(title) else title


def _noted_unit(notes: Sequence[Cell]) -> str:
    found = [match[1] for cell in notes if (match := _UNIT_NOTE.search(normalize(cell.text)))]
    return found[0] if len(set(found)) == 1 else ""


def _unique(titles: Sequence[str]) -> list[str]:
    """Return titles of which none is another's: the second 備考 is 備考 2."""
    seen: Counter[str] = Counter()
    unique = []
    for title in titles:
        seen[title] += 1
        unique.append(title if seen[title] == 1 else f"{title} {seen[title]}")
    return unique


def _column(title: str, texts: Sequence[str], noted: str) -> Column:
    kind = kind_of(title, texts)
    if kind is not ColumnKind.NUMBER:
        return Column(title, kind)
    stated = _UNIT.search(normalize(title))
    if stated and _UNITS.fullmatch(stated[1]):
        return Column(title, kind, unit_said(stated[1]))
    printed = any(number.unit for text in texts if (number := number_in(text)))
    return Column(title, kind, "" if printed else noted)


def _name_column(columns: Sequence[Column], data: Sequence[tuple[Cell, ...]]) -> int:
    """Return the column that names rows: the first called a name, else the first whose words tell rows apart."""
    varied = [
        len({squash(row[n].text) for row in data if not is_blank(row[n].text)}) / max(1, len(data))
        for n in range(len(columns))
    ]
    named = [
        n
        for n, c in enumerate(columns)
        if c.kind not in _NOT_NAMES and _NAME_TITLE.search(normalize(c.title))
    ]
    called = [n for n in named if varied[n] >= 0.5 and columns[n].kind is not ColumnKind.ID]
    if called:
        return called[0]
    for kinds in (
        (ColumnKind.NAME, ColumnKind.YEAR, ColumnKind.ADDRESS),
        (ColumnKind.CATEGORY, ColumnKind.TEXT, ColumnKind.DATE, ColumnKind.PERIOD),
    ):
        found = [n for n, c in enumerate(columns) if c.kind in kinds and varied[n] >= 0.3]
        if found:
            return found[0]
    told = [n for n in range(len(columns)) if columns[n].kind is not ColumnKind.ID]
    return max(told or range(len(columns)), key=lambda n: (varied[n] == 1.0, -n))


def _adds_up(row: Sequence[Cell]) -> bool:
    """Tell whether a row adds up others: one of its first words is 小計, 6月計, 総数."""
    words = [squash(cell.text) for cell in row if cell.text]
    words = [word for word in words if number_in(folded(word)) is None or _TOTAL.fullmatch(word)]
    return any(_TOTAL.fullmatch(word) or is_total(word) for word in words[:2])
