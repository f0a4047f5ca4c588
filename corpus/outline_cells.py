"""The cells of a table's row: where they stand, and of what kind what they say is."""

import re
from collections import Counter
from collections.abc import Sequence

Span = tuple[int, int]

_BARS = re.compile(r"[|｜]")
_GAPS = re.compile(r"[ 　]{2,}|　+|\t+")
_BLANK = re.compile(r"[\s　－―ー—…‥・/／*＊-]*")
_KINDS = (
    ("mail", re.compile(r"@|https?:")),
    ("telephone", re.compile(r"[0-9０-９X]{2,4}[-－‐][0-9０-９X]{2,4}[-－‐][0-9０-９X]{3,4}")),
    ("clock", re.compile(r"[0-9０-９]{1,2}(?:[:：][0-9０-９]{2}|時)")),
    ("money", re.compile(r"[0-9０-９]円|無料")),
    ("date", re.compile(r"[0-9０-９]月|[月火水木金土日]曜|毎月|毎週")),
    ("number", re.compile(r"[0-9０-９]")),
)


def cell_spans(text: str, start: int, end: int) -> list[Span]:
    """Return where the cells of the row `text[start:end]` stand; between bars an empty one counts too.

    >>> cell_spans("| 東館 |  | 月曜 |", 0, 14)
    [(2, 4), (7, 7), (10, 12)]
    """
    row = text[start:end]
    barred = len(_BARS.findall(row)) > 1
    lead = len(row) - len(row.lstrip(" 　"))
    if barred and _BARS.match(row, lead):
        lead += 1
    found: list[Span] = []
    for parting in [*(_BARS if barred else _GAPS).finditer(row, lead), None]:
        stop = parting.start() if parting else len(row)
        cell = row[lead:stop]
        stripped = cell.strip()
        begins = start + lead + (len(cell) - len(cell.lstrip()) if stripped else len(cell) // 2)
        if stripped or (barred and parting):
            found.append((begins, begins + len(stripped)))
        lead = parting.end() if parting else stop
    return found


def is_blank(cell: str) -> bool:
    """Tell whether a cell says that there is nothing: empty, or struck through."""
    return bool(_BLANK.fullmatch(cell))


def likeness(groups: Sequence[Sequence[str]]) -> float:
    """Return the share of the cells that are of the commonest kind in their group (0–1).

    >>> likeness([["9:00", "10時"], ["050-1234-5678", "月曜日"]])
    0.75
    """
    kinds = [Counter(_kind(cell) for cell in group if not is_blank(cell)) for group in groups]
    total = sum(count.total() for count in kinds)
    return sum(max(count.values(), default=0) for count in kinds) / total if total else 0.0


def _kind(cell: str) -> str:
    return next((kind for kind, sign in _KINDS if sign.search(cell)), "words")
