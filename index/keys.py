"""String keys as sorted 64-bit hashes: looked up in a mapped file, so nothing is parsed when it is opened."""

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]


def hash_keys(keys: Iterable[str]) -> Hashes:
    """Return one 64-bit hash a key (two of a million keys collide once in 40 million vocabularies)."""
    digests = b"".join(blake2b(key.encode("utf-8", "replace"), digest_size=8).digest() for key in keys)
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64, copy=False)


def find(ordered: Hashes, wanted: Hashes) -> npt.NDArray[np.int64]:
    """Return the position of each wanted hash among the ordered ones, -1 where there is none."""
    if not len(ordered):
        return np.full(len(wanted), -1, dtype=np.int64)
    positions = np.searchsorted(ordered, wanted)
    inside = np.minimum(positions, len(ordered) - 1)
    return np.where(ordered[inside] == wanted, inside, -1)
