"""Lists inside a sentence: A、B及びCなど, A・B・C, and those in its brackets."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from index.tokenizer import SudachiTokenizer
from qa.listing.chains import chain
from qa.listing.pairs import pairs
from qa.listing.segments import Segment, apart, segments_of
from qa.listing.text import COUNT, COUNT_AFTER, COUNTED, QUOTES, N, outer_brackets, sentences, stripped, value
from qa.listing.types import Enumeration, Span

_COUNT_BEFORE = re.compile(rf"({N}{{1,2}})(?:{COUNTED})[（(「]*$")
_SHORTEST = 4  # characters of a list in brackets
_TELLING = re.compile(r"[^\W\d]{3}")
_THING = re.compile(r"[^\W\dぁ-ん]{2}")
_DOTTED = re.compile(r"[^\W_ぁ-ん]+(?:・[^\W_ぁ-ん]+)+")
_KATAKANA = re.compile(r"[ァ-ヶー・]+")


def sentence_lists(
    text: str, sentence: Span, above: Span | None, tokenizer: SudachiTokenizer
) -> Iterator[Enumeration]:
    """Yield the lists of one sentence and of its brackets (A、B等); `above` it a heading may stand."""
    chains = list(_chains(text, sentence, tokenizer))
    taken = [member for found in chains for member in found.members]
    dotted = (
        found
        for found in _dotted(text, *sentence)
        if not any(a < found.members[-1][1] and found.members[0][0] < b for a, b in taken)
    )
    for found in (*_bracketed(text, sentence, tokenizer), *chains, *dotted):
        intro, clarity = _intro(text, found, above), _weighed(text, found)
        yield replace(found, intro=intro, clarity=clarity)


def _bracketed(text: str, sentence: Span, tokenizer: SudachiTokenizer) -> Iterator[Enumeration]:
    """Lists that fill a bracket to its end; a quotation is a name or a saying, not a list."""
    for opened, closed in outer_brackets(text, *sentence):
        if text[opened] in QUOTES or closed - opened <= _SHORTEST:
            continue
        for inner in sentences(text, opened + 1, closed):
            for found in _chains(text, inner, tokenizer):
                rest = text[found.members[-1][1] : inner[1]]
                if not rest.strip(" 　」』") or re.match("など|等", rest):
                    yield replace(found, start=sentence[0], end=sentence[1])


def _intro(text: str, found: Enumeration, above: Span | None) -> Span | None:
    """Return the words before a list, or else those after it or above it."""
    before = stripped(text, found.start, found.members[0][0])
    after = stripped(text, found.members[-1][1], found.end)
    if _TELLING.search(text, *before):
        return before
    return after if _THING.search(text, *after) or (not above and after[0] < after[1]) else above


def _weighed(text: str, found: Enumeration) -> float:
    """Return the clarity of a list given the number that the words beside it state."""
    first, last = found.members[0][0], found.members[-1][1]
    stated = COUNT_AFTER.match(text, last) or _COUNT_BEFORE.search(text, found.start, first)
    if stated and value(stated[1]) == len(found.members):
        return min(0.95, found.clarity + 0.2)
    return found.clarity * 0.7 if stated and COUNT.search(stated[0]) else found.clarity


def _dotted(text: str, start: int, end: int) -> Iterator[Enumeration]:
    """A・B・C, or A・B等; two words joined by ・ are mostly one name, and so are words in katakana only."""
    for match in _DOTTED.finditer(text, start, end):
        name = re.sub("等$", "", match[0])
        parts = name.split("・")
        alike = len(parts) == 2 and parts[0][-1:] == parts[1][-1:] and min(map(len, parts)) > 1
        if (
            len(parts) < (2 if alike or name != match[0] else 3)
            or not all(parts)
            or _KATAKANA.fullmatch(name)
        ):
            continue
        spans = [(match.start() + m.start(), match.start() + m.end()) for m in re.finditer("[^・]+", name)]
        yield Enumeration(start, end, tuple(spans), 0.4 if len(parts) > 2 else 0.2)


def _chains(text: str, sentence: Span, tokenizer: SudachiTokenizer) -> Iterator[Enumeration]:
    segments = segments_of(text, sentence, tokenizer)
    yield from _read(text, sentence, segments)
    parted = [part for segment in segments for part in apart(text, segment)]
    if any(segment.after == "と" for segment in parted):
        for found in _read(text, sentence, parted):
            if _is_joined(text, found):
                yield replace(found, clarity=min(found.clarity, 0.4))


def _read(text: str, sentence: Span, segments: Sequence[Segment]) -> Iterator[Enumeration]:
    at = 0
    while at < len(segments) - 1:
        end, found = pairs(text, sentence, segments, at)
        if not found:
            end, found = chain(text, sentence, segments, at)
        if found:
            yield found
        at = max(at + 1, end)


def _is_joined(text: str, found: Enumeration) -> bool:
    """A list that と joins: three or more, two that end alike, or two that と、 parts."""
    gaps = [text[a[1] : b[0]] for a, b in pairwise(found.members)]
    if not any(gap.startswith("と") for gap in gaps):
        return False
    first, last = found.members[0][1] - 1, found.members[-1][1] - 1
    return len(gaps) > 1 or gaps[0] == "と、" or text[first] == text[last]
