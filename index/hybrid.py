"""Named legs searched together and fused."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from index.dense import REMEMBERED, RememberingEncoder
from index.encoders.cross_reranker import RERANKED
from index.fusion.ranker import FusionRanker, shipped_ranker
from index.ranking import Leg, Ranking, Rows
from index.reranking import PassageIds, Reranking
from index.types import Hit

DEPTH = 100


class HybridRetriever:
    """Ranks passages by several legs; `legs` of a call switches all others off."""

    def __init__(
        self,
        ids: PassageIds,
        legs: Mapping[str, Leg],
        *,
        ranker: FusionRanker | None = None,
        depth: int = DEPTH,
        encoder: RememberingEncoder | None = None,
        reranking: Reranking | None = None,
    ) -> None:
        """`ranker` fuses, by default the shipped one; `reranking` comes last.

        `encoder` is the one that the legs ask: it is given many queries at once.
        """
        self._ids = ids
        self._legs = dict(legs)
        self._ranker = ranker
        self._depth = depth
        self._encoder = encoder
        self._reranking = reranking

    @property
    def legs(self) -> tuple[str, ...]:
        """Return the names of the legs."""
        return tuple(self._legs)

    def search(self, query: str, *, k: int = 10, legs: Iterable[str] | None = None) -> list[Hit]:
        """Return the `k` best passages; each hit has its rank in every leg that found it."""
        return self._search(query, k, self._chosen(legs))

    def search_many(
        self, queries: Sequence[str], *, k: int = 10, legs: Iterable[str] | None = None
    ) -> list[list[Hit]]:
        """Return the hits of each query, in order."""
        names = self._chosen(legs)
        starts = range(0, len(queries), REMEMBERED)
        return list(chain.from_iterable(self._some(queries[at : at + REMEMBERED], k, names) for at in starts))

    def _some(self, queries: Sequence[str], k: int, names: Sequence[str]) -> list[list[Hit]]:
        if self._encoder and any(name.startswith("dense") for name in names):
            self._encoder.vectors(queries)
        return [self._search(query, k, names) for query in queries]

    def _chosen(self, legs: Iterable[str] | None) -> list[str]:
        names = list(self._legs if legs is None else legs)
        unknown = [name for name in names if name not in self._legs]
        if unknown or not names:
            raise ValueError(f"no such leg: {unknown}; choose from {list(self._legs)}")
        return names

    def rankings(
        self, query: str, *, depth: int = DEPTH, legs: Iterable[str] | None = None
    ) -> dict[str, Ranking]:
        """Return the ranking of each leg, not fused."""
        return {name: self._legs[name].rank(query, depth=depth) for name in self._chosen(legs)}

    def ids_of(self, rows: Rows) -> list[str]:
        """Return the passage ids of rows of a ranking."""
        return [self._ids[row] for row in rows.tolist()]

    def _search(self, query: str, k: int, names: Sequence[str]) -> list[Hit]:
        rankings = self.rankings(query, depth=max(k, self._depth), legs=names)
        if len(rankings) == 1:
            # Alone, a leg keeps its own scores and its own word on what is equal.
            return self._hits(rankings[names[0]], rankings, k)
        ranker = self._ranker or shipped_ranker()
        if self._reranking is None:
            return self._hits(ranker.rank(rankings, depth=k), rankings, k)
        fused = ranker.rank(rankings, depth=max(k, RERANKED))
        return self._hits(self._reranking.ordered(query, fused), rankings, k)

    def _hits(self, fused: Ranking, rankings: Mapping[str, Ranking], k: int) -> list[Hit]:
        ranks = {name: {row: i for i, row in enumerate(r.rows.tolist(), 1)} for name, r in rankings.items()}
        return [
            Hit(
                passage_id=self._ids[row],
                rank=rank,
                score=score,
                legs={name: places[row] for name, places in ranks.items() if row in places},
            )
            for rank, (row, score) in enumerate(
                zip(fused.rows[:k].tolist(), fused.scores[:k].tolist(), strict=True), 1
            )
        ]
