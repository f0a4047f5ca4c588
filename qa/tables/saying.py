"""A frame and its result → an answer: the value as headline, the rows behind it, every cell quoted where it stands."""

import re
from collections.abc import Iterator, Mapping, Sequence

from corpus.lexicon.money import plain
from corpus.tables.cell_forms import is_blank, number_in
from corpus.tables.types import ColumnKind
from corpus.types import Document
from qa.replies.checking import numbers
from qa.replies.citing import cite
from qa.replies.messages import JAPANESE, say
from qa.tables.answer_texts import cell_said, number_said, rounded, told_values
from qa.tables.computing import Result
from qa.tables.frames import OF_ORDER, TableFrame, TableOperation
from qa.tables.plain_questions import plain_question
from qa.tables.store.spoken_titles import shown_title
from qa.types import Answer, Citation, FigureShown, ShownTable

_LISTED = 20
"""Rows that are told at most; the rest is one click away."""
_BEHIND = 6
"""Rows that are told behind a headline, at most."""
_WIDEST = 300  # characters of a row that is quoted whole
_KEPT_COLUMNS = 8
_AS_OF = re.compile(r"現在|時点")
_LONGEST_NOTE = 40
_LISTING = (TableOperation.LIST, TableOperation.VALUE, TableOperation.ARGMAX, TableOperation.ARGMIN)
_YES, _NO = "はい", "いいえ"
_COMPUTED = {
    TableOperation.SUM: "合計", TableOperation.MEAN: "平均", TableOperation.MAX: "最大", TableOperation.MIN: "最小",
    TableOperation.DIFFERENCE: "差",
}  # fmt: skip


def said(
    question: str,
    frame: TableFrame,
    result: Result,
    probability: float,
    documents: Mapping[str, Document],
    language: str = JAPANESE,
) -> Answer:
    """Return the answer that a result gives."""
    values = told_values(frame, result)
    short, members = _short(frame, result, values)
    citations = _citations(frame, result, documents[frame.table.document])
    lines = [] if language == JAPANESE else [say("quoted", language)]
    lines += [f"・{member}" for member in members] if members else [short]
    lines += _behind(frame, result, values, bool(members))
    dated = _as_of(frame)
    if dated:
        lines.append(f"（{dated[0]}）")
        citations.append(cite(documents[frame.table.document], dated[1], dated[2], len(citations) + 1))
    return Answer(
        question, "\n".join(line for line in lines if line), short, tuple(citations), probability, tuple(members),
        _figures(frame, result, short), plain_question(frame), language, _shown(frame, result),
    )  # fmt: skip


def _as_of(frame: TableFrame) -> tuple[str, int, int] | None:
    """Return the note of a table that tells of when it is, with its place."""
    return next(
        (note for note in frame.table.notes if _AS_OF.search(note[0]) and len(note[0]) <= _LONGEST_NOTE), None
    )


def _short(frame: TableFrame, result: Result, values: Sequence[str]) -> tuple[str, list[str]]:
    """Return the headline, and the members of a list."""
    operation = frame.operation
    if result.holds is not None:
        return (_YES if result.holds else _NO), []
    if operation is TableOperation.COUNT:
        return f"{len(result.rows)}件", []
    if result.number is not None:
        return number_said(result), []
    if operation is TableOperation.ROW:
        return _name(frame, result.rows[0]), []
    told = list(dict.fromkeys(values)) if frame.columns == (frame.table.name,) else list(values)
    if (
        len(told) > 1
        and operation is TableOperation.VALUE
        and len(set(values)) > 1
        and frame.table.name not in frame.columns
    ):
        told = [f"{_name(frame, row)}：{value}" for row, value in zip(result.rows, values, strict=True)]
    elif len(set(told)) == 1:
        told = told[:1]
    if len(told) == 1:
        return told[0], []
    return "\n".join(told[:_LISTED]), told[:_LISTED]


def _name(frame: TableFrame, row: int) -> str:
    return cell_said(frame, row, frame.table.name)


