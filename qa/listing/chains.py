"""Lists of nouns: A、B及びC."""

import re
from collections.abc import Iterator, Sequence

from qa.listing.members import begins_at, ends_in_noun, is_member, is_quantity, last_member, without_lead
from qa.listing.segments import Segment
from qa.listing.text import QUOTES
from qa.listing.types import Enumeration, Span


def chain(text: str, sentence: Span, segments: Sequence[Segment], at: int) -> tuple[int, Enumeration | None]:
    """Return the list that begins at a segment, and the segment it ends at.

    Its members are the noun that the first segment ends in, segments that are nouns as a whole, and the noun that
    the last one begins with.
    """
    first = segments[at]
    cut = begins_at(first, clause=first.after != "や" and first.before in ("", "、"))
    if not ends_in_noun(first) or cut == len(first.words):
        return at, None
    members = [(first.words[cut].start, first.words[-1].end)]
    quantity, joins, end = is_quantity(text, first), [first.after], at + 1
    while end < len(segments) - 1 and is_member(text, segments[end], quantity=quantity):
        members.append(_whole(segments[end]))
        joins.append(segments[end].after)
        end += 1
    last, closed = last_member(text, segments[end], len(members) + 1, joins)
    if last:
        members.append(last)
    clarity = _plainness(members, joins, closed=closed, quantity=quantity, clean=_is_clean(first, cut))
    contrast = last and len(members) == 2 and _is_contrast(text, first, cut, last)
    if contrast or not all(re.search(r"\w", text[slice(*member)]) for member in members):
        clarity = 0.0
    if not clarity:
        return (end if len(members) > 2 else at), None
    return end, Enumeration(*sentence, tuple(_bare(text, members)), clarity)


def _whole(segment: Segment) -> Span:
    words = without_lead(segment.words)
    return words[0].start, words[-1].end


def _is_clean(segment: Segment, cut: int) -> bool:
    """A list of two without など is one only where it begins a clause."""
    return cut == 0 or segment.words[cut - 1].surface in ("は", "が", "：", ":", "　")


def _is_contrast(text: str, first: Segment, cut: int, last: Span) -> bool:
    """Aは一つ、Bは二つ: two clauses, not one list."""
    particle = first.words[cut - 1].surface if cut else ""
    return particle in ("は", "が") and text.startswith(particle, last[1])


def _plainness(
    members: Sequence[Span], joins: Sequence[str], *, closed: bool, quantity: bool, clean: bool
) -> float:
    """Return how plainly the words that join the members make them a list; 0 where they may not be one."""
    size = len(members)
    if size < 2:
        return 0.0
    used = joins[: size - 1]
    if set(used) & {"、", "「"}:
        if size > 2:
            return 0.8 if closed or not quantity else 0.6
        return 0.7 if closed else 0.4 if clean and not quantity else 0.0
    if size > 2 and set(used) == {"や"}:
        return 0.6
    return 0.4 if closed else 0.1 if "又は" in used else 0.2


def _bare(text: str, members: Sequence[Span]) -> Iterator[Span]:
    """Members without spaces around them; 「A」「B」 without their marks, where every member has them."""
    quoted = all(text[a] in QUOTES and text[b - 1] in "」』" for a, b in members)
    for start, end in members:
        member = text[start:end]
        lead, tail = len(member) - len(member.lstrip()), len(member) - len(member.rstrip())
        yield start + lead + quoted, end - tail - quoted
