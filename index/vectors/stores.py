"""The store that fits so many vectors: exact while they are few, inverted lists when they are many."""

from pathlib import Path

from index.types import Vectors
from index.vectors.exact_store import ExactStore, fit_exact, load_exact
from index.vectors.inverted_lists import InvertedLists, fit_inverted_lists, load_inverted_lists
from index.vectors.reports import read_report
from index.vectors.types import StoreKind

SavedStore = ExactStore | InvertedLists
# Measured on one thread of a busy machine, 512 dimensions, the nearest 200: exact takes .2 ms for 2,500 rows, 1.8 for
# 10,000, 4.1 for 20,000; lists take .5 ms for 10,000 and .7 for 25,000, but miss 1.5 % of the nearest ten.
EXACT_UP_TO = 10_000


def fit_store(vectors: Vectors, *, exact_up_to: int = EXACT_UP_TO) -> SavedStore:
    """Index unit vectors of shape (rows, dimension); a mapped array is read block by block."""
    return fit_exact(vectors) if len(vectors) <= exact_up_to else fit_inverted_lists(vectors)


def load_store(path: Path) -> SavedStore:
    """Map a saved store."""
    kind = read_report(path).kind
    return load_exact(path) if kind is StoreKind.EXACT else load_inverted_lists(path)
