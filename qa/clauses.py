"""Clauses of a sentence: the shortest stretches that still say something."""

import re
from collections.abc import Iterator

Span = tuple[int, int]

_OPEN, _CLOSE = "「『（(【《〈［[", "」』）)】》〉］]"
_LEAD = re.compile(r"[\s・●○◎◇◆■▶※]*")
_SHORTEST, _LONGEST = 4, 45
_MOST = 3
_REASON = re.compile(
    r"(?:ため|から|ので|により|によって|ことで|を踏まえ|を受け|に伴い|目的に|目的として|よう|ように)$"
)

_MOMENT = re.compile(r"[年月日時度](?:から|により)$")


def clauses(text: str) -> Iterator[Span]:
    """Yield runs of up to three neighbouring clauses of at most 45 characters, as spans of the sentence `text`.

    >>> text = "雨のため、中止します。"
    >>> [text[start:end] for start, end in clauses(text)]
    ['雨のため', '雨のため、中止します', '中止します']
    """
    parts = list(_parts(text.rstrip("。 　\n")))
    for first in range(len(parts)):
        for last in range(first, min(first + _MOST, len(parts))):
            start, end = parts[first][0], parts[last][1]
            if _SHORTEST <= end - start <= _LONGEST:
                yield start, end


def reasons(text: str) -> Iterator[Span]:
    """Yield the clauses that give a reason (〜ため, 〜により).

    >>> text = "雨のため、中止します。"
    >>> [text[start:end] for start, end in reasons(text)]
    ['雨のため']
    """
    for start, end in clauses(text):
        if _REASON.search(text[start:end]) and not _MOMENT.search(text[start:end]):
            yield start, end


def _parts(text: str) -> Iterator[Span]:
    """Split at commas outside brackets."""
    start = depth = 0
    for place, character in enumerate(text):
        depth += (character in _OPEN) - (character in _CLOSE)
        if character in "、，" and depth <= 0:
            yield from _trimmed(text, start, place)
            start, depth = place + 1, 0
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    end -= len(text[start:end]) - len(text[start:end].rstrip())
    if start < end:
        yield start, end
