"""What is known of a store of vectors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]


class StoreKind(StrEnum):
    """How the nearest vectors are found."""

    EXACT = "exact"
    INVERTED_LISTS = "inverted-lists"


@dataclass(frozen=True, slots=True)
class StoreReport:
    """What was built. `bytes` is the size on disk; `recall_at_10` was measured against exact search.

    `seconds` is how long it took to build, None where the store was opened: a file that told it would not be the
    same file when the same vectors are indexed again.
    """

    kind: StoreKind
    rows: int
    dimension: int
    bytes: int
    recall_at_10: float
    parameters: Mapping[str, int] = field(default_factory=dict)
    seconds: float | None = None
