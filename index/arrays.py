"""Named NumPy arrays as files of a folder, mapped when opened."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def save_arrays(folder: Path, name: str, arrays: Mapping[str, Array]) -> None:
    """Write each array to `folder/name.key.npy`."""
    for key, array in arrays.items():
        np.save(folder / f"{name}.{key}.npy", np.ascontiguousarray(array), allow_pickle=False)


def load_array(folder: Path, name: str, key: str) -> Array:
    """Map one array; only the pages that are read take memory."""
    array: Array = np.load(folder / f"{name}.{key}.npy", mmap_mode="r", allow_pickle=False)
    # A plain view: np.memmap makes every slice slower.
    return array.view(np.ndarray)
