"""Several arrays of known kinds as one value of bytes, read back without a copy."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
_ALIGNED = 8


def pack(arrays: Sequence[Array]) -> bytes:
    """Return the arrays' lengths and bytes; `unpack` needs arrays like them for their kinds and widths."""
    lengths = np.array([len(array) for array in arrays], np.int32).tobytes()
    return b"".join(map(_padded, [lengths, *(np.ascontiguousarray(array).tobytes() for array in arrays)]))


def unpack(packed: bytes, like: Sequence[Array]) -> list[Array]:
    """Return what was packed; each array has the type and the width of its counterpart in `like`."""
    place = len(like) * np.dtype(np.int32).itemsize
    lengths = np.frombuffer(packed, np.int32, len(like)).tolist()
    arrays = []
    for length, kind in zip(lengths, like, strict=True):
        place += -place % _ALIGNED
        shape = (length, *kind.shape[1:])
        count = int(np.prod(shape))
        arrays.append(np.frombuffer(packed, kind.dtype, count, place).reshape(shape))
        place += count * kind.dtype.itemsize
    return arrays


def _padded(content: bytes) -> bytes:
    return content + b"\0" * (-len(content) % _ALIGNED)
