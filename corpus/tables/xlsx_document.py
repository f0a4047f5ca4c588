"""An XLSX workbook to a Document: a line `# シート名` a sheet, a line a row, cells joined by tabs."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from typing import Any

from corpus.tables.csv_document import row_blocks
from corpus.types import Block, BlockKind, Document, Page, Problem

SHEET_MARK = "# "
# What a merged number is followed by: it belongs to several rows, so it is no row's own amount.
SHARED = "（結合セル）"
_BREAK = re.compile(r"[\t\r\n]")


def xlsx_document(
    data: bytes, *, id: str, title: str, publisher: str, source: str, fiscal_year: int | None = None
) -> tuple[Document, list[Problem]]:
    """Return the visible sheets of a workbook, one page a sheet; formulas give the values the file has saved."""
    sheets, problems = _sheets(data, id)
    text, pages, blocks = "", [], []
    for number, (name, lines) in enumerate(sheets, 1):
        start = len(text)
        heading = SHEET_MARK + name
        body = "\n".join(lines)
        text += f"{heading}\n{body}\n"
        blocks.append(Block(BlockKind.HEADING, start + len(SHEET_MARK), start + len(heading), 1))
        blocks += row_blocks(body, start + len(heading) + 1, delimiter="\t", quotes=False)
        pages.append(Page(number, start, len(text)))
    document = Document(
        id=id,
        title=title,
        publisher=publisher,
        source=source,
        text=text,
        pages=tuple(pages) or (Page(1, 0, 0),),
        blocks=tuple(blocks),
        fiscal_year=fiscal_year,
    )
    return document, problems


def _sheets(data: bytes, id: str) -> tuple[list[tuple[str, list[str]]], list[Problem]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        values = load_workbook(BytesIO(data), data_only=True)
        formulas = load_workbook(BytesIO(data), data_only=False)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError, EOFError) as error:
        message = f"Excel ファイルとして開けません（{type(error).__name__}）。Excel で保存し直してください。"
        return [], [Problem(id, message, code="unreadable")]
    problems: list[Problem] = []
    sheets = [
        (_one_line(sheet.title), list(_lines(sheet, formulas[sheet.title], id, problems)))
        for sheet in values.worksheets
        if sheet.sheet_state == "visible" and any(True for _ in _lines(sheet, None, id, []))
    ]
    return sheets, problems


def _lines(sheet: Any, formulas: Any, id: str, problems: list[Problem]) -> Iterator[str]:
    merged = _merged(sheet)
    for row in sheet.iter_rows():
        texts = [merged.get(cell.coordinate) or _shown(cell) for cell in row]
        if formulas is not None:
            problems += [p for cell in row if (p := _formula_problem(cell, formulas, sheet.title, id))]
        if any(texts):
            yield "\t".join(texts).rstrip("\t")


def _formula_problem(cell: Any, formulas: Any, sheet: str, id: str) -> Problem | None:
    if cell.value is not None or not hasattr(cell, "column_letter"):
        return None
    formula = formulas[cell.coordinate].value
    if not (isinstance(formula, str) and formula.startswith("=")):
        return None
    message = (
        f"シート「{sheet}」のセル {cell.coordinate} は数式で、計算結果が保存されていません。"
        "Excel で開いて保存し直すか、値に置き換えてください。"
    )
    return Problem(id, message, code="formula")


def _merged(sheet: Any) -> dict[str, str]:
    """Return the text of each cell in a merged range: words count for all its cells, a number for none."""
    texts: dict[str, str] = {}
    for area in sheet.merged_cells.ranges:
        first = sheet.cell(area.min_row, area.min_col)
        shown = _shown(first)
        number = isinstance(first.value, int | float)
        if number and area.max_row > area.min_row:
            texts[first.coordinate] = shown + SHARED
        elif not number and shown:
            for row in range(area.min_row, area.max_row + 1):
                # A word spanning columns is written once, at the left; one spanning rows holds for each row.
                texts[sheet.cell(row, area.min_col).coordinate] = shown
    return texts


def _shown(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, getattr(cell, "number_format", "General") or "General")
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    return _one_line(str(value))


def _number(value: int | float, number_format: str) -> str:
    """Return a number as the sheet shows it: #,##0 groups, `#,##0,` counts thousands, △ marks a negative one."""
    exact = Decimal(repr(value))
    shown_format = re.sub(r"\"[^\"]*\"|\[[^\]]*\]|\\.", "", number_format.split(";")[0])
    thousands = re.search(r"[0#](,+)(?:\.|$|[^0#,])", shown_format)
    if thousands:
        exact = (exact / 1000 ** len(thousands[1])).quantize(Decimal(1), ROUND_HALF_UP)
    if "%" in shown_format:
        return f"{(exact * 100).normalize():f}%"
    if exact == exact.to_integral_value():
        exact = exact.quantize(Decimal(1))
    digits = f"{abs(exact):,f}" if "," in shown_format else f"{abs(exact):f}"
    return (_minus(number_format) if exact < 0 else "") + digits


def _minus(number_format: str) -> str:
    return next((sign for sign in "△▲" if sign in number_format), "-")


def _one_line(text: str) -> str:
    return re.sub(r"\s+", lambda gap: " " if _BREAK.search(gap[0]) else gap[0], text).strip()
