"""The lines of an extracted text as they stand, each with what is asked of it before it is joined."""

import re
from dataclasses import dataclass

from corpus.cell_rows import is_cells, is_numeric
from corpus.normalizing import display_width, repair_radicals

_SPACED_WORD = re.compile(r"[ 　]*(?:[぀-ヿ㐀-鿿][ 　]+){2,}[぀-ヿ㐀-鿿][ 　]*")
_SPACED_PART = re.compile(r"[㐀-鿿](?:　[㐀-鿿]){2,}")
_WIDE_PAIR = re.compile(r"[ 　]*[㐀-鿿][　]{2,}[㐀-鿿][ 　]*")
_HIRAGANA = re.compile(r"[぀-ゟ]")
_BRACKETS = (("「", "」"), ("『", "』"), ("（(", "）)"))
_NO_SPACES = str.maketrans("", "", " 　")


@dataclass(frozen=True, slots=True)
class Tail:
    """What the last sentence of a line holds: a comma, and of each kind of bracket how many more open than close."""

    comma: bool
    unclosed: tuple[int, ...]

    @property
    def in_bracket(self) -> bool:
        """Whether a bracket is still open."""
        return any(count > 0 for count in self.unclosed)


@dataclass(slots=True)
class Line:
    """One line, physical first and logical after joining. Widths are columns; a gap counts blank lines before it.

    `margin` is the right margin as far as the unbroken run of `run` lines shows it. `marked` says that a note mark was the last
    piece joined, so that whatever comes next goes on in the same sentence. What is asked of a line for each line after it
    (whether it is a row of `cells`, has `hiragana`, how its last sentence stands) is kept, not looked for in all that is joined.
    """

    text: str
    gap: int
    starts_page: bool
    starts_block: bool
    width: int
    cells: bool
    hiragana: bool
    tail: Tail
    margin: int = 0
    run: int = 1
    marked: bool = False


def physical_lines(raw: str) -> list[Line]:
    """Return the lines of `raw` that hold text, radicals repaired and spaced-out words closed up, in order."""
    lines: list[Line] = []
    gap = 0
    rows = repair_radicals(raw).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\f").split("\n")
    for position, row in enumerate(rows):
        text = row.strip("\f").rstrip(" 　\t")
        if not text.strip(" 　\t"):
            gap += 1
            continue
        page = not lines or "\f" in row or _starts_page(rows, position)
        block = text[0] == " " and text[1:2] not in ("", " ")
        shown = _close_up(text[1:] if block else text)
        lines.append(
            Line(
                shown,
                gap,
                page,
                block,
                display_width(shown),
                is_cells(shown),
                bool(_HIRAGANA.search(shown)),
                sentence_tail(shown),
            )
        )
        gap = 0
    _set_margins(lines)
    return lines


def _starts_page(rows: list[str], position: int) -> bool:
    """Some PDF extractors begin each page with one half-width space and no blank line before it."""
    row = rows[position]
    before = rows[position - 1] if position else ""
    after = rows[position + 1] if position + 1 < len(rows) else ""
    lone_space = row.startswith(" ") and row[1:2].strip() != ""
    neighbours = before.strip() != "" and not before.startswith(" ") and not after.startswith(" ")
    return lone_space and neighbours and not is_numeric(row)


def _close_up(row: str) -> str:
    """Close up spaced-out words: ア フ リ カ → アフリカ, 予　算　額 1,234 → 予算額 1,234."""
    if _SPACED_WORD.fullmatch(row) or _WIDE_PAIR.fullmatch(row):
        return row.translate(_NO_SPACES)
    return _SPACED_PART.sub(lambda found: found[0].translate(_NO_SPACES), row)


def _set_margins(lines: list[Line]) -> None:
    """The widest line of an unbroken run shows where the right margin is; a run of two shows little."""
    start = 0
    for end in range(1, len(lines) + 1):
        if end < len(lines) and lines[end].gap == 0 and not lines[end].starts_page:
            continue
        widest = max(line.width for line in lines[start:end])
        for line in lines[start:end]:
            line.margin, line.run = widest, end - start
        start = end


def sentence_tail(text: str, before: Tail | None = None) -> Tail:
    """Return how the last sentence stands after `text`, which goes on with what left `before`."""
    ended = text.rfind("。") + 1
    own = text[ended:]
    unclosed = [_count(own, opening) - _count(own, closing) for opening, closing in _BRACKETS]
    if ended or before is None:
        return Tail("、" in own, tuple(unclosed))
    return Tail(
        before.comma or "、" in own, tuple(a + b for a, b in zip(before.unclosed, unclosed, strict=True))
    )


def _count(text: str, chars: str) -> int:
    return sum(text.count(char) for char in chars)
