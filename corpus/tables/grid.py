"""A grid of cells with offsets → figures: the one path of CSV, XLSX and, later, tables of a PDF's text layer.

Whoever has a table as rows of `Cell(text, start, end)` calls `read_grid`. A figure of a grid stands in its item's
row, so its basis is PRINTED; where the row's own arithmetic (this − last = difference, funding = amount) fails,
the figures of that row fall to ORDER and a Problem names them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from corpus.normalizing import squash
from corpus.tables.amounts import parse_amounts, parse_number
from corpus.tables.cells import Cell, Row
from corpus.tables.funding_columns import with_funding_columns
from corpus.tables.funding_tables import as_funding, with_funding_rows
from corpus.tables.grid_checks import check_row, check_totals
from corpus.tables.headers import (
    Column,
    Header,
    Role,
    dated,
    find_header,
    header_at,
    is_note,
    stage_of,
    text_header_at,
)
from corpus.tables.marks import Name, group_of, is_subtotal, is_total, mark_of, parted
from corpus.tables.years import parse_fiscal_year
from corpus.types import Attribute, Basis, Document, Figure, Measure, Problem, Stage, Tables

_BLANK = frozenset(
    (
        "",
        "-",
        "－",
        "―",
        "ー",
        "−",
        "‐",
        "—",
        "…",
        "・",
        "〃",
        "皆増",
        "皆減",
        "新規",
        "廃止",
        "(―)",
        "（―）",
        "*",
    )
)
_GONE = ("皆減", "廃止", "終了")
_TICKS = frozenset("○◯〇●◎✓レ")
_LEVEL = re.compile(r"[ 　]*(?:第[ 　]*)?[0-9０-９]{1,2}[ 　]*(?P<level>[款項目節])[ 　]*(?=\S)")
_DEPTH = {"款": 0, "項": 1, "目": 2, "節": 3}
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_MEASURES = {
    Role.AMOUNT: Measure.AMOUNT,
    Role.DIFFERENCE: Measure.DIFFERENCE,
    Role.FUNDING: Measure.FUNDING,
    Role.COUNT: Measure.COUNT,
}


@dataclass(slots=True)
class RowContext:
    """What holds for one row: its item, its parents, its year, stage and unit."""

    name: Name
    parents: tuple[str, ...]
    year: int | None
    stage: Stage
    unit: str | None
    page: int


@dataclass(slots=True)
class _Reading:
    document: Document
    header: Header
    page: int
    group: str = ""
    item: str = ""
    categories: dict[int, str] = field(default_factory=dict)
    levels: dict[int, str] = field(default_factory=dict)
    groups: dict[int, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """For the place of a sub-total's name the group that it is of, and what that is below."""
    figures: list[Figure] = field(default_factory=list)
    attributes: list[Attribute] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def renamed(self, figure: Figure) -> Figure:
        """Return a sub-total's figure under the name of its group."""
        if figure.name_start not in self.groups:
            return figure
        label, parents = self.groups[figure.name_start]
        return replace(figure, label=label, parents=parents)


def read_grid(document: Document, rows: Sequence[Row], *, page: int = 1, unit: str | None = None) -> Tables:
    """Return the figures of the tables in `rows`; a table begins at each header row. Numbers without a unit are in `unit`."""
    header = find_header(rows)
    if header is None:
        return _no_header(document, rows, page)
    header = replace(header, unit=header.unit or unit)
    near = header.year or document.fiscal_year or parse_fiscal_year(document.title)
    reading = _Reading(document, with_funding_columns(dated(header, near), rows), page)
    tables: list[list[list[Figure]]] = [[]]
    number = header.last + 1
    while number < len(rows):
        below = header_at(rows, number) or text_header_at(rows, number)
        if below:
            below = dated(replace(below, unit=below.unit or header.unit), near)
            reading.header = with_funding_columns(below, rows)
            tables.append([])
            number = below.last + 1
            continue
        figures = _read_row(reading, rows[number])
        if figures:
            tables[-1].append(figures)
        number += 1
    checked: list[Figure] = []
    problems: list[Problem] = []
    for table in tables:
        figures, found = check_totals(document, with_funding_rows(table))
        checked += as_funding([reading.renamed(figure) for figure in figures], checked)
        problems += found
    return Tables(tuple(checked), tuple(reading.attributes), tuple(reading.problems + problems))


def _no_header(document: Document, rows: Sequence[Row], page: int) -> Tables:
    if not any(parse_number(cell.text) is not None for row in rows for cell in row):
        return Tables()
    message = "表の見出し行（事業名・予算額など）が見つかりません。1行目に見出しを付けてください。"
    return Tables(problems=(Problem(document.id, message, page=page, code="header"),))


