"""How many of the nearest vectors an approximate search finds, measured on queries held out of what is indexed."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from index.types import Vectors
from index.vectors.faiss_module import faiss_module
from index.vectors.types import Rows

DEPTH = 10
_QUERIES = 500
_SEED = 20_260_802
# Measured with questions of JaQuAD over its 25,475 windows, and over 200,000 drawn around them, looking into 2, 5,
# 10, 20 and 35 % of the lists: real questions find .768 .872 .928 .967 .984 and .900 .954 .970 .988 .991 of their
# nearest ten, queries drawn this way .725 .859 .933 .971 .987 and .885 .959 .978 .989 .992. The rows themselves would
# promise .883 .946 .971 .985 .991 and .982 .991 .996 .998 .998.
_NEARNESS = 0.5
_SLACK = 1e-6  # two programs that compute the same product differ by less

Search = Callable[[Vectors], Rows]


@dataclass(frozen=True, slots=True)
class RecallProbe:
    """Queries of shape (n, dimension), and the product that a row must reach to be among each one's nearest."""

    vectors: Vectors
    queries: Vectors
    depth: int
    reached: Vectors

    def recall(self, search: Search) -> float:
        """Return the mean share of the nearest that `search` finds; of rows that tie any one counts."""
        found = search(self.queries)[:, : self.depth]
        products = np.einsum("nd,nkd->nk", self.queries, self.vectors[np.maximum(found, 0)])
        right = (found >= 0) & (products >= self.reached[:, None] - _SLACK)
        return float(right.sum() / (len(self.queries) * self.depth))


def draw_probe(vectors: Vectors, *, queries: int = _QUERIES) -> RecallProbe:
    """Draw rows and move each away as far as a question lies from the passage that answers it.

    Half the way leads where other rows differ from each other, half of it anywhere.
    """
    faiss = faiss_module()
    random = np.random.default_rng(_SEED)
    rows = np.sort(random.choice(len(vectors), min(queries, len(vectors)), replace=False))
    drawn = np.asarray(vectors[rows], np.float32)
    away = drawn[random.permutation(len(drawn))] - drawn[random.permutation(len(drawn))]
    anywhere = random.normal(size=drawn.shape).astype(np.float32)
    asked = _unit(_NEARNESS * drawn + np.sqrt((1 - _NEARNESS**2) / 2) * (_unit(away) + _unit(anywhere)))
    depth = min(DEPTH, len(vectors))
    products, _ = faiss.knn(asked, vectors, depth, metric=faiss.METRIC_INNER_PRODUCT)
    return RecallProbe(vectors, asked, depth, products[:, -1])


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths == 0, 1, lengths), np.float32)
