"""The first hits ordered anew by a model that reads question and passage together."""

from typing import Protocol

import numpy as np

from index.encoders.cross_reranker import RERANKED, CrossReranker
from index.passages import PassageStore
from index.ranking import Ranking


class PassageIds(Protocol):
    """The passage id of each row."""

    def __getitem__(self, row: int) -> str: ...


class Reranking:
    """The last step of a search, where the settings name a model for it."""

    def __init__(self, model: CrossReranker, ids: PassageIds, passages: PassageStore) -> None:
        self._model = model
        self._ids = ids
        self._passages = passages

    def ordered(self, query: str, ranking: Ranking) -> Ranking:
        """Return the ranking with its first rows in the model's order.

        They keep the scores that stood at their new places: what a score is worth does not depend on the model.
        """
        rows = ranking.rows[:RERANKED]
        passages = self._passages.get([self._ids[row] for row in rows.tolist()])
        texts = [(row, p.indexed_text) for row, p in zip(rows.tolist(), passages, strict=True)]
        order = np.argsort(-self._model.rerank(query, texts), kind="stable")
        return Ranking(np.concatenate([rows[order], ranking.rows[RERANKED:]]), ranking.scores)
