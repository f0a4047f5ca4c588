"""The seams of the index: what a caller may rely on, and no more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Hit:
    """One ranked passage. `rank` starts at 1; a higher score is better; `legs` has the rank in each leg."""

    passage_id: str
    rank: int
    score: float
    legs: Mapping[str, int] = field(default_factory=dict)


class Token(NamedTuple):
    """One word of a text: `text[start:end] == surface`.

    `detail` is Sudachi's third level (人名, 地名 …), `fine` its fourth (国, 姓 …), `form` the conjugated form (連体形-一般).
    A tuple, for a passage has hundreds: a frozen dataclass takes four times as long to make.
    """

    start: int
    end: int
    surface: str
    normalized: str
    reading: str
    pos: str
    subpos: str
    synonyms: tuple[int, ...] = ()
    detail: str = ""
    fine: str = ""
    form: str = ""

    @property
    def key(self) -> str:
        """Return what a word is looked up by: its dictionary form."""
        return self.normalized.casefold()

    @property
    def forms(self) -> frozenset[str]:
        """Return what a word counts as: its key, and `#` synonym groups."""
        return _forms(self.normalized, self.synonyms)


@lru_cache(maxsize=16_384)  # the same words come again and again when passages are analysed
def _forms(normalized: str, synonyms: tuple[int, ...]) -> frozenset[str]:
    return frozenset([normalized.casefold(), *(f"#{group}" for group in synonyms)])


class Retriever(Protocol):
    """Ranks passages for a query."""

    def search(self, query: str, *, k: int) -> Sequence[Hit]: ...


class Encoder(Protocol):
    """Turns texts into unit vectors of shape (n, dimension)."""

    @property
    def dimension(self) -> int: ...

    @property
    def fingerprint(self) -> str: ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors: ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors: ...


class VectorStore(Protocol):
    """Finds the nearest rows. Scores are inner products, higher is better; no distance leaves the store.

    `excluded` holds distinct rows in ascending order that shall not be found.
    """

    def nearest(
        self, queries: Vectors, *, k: int, excluded: npt.NDArray[np.int64] | None = None
    ) -> tuple[npt.NDArray[np.int64], Vectors]: ...
