"""What kind of thing a candidate is, in words: its entity, its last word, its shape. Expectations count these."""

from collections.abc import Iterable
from functools import cache, lru_cache

import numpy as np

from index.keys import Hashes, hash_keys
from qa.reading.candidates import Span
from qa.reading.parts import Pos
from qa.reading.sheet import Sheet

_MANY = 4
"""So many words, or more, are one shape."""


def traits_of(sheet: Sheet, found: Iterable[Span]) -> list[tuple[str, str, str]]:
    """Return the traits of each span."""
    ending = {entity.end: entity for entity in sheet.entities}
    starts, ends = [w.start for w in sheet.words], [w.end for w in sheet.words]
    last_words = [f"W:{w.normalized}" for w in sheet.words]
    traits = []
    for first, last in found:
        entity = ending.get(ends[last - 1])
        label = "E:+-"
        if entity and starts[first] <= entity.start:
            label = f"E:{entity.label}" if entity.start == starts[first] else f"E:+{entity.label}"
        pos = sheet.pos[first]
        word = f"W:#{sheet.words[last - 1].normalized}" if pos == Pos.NUMBER else last_words[last - 1]
        traits.append((label, word, _shape(pos, sheet.pos[last - 1], min(last - first, _MANY))))
    return traits


@cache
def _shape(first: Pos, last: Pos, words: int) -> str:
    return f"S:{int(first)}.{int(last)}.{words}"


def hashed(traits: Iterable[tuple[str, str, str]]) -> Hashes:
    """Return the traits' hashes, (spans, 3)."""
    rows = [[_hash(trait) for trait in three] for three in traits]
    return np.array(rows, np.uint64).reshape(len(rows), 3)


@lru_cache(maxsize=1 << 16)
def _hash(trait: str) -> int:
    return int(hash_keys([trait])[0])
