"""Which units of a printed document are headings, by size, weight and numbering, and how deep they stand."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.headings import heading_level, lists_duties
from corpus.pdf.printed_lines import Line
from corpus.pdf.stored_text import Unit

_LARGER = 1.12
"""Of the running text's size: what is printed so much larger is a heading."""
_LONGEST = 60
_LONGEST_BOLD = 40
_MOST_BOLD = 0.3
"""So large a part of a document's letters is bold where bold marks no heading."""
_MOST_LINES = 2
_WORD = re.compile(r"[ぁ-ヿ㐀-鿿A-Za-z]{2}")
_NO_HEADING = re.compile(r"[。、]$|^[※＊*・●]|[：:][ 　]?\S|[0-9０-９]千?円|[.…‥・]{4}")

Look = tuple[float, bool]
"""A size and whether it is bold: larger looks are of outer headings."""


def heading_levels(written: Sequence[Unit]) -> list[int]:
    """Return how deep each unit stands as a heading, 0 where it is none."""
    body = _body_size(written)
    bold = _share_of_bold(written) <= _MOST_BOLD
    looks = [_look(unit, body, bold=bold) for unit in written]
    ranks = {
        look: rank for rank, look in enumerate(sorted({look for look in looks if look}, reverse=True), 1)
    }
    formal = _formal_levels([unit.text for unit in written])
    return [
        ranks[look] if look else len(ranks) + level if level and _is_short(unit) else 0
        for unit, look, level in zip(written, looks, formal, strict=True)
    ]


def _formal_levels(texts: Sequence[str]) -> list[int]:
    """Return how deep texts stand as headings by their form."""
    organisation = lists_duties(list(texts))
    around = zip(["", *texts], texts, [*texts[1:], ""], strict=False)
    return [
        heading_level(text, above, below, organisation=organisation) or 0 for above, text, below in around
    ]


def _is_short(unit: Unit) -> bool:
    return 0 < len(unit.paragraph.lines) <= _MOST_LINES and len(unit.text) <= _LONGEST


def _look(unit: Unit, body: float, *, bold: bool) -> Look | None:
    """Return how a heading looks, None for what does not look like one."""
    if not _is_short(unit) or not _WORD.search(unit.text) or _NO_HEADING.search(unit.text):
        return None
    line = unit.paragraph.lines[0][1]
    if len(line.cells) > 1:
        return None
    if line.size >= _LARGER * body:
        return round(line.size), line.bold
    marked = bold and line.bold and len(unit.text) <= _LONGEST_BOLD and line.size > 0.95 * body
    return (round(body), True) if marked else None


def _body_size(written: Sequence[Unit]) -> float:
    """Return the size in which most of a document is printed."""
    counted: Counter[float] = Counter()
    for line in _lines(written):
        counted[round(line.size, 1)] += len(line.text)
    return counted.most_common(1)[0][0] if counted else 10.0


def _share_of_bold(written: Sequence[Unit]) -> float:
    whole = sum(len(line.text) for line in _lines(written))
    return sum(len(line.text) for line in _lines(written) if line.bold) / max(1, whole)


def _lines(written: Sequence[Unit]) -> Iterator[Line]:
    return (line for unit in written for _, line in unit.paragraph.lines)
