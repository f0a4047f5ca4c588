"""A question as read against one table."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from qa.tables.asking.conditions import Condition
from qa.tables.naming.cell_namings import Naming
from qa.tables.store.table_store import StoredTable

Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True)
class ReadTable:
    """What a question names in a table, what is asked, and how its columns go with that; `key` is what no name takes of its
    `length` letters.
    """

    table: StoredTable
    named: tuple[tuple[Naming, float], ...]
    masked: str
    vector: Numbers
    operations: Numbers
    kinds: Numbers
    signs: Numbers
    key: str
    length: int
    marks: dict[int, tuple[Condition, Condition] | None] = field(default_factory=dict)