def _title(frame: TableFrame, column: int) -> str:
    """Return a column's title, a code in Japanese: none without a header, and without what tells two of one name apart."""
    if not frame.table.header:
        return ""
    titles = [held.title for held in frame.table.columns]
    base, _, number = titles[column].rpartition(" ")
    return shown_title(base if number.isdigit() and base in titles else titles[column])


def _labelled(title: str, text: str) -> str:
    return f"{title}：{text}" if title else text


def _of_row(frame: TableFrame, row: int, column: int) -> str:
    """Return a cell with the row and the column that it is of."""
    of = "の".join(filter(None, (_name(frame, row), _title(frame, column))))
    return _labelled(of, cell_said(frame, row, column))


def _behind(frame: TableFrame, result: Result, values: Sequence[str], listed: bool) -> list[str]:
    """Return what stands below the headline: the row it is from, what was computed over how many, what was left out."""
    table, operation, lines = frame.table, frame.operation, []
    if listed and len(result.rows) > _LISTED:
        lines.append(f"ほか{len(result.rows) - _LISTED}件（全{len(result.rows)}件）")
    if operation is TableOperation.ROW:
        return [*lines, *_whole_row(frame, result.rows[0])]
    if operation in OF_ORDER and frame.by is not None:
        title = _title(frame, frame.by)
        lines += [
            f"{_labelled(title, cell_said(frame, row, frame.by))}（{_name(frame, row)}）"
            for row in result.rows[:_BEHIND]
        ]
    elif operation is TableOperation.VALUE and not listed:
        titles = "・".join(filter(None, (_title(frame, n) for n in frame.columns)))
        named = [] if table.name in frame.columns else [_name(frame, result.rows[0])]
        lines.append("の".join(filter(None, [*named, titles])))
    elif operation is TableOperation.CHECK:
        lines += [
            _of_row(frame, row, n)
            for row in result.rows[:_BEHIND] for n in frame.columns
        ]  # fmt: skip
    elif operation is TableOperation.EXISTS:
        lines += [f"・{_name(frame, row)}" for row in result.rows[:_BEHIND]]
    elif operation is TableOperation.DIFFERENCE:
        lines += [_of_row(frame, row, n) for row in result.rows for n in frame.columns]
    elif result.number is not None and frame.by is not None and operation is not TableOperation.COUNT:
        lines.append(f"{_title(frame, frame.by)}の{_COMPUTED[operation]}（{result.counted}件から計算）")
    if result.blank:
        lines.append(f"数字のない{result.blank}件を除いた。")
    return lines


def _whole_row(frame: TableFrame, row: int) -> list[str]:
    table = frame.table
    return [
        _labelled(_title(frame, n), cell_said(frame, row, n))
        for n, column in enumerate(table.columns)
        if not is_blank(table.text(row, n)) and column.kind not in (ColumnKind.COORDINATE, ColumnKind.ID)
    ]


def _figures(frame: TableFrame, result: Result, short: str) -> tuple[FigureShown, ...]:
    """Return the numbers of an answer: computed ones with what they were computed of, printed ones as they stand."""
    table = frame.table
    if frame.operation is TableOperation.COUNT:
        conditions = plain_question(frame)
        return (FigureShown(table.title, None, "count", str(len(result.rows)), "件", conditions, (1,)),)
    if result.number is not None:
        column = table.columns[frame.by if frame.by is not None else frame.columns[0]]
        kind = {TableOperation.SUM: "total", TableOperation.DIFFERENCE: "difference"}.get(
            frame.operation, "amount"
        )
        title = shown_title(column.title)
        how = f"{title} {result.counted}件の{_COMPUTED[frame.operation]}"
        if result.blank:
            how += f"（数字のない{result.blank}件を除く）"
        if frame.operation is TableOperation.DIFFERENCE:
            how = (
                " と ".join(cell_said(frame, row, n) for row in result.rows for n in frame.columns) + " の差"
            )
        return (FigureShown(title, None, kind, plain(rounded(result.number)), result.unit, how, (1,)),)
    found = []
    columns = [*frame.columns, *([frame.by] if frame.by is not None else [])]
    for place, row in enumerate(result.rows[:_BEHIND], 1):
        for n in columns:
            number = number_in(table.text(row, n)) if table.columns[n].kind is ColumnKind.NUMBER else None
            if number and not number.bound:
                unit = number.unit or table.columns[n].unit
                found.append(
                    FigureShown(_name(frame, row), None, "amount", plain(number.value), unit, None, (place,))
                )
    return (*found, *_counted(frame, result))


