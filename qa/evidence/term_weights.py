"""What each term of a question is worth, and with which vectors it is compared."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.keys import Hashes, hash_keys
from qa.question.vocabulary import Vocabulary
from qa.types import Term

Weighted = tuple[tuple[float, frozenset[str]], ...]


class WordVectors(Protocol):
    """Unit vectors of words; zeros for an unknown one."""

    def of(self, words: Hashes) -> npt.NDArray[np.float32]: ...


def weigh(terms: Sequence[Term], vocabulary: Vocabulary) -> Weighted:
    """Return each term's forms with how much it tells."""
    return tuple((vocabulary.weight(term.accepts), term.accepts) for term in terms)


def coverage(weighted: Weighted, forms: frozenset[str]) -> float:
    """Return the share of the question's terms, weighted by rarity, that `forms` holds; 0 without terms."""
    total = sum(weight for weight, _ in weighted)
    there = sum(weight for weight, accepts in weighted if not accepts.isdisjoint(forms))
    return there / total if total else 0.0


class AskedWords:
    """A question's terms with their weights, which add up to 1, and the vectors of all words they count as.

    A `proper` term has no likeness to another name. The vectors of term `told[i]` begin at `vectors[begins[i]]`; other
    terms have none.
    """

    def __init__(self, weighted: Weighted, vectors: WordVectors, *, proper: Sequence[bool] = ()) -> None:
        total = sum(weight for weight, _ in weighted) or 1.0
        self.accepts = [accepts for _, accepts in weighted]
        self.weights = np.array([weight / total for weight, _ in weighted], np.float32)
        plain = [sorted(form for form in accepts if not form.startswith("#")) for accepts in self.accepts]
        if proper:
            plain = [[] if name else forms for forms, name in zip(plain, proper, strict=True)]
        self.vectors = vectors.of(hash_keys(form for forms in plain for form in forms))
        counts = np.array([len(forms) for forms in plain], np.int64)
        self.told = np.flatnonzero(counts)
        self.begins = (np.cumsum(counts) - counts)[self.told]
