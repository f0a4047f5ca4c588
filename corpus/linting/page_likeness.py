"""Which pages of a document are the same, or nearly so, as an earlier one."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from zlib import crc32

from corpus.normalizing import squash

_SHINGLE = 6
"""Characters of a shingle: of a page with one character in a hundred changed, nine in ten of them stay."""
_LEAST_LENGTH = 200
"""Shorter pages are alike by their form alone: in a budget book, two of 140 characters share .71 of their shingles."""
_READ = 20_000  # characters of a page that are compared: a sheet of a million rows is no copy by chance
_SAMPLE = 4
"""Of the shingles every fourth is kept, told by its check sum: the same ones of each page."""
NEARLY = 0.75
"""Shared shingles of all, from which on a page is nearly a copy; none of 2,542 real pages has so many."""
_CHARACTER = 4  # bytes in UTF-32


def likenesses(pages: Sequence[str]) -> list[tuple[int, float] | None]:
    """Return for each page the earlier one that it is most like (counted from 0) and how much, None where none is.

    >>> page = "市民課の窓口は八時半に開きます。" * 20
    >>> likenesses([page, "", page])
    [None, None, (0, 1.0)]
    """
    found: list[tuple[int, float] | None] = []
    shingles: list[frozenset[int]] = []
    having: dict[int, list[int]] = defaultdict(list)
    for number, page in enumerate(pages):
        own = _shingles(page) if len(pages) > 1 else frozenset()
        found.append(_most_like(own, shingles, having))
        shingles.append(own)
        for shingle in own:
            having[shingle].append(number)
    return found


def _shingles(page: str) -> frozenset[int]:
    text = squash(page[:_READ])
    if len(text) < _LEAST_LENGTH:
        return frozenset()
    data = text.encode("utf-32-le", "surrogatepass")
    size = _SHINGLE * _CHARACTER
    sums = (crc32(data[start : start + size]) for start in range(0, len(data) - size + 1, _CHARACTER))
    return frozenset(number for number in sums if number % _SAMPLE == 0)


def _most_like(
    own: frozenset[int], others: Sequence[frozenset[int]], having: Mapping[int, Sequence[int]]
) -> tuple[int, float] | None:
    shared = Counter(other for shingle in own for other in having.get(shingle, ()))
    alike = [(count / (len(own) + len(others[number]) - count), -number) for number, count in shared.items()]
    likeness, number = max(alike, default=(0.0, 0))
    return (-number, likeness) if likeness >= NEARLY else None
