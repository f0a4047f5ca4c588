"""Lists in tables: the names in the first column, what stands beside one name, and names of one kind in a row."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from qa.cells import Table, tables
from qa.listing.text import line_above
from qa.listing.types import Enumeration, Span
from qa.tables.lines import lines_of, may_hold_tables
from qa.tables.types import Line

_DIGIT = re.compile(r"[0-9０-９一二三四五六七八九十]")
_PROSE = re.compile(r"[。、，：:]|[はがをにで]$")
_TOTAL = re.compile(r"[合総小累]?[ 　]*計")
_LONGEST = 24


def column_lists(text: str) -> Iterator[Enumeration]:
    """Yield the first column of each table, its parts of one sort, and names of one kind in one row."""
    for table in tables(text):
        yield from _first_column(text, table)
        yield from _of_one_sort(text, table)
    for line in lines_of(text) if may_hold_tables(text) else ():
        yield from _of_one_kind(text, line)


def _first_column(text: str, table: Table) -> Iterator[Enumeration]:
    firsts = [row[0] for row, places in zip(table.rows, table.places, strict=True) if places[0] == 0]
    names = [span for span in firsts if not _TOTAL.fullmatch(text, *span)]
    wide = all(len(row) > 2 for row in table.rows)
    if len(names) > (1 if table.header or wide else 2) and _are_names(text, names):
        intro = table.header[0] if table.header else line_above(text, table.start)
        yield Enumeration(table.start, table.end, tuple(names), 0.6 if wide else 0.3, intro, "column")


def _are_names(text: str, spans: Sequence[Span]) -> bool:
    words = [text[slice(*span)] for span in spans]
    return len(set(words)) == len(words) and not any(
        len(word) > _LONGEST or _PROSE.search(word) for word in words
    )


def _of_one_sort(text: str, table: Table) -> Iterator[Enumeration]:
    """Rows whose first cell is the same: the second cells are the things of that sort."""
    rows = [row for row in table.rows if len(row) > 1]
    for _, group in groupby(rows, key=lambda row: text[slice(*row[0])]):
        same = list(group)
        if len(same) > 1:
            members = tuple(row[1] for row in same)
            yield Enumeration(table.start, same[-1][-1][1], members, 0.7, same[0][0], "column")


def _of_one_kind(text: str, line: Line) -> Iterator[Enumeration]:
    """英語　中国語, and names after a label: 保育課　入所係　給付係. They end alike and hold no number."""
    cells = tuple(piece.span for piece in line.pieces)
    for first in (0, 1):
        names = [text[slice(*cell)] for cell in cells[first:]]
        if len(names) < 2 or any(_DIGIT.search(name) or _PROSE.search(name) for name in names):
            continue
        if len({name[-1] for name in names}) == 1 and len(set(names)) == len(names):
            intro = cells[0] if first else line_above(text, line.start)
            yield Enumeration(line.start, line.end, cells[first:], 0.6, intro, "column")
            return
