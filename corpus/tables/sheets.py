"""Sheets of any workbook (XLSX, XLS, ODS) to a Document: a line `# シート名` a sheet, a line a row, cells joined by tabs.

What a sheet does not show is not published: hidden sheets, rows and columns are left out, and said in one Problem a sheet.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from corpus.refusing import RefusedError
from corpus.tables.csv_document import row_blocks
from corpus.types import Block, BlockKind, Document, Page, Problem

SHEET_MARK = "# "
# What a merged number is followed by: it belongs to several rows, so it is no row's own amount.
SHARED = "（結合セル）"
MOST_CELLS = 3_000_000
_BREAK = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_LISTED = 3  # cells that a Problem names

Area = tuple[int, int, int, int]
"""The first and the last row, the first and the last column of a merged range, counted from 0."""


@dataclass(slots=True)
class Sheet:
    """One sheet as its file tells it: the cells that show something, by row and column counted from 0.

    `numbers` are the cells that hold a number, `unsaved` those whose formula has no saved result, `unseen` those whose
    text has the colour of its ground or a format that shows nothing; these have no text in `rows`.
    """

    name: str
    hidden: bool = False
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    numbers: set[tuple[int, int]] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    unsaved: list[tuple[int, int]] = field(default_factory=list)
    unseen: list[tuple[int, int]] = field(default_factory=list)
    comments: int = 0

    def hides_column(self, column: int) -> bool:
        """Tell whether a column is not shown."""
        return any(first <= column <= last for first, last in self.hidden_columns)


def too_many_cells() -> RefusedError:
    """Return what is raised where a workbook holds more cells than any table for people does."""
    message = f"セルが {MOST_CELLS:,} 個を超えるので読みません。必要な表だけのファイルに分けてください。"
    return RefusedError(message, code="size")


def workbook_document(
    read: Callable[[bytes], Sequence[Sheet]],
    data: bytes,
    *,
    id: str,
    title: str,
    publisher: str,
    source: str,
    fiscal_year: int | None = None,
) -> tuple[Document, list[Problem]]:
    """Return the Document of a workbook that `read` takes apart; one that cannot be read is empty, with its Problem."""
    sheets: Sequence[Sheet] = ()
    refused: list[Problem] = []
    try:
        sheets = read(data)
        document, problems = sheets_document(
            sheets, id=id, title=title, publisher=publisher, source=source, fiscal_year=fiscal_year
        )
    except RefusedError as error:
        refused = [Problem(id, str(error), code=error.code)]
    except Exception as error:  # noqa: BLE001 - a broken file can break a parser in any way; the user hears which file
        message = (
            f"表計算ファイルとして開けません（{type(error).__name__}）。Excel で開いて保存し直してください。"
        )
        refused = [Problem(id, message, code="unreadable")]
    if refused:
        document, problems = sheets_document(
            (), id=id, title=title, publisher=publisher, source=source, fiscal_year=fiscal_year
        )
    return document, [*refused, *problems]


def sheets_document(
    sheets: Sequence[Sheet], *, id: str, title: str, publisher: str, source: str, fiscal_year: int | None
) -> tuple[Document, list[Problem]]:
    """Return the visible sheets of a workbook as a Document, one page a sheet, and what is not published."""
    text = ""
    pages: list[Page] = []
    blocks: list[Block] = []
    problems = [problem for sheet in sheets for problem in sheet_problems(sheet, id)]
    for sheet in sheets:
        body = "" if sheet.hidden else "\n".join(sheet_lines(sheet))
        if not body:
            continue
        start = len(text)
        heading = SHEET_MARK + one_line(sheet.name)
        text += f"{heading}\n{body}\n"
        blocks.append(Block(BlockKind.HEADING, start + len(SHEET_MARK), start + len(heading), 1))
        blocks += row_blocks(body, start + len(heading) + 1, delimiter="\t", quotes=False)
        pages.append(Page(len(pages) + 1, start, len(text)))
    document = Document(
        id=id, title=title, publisher=publisher, source=source, text=text,
        pages=tuple(pages) or (Page(1, 0, 0),), blocks=tuple(blocks), fiscal_year=fiscal_year,
    )  # fmt: skip
    return document, problems


def sheet_lines(sheet: Sheet) -> Iterator[str]:
    """Yield the lines of a sheet's shown rows, empty ones together as one.

    A merged word holds for each of its rows, at its first shown column.
    """
    rows = _with_merged(sheet)
    widest = max((max(cells) for cells in rows.values() if cells), default=-1)
    shown = [column for column in range(widest + 1) if not sheet.hides_column(column)]
    written = 0
    last: int | None = None
    for row in sorted(rows):
        cells = rows[row]
        if row in sheet.hidden_rows or not cells:
            continue
        columns = shown[: bisect_right(shown, max(cells))]
        written += len(columns)
        if written > MOST_CELLS * 10:
            raise too_many_cells()
        line = "\t".join(cells.get(column, "") for column in columns).rstrip("\t")
        if line.strip():
            if last is not None and any(
                between not in sheet.hidden_rows for between in range(last + 1, min(row, last + 2_000))
            ):
                yield ""  # an empty row parts two tables; hidden rows part nothing
            yield line
            last = row


def _with_merged(sheet: Sheet) -> dict[int, dict[int, str]]:
    rows = {row: dict(cells) for row, cells in sheet.rows.items()}
    last_row = max(rows, default=-1)
    filled = 0
    for top, bottom, left, right in sheet.merged:
        text = sheet.rows.get(top, {}).get(left, "")
        if not text:
            continue
        bottom = min(bottom, last_row)
        filled += bottom - top + 1
        if filled > MOST_CELLS:
            raise too_many_cells()
        # A word that spans columns is written once, at the left; one that spans rows holds for each row.
        place = next((column for column in range(left, right + 1) if not sheet.hides_column(column)), left)
        number = (top, left) in sheet.numbers
        rows[top].pop(left, None)
        if number:
            first = next((row for row in range(top, bottom + 1) if row not in sheet.hidden_rows), top)
            rows.setdefault(first, {})[place] = text + (SHARED if bottom > top else "")
            continue
        for row in range(top, bottom + 1):
            rows.setdefault(row, {})[place] = text
    return rows


def sheet_problems(sheet: Sheet, id: str) -> Iterator[Problem]:
    """Yield what is not published of a sheet, and its formulas without a result."""
    if sheet.hidden:
        if sheet.rows:
            message = f"シート「{sheet.name}」は非表示なので公開しません。公開するなら再表示して保存し直してください。"
            yield Problem(id, message, code="hidden")
        return
    hidden = _hidden(sheet)
    if hidden:
        message = f"シート「{sheet.name}」の非表示の{hidden}は公開しません。公開するなら再表示して保存し直してください。"
        yield Problem(id, message, code="hidden")
    yield from _unseen(sheet, id)
    unsaved = _on_show(sheet, sheet.unsaved)
    if unsaved:
        names, more = _places(unsaved)
        message = (
            f"シート「{sheet.name}」のセル {names}{more} は数式で、計算結果が保存されていません。"
            "Excel で開いて保存し直すか、値に置き換えてください。"
        )
        yield Problem(id, message, code="formula")


def _unseen(sheet: Sheet, id: str) -> Iterator[Problem]:
    """Yield what stands on the sheet and is not to be seen: letters of the ground's colour, comments."""
    unseen = _on_show(sheet, sheet.unseen)
    if unseen:
        names, more = _places(unseen)
        message = (
            f"シート「{sheet.name}」のセル {names}{more} は、地と同じ色などで見えないので公開しません。"
            "公開するなら文字か塗りつぶしの色と表示形式を直して保存し直してください。"
        )
        yield Problem(id, message, code="hidden")
    if sheet.comments:
        message = (
            f"シート「{sheet.name}」のコメント {sheet.comments} 件は公開しません。"
            "公開するならセルに書いて保存し直してください。"
        )
        yield Problem(id, message, code="hidden")


