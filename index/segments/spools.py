"""What is found comes run by run and is more than memory should hold: it waits in temporary files."""

import pickle
from collections.abc import Iterator
from tempfile import TemporaryFile

import numpy as np

from index.types import Vectors


class PartSpool:
    """Any picklable parts, in order."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - closed when the last part was read
        self.size = 0

    def add(self, part: object) -> None:
        """Keep one part."""
        pickle.dump(part, self._file, protocol=pickle.HIGHEST_PROTOCOL)
        self.size += 1

    def parts(self) -> Iterator[object]:
        """Yield the parts once, in the order they came."""
        with self._file as file:
            end = file.tell()
            file.seek(0)
            while file.tell() < end:
                yield pickle.load(file)  # noqa: S301 - this process wrote it, and the file has no name


class VectorSpool:
    """Vectors of one dimension, in order."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - closed with the mapped array
        self._shape = (0, 0)

    def add(self, vectors: Vectors) -> None:
        """Keep some vectors, of shape (n, dimension)."""
        np.ascontiguousarray(vectors, np.float32).tofile(self._file)
        self._shape = (self._shape[0] + vectors.shape[0], vectors.shape[1])

    def vectors(self) -> Vectors:
        """Return all vectors as one array, mapped."""
        self._file.flush()
        if not self._shape[0]:
            return np.zeros(self._shape, np.float32)
        return np.memmap(self._file, np.float32, "r", shape=self._shape).view(np.ndarray)
