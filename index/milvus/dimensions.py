"""Terms as dimensions of Milvus' sparse vectors: one field holds the terms of every leg.

Milvus takes four vector fields a collection by default (`proxy.maxVectorFieldNum`), and there are six legs of terms.
So a term's dimension is a hash of the leg and the term: a query that holds only one leg's dimensions is scored by that
leg alone, whatever else the row holds.

A dimension has 32 bits, the local index's keys 64: two terms of n share a dimension about n² / 2³³ times (n = 100,000
terms of all legs: one pair; a million: 116 pairs). A passage that holds one term of a pair is then found by the other,
as a word that it does not hold: the score of that leg is wrong for that passage. Rare terms make up nearly all pairs,
so a question meets one once in thousands; `shared_dimensions` counts them, and the binding of a bundle keeps the count.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from index.keys import Hashes, hash_keys

Dimensions = npt.NDArray[np.uint32]

# Milvus keeps 2³²-1 for itself; the one below is ours: it stands where a passage has no term at all, for Milvus Lite
# takes no empty vector. No term has it, so no query finds it.
_COUNT = np.uint64(2**32 - 2)
NO_TERM = int(_COUNT)


def dimensions(leg: str, terms: Hashes) -> Dimensions:
    """Return the dimension of each term of a leg, given by the terms' 64-bit hashes."""
    mixed: Hashes = terms ^ hash_keys([leg])[0]
    return np.asarray(mixed % _COUNT, np.uint32)


def shared_dimensions(terms: Mapping[str, Hashes]) -> int:
    """Return how many terms (distinct ones, by leg) share their dimension with one before them."""
    found = [dimensions(leg, np.unique(hashes)) for leg, hashes in terms.items()]
    every = np.concatenate(found) if found else np.empty(0, np.uint32)
    return len(every) - len(np.unique(every))


def sparse(found: Dimensions, weights: npt.NDArray[np.float32]) -> dict[int, float]:
    """Return a sparse vector as Milvus takes it; weights of one dimension are added up."""
    vector: dict[int, float] = {}
    for dimension, weight in zip(found.tolist(), weights.tolist(), strict=True):
        vector[dimension] = vector.get(dimension, 0.0) + weight
    return vector
