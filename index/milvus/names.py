"""What collections are called, and how their rows are numbered.

A row's key is its segment's number and its place in the segment: what a search returns is already the row of the
index, and no other field need travel.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_LOCAL_BITS = 32
_LOCAL_MASK = (1 << _LOCAL_BITS) - 1
LARGEST_NUMBER = 2**31 - 1  # so that a key stays within a signed 64-bit integer
# Rows with this number are seals: never searched, they say that a segment was written to its end.
SEALS = 0

Keys = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Collections:
    """The names of a generation's collections."""

    passages: str
    windows: str
    titles: str

    def __iter__(self) -> Iterator[str]:
        return iter((self.passages, self.windows, self.titles))


def named(prefix: str) -> Collections:
    """Return the names that begin with `prefix`."""
    return Collections(f"{prefix}_passages", f"{prefix}_windows", f"{prefix}_titles")


def key(number: int, row: int) -> int:
    """Return the key of a segment's row."""
    return number << _LOCAL_BITS | row


def numbers(keys: Keys) -> Keys:
    """Return the segment number of each key."""
    return keys >> _LOCAL_BITS


def places(keys: Keys) -> Keys:
    """Return the row in its segment of each key."""
    return keys & _LOCAL_MASK
