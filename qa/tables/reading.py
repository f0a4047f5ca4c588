"""A text's lines → its tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from qa.tables.columns import is_fixed, placed
from qa.tables.forms import piece_form
from qa.tables.headers import is_header
from qa.tables.joined import by_months, by_width
from qa.tables.lines import lines_of, may_hold_tables
from qa.tables.runs import runs
from qa.tables.titles import title
from qa.tables.types import GROUP, Line, Span, Table
from qa.tables.unfolding import people, unfolded
from qa.tables.words import FIELD_NAME

_DATED = re.compile(r"(?:(?:令和|平成|昭和)(?:[0-9０-９]{1,2}|元)年|[0-9０-９]{4}年)|[0-9０-９]{1,2}月")
_NUMBERED = re.compile(r"([一-鿿ァ-ヶー]{1,6})(?:[0-9０-９]{1,2}|[Ⅰ-Ⅻ])")


@lru_cache(maxsize=4096)
def tables(text: str) -> tuple[Table, ...]:
    """Return the tables of `text` in reading order.

    >>> text = "館名　　休館日\\n北館　　月曜日\\n南館　　火曜日"
    >>> [[text[slice(*cell)] for cell in row] for row in tables(text)[0].rows]
    [['北館', '月曜日'], ['南館', '火曜日']]
    """
    if not may_hold_tables(text):
        return ()
    lines = lines_of(text)
    found = [table for run in runs(text, lines) for table in _read(text, run)]
    return tuple(replace(table, title=title(text, lines, table, found)) for table in found)


def _read(text: str, run: list[Line]) -> Iterator[Table]:
    """A run of rows is one table, or several where a header or a group's name stands inside it."""
    begins = next((at for at in range(1, len(run)) if _begins_table(text, run, at)), None)
    group = next((at for at, line in enumerate(run) if line.mark == GROUP), None)
    if begins is not None:
        yield from _read(text, run[:begins])
        yield from _read(text, run[begins:])
    elif is_header(text, run[0], run[1:]):
        yield from _headed(text, run[0], run[1:])
    elif group is not None:
        yield from _read(text, run[:group])
        yield from _read(text, run[group + 1 :])
    else:
        yield from _unheaded(text, run)


def _begins_table(text: str, run: list[Line], at: int) -> bool:
    """A header inside a run begins a table of its own."""
    size = len(run[at].pieces)
    apart = size >= 3 and all(len(line.pieces) != size for line in run[max(0, at - 2) : at])
    return apart and not run[at].slots and is_header(text, run[at], run[at + 1 :])


def _headed(text: str, header: Line, lines: list[Line]) -> Iterator[Table]:
    rows = _above_fields(text, header, [line for line in lines if len(line.pieces) >= 2 or line.slots])
    rows = [part for line in rows for part in by_width(text, header, line)]
    if rows:
        yield _table(text, header, rows)


def _above_fields(text: str, header: Line, rows: list[Line]) -> list[Line]:
    """Rows up to a labelled line that stands right below the table (休館日　月曜日)."""
    fixed = is_fixed(header, rows)
    for at, row in enumerate(rows):
        if row.slots or len(row.pieces) != 2 or len(header.pieces) < 3 or not row.pieces[1].soft:
            continue
        beneath = any(abs(row.pieces[1].column - head.column) <= 1 for head in header.pieces)
        if FIELD_NAME.fullmatch(row.pieces[0].words(text)) or (fixed and not beneath):
            return rows[:at]
    return rows


def _unheaded(text: str, run: list[Line]) -> Iterator[Table]:
    for group in _of_one_kind(text, [part for line in run for part in by_months(text, line)]):
        if not _is_table(text, group):
            continue
        rows = [part for line in group for part in unfolded(text, people(text, line))]
        if len(group) > 1 and len(rows) >= 2 * len(group) - 1:  # read the left half first
            rows.sort(key=lambda row: row.pieces[0].column > group[0].pieces[0].column)
        yield _table(text, None, rows)


def _of_one_kind(text: str, rows: list[Line]) -> Iterator[list[Line]]:
    """Part rows named by dates or numbers (柱１, 施策１) from others: they do not tell of one kind of thing."""
    group: list[Line] = []
    for row in rows:
        kind = _kind(text, row)
        if group and kind != _kind(text, group[0]):
            yield group
            group = []
        if len(row.pieces) > 1 or (group and not kind):
            group.append(row)
    if group:
        yield group


def _kind(text: str, row: Line) -> str:
    name = row.pieces[0].words(text)
    if _DATED.match(name):
        return "date"
    numbered = _NUMBERED.fullmatch(name)
    return numbered[1] if numbered else ""


def _is_table(text: str, rows: list[Line]) -> bool:
    """Two rows below each other; a row alone only where it cannot be a labelled line."""
    full = [row for row in rows if len(row.pieces) >= 2]
    if len(full) != 1:
        return bool(full)
    _, *values = full[0].pieces
    if full[0].mark or len(values) < 2 or all(piece.soft for piece in values):
        return False
    return any(piece_form(text, piece) not in ("text", "none", "date") for piece in values)


def _table(text: str, header: Line | None, rows: Sequence[Line]) -> Table:
    cells = placed(text, header, rows)
    lines = [*rows, header] if header else rows
    return Table(
        start=min(line.start for line in lines),
        end=max(line.end for line in lines),
        header=_labels(header) if header else (),
        rows=tuple(tuple(span for span, _ in row) for row in cells),
        places=tuple(tuple(place for _, place in row) for row in cells),
        lines=tuple((row.pieces[0].start, row.pieces[-1].end) for row in rows),
        title=None,
    )


def _labels(header: Line) -> tuple[Span, ...]:
    """The header's cells; between bars or tabs an empty one keeps its place with an empty span."""
    if not header.slots:
        return tuple(piece.span for piece in header.pieces)
    by_slot = {piece.slot: piece.span for piece in header.pieces}
    return tuple(by_slot.get(slot, (header.start, header.start)) for slot in range(header.slots))
