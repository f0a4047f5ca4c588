"""What a table is called whose title is a file's code: what its rows are called together, and what its columns tell."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from corpus.tables.cell_forms import is_blank
from corpus.tables.types import ColumnKind, DataTable
from qa.tables.store.spoken_titles import shown_title

_JAPANESE = re.compile(r"[ぁ-ヿ㐀-鿿]")
_LATIN = re.compile(r"[A-Za-z]")
_RUN = re.compile(r"[㐀-鿿々ァ-ヶー]{2,40}")
_UNTITLED = re.compile(r"列[0-9]+")
_SHARED = 0.5  # of the names, so many hold what all are called
_NAMES = 4  # fewer share a part by chance
_LOOKED_AT = 300  # names
_LONGEST = 10  # letters of a shared part
_COLUMNS = 3
_OF_ANY_LIST = frozenset(
    (
        ColumnKind.ADDRESS,
        ColumnKind.PHONE,
        ColumnKind.MAIL,
        ColumnKind.LINK,
        ColumnKind.COORDINATE,
        ColumnKind.ID,
        ColumnKind.READING,
    )
)
"""Kinds of columns that lists of anything have: they tell nothing of what a list is of."""


def told_title(table: DataTable) -> str:
    """Return a table's title; before one that no Japanese stands in, what tells what the table is of.

    A list jidokan.csv of 福家児童館 and 円座児童館 with their capacity is 「児童館・定員（jidokan）」.
    """
    if _JAPANESE.search(table.title):
        return table.title
    names = [row[table.name].text for row in table.rows[:_LOOKED_AT]]
    told = [part for part in (shared_part(names), *_told_columns(table)) if part]
    return f"{'・'.join(told)}（{table.title}）" if told else table.title


def shared_part(names: Sequence[str]) -> str:
    """Return the longest word-like part that at least half of the names hold; "" where none is, or they are few.

    >>> shared_part(["福家児童館", "円座児童館", "香南児童館", "子どもの国"])
    '児童館'
    """
    if len(names) < _NAMES:
        return ""
    held = Counter(part for name in names for part in set(_parts(name)))
    common = {part: count for part, count in held.items() if count >= _SHARED * len(names)}
    return max(common, key=lambda part: (len(part), common[part], part), default="")


def _parts(name: str) -> Iterable[str]:
    for run in _RUN.findall(name):
        for size in range(2, min(len(run), _LONGEST) + 1):
            for start in range(len(run) - size + 1):
                yield run[start : start + size]


def _told_columns(table: DataTable) -> list[str]:
    """Return the titles of the columns that tell what a table is of, those of numbers first."""
    told = [
        (column.kind is not ColumnKind.NUMBER, number, shown_title(column.title))
        for number, column in enumerate(table.columns)
        if number != table.name and column.kind not in _OF_ANY_LIST and _tells_apart(table, number)
    ]
    return [title for *_, title in sorted(told) if _is_read(title)][:_COLUMNS]


def _is_read(title: str) -> bool:
    """Tell whether a title is words that people read: 定員, not 列3 nor 数Items."""
    return bool(_JAPANESE.search(title)) and not _LATIN.search(title) and not _UNTITLED.fullmatch(title)


def _tells_apart(table: DataTable, column: int) -> bool:
    """Tell whether most rows have something in a column, and not all the same."""
    texts = [row[column].text for row in table.rows[:_LOOKED_AT]]
    filled = [text for text in texts if not is_blank(text)]
    return len(set(filled)) > 1 and 2 * len(filled) > len(texts)
