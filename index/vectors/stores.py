"""The store that fits so many vectors: exact while they are few, inverted lists when they are many."""

from pathlib import Path

from index.types import Vectors
from index.vectors.exact_store import ExactStore, fit_exact, load_exact
from index.vectors.inverted_lists import InvertedLists, fit_inverted_lists, load_inverted_lists
from index.vectors.reports import read_report
from index.vectors.types import StoreKind

SavedStore = ExactStore | InvertedLists
EXACT_UP_TO = 20_000


def fit_store(vectors: Vectors, *, exact_up_to: int = EXACT_UP_TO) -> SavedStore:
    """Index unit vectors of shape (rows, dimension); a mapped array is read block by block."""
    return fit_exact(vectors) if len(vectors) <= exact_up_to else fit_inverted_lists(vectors)


def load_store(path: Path) -> SavedStore:
    """Map a saved store."""
    kind = read_report(path).kind
    return load_exact(path) if kind is StoreKind.EXACT else load_inverted_lists(path)
