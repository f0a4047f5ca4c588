"""Named NumPy arrays in one file, mapped when opened: a segment has dozens, and each file costs at every turn."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
_ALIGNED = 64
_LENGTH = np.dtype("<u8")


def write_array_file(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write the arrays; the same arrays give the same bytes.

    The file begins with the length of a JSON list of (name, type, shape); the arrays follow in its order, each at a
    multiple of 64 bytes.
    """
    held = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    kinds = json.dumps([(name, array.dtype.str, array.shape) for name, array in held.items()]).encode()
    with path.open("wb") as file:
        file.write(np.array([len(kinds)], _LENGTH).tobytes() + kinds)
        for array in held.values():
            file.write(b"\0" * (-file.tell() % _ALIGNED))
            array.tofile(file)


def map_array_file(path: Path) -> dict[str, Array]:
    """Map the arrays; only the pages that are read take memory."""
    whole = np.memmap(path, np.uint8, "r").view(np.ndarray)
    place = _LENGTH.itemsize + int(whole[: _LENGTH.itemsize].view(_LENGTH)[0])
    arrays: dict[str, Array] = {}
    for name, kind, shape in json.loads(whole[_LENGTH.itemsize : place].tobytes()):
        place += -place % _ALIGNED
        size = int(np.prod(shape, dtype=np.int64)) * np.dtype(kind).itemsize
        arrays[name] = whole[place : place + size].view(kind).reshape(shape)
        place += size
    return arrays
