"""Rows below each other; what the width of the page broke is one row again."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.normalizing import display_width
from qa.tables.lines import with_number
from qa.tables.rows import is_row, is_rule
from qa.tables.types import GROUP, ORDINAL, Line
from qa.tables.words import SENTENCE_END

_FULL = 60  # columns: a listed line this wide may go on in the next
_INDENTED = 4  # columns
_LONGEST_ALONE = 16  # characters of a row of one cell
_NUMBERS = re.compile(r"番\s*号|項番|順[番位]?|[Nn][Oo][.．]?|Ｎｏ[.．]?|№")
_GROUP = re.compile(r"[ 　]*(?:【[^】]*】|＜[^＞]*＞|〔[^〕]*〕|[■◆].*)[ 　]*")
_CLOSING = re.compile(r"[^（(「]{0,40}[)）」]")


def runs(text: str, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield lines below each other that look like rows of one kind."""
    run: list[Line] = []
    for line, below in zip(lines, [*lines[1:], None], strict=False):
        if is_rule(text, line):
            continue
        if is_row(text, line):
            row = _row(text, run, line)
            if run and run[0].mark != row.mark:
                yield run
                run = []
            run.append(row)
        elif longer := _continued(text, run, line, below):
            run = longer
        elif run:
            yield run
            run = []
    if run:
        yield run


def _row(text: str, run: list[Line], line: Line) -> Line:
    """A number that marks the line is a cell where the header has a column for it."""
    counted = run and line.mark == ORDINAL and _NUMBERS.fullmatch(text, *run[0].pieces[0].span)
    return with_number(text, line) if counted else line


def _continued(text: str, run: list[Line], line: Line, below: Line | None) -> list[Line] | None:
    """Return `run` with a line of one piece that belongs to it: the rest of a cell, a group's name, a short row."""
    if not run or len(line.pieces) != 1:
        return None
    if whole := _wrapped(text, run[-1], line):
        return [*run[:-1], whole]
    if below is None or below.mark != run[0].mark or not is_row(text, below):
        return None
    if _GROUP.fullmatch(text, line.start, line.end):
        return [*run, replace(line, mark=GROUP)]
    return [*run, line] if _stands_alone(text, run, line) else None


def _wrapped(text: str, row: Line, line: Line) -> Line | None:
    """Return `row` with `line` in it, where `line` is the rest of its last cell."""
    tail, rest = row.pieces[-1], line.pieces[0]
    if row.slots or line.mark or row.mark == GROUP:
        return None
    full = row.mark not in ("", ORDINAL) and display_width(text[row.start : row.end]) >= _FULL
    closed = _is_open(tail.words(text)) and _CLOSING.match(rest.words(text))
    goes_on = rest.column <= _INDENTED and (closed or full)
    beneath = rest.column >= _INDENTED and abs(rest.column - tail.column) <= 1 and len(row.pieces) >= 2
    if goes_on or beneath:
        return replace(row, end=line.end, pieces=(*row.pieces[:-1], replace(tail, end=rest.end)))
    return None


def _is_open(words: str) -> bool:
    return any(words.count(opening) > words.count(closing) for opening, closing in ("（）", "「」"))


def _stands_alone(text: str, run: list[Line], line: Line) -> bool:
    """A row whose other cells are empty, between two rows of more cells."""
    words = line.pieces[0].words(text)
    return (
        not line.mark
        and not run[0].mark
        and line.pieces[0].column == 0
        and len(words) <= _LONGEST_ALONE
        and not re.search(r"[0-9０-９]", words)
        and not SENTENCE_END.search(words)
    )
