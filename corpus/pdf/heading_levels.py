"""Which units of a printed document are headings, by size, weight and numbering, and how deep they stand."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.headings import PLAIN_LEVEL, heading_level, lists_duties
from corpus.pdf.printed_lines import Line
from corpus.pdf.stored_text import Unit
from corpus.reading.text import line_kind
from corpus.types import BlockKind

_LARGER = 1.12
"""Of the size of the running text below: what is printed so much larger is a heading."""
_LONGEST = 60
_LONGEST_BOLD = 40
_MOST_BOLD = 0.3
"""So large a part of a document's running text is bold where bold marks no heading."""
_MOST_LINES = 2
_LEAST_TEXT = 10
"""Characters of the shortest paragraph that is running text."""
_WORD = re.compile(r"[ぁ-ヿ㐀-鿿A-Za-z]{2}")
_HIRAGANA = re.compile(r"[ぁ-ん]")
_NO_HEADING = re.compile(r"[。、]$|^[※＊*・●]|[：:][ 　]?\S|[0-9０-９]千?円|[.…‥・]{4}")

Look = tuple[float, bool]
"""A size and whether it is bold: larger looks are of outer headings."""


def heading_levels(written: Sequence[Unit]) -> list[int]:
    """Return how deep each unit stands as a heading, 0 where it is none."""
    bold = _share_of_bold(written) <= _MOST_BOLD
    sizes = zip(written, _text_sizes(written), strict=True)
    looks = [_look(unit, body, bold=bold) for unit, body in sizes]
    ranks = {
        look: rank for rank, look in enumerate(sorted({look for look in looks if look}, reverse=True), 1)
    }
    formal = _formal_levels(written)
    return [
        ranks[look] if look else len(ranks) + level if level and _is_short(unit) else 0
        for unit, look, level in zip(written, looks, formal, strict=True)
    ]


def _formal_levels(written: Sequence[Unit]) -> list[int]:
    """Return how deep units stand as headings by their form."""
    texts = [_plain_text(unit) for unit in written]
    organisation = lists_duties(texts)
    around = zip(["", *texts], texts, [*texts[1:], ""], strict=False)
    levels = [
        heading_level(text, above, below, organisation=organisation) or 0 for above, text, below in around
    ]
    return [
        0 if level == PLAIN_LEVEL and _ends_text(unit) else level
        for unit, level in zip(written, levels, strict=True)
    ]


def _ends_text(unit: Unit) -> bool:
    """Tell whether a unit stands close under another without a mark: the end of a text, however short."""
    return unit.tight and not unit.text.startswith(("（", "("))


def _plain_text(unit: Unit) -> str:
    """Return the text of a unit, "" for a row of cells that is no table's: nothing is a heading over it by its form."""
    cells = any(len(line.cells) > 1 for _, line in unit.paragraph.lines)
    return "" if cells else unit.text


def _text_sizes(written: Sequence[Unit]) -> list[float]:
    """Return for each unit the size of the running text that follows it; at the end, of the last that stands above."""
    sizes: list[float] = []
    size = next((_size(unit) for unit in reversed(written) if _is_text(unit)), _common_size(written))
    for unit in reversed(written):
        sizes.append(size)
        size = _size(unit) if _is_text(unit) else size
    return sizes[::-1]


def _is_text(unit: Unit) -> bool:
    """Tell whether a unit is running text or an item of a list."""
    text = line_kind(unit.text) in (BlockKind.PARAGRAPH, BlockKind.ITEM) and bool(_HIRAGANA.search(unit.text))
    lone = all(len(line.cells) == 1 for _, line in unit.paragraph.lines)
    return bool(unit.paragraph.lines) and text and lone and len(unit.text) >= _LEAST_TEXT


def _size(unit: Unit) -> float:
    return max(line.size for _, line in unit.paragraph.lines)


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


def _common_size(written: Sequence[Unit]) -> float:
    """Return the size in which most of a document is printed."""
    counted: Counter[float] = Counter()
    for line in _lines(written):
        counted[round(line.size, 1)] += len(line.text)
    return counted.most_common(1)[0][0] if counted else 10.0


def _share_of_bold(written: Sequence[Unit]) -> float:
    lines = list(_lines([unit for unit in written if _is_text(unit)]))
    return sum(len(line.text) for line in lines if line.bold) / max(1, sum(len(line.text) for line in lines))


def _lines(written: Sequence[Unit]) -> Iterator[Line]:
    return (line for unit in written for _, line in unit.paragraph.lines)
