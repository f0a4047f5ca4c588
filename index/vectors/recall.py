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
_NEARNESS = 0.6
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
    """Draw rows and move each away, as far as a question lies from the passage that answers it."""
    faiss = faiss_module()
    random = np.random.default_rng(_SEED)
    rows = np.sort(random.choice(len(vectors), min(queries, len(vectors)), replace=False))
    asked = _moved(np.asarray(vectors[rows], np.float32), random)
    depth = min(DEPTH, len(vectors))
    products, _ = faiss.knn(asked, vectors, depth, metric=faiss.METRIC_INNER_PRODUCT)
    return RecallProbe(vectors, asked, depth, products[:, -1])


def _moved(vectors: Vectors, random: np.random.Generator) -> Vectors:
    noise = random.normal(size=vectors.shape).astype(np.float32)
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    moved = _NEARNESS * vectors + np.sqrt(1 - _NEARNESS**2, dtype=np.float32) * noise
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), np.float32)
