"""Dense retrieval: the query's vector against the passages' vectors."""

from index.ranking import NOTHING, Ranking
from index.types import Encoder, VectorStore


class DenseRetriever:
    """One leg: an encoder and a store of the vectors it gave the passages."""

    def __init__(self, encoder: Encoder, store: VectorStore) -> None:
        self._encoder = encoder
        self._store = store

    def rank(self, query: str, *, depth: int) -> Ranking:
        """Return the nearest passages; none if the encoder knows no word of the query."""
        return self.rank_many([query], depth=depth)[0]

    def rank_many(self, queries: list[str], *, depth: int) -> list[Ranking]:
        """Return one ranking a query."""
        encoded = self._encoder.encode_queries(queries)
        rows, scores = self._store.nearest(encoded, k=depth)
        return [
            Ranking(row, score) if vector.any() else NOTHING
            for vector, row, score in zip(encoded, rows, scores, strict=True)
        ]
