"""A run without a sentence end, a number or a table row of whatever length → pieces of a length that can be read."""

import re
import unicodedata
from collections.abc import Iterator

LONGEST_PIECE = 2_000
"""Characters of a sentence that is left whole: the longest of ordinances have some 800, a table in one line 1,600."""
_REACH = 200
"""Characters before the bound in which a good place to cut is looked for."""
_GOOD_PLACE = re.compile(r"[\n、，；;。．！？!?」』）)】]|[,\t 　](?![0-9０-９])")
_NUMBER = frozenset("0123456789０１２３４５６７８９,，.．")
_JOINER = "\u200d"


def short_enough(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield `text[start:end]` whole, or in pieces of at most LONGEST_PIECE characters that leave nothing out.

    It is cut behind a comma, a bracket or white space where there is one near the bound, else wherever no number and no
    character with its marks (dakuten, variation selectors, joiners) is parted; a run of nothing else is cut at the bound.
    """
    while end - start > LONGEST_PIECE:
        cut = _cut(text, start, start + LONGEST_PIECE)
        yield start, cut
        start = cut
    yield start, end


def _cut(text: str, start: int, bound: int) -> int:
    least = bound - _REACH
    good = [
        match.end() for match in _GOOD_PLACE.finditer(text, least, bound) if not _parts(text, match.end())
    ]
    if good:
        return good[-1]
    return next((place for place in range(bound, least, -1) if not _parts(text, place)), bound)


def _parts(text: str, place: int) -> bool:
    """Tell whether a cut at `place` would part a number, or a character from its marks."""
    before, after = text[place - 1], text[place : place + 1]
    if before in _NUMBER and after in _NUMBER:
        return True
    return before == _JOINER or after == _JOINER or (after != "" and unicodedata.category(after)[0] == "M")
