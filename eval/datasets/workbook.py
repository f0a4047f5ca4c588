"""Excel workbooks (.xlsx): the first sheet that has our header; merged cells filled, formulas by their result."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from eval.datasets.headers import field_of, is_header
from eval.datasets.tables import Cells, read_cells
from eval.types import GoldQuestion, SetProblem

_HEADER_WITHIN = 20
# Filling these down would ask one question many times over.
_NEVER_FILLED = ("id", "question")


def read_workbook(data: bytes) -> tuple[tuple[GoldQuestion, ...], tuple[SetProblem, ...]]:
    """Return the good rows and the problems of a workbook."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), data_only=True)
    except Exception as error:  # noqa: BLE001  (openpyxl raises whatever the broken part raised)
        return (), (SetProblem(f"Excelファイルとして読めません（{error}）。.xlsxで保存し直してください"),)
    formulas = load_workbook(io.BytesIO(data)) if _has_formulas(data) else None
    for sheet in book.worksheets:
        place = _header_row(sheet)
        if place is not None:
            remarks: list[SetProblem] = []
            filled = _merged(sheet, place, remarks)
            lost = _uncounted(sheet, formulas[sheet.title], place, remarks) if formulas else set()
            questions, problems = read_cells(_rows(sheet, place, filled, lost))
            return questions, (*remarks, *problems)
    return (), (
        SetProblem(
            "見出しの行（質問、正解 …）のあるシートがありません。ひな形は madoguchi eval template で作れます"
        ),
    )


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(b"<f" in archive.read(name) for name in sheets)


def _header_row(sheet: Any) -> int | None:
    for place, cells in enumerate(sheet.iter_rows(max_row=_HEADER_WITHIN, values_only=True), 1):
        if is_header(cells):
            return place
    return None


def _merged(sheet: Any, header: int, remarks: list[SetProblem]) -> Mapping[tuple[int, int], Any]:
    filled: dict[tuple[int, int], Any] = {}
    for area in sheet.merged_cells.ranges:
        if area.max_row <= header:
            continue
        value = sheet.cell(area.min_row, area.min_col).value
        name = sheet.cell(header, area.min_col).value
        if field_of(name) in _NEVER_FILLED:
            remarks.append(
                SetProblem(
                    f"結合されたセル（{area.coord}）は、左上の行だけに使います。結合を解いて書き直してください",
                    area.min_row,
                    str(name),
                )
            )
            continue
        filled |= {(row, area.min_col): value for row in range(area.min_row, area.max_row + 1)}
        remarks.append(
            SetProblem(
                f"結合されたセル（{area.coord}）は、左上の値を各行に入れて読みました",
                area.min_row,
                str(name),
                fatal=False,
            )
        )
    return filled


def _uncounted(sheet: Any, formulas: Any, header: int, remarks: list[SetProblem]) -> set[int]:
    lost: set[int] = set()
    for cells in formulas.iter_rows(min_row=header + 1):
        for cell in cells:
            if cell.data_type != "f":
                continue
            result, name = sheet.cell(cell.row, cell.column).value, sheet.cell(header, cell.column).value
            if result is None:
                lost.add(cell.row)
                message = f"数式（{cell.coordinate}）の計算結果がありません。Excelで開いて保存し直すか、値を書いてください"
                remarks.append(SetProblem(message, cell.row, str(name)))
            else:
                message = f"数式（{cell.coordinate}）の計算結果を使いました"
                remarks.append(SetProblem(message, cell.row, str(name), fatal=False))
    return lost


def _rows(
    sheet: Any, header: int, filled: Mapping[tuple[int, int], Any], lost: set[int]
) -> Iterator[tuple[int, Cells]]:
    for place, values in enumerate(sheet.iter_rows(min_row=header, values_only=True), header):
        if place in lost:
            continue
        # A row that is merged away and otherwise empty stays empty.
        own = any(value not in (None, "") for value in values)
        cells = (filled.get((place, column), value) for column, value in enumerate(values, 1))
        yield place, [_text(value) if own else "" for value in cells]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    return str(value)