def _on_show(sheet: Sheet, cells: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return those of the cells that stand in a row and a column that are shown."""
    return [
        (row, column)
        for row, column in cells
        if row not in sheet.hidden_rows and not sheet.hides_column(column)
    ]


def _places(cells: Sequence[tuple[int, int]]) -> tuple[str, str]:
    """Return the names of the first cells, and how many they are if there are more."""
    more = f" など {len(cells)} 個" if len(cells) > _LISTED else ""
    return "・".join(cell_name(*place) for place in cells[:_LISTED]), more


def _hidden(sheet: Sheet) -> str:
    """Count the hidden rows and columns that hold something: 行 3 行・列 1 列（C）."""
    rows = sum(row in sheet.hidden_rows for row in sheet.rows)
    used = sorted({column for cells in sheet.rows.values() for column in cells})
    columns = [column for column in used if sheet.hides_column(column)]
    parts = [f"行 {rows} 行"] if rows else []
    if columns:
        names = "・".join(column_name(column) for column in columns[:_LISTED])
        parts.append(f"列 {len(columns)} 列（{names}{'…' if len(columns) > _LISTED else ''}）")
    return "と".join(parts)


def cell_name(row: int, column: int) -> str:
    """Return a cell's name as Excel writes it.

    >>> cell_name(4, 2), cell_name(0, 26)
    ('C5', 'AA1')
    """
    return f"{column_name(column)}{row + 1}"


def column_name(column: int) -> str:
    """Return a column's letters: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def one_line(text: str) -> str:
    """Return a cell's text on one line: a line end is a space.

    >>> one_line("月曜日\\n 9時"), one_line("２　階")
    ('月曜日 9時', '２　階')
    """
    return re.sub(r"\s+", lambda gap: " " if _BREAK.search(gap[0]) else gap[0], text).strip()
