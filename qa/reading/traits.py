"""What kind of thing a candidate is, in words: its entity, its last word, its shape. Expectations count these."""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from index.keys import Hashes, hash_keys
from qa.reading.candidates import Span
from qa.reading.parts import Pos
from qa.reading.sheet import Sheet


def traits_of(sheet: Sheet, found: Iterable[Span]) -> list[tuple[str, str, str]]:
    """Return the traits of each span."""
    ending = {entity.end: entity for entity in sheet.entities}
    traits = []
    for first, last in found:
        start, final = sheet.words[first].start, sheet.words[last - 1]
        entity = ending.get(final.end)
        label = "+-"
        if entity and start <= entity.start:
            label = entity.label if entity.start == start else f"+{entity.label}"
        pos = sheet.pos[first]
        digit = "#" if pos == Pos.NUMBER else ""
        shape = f"S:{int(pos)}.{int(sheet.pos[last - 1])}.{min(last - first, 4)}"
        traits.append((f"E:{label}", f"W:{digit}{final.normalized}", shape))
    return traits


def hashed(traits: Iterable[tuple[str, str, str]]) -> Hashes:
    """Return the traits' hashes, (spans, 3)."""
    rows = [[_hash(trait) for trait in three] for three in traits]
    return np.array(rows, np.uint64).reshape(len(rows), 3)


@lru_cache(maxsize=1 << 16)
def _hash(trait: str) -> int:
    return int(hash_keys([trait])[0])