def _read_row(reading: _Reading, row: Row) -> list[Figure]:
    """Read one row into `reading`; return its figures. A row with one lone cell names the group that follows."""
    printed = [cell for cell in row if cell.text]
    if not printed or is_note(row) or [c.text for c in row] == [c.title for c in reading.header.columns]:
        return []
    pairs = list(zip(reading.header.columns, row, strict=False))
    named = next((cell for column, cell in pairs if column.role is Role.NAME and cell.text), None)
    named = named or _total_elsewhere(pairs)
    if len(printed) == 1 and printed[0] in (named, row[0]):
        reading.group = printed[0].text.strip("【】〔〕[]■◆○● 　")
        return []
    if named is None:
        _note_unnamed(reading, pairs)
        return []
    context = _context(reading, pairs, named)
    reading.attributes += _attributes(reading, context, pairs)
    figures = [f for column, cell in pairs if (f := _figure(reading, context, column, cell)) is not None]
    figures += _ended(reading, context, pairs, figures)
    checked, problems = check_row(reading.document, figures)
    reading.problems += problems
    return checked


def _total_elsewhere(pairs: list[tuple[Column, Cell]]) -> Cell | None:
    """Return the cell that says 小計 or 合計 in a row whose name column is empty."""
    words = [
        cell
        for column, cell in pairs
        if column.role in (Role.CATEGORY, Role.TEXT, Role.NOTHING) and cell.text
    ]
    totals = [cell for cell in words if is_total(cell.text)]
    return totals[0] if totals else None


def _note_unnamed(reading: _Reading, pairs: list[tuple[Column, Cell]]) -> None:
    for column, cell in pairs:
        if column.role is Role.AMOUNT and parse_number(cell.text) is not None:
            message = f"金額 {cell.text} の行に事業名がありません。事業名を入れてください。"
            reading.problems.append(_problem(reading, message, cell, "name"))


def _context(reading: _Reading, pairs: list[tuple[Column, Cell]], named: Cell) -> RowContext:
    cells = {column.role: cell.text for column, cell in pairs if cell.text}
    year = parse_fiscal_year(cells.get(Role.YEAR, "")) or _plain_year(cells.get(Role.YEAR, ""))
    header, document = reading.header, reading.document
    named_years = [column.year for column in header.columns if column.year is not None]
    years = (
        year,
        header.year,
        max(named_years, default=None),
        document.fiscal_year,
        parse_fiscal_year(document.title),
    )
    stages = (stage_of(cells.get(Role.STAGE, "")), header.stage, stage_of(document.title))
    name = parted(named.text)
    level = _LEVEL.match(name.text)
    if level:
        name = replace(name, text=name.text[level.end() :], start=name.start + level.end())
    name = replace(name, marks=tuple(dict.fromkeys([*name.marks, *_marks(pairs)])))
    parents = _parents(reading, pairs, named)
    parents = (*parents, *_opened(reading, name.text, level))
    group = _group_of_total(name.text, parents, [column.title for column in header.columns])
    if group:
        reading.groups[named.start] = group
    elif is_total(name.text):
        parents = ()
    if not _IN_BRACKETS.fullmatch(name.text):
        reading.item = name.text
    elif reading.item:
        parents = (*parents, reading.item)  # （病院事業会計分） is a part of the item above it
    shift = named.start if named.end - named.start == len(named.text) else None
    placed = (
        replace(name, start=name.start + shift, end=name.end + shift)
        if shift is not None
        else replace(name, start=named.start, end=named.end)
    )
    return RowContext(
        placed,
        parents,
        next((y for y in years if y is not None), None),
        next((s for s in stages if s is not None), Stage.INITIAL),
        cells.get(Role.UNIT) or header.unit,
        reading.page,
    )


def _opened(reading: _Reading, name: str, level: re.Match[str] | None) -> tuple[str, ...]:
    """Return the rows of a higher level (1款, 2項) that a row stands below, and open its own."""
    depth = _DEPTH[level["level"]] if level else len(_DEPTH)
    above = tuple(text for number, text in sorted(reading.levels.items()) if number < depth)
    if level:
        reading.levels = {number: text for number, text in reading.levels.items() if number < depth}
        reading.levels[depth] = name
    elif is_total(name):
        reading.levels.clear()
    return above


def _plain_year(text: str) -> int | None:
    number = parse_number(text)
    return int(number) if number is not None and 1926 <= number <= 2100 else None


def _parents(reading: _Reading, pairs: list[tuple[Column, Cell]], named: Cell) -> tuple[str, ...]:
    found = [reading.group] if reading.group else []
    filled = False
    for number, (column, cell) in enumerate(pairs):
        if column.role is not Role.CATEGORY or mark_of(cell.text) or cell.text in _TICKS:
            continue
        if cell is named and not is_total(cell.text):
            continue
        if cell.text and not is_total(cell.text):
            for below in [key for key in reading.categories if key > number]:
                del reading.categories[below]
            reading.categories[number], filled = cell.text, True
        # A group's name stands in its first row alone, unless a higher group begins in this one.
        text = reading.categories.get(number, "") if cell.text or not filled else ""
        found += [part.strip() for part in text.split(" / ") if part.strip()]
        if cell is named:
            break  # a total of this column is of no lower one
    return tuple(found)


