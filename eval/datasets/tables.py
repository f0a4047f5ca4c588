"""Rows of cells, from CSV or a workbook, to validated rows."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from eval.datasets.headers import field_of, is_header, split_cell
from eval.datasets.rows import collect
from eval.types import GoldQuestion, SetProblem

Cells = Sequence[str]
# A title and remarks may stand above the header, not more.
_HEADER_WITHIN = 20
_LONGEST_CELL = 2**20


def read_csv(text: str) -> tuple[tuple[GoldQuestion, ...], tuple[SetProblem, ...]]:
    """Return the good rows and the problems of comma-, tab- or semicolon-separated text."""
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows: list[tuple[int, Cells]] = []
    broken: list[SetProblem] = []
    place = 0
    while True:
        place += 1
        try:
            rows.append((place, next(reader)))
        except StopIteration:
            break
        except csv.Error as error:
            broken.append(SetProblem(f"CSVとして読めません（{error}）。この行を除きました", place))
    questions, problems = read_cells(rows)
    return questions, (*broken, *problems)


def _delimiter(text: str) -> str:
    head = text[:2000].split("\n", 1)[0]
    return max(",\t;", key=head.count)


def read_cells(rows: Iterable[tuple[int, Cells]]) -> tuple[tuple[GoldQuestion, ...], tuple[SetProblem, ...]]:
    """Return the good rows and the problems of numbered rows of cells; the header is found by its words."""
    waiting = iter(rows)
    header: Cells = ()
    for looked, (_place, cells) in enumerate(waiting, 1):
        if is_header(cells):
            header = cells
            break
        if looked >= _HEADER_WITHIN:
            break
    if not header:
        message = (
            "見出しの行がありません。「質問」と「正解」（または question と answers）の列を置いてください。"
            "ひな形は madoguchi eval template で作れます"
        )
        return (), (SetProblem(message),)
    fields = [field_of(cell) for cell in header]
    columns = {field: str(cell) for field, cell in zip(fields, header, strict=True)}
    doubled = tuple(
        SetProblem(f"見出し「{field}」が二つあります。左の列を使います", column=columns[field], fatal=False)
        for field in dict.fromkeys(fields)
        if field and fields.count(field) > 1
    )
    questions, problems = collect(
        ((place, _row(fields, cells)) for place, cells in waiting if any(cells)), columns
    )
    return questions, (*doubled, *problems)


def _row(fields: Sequence[str], cells: Cells) -> Mapping[str, object]:
    row: dict[str, object] = {}
    for field, cell in zip(fields, cells, strict=False):
        if field and cell.strip() and field not in row:
            row[field] = split_cell(field, cell.strip())
    return row
