"""Lists of what is told of each of several things: A は 1、B は 2、C は 3."""

from collections.abc import Sequence

from qa.listing.segments import Kind, Segment, Word
from qa.listing.text import QUANTITY
from qa.listing.types import Enumeration, Span


def pairs(text: str, sentence: Span, segments: Sequence[Segment], at: int) -> tuple[int, Enumeration | None]:
    """Return the list that begins at a segment, told in one form of each thing, and the segment it ends at."""
    members: list[Span] = []
    particle = ""
    for end in range(at, len(segments)):
        segment = segments[end]
        found = _pair(segment.words)
        if not found or (members and found[0] != particle) or segment.before not in ("", "、"):
            break
        particle, value_end, rest = found
        members.append((segment.words[0].start, value_end))
        if rest or not segment.after:
            break
    if (len(members) > 1 and QUANTITY.search(text[slice(*members[0])])) or len(members) > 2:
        return end, Enumeration(*sentence, tuple(members), 0.4)
    return at, None


def _pair(words: Sequence[Word]) -> tuple[str, int, bool] | None:
    """Return the particle of `A は B`, where B ends, and whether です or で follows."""
    marks = [n for n, word in enumerate(words) if word.kind not in (Kind.NOUN, Kind.OF)]
    if not marks or words[marks[0]].surface not in ("は", "が") or marks[0] in (0, len(words) - 1):
        return None
    if len(marks) == 1:
        return words[marks[0]].surface, words[-1].end, False
    tail = words[marks[1]].surface
    if tail in ("です", "で", "でし", "だ") and marks[1] > marks[0] + 1:
        return words[marks[0]].surface, words[marks[1] - 1].end, True
    return None
