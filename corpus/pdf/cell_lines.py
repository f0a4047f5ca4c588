"""Characters of one cell → its lines → its text: words parted by space, no space between Japanese characters."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.pdf.cell_forms import is_number
from corpus.pdf.types import Glyph

_WORD_GAP = 0.3  # of a character's size: less is the looseness of print
_NUMBER_GAP = 0.8  # of a character's size: monospaced digits and commas stand that loosely within one number
_PIECE_GAP = 1.05  # of a character's size: more than a full-width space between two words
_DIGITS = re.compile(r"[0-9０-９,.，．△▲%％]")
_WIDE = re.compile(r"[　-鿿豈-﫿＀-￯]")
_SPACED = re.compile(rf"(?:[0-9０-９]+[.．])?{_WIDE.pattern}|[0-9０-９]+")
_LETTER = re.compile(r"[぀-鿿]")


@dataclass(frozen=True, slots=True)
class CellLine:
    """One line: its text and where it stands; its pieces where wide gaps part it."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    pieces: tuple["CellLine", ...] = ()

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.top + self.bottom) / 2


def lines_of(glyphs: Iterable[Glyph]) -> list[CellLine]:
    """Return the lines of characters from above."""
    return [_line(row) for row in _rows([g for g in glyphs if g.text.strip()])]


def joined(lines: Sequence[CellLine]) -> str:
    """Return the text of the lines of one cell.

    >>> a, b = CellLine("保健衛生使用", 0, 0, 60, 10), CellLine("料", 0, 15, 10, 25)
    >>> joined([a, b])
    '保健衛生使用料'
    """
    text = lines[0].text if lines else ""
    for before, line in pairwise(lines):
        text += f" {line.text}" if _is_parted(before.text, line.text) else line.text
    return text


def without_last_piece(line: CellLine) -> CellLine:
    """Return a line up to the wide gap before its last piece."""
    text = line.text.removesuffix(line.pieces[-1].text).rstrip()
    return replace(line, text=text, right=line.pieces[-2].right, pieces=line.pieces[:-1])


def _is_parted(before: str, line: str) -> bool:
    """Tell whether a space parts two lines of a cell: words in letters, and numbers from whatever stands about them."""
    letters = not (_WIDE.match(before[-1]) or _WIDE.match(line[0]) or before.endswith("-"))
    return letters or is_number(before.split()[-1]) or is_number(line.split()[0])


def _rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.top + g.bottom):
        if rows and _on_line(rows[-1], glyph):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [_once(sorted(row, key=lambda g: g.left)) for row in rows]


def _on_line(row: Sequence[Glyph], glyph: Glyph) -> bool:
    first = row[0]
    reach = min(first.bottom - first.top, glyph.bottom - glyph.top) / 2
    return (glyph.top + glyph.bottom) / 2 - (first.top + first.bottom) / 2 <= reach


def _once(row: list[Glyph]) -> list[Glyph]:
    """Return a row without the second of two equal characters over each other: print made bold."""
    kept: list[Glyph] = []
    for glyph in row:
        twice = any(
            k.text == glyph.text and glyph.left - k.left < 0.3 * (k.right - k.left) for k in kept[-2:]
        )
        if not twice:
            kept.append(glyph)
    return kept


def _line(glyphs: Sequence[Glyph]) -> CellLine:
    """Return a line of characters, with its pieces where it has several and is no word of letters set apart."""
    pieces = [_piece(piece) for piece in _parted(glyphs)]
    whole = _piece(glyphs)
    return replace(whole, pieces=tuple(pieces)) if len(pieces) > 1 and " " in whole.text else whole


def _parted(glyphs: Sequence[Glyph]) -> Iterable[list[Glyph]]:
    piece = [glyphs[0]]
    for before, glyph in pairwise(glyphs):
        least = _NUMBER_GAP if _DIGITS.match(glyph.text) else _PIECE_GAP
        if glyph.left - before.right > least * max(before.size, glyph.size):
            yield piece
            piece = []
        piece.append(glyph)
    yield piece


def _piece(glyphs: Sequence[Glyph]) -> CellLine:
    words = [glyphs[0].text]
    for before, glyph in pairwise(glyphs):
        if _is_gap(before, glyph):
            words.append(glyph.text)
        else:
            words[-1] += glyph.text
    return CellLine(
        _spelled(words),
        glyphs[0].left,
        min(g.top for g in glyphs),
        max(g.right for g in glyphs),
        max(g.bottom for g in glyphs),
    )


def _is_gap(before: Glyph, glyph: Glyph) -> bool:
    numbers = _DIGITS.match(before.text) and _DIGITS.match(glyph.text)
    least = _NUMBER_GAP if numbers else _WORD_GAP
    return glyph.left - before.right > least * max(before.size, glyph.size)


def _spelled(words: Sequence[str]) -> str:
    """Return the words of a line; letters set apart to fill it are one word: 比　較, 1444 番 地 1 地 先."""
    apart = all(_SPACED.fullmatch(word) for word in words) and sum(map(bool, map(_LETTER.match, words))) > 1
    return ("" if apart else " ").join(words)