def _counted(frame: TableFrame, result: Result) -> Iterator[FigureShown]:
    """Yield how many rows there are where not all are told, and how many were looked at where some have no number."""
    table = frame.table
    if len(result.rows) > _LISTED:
        how = f"全{len(result.rows)}件のうち{_LISTED}件を示す。ほか{len(result.rows) - _LISTED}件"
        yield FigureShown(table.title, None, "count", str(len(result.rows)), "件", how, (1,))
    if result.blank:
        how = f"数字のある{result.counted}件から。数字のない{result.blank}件を除く"
        yield FigureShown(table.title, None, "count", str(result.counted), "件", how, (1,))


def _citations(frame: TableFrame, result: Result, document: Document) -> list[Citation]:
    """Return the rows behind an answer; of a wide row the cells that name it and that are told."""
    told = _LISTED if frame.operation in _LISTING else _BEHIND
    places = [place for row in result.rows[:told] for place in _row_places(frame, row, document)]
    if not places:
        table = frame.table
        places = [table.header[0]] if table.header else [table.span(0, table.name)]
    elif frame.table.header and any(map(_has_digit, _titles_told(frame, result))):
        places.append((frame.table.header[0][0], frame.table.header[-1][1]))
    heading = frame.table.title
    return [cite(document, start, end, number, heading) for number, (start, end) in enumerate(places, 1)]


def _titles_told(frame: TableFrame, result: Result) -> list[str]:
    """Return the titles of columns that an answer says."""
    columns = (
        range(len(frame.table.columns))
        if frame.operation is TableOperation.ROW
        else (*frame.columns, *((frame.by,) if frame.by is not None else ()))
    )
    return [_title(frame, n) for n in columns]


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _row_places(frame: TableFrame, row: int, document: Document) -> list[tuple[int, int]]:
    """Return the row, or the cells that are told of it: where it is wide, or numbers of two cells would read as one."""
    table = frame.table
    spans = [span for n in range(len(table.columns)) if (span := table.span(row, n))[1] > span[0]]
    start, end = min(s for s, _ in spans), max(e for _, e in spans)
    wanted = dict.fromkeys((table.name, *frame.columns, *([frame.by] if frame.by is not None else [])))
    if frame.operation is TableOperation.ROW:
        wanted = dict.fromkeys(range(len(table.columns)))
    cells = {number for n in wanted for number in numbers(cell_said(frame, row, n))}
    if end - start <= _WIDEST and cells <= numbers(document.text[start:end]):
        return [(start, end)]
    return [span for n in wanted if (span := table.span(row, n))[1] > span[0]]


def _shown(frame: TableFrame, result: Result) -> ShownTable | None:
    """Return the rows as a small table: the name, what was asked and what was a condition, the asked cells marked."""
    table = frame.table
    if not result.rows:
        return None
    asked = {*frame.columns, *([frame.by] if frame.by is not None else [])}
    held = [c.column for c in (*frame.conditions, *frame.that)]
    columns = list(dict.fromkeys((table.name, *sorted(asked), *held)))[:_KEPT_COLUMNS]
    if frame.operation is TableOperation.ROW:
        columns = list(range(min(len(table.columns), _KEPT_COLUMNS)))
    return ShownTable(
        table.title,
        tuple(shown_title(table.columns[n].title) for n in columns),
        tuple(tuple(cell_said(frame, row, n) for n in columns) for row in result.rows[:_LISTED]),
        tuple(place for place, n in enumerate(columns) if n in asked and n != table.name),
        len(result.rows),
        f"{table.document}~{table.number}",
    )
