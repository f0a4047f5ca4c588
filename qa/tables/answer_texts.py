"""What a result says, cell by cell as printed: the values of rows, in the order they are told."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

from corpus.lexicon.money import grouped, plain
from corpus.tables.cell_forms import is_blank
from corpus.tables.types import ColumnKind
from qa.tables.computing import LONGEST, Result
from qa.tables.frames import TableFrame, TableOperation

_BLANK = "（空欄）"
_PLACES = 2  # digits behind the point of an average


def told_values(frame: TableFrame, result: Result) -> list[str]:
    """Return what each row of a result says: the cells of the frame's columns, blank ones said to be so."""
    return ["、".join(cell_said(frame, row, n) for n in frame.columns) for row in result.rows]


def cell_said(frame: TableFrame, row: int, column: int) -> str:
    """Return a cell as printed, with the unit that its column states."""
    text = " ".join(frame.table.text(row, column).split())
    held = frame.table.columns[column]
    if is_blank(text):
        return text or _BLANK
    return (
        f"{text}{held.unit}" if held.unit and held.kind is ColumnKind.NUMBER and text[-1].isdigit() else text
    )


def number_said(result: Result) -> str:
    """Return a computed number with its unit, an average rounded half up."""
    return f"{grouped(rounded(result.number))}{result.unit}" if result.number is not None else ""


def rounded(number: Decimal) -> Decimal:
    """Return a number with at most two digits behind the point, however long it is.

    >>> rounded(Decimal("12.345")), rounded(Decimal("1" + "0" * 39 + "1"))
    (Decimal('12.35'), Decimal('10000000000000000000000000000000000000001'))
    """
    with localcontext() as context:
        context.prec = LONGEST
        places = 0 if number == number.to_integral() else _PLACES
        return Decimal(plain(number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)))


def answer_key(frame: TableFrame, result: Result) -> tuple[object, ...]:
    """Return what makes two answers the same to a reader: the cells told, or what was computed."""
    if result.number is not None and frame.operation not in (TableOperation.MAX, TableOperation.MIN):
        return frame.table.key, frame.operation, result.number, result.unit, frame.by
    if result.holds is not None:
        return frame.table.key, frame.operation, result.holds, result.rows, frame.columns
    if frame.operation is TableOperation.ROW:
        return frame.table.key, frame.operation, result.rows
    return frame.table.key, frame.columns, result.rows, result.number


def preview(frame: TableFrame, result: Result, length: int = 40) -> str:
    """Return the beginning of what is said, for reading beside the question."""
    if frame.operation is TableOperation.COUNT:
        return f"{len(result.rows)}件"
    if result.holds is not None:
        return "はい" if result.holds else "いいえ"
    if result.number is not None:
        return number_said(result)
    if frame.operation is TableOperation.ROW:
        return ""
    return "／".join(told_values(frame, result)[:3])[:length]
