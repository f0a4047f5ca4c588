"""What the cells of one row tell of its item: figures by their columns, and texts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.budgets.amounts import parse_amounts, parse_number
from corpus.budgets.columns import Column, Role
from corpus.budgets.grid_items import GridReading, RowContext
from corpus.budgets.headers import Header
from corpus.tables.cells import Cell
from corpus.types import Attribute, Basis, Figure, Measure

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
_MEASURES = {
    Role.AMOUNT: Measure.AMOUNT,
    Role.DIFFERENCE: Measure.DIFFERENCE,
    Role.FUNDING: Measure.FUNDING,
    Role.COUNT: Measure.COUNT,
}


def attributes_of(
    reading: GridReading, context: RowContext, pairs: list[tuple[Column, Cell]]
) -> list[Attribute]:
    """Return the texts that a row tells of its item: its department, its outline."""
    return [
        Attribute(
            context.name.text, context.parents, column.title, cell.text,
            reading.document.id, context.page, cell.start, cell.end,
        )
        for column, cell in pairs
        if column.role is Role.TEXT and cell.text
    ]  # fmt: skip


def figures_of(reading: GridReading, context: RowContext, pairs: list[tuple[Column, Cell]]) -> list[Figure]:
    """Return the figures that the cells of a row hold."""
    figures = [f for column, cell in pairs if (f := _figure(reading, context, column, cell)) is not None]
    figures += _ended(reading, context, pairs, figures)
    return figures


def _figure(reading: GridReading, context: RowContext, column: Column, cell: Cell) -> Figure | None:
    measure = _MEASURES.get(column.role)
    if measure is None or cell.text in _BLANK:
        return None
    value, own_unit = _value(cell.text)
    if value is None:
        if measure is not Measure.DIFFERENCE:
            message = f"「{context.name.text}」の{column.title}「{cell.text}」は数として読めません。数字だけにしてください。"
            reading.note(message, cell, "cell")
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
        reading.note(message, cell, "year")
    return Figure(
        label=context.name.text, parents=context.parents, fiscal_year=year,
        stage=column.stage or context.stage, measure=measure, value=value, unit=unit,
        document=reading.document.id, page=context.page, start=cell.start, end=cell.end,
        basis=Basis.PRINTED if year is not None else Basis.ORDER,
        name_start=context.name.start, name_end=context.name.end,
        aspect=column.aspect or (unit if measure is Measure.COUNT else None), marks=context.name.marks, level=context.level,
    )  # fmt: skip


def _ended(
    reading: GridReading, context: RowContext, pairs: list[tuple[Column, Cell]], figures: Sequence[Figure]
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


def _note_missing_unit(reading: GridReading, column: Column, cell: Cell) -> None:
    if any(problem.code == "unit" for problem in reading.problems):
        return
    message = f"列「{column.title}」の単位が分かりません。見出しに（千円）のように単位を付けてください。"
    reading.note(message, cell, "unit")
