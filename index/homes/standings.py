"""How each document of a bundle stands: how much of it is found, what is to be looked at, since when it is there."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.types import Problem
from index.homes.origins import read_origins
from index.segments.segment import Segment


@dataclass(frozen=True, slots=True)
class Standing:
    """`added` is when its file was taken up (ISO 8601, UTC), None where the home does not know."""

    passages: int
    problems: int
    added: str | None


def standings(
    home: Path, segments: Sequence[Segment], unproven: Iterable[Problem] = ()
) -> dict[str, Standing]:
    """Return the standing of each document that counts; `unproven` are problems beside those met in reading."""
    origins = read_origins(home)
    problems = Counter(p.document for p in (*(p for s in segments for p in s.problems()), *unproven))
    return {
        key: Standing(passages, problems[key], origins[key].added if key in origins else None)
        for segment in segments
        for key, passages in segment.passages.sizes().items()
    }
