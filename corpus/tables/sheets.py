"""Sheets of any workbook (XLSX, XLS, ODS) to a Document: a line `# シート名` a sheet, a line a row, cells joined by tabs.

A workbook that is written like a letter is read as its text.

What a sheet does not show is not published: hidden sheets, rows and columns are left out, and said in one Problem a sheet.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from corpus.office.office_document import contents_document
from corpus.refusing import RefusedError
from corpus.tables.csv_document import row_blocks
from corpus.tables.sheet import Sheet
from corpus.tables.sheet_problems import sheet_problems
from corpus.tables.written_sheets import is_written, written_contents
from corpus.types import Block, BlockKind, Document, Page, Problem

SHEET_MARK = "# "
# What a merged number is followed by: it belongs to several rows, so it is no row's own amount.
SHARED = "（結合セル）"
MOST_CELLS = 3_000_000
_BREAK = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")


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
    problems = [problem for sheet in sheets for problem in sheet_problems(sheet, id)]
    shown = [(sheet.name, list(sheet_lines(sheet))) for sheet in sheets if not sheet.hidden]
    about = {"id": id, "publisher": publisher, "source": source, "fiscal_year": fiscal_year}
    written = _written(shown, title=None if title == id else title, **about)
    return written or _filled_in(shown, title=title, **about), problems


def _written(shown: Sequence[tuple[str, Sequence[str]]], **about: Any) -> Document | None:
    """Return sheets as running text where all of them are; a title is told by the text where nobody names one."""
    sheets = [(name, [_cells(line) for line in lines]) for name, lines in shown if any(lines)]
    if not sheets or not all(is_written(rows) for _, rows in sheets):
        return None
    return contents_document(written_contents(sheets), **about)


def _cells(line: str) -> list[str]:
    return line.split("\t") if line else []


def _filled_in(shown: Sequence[tuple[str, Sequence[str]]], **about: Any) -> Document:
    """Return sheets as tables, a line a row."""
    text = ""
    pages: list[Page] = []
    blocks: list[Block] = []
    for name, lines in shown:
        body = "\n".join(lines)
        if not body:
            continue
        start = len(text)
        heading = SHEET_MARK + one_line(name)
        text += f"{heading}\n{body}\n"
        blocks.append(Block(BlockKind.HEADING, start + len(SHEET_MARK), start + len(heading), 1))
        blocks += row_blocks(body, start + len(heading) + 1, delimiter="\t", quotes=False)
        pages.append(Page(len(pages) + 1, start, len(text)))
    return Document(text=text, pages=tuple(pages) or (Page(1, 0, 0),), blocks=tuple(blocks), **about)


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


def one_line(text: str) -> str:
    """Return a cell's text on one line: a line end is a space.

    >>> one_line("月曜日\\n 9時"), one_line("２　階")
    ('月曜日 9時', '２　階')
    """
    return re.sub(r"\s+", lambda gap: " " if _BREAK.search(gap[0]) else gap[0], text).strip()
