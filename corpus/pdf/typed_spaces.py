"""Where a half-width space was typed in a line of Japanese: 「1 窓口の時間」「みどり市 市民課」.

Such a gap is as narrow as what looks alone put between letters. It is a space where the line leaves none elsewhere, and
where it parts words or a number at the head: never within 氏 名, nor between all letters of a line that was justified. Programs
set 50 apart from 歳 by themselves: there it counts in a heading only.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from corpus.pdf.types import Glyph

_NARROWEST = 0.19
"""Of a font's size: the narrowest space of common Japanese fonts has .22."""
_WIDEST = 0.55
"""Of a font's size: the half-width space of fixed fonts has .5; what is wider is told by its gap alone."""
_INK = 0.8
"""Of a font's size: so much the box of the ink is smaller than the em box, half of it at 「 and （."""
_LOOSEST = 0.06
"""Of a font's size: a line whose usual letters stand farther apart was stretched."""
_WORD = re.compile(r"[ぁ-ヿ㐀-鿿々〇]")
_NUMBER = re.compile(r"[0-9０-９]{1,2}|[IVXⅠ-Ⅻ]+")
_SHORTEST = 2
"""Letters of the shortest word that a space parts from another: 氏 名 is spaced out."""
_MOST = 0.2
"""So large a part of a line's gaps may be spaces: more of them are a row that was spaced out."""


def typed_spaces(row: Sequence[Glyph]) -> set[int]:
    """Return the places of glyphs with a typed space behind them."""
    gaps = [white_between(before, after) or 0.0 for before, after in pairwise(row)]
    if not gaps or abs(median(gaps)) > _LOOSEST:
        return set()
    wide = [place for place, gap in enumerate(gaps) if _NARROWEST <= gap < _WIDEST]
    if len(wide) > max(1, _MOST * len(gaps)):
        return set()
    prose = row[0].text.isascii() and any(glyph.text in "、。" for glyph in row)
    ends = [0, *(place + 1 for place in wide), len(row)]
    words = ["".join(glyph.text for glyph in row[start:end]) for start, end in pairwise(ends)]
    return {
        place
        for number, place in enumerate(wide)
        if _parts(words[number], words[number + 1], numbered=not number and not prose)
    }


def white_between(before: Glyph, after: Glyph) -> float | None:
    """Return the white between two glyphs of a row, None where it is not known: the file has others between them."""
    size = max(before.size, after.size, 0.1)
    if after.white is None or abs((after.left - before.right) / size - after.white) > _INK:
        return None
    return after.white


def _parts(word: str, other: str, *, numbered: bool) -> bool:
    """Tell whether a space parts two words; `numbered` tells that the first may be the number of a heading.

    >>> _parts("1", "窓口", numbered=True), _parts("みどり市", "市民課", numbered=False), _parts("氏", "名", numbered=False)
    (True, True, False)
    """
    if len(other) < _SHORTEST or not _WORD.match(other):
        return False
    if numbered and _NUMBER.fullmatch(word):
        return True
    return len(word) >= _SHORTEST and bool(_WORD.match(word[-1]))
