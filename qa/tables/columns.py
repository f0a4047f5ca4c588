"""The columns of a table, by its header or by its fullest rows, and the column that each cell stands in."""

import re
from collections import Counter
from collections.abc import Sequence

from qa.tables.alignment import Grid, aligned
from qa.tables.forms import piece_form
from qa.tables.types import Line, Span

# What a label says of the form of the cells below it.
_SAID = (
    ("phone", re.compile(r"電話|連絡先|ファクス|FAX")),
    ("money", re.compile(r"料金|費用|金額|使用料|手数料|価格|単価|.*額$|.*代$")),
    ("time", re.compile(r".*(?:開館|受付|利用|診療|開所|開場)時間$")),
    ("weekday", re.compile(r"(?:定?休館?日|休業日|休診日|曜日)$")),
    ("count", re.compile(r"定員|人数|席数|職員数|.*回数$|.*件数$")),
    ("date", re.compile(r".*(?:年月日|月日|期日|日付)$")),
)
_PEOPLE = re.compile(r"氏\s*名|名\s*前|担当者|代表者|講師|委員")
_NEAR = 2  # columns


Placed = Sequence[tuple[Span, int | None]]
"""The cells of a row, each with its column; None where that is uncertain."""


def placed(text: str, header: Line | None, rows: Sequence[Line]) -> list[Placed]:
    """Return the cells of each row."""
    model = header or _model(rows)
    grid = _grid(text, header, rows) if header and not header.slots else None
    return [_placed(text, row, model, grid) for row in rows]


def _placed(text: str, row: Line, model: Line, grid: Grid | None) -> Placed:
    if row.slots != model.slots:
        same = len(row.pieces) == len(model.pieces)
        return [(piece.span, at if same or at == 0 else None) for at, piece in enumerate(row.pieces)]
    if row.slots:
        return [(piece.span, piece.slot) for piece in row.pieces]
    if grid:
        return aligned(row.pieces, [piece_form(text, piece) for piece in row.pieces], grid)
    return [(piece.span, at) for at, piece in enumerate(row.pieces)]


def is_fixed(header: Line, rows: Sequence[Line]) -> bool:
    """The rows' cells stand below the header's: the layout is of fixed width."""
    stops = [head.column for head in header.pieces]
    hard = [piece.column for row in rows for piece in row.pieces[1:] if not piece.soft]
    near = sum(any(abs(at - stop) <= _NEAR for stop in stops) for at in hard)
    return bool(hard) and near * 2 >= len(hard)


def _model(rows: Sequence[Line]) -> Line:
    """The row that shows the columns of a table without a header: one of the usual number of cells."""
    usual = Counter(len(row.pieces) for row in rows).most_common(1)[0][0]
    return next(row for row in rows if len(row.pieces) == usual)


def _grid(text: str, header: Line, rows: Sequence[Line]) -> Grid:
    names = [bool(_PEOPLE.search(head.words(text))) for head in header.pieces]
    return Grid(header, is_fixed(header, rows), _usual_forms(text, header, rows), names)


def _usual_forms(text: str, header: Line, rows: Sequence[Line]) -> list[str | None]:
    """Return the form of each column's cells, as full rows show it or else as the header says."""
    full = [row for row in rows if len(row.pieces) == len(header.pieces)]
    found: list[str | None] = []
    for at, head in enumerate(header.pieces):
        forms = Counter(piece_form(text, row.pieces[at]) for row in full)
        del forms["none"]
        form, count = forms.most_common(1)[0] if forms else ("text", 0)
        said = next((name for name, words in _SAID if words.match(head.words(text))), None)
        clear = count >= 2 and count * 4 >= forms.total() * 3
        found.append(form if clear else said)
    return found