def _group_of_total(
    name: str, parents: tuple[str, ...], titles: Sequence[str]
) -> tuple[str, tuple[str, ...]] | None:
    """Return the group that a sub-total is of, with what that is below: 土木費 of 「小計」 in its rows, or of 「土木費 計」."""
    word = squash(name)
    if not is_total(name):
        return None
    group = group_of(name)
    if group in titles and parents:
        return parents[-1], parents[:-1]
    if group and not any(squash(parent) == squash(group) for parent in parents):
        return group, parents
    for depth in range(len(parents), 0, -1):
        if word.startswith(squash(parents[depth - 1])):
            return parents[depth - 1], parents[: depth - 1]
    if is_subtotal(name) or word == "計":
        return (parents[-1], parents[:-1]) if parents else None
    return None


def _marks(pairs: list[tuple[Column, Cell]]) -> list[str]:
    """Return the marks that stand in cells of their own, or begin a text: 新規。…."""
    found = [
        mark_of(column.title if cell.text in _TICKS else cell.text)
        for column, cell in pairs
        if column.role in (Role.CATEGORY, Role.TEXT) and cell.text
    ]
    return [mark for mark in found if mark]


def _attributes(reading: _Reading, context: RowContext, pairs: list[tuple[Column, Cell]]) -> list[Attribute]:
    return [
        Attribute(
            context.name.text, context.parents, column.title, cell.text,
            reading.document.id, context.page, cell.start, cell.end,
        )
        for column, cell in pairs
        if column.role is Role.TEXT and cell.text
    ]  # fmt: skip


def _figure(reading: _Reading, context: RowContext, column: Column, cell: Cell) -> Figure | None:
    measure = _MEASURES.get(column.role)
    if measure is None or cell.text in _BLANK:
        return None
    value, own_unit = _value(cell.text)
    if value is None:
        if measure is not Measure.DIFFERENCE:
            message = f"「{context.name.text}」の{column.title}「{cell.text}」は数として読めません。数字だけにしてください。"
            reading.problems.append(_problem(reading, message, cell, "cell"))
        return None
    unit = own_unit or column.unit or context.unit
    year = column.year if column.year is not None else _shifted(context.year, column.offset)
    if measure is Measure.DIFFERENCE:
        year = _newest(reading.header) or year
    if unit is None:
        _note_missing_unit(reading, column, cell)
        return None
    if year is None:
        message = f"「{context.name.text}」の{column.title}の年度が分かりません。見出しか年度の列に年度を入れてください。"
        reading.problems.append(_problem(reading, message, cell, "year"))
    return Figure(
        label=context.name.text, parents=context.parents, fiscal_year=year,
        stage=column.stage or context.stage, measure=measure, value=value, unit=unit,
        document=reading.document.id, page=context.page, start=cell.start, end=cell.end,
        basis=Basis.PRINTED if year is not None else Basis.ORDER,
        name_start=context.name.start, name_end=context.name.end,
        aspect=column.aspect or (unit if measure is Measure.COUNT else None), marks=context.name.marks,
    )  # fmt: skip


def _ended(
    reading: _Reading, context: RowContext, pairs: list[tuple[Column, Cell]], figures: Sequence[Figure]
) -> Iterator[Figure]:
    """Yield nothing as this year's amount where a dash stands for it and all of last year's is printed as the fall."""
    amounts = [f for f in figures if f.measure is Measure.AMOUNT]
    fallen = [f.value for f in figures if f.measure is Measure.DIFFERENCE]
    newest = _newest(reading.header)
    told = any(cell.text in _GONE for _, cell in pairs) or (amounts and fallen == [-amounts[0].value])
    if len(amounts) != 1 or amounts[0].fiscal_year == newest or not told:
        return
    for column, cell in pairs:
        if column.role is Role.AMOUNT and column.year == newest and cell.text in _BLANK and cell.text:
            yield replace(amounts[0], fiscal_year=newest, value=Decimal(0), start=cell.start, end=cell.end)


def _newest(header: Header) -> int | None:
    """A difference belongs to the newer of the years it lies between."""
    years = [c.year for c in header.columns if c.role is Role.AMOUNT and c.year is not None]
    return max(years, default=None)


def _shifted(year: int | None, offset: int) -> int | None:
    return None if year is None else year + offset


def _value(text: str) -> tuple[Decimal | None, str | None]:
    """Return the number in a cell, and its unit where the cell itself prints one (5,000千円)."""
    number = parse_number(text)
    if number is not None:
        return number, None
    spans = parse_amounts(text)
    if len(spans) == 1 and spans[0].start == 0 and spans[0].end == len(text):
        return spans[0].value, spans[0].unit
    return None, None


def _note_missing_unit(reading: _Reading, column: Column, cell: Cell) -> None:
    if any(problem.code == "unit" for problem in reading.problems):
        return
    message = f"列「{column.title}」の単位が分かりません。見出しに（千円）のように単位を付けてください。"
    reading.problems.append(_problem(reading, message, cell, "unit"))


def _problem(reading: _Reading, message: str, cell: Cell, code: str) -> Problem:
    return Problem(reading.document.id, message, reading.page, cell.start, cell.end, code)
