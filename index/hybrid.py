"""Named legs searched together and fused."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from index.fusion import fuse
from index.ranking import Leg, Ranking
from index.types import Hit

# Measured with K of index.fusion on both development sets; equal weights lose .02 MRR on JSQuAD.
WEIGHTS: Mapping[str, float] = MappingProxyType({"words": 1.0, "bigrams": 1.0, "dense": 0.5, "synonyms": 0.5})
DEPTH = 100


class HybridRetriever:
    """Ranks passages by several legs; `legs` of a call switches all others off."""

    def __init__(
        self,
        ids: npt.NDArray[np.bytes_],
        legs: Mapping[str, Leg],
        *,
        weights: Mapping[str, float] = WEIGHTS,
        depth: int = DEPTH,
    ) -> None:
        self._ids = ids
        self._legs = dict(legs)
        self._weights = weights
        self._depth = depth

    @property
    def legs(self) -> tuple[str, ...]:
        """Return the names of the legs."""
        return tuple(self._legs)

    def search(self, query: str, *, k: int = 10, legs: Iterable[str] | None = None) -> list[Hit]:
        """Return the `k` best passages; each hit has its rank in every leg that found it."""
        return self.search_many([query], k=k, legs=legs)[0]

    def search_many(
        self, queries: Sequence[str], *, k: int = 10, legs: Iterable[str] | None = None
    ) -> list[list[Hit]]:
        """Return the hits of each query, in order."""
        names = self._chosen(legs)
        depth = max(k, self._depth)
        ranked = [self._legs[name].rank_many(list(queries), depth=depth) for name in names]
        return [
            self._hits(dict(zip(names, rankings, strict=True)), k) for rankings in zip(*ranked, strict=True)
        ]

    def _chosen(self, legs: Iterable[str] | None) -> list[str]:
        names = list(self._legs if legs is None else legs)
        unknown = [name for name in names if name not in self._legs]
        if unknown or not names:
            raise ValueError(f"no such leg: {unknown}; choose from {list(self._legs)}")
        return names

    def _hits(self, rankings: Mapping[str, Ranking], k: int) -> list[Hit]:
        # Alone, a leg keeps its own scores and its own word on what is equal.
        alone = next(iter(rankings.values())) if len(rankings) == 1 else None
        fused = alone or fuse(rankings, self._weights, depth=k)
        ranks = {name: {row: i for i, row in enumerate(r.rows.tolist(), 1)} for name, r in rankings.items()}
        return [
            Hit(
                passage_id=self._ids[row].decode(),
                rank=rank,
                score=score,
                legs={name: places[row] for name, places in ranks.items() if row in places},
            )
            for rank, (row, score) in enumerate(
                zip(fused.rows[:k].tolist(), fused.scores[:k].tolist(), strict=True), 1
            )
        ]
