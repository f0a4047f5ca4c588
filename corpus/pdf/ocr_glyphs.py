"""Lines of words that a machine read to glyphs, so that the layout code reads them as it does printed ones.

Tesseract's boxes of Japanese words are wrong by up to two letters, those of lines are right. So the letters of a line
are set evenly between its ends, those of half width half as wide; only where words stand farther apart than such errors
explain (columns, cells) is there a gap.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.normalizing import repair_radicals
from corpus.pdf.ocr_words import OcrWord
from corpus.pdf.types import Glyph, Rule

_APART = 1.5
"""Of a line's height: the narrowest white between words that stand apart."""
_BLANK = 0.3
"""Of a line's height: the white between two words of Latin letters."""
_NARROW = 0.5
_ALIKE = 0.2
"""Letters whose size differs from the usual by no more than this are of the usual size: heights of boxes waver."""


_Side = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class _Run:
    """Letters set evenly from `start` to `end` along a line, "" for a blank, in a line from `near` to `far`."""

    letters: tuple[str, ...]
    start: float
    end: float
    near: float
    far: float


def ocr_glyphs(
    lines: Sequence[Sequence[OcrWord]], scale: float, rules: Sequence[Rule] = (), *, vertical: bool
) -> tuple[Glyph, ...]:
    """Return the glyphs of lines, of which `scale` pixels are a point; `rules` are the lines drawn on the page."""
    sides = [_side(rule, scale, vertical=vertical) for rule in rules if rule.horizontal == vertical]
    runs = [run for line in lines for run in _runs([_along(word, vertical=vertical) for word in line], sides)]
    usual = median([run.far - run.near for run in runs for _ in run.letters]) if runs else 0.0
    return tuple(glyph for run in runs for glyph in _glyphs(run, scale, usual, vertical=vertical))


def _along(word: OcrWord, *, vertical: bool) -> _Run:
    letters = tuple(repair_radicals(char) for char in word.text)
    if vertical:
        return _Run(letters, word.top, word.bottom, word.left, word.right)
    return _Run(letters, word.left, word.right, word.top, word.bottom)


def _side(rule: Rule, scale: float, *, vertical: bool) -> _Side:
    """Return a ruling line that parts what stands along a line of text: where it stands, and from where to where."""
    sides = (rule.top, rule.left, rule.right) if vertical else (rule.left, rule.top, rule.bottom)
    place, near, far = (side * scale for side in sides)
    return place, near, far


def _is_parted(before: _Run, after: _Run, sides: Sequence[_Side]) -> bool:
    """Tell whether a ruling line stands between the middles of two words."""
    first, second = (before.start + before.end) / 2, (after.start + after.end) / 2
    across = (before.near + before.far) / 2
    return any(first < place < second and near < across < far for place, near, far in sides)


def _runs(words: Sequence[_Run], sides: Sequence[_Side]) -> Iterator[_Run]:
    """Yield the words of a line joined, but where they stand apart or a ruling line parts them."""
    near, far = median(word.near for word in words), median(word.far for word in words)
    height = far - near
    joined: list[_Run] = []
    for word in words:
        if joined and (
            _is_parted(joined[-1], word, sides)
            or word.start - _expected_end(joined, height) > _APART * height
        ):
            yield _joined(joined, near, far)
            joined = []
        joined.append(word)
    yield _joined(joined, near, far)


def _expected_end(words: Sequence[_Run], height: float) -> float:
    """Return where words end that are set without white between, whatever their boxes say."""
    return max(words[-1].end, words[0].start + height * sum(map(_width, _letters(words))))


def _joined(words: Sequence[_Run], near: float, far: float) -> _Run:
    return _Run(
        tuple(_letters(words)),
        min(word.start for word in words),
        max(word.end for word in words),
        near,
        far,
    )


def _letters(words: Sequence[_Run]) -> list[str]:
    """Return the letters of words, with a blank between two of Latin letters."""
    letters = list(words[0].letters)
    for before, after in pairwise(words):
        apart = after.start - before.end > _BLANK / 2 * (after.far - after.near)
        latin = (before.letters[-1] + after.letters[0]).isascii() and after.letters[0].isalnum()
        letters += ["", *after.letters] if apart and latin else after.letters
    return letters


def _width(letter: str) -> float:
    if not letter:
        return _BLANK
    return 1.0 if unicodedata.east_asian_width(letter[0]) in "WFA" else _NARROW


def _glyphs(run: _Run, scale: float, usual: float, *, vertical: bool) -> Iterator[Glyph]:
    """Yield the glyphs of a run, in points."""
    height = run.far - run.near
    size = usual if abs(height - usual) <= _ALIKE * usual else height
    step = (run.end - run.start) / max(sum(map(_width, run.letters)), _NARROW)
    place = run.start
    for letter in run.letters:
        after = place + step * _width(letter)
        along, across = (place / scale, after / scale), (run.near / scale, run.far / scale)
        (left, right), (top, bottom) = (across, along) if vertical else (along, across)
        if letter:
            yield Glyph(letter, left, top, right, bottom, size / scale)
        place = after
