"""Where what ranks passages is put when segments are written: into their own files, or elsewhere."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.dense import save_dense
from index.manifest import SegmentRecord
from index.milvus.binding import Binding
from index.types import Vectors
from index.vectors.stores import SavedStore

SaveVectors = Callable[[Path, str, Vectors, npt.NDArray[np.int64], npt.NDArray[np.int32]], SavedStore | None]
"""Puts a segment's vectors, and the passages that each stands for, into its folder (see index.dense.save_dense)."""


class LegStore(Protocol):
    """Takes over the legs of segments that were just written."""

    @property
    def save_vectors(self) -> SaveVectors: ...

    def open(self) -> None:
        """Make sure, before the long work begins, that segments can be taken over."""
        ...

    def take(
        self,
        bundle: Path,
        kept: Sequence[SegmentRecord],
        written: Sequence[SegmentRecord],
        dimension: int,
    ) -> Binding | None:
        """Take over the segments written in the folder of a bundle that also keeps others; vectors are so wide.

        Returns what ties the bundle to the place where they are, None if that is its own folder.
        """
        ...


class LegFiles:
    """The legs stay where they were written: in the segments' files."""

    save_vectors: SaveVectors = staticmethod(save_dense)

    def open(self) -> None:
        """There is nothing to do."""

    def take(
        self,
        bundle: Path,
        kept: Sequence[SegmentRecord],
        written: Sequence[SegmentRecord],
        dimension: int,
    ) -> Binding | None:
        """There is nothing to do."""
        return None
