"""What of a sheet is not published, or has no result, as Problems that name the cells."""

from collections.abc import Iterator, Sequence

from corpus.tables.sheet import Sheet, cell_name, column_name
from corpus.types import Problem

_LISTED = 3  # cells that a Problem names


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
