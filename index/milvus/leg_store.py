"""Segments' legs handed over to Milvus: their files keep only what Milvus need not, or cannot, be asked for."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.array_file import map_array_file, write_array_file
from index.bm25 import POSTINGS, load_bm25
from index.dense import STOOD_FOR
from index.fields import DENSE, SATURATIONS, TITLE
from index.leg_store import SaveVectors
from index.manifest import SegmentRecord
from index.milvus.binding import Binding
from index.milvus.checking import check
from index.milvus.clearing import home_prefix
from index.milvus.connection import Connection, connect
from index.milvus.dimensions import shared_dimensions
from index.milvus.segment_rows import SegmentRows
from index.milvus.writing import Writer, bind, new_generation, same_generation
from index.passages import PASSAGES_FILE, SegmentPassages
from index.types import Vectors

# What lives on in Milvus alone: the files `<leg>.vectors`, and the impacts of `<leg>.postings`.
_VECTORS, _IMPACTS = "vectors", "impacts"
_DENSE_LEGS = (DENSE, f"{DENSE}{TITLE}")


def save_plain(
    folder: Path, name: str, vectors: Vectors, starts: npt.NDArray[np.int64], rows: npt.NDArray[np.int32]
) -> None:
    """Write a segment's vectors as they are, until Milvus has them."""
    write_array_file(_vectors_file(folder, name), {_VECTORS: vectors})
    write_array_file(folder / f"{name}{STOOD_FOR}", {"starts": starts, "rows": rows})


class MilvusLegs:
    """Hands legs to the Milvus of a home. `base` is the binding of the bundle that the next one is made from."""

    save_vectors: SaveVectors = staticmethod(save_plain)

    def __init__(self, uri: str, home: Path, *, base: Binding | None = None) -> None:
        self._uri = uri
        self._home = home
        self._base = base

    def open(self) -> None:
        """Connect; StoreError if Milvus does not answer."""
        connect(self._uri)

    def take(
        self,
        bundle: Path,
        kept: Sequence[SegmentRecord],
        written: Sequence[SegmentRecord],
        dimension: int,
    ) -> Binding | None:
        """Insert the written segments' rows, see that all have arrived, and return the bundle's binding.

        StoreError if Milvus cannot take them, or is not as the bundle before left it.
        """
        held = {record.name: self._base.segments[record.name] for record in kept} if self._base else {}
        if not written and self._base:
            return self._base.model_copy(update={"segments": held})
        connection = connect(self._uri)
        folders = [bundle / record.folder for record in written]
        writer = self._writer(connection, folders, dimension)
        for folder in folders:
            writer.write(_rows(folder, dimension))
        writer.finish()
        binding = bind(writer, held, shared=_shared(bundle, [*kept, *written]))
        check(connection, binding)
        for folder in folders:
            _thin_out(folder)
        return binding

    def _writer(self, connection: Connection, folders: Sequence[Path], dimension: int) -> Writer:
        if self._base:
            return same_generation(connection, self._base)
        expected = sum(len(_vectors(folder, DENSE)) for folder in folders)
        prefix = home_prefix(self._home)
        return new_generation(connection, prefix, dimension=dimension, expected=expected)


def _rows(folder: Path, dimension: int) -> SegmentRows:
    stored = SegmentPassages(folder / PASSAGES_FILE)
    passages, documents = stored.ids(), stored.owners()
    windows, titles = (_vectors(folder, leg).reshape(-1, dimension) for leg in _DENSE_LEGS)
    return SegmentRows(
        name=folder.name,
        passages=passages,
        documents=documents,
        terms={leg: load_bm25(folder, leg, base=0, size=len(passages)) for leg in SATURATIONS},
        windows=windows,
        owners=map_array_file(folder / f"{DENSE}{STOOD_FOR}")["rows"],
        titles=titles,
    )


def _shared(bundle: Path, records: Sequence[SegmentRecord]) -> int:
    terms = {
        leg: [map_array_file(bundle / record.folder / f"{leg}{POSTINGS}")["terms"] for record in records]
        for leg in SATURATIONS
    }
    return shared_dimensions({leg: np.concatenate(own) for leg, own in terms.items()})


def _thin_out(folder: Path) -> None:
    for leg in SATURATIONS:
        path = folder / f"{leg}{POSTINGS}"
        kept = {name: array for name, array in map_array_file(path).items() if name != _IMPACTS}
        thinner = path.with_name(f".{path.name}")
        write_array_file(thinner, kept)
        thinner.replace(path)
    for leg in _DENSE_LEGS:
        _vectors_file(folder, leg).unlink()


def _vectors_file(folder: Path, leg: str) -> Path:
    return folder / f"{leg}.{_VECTORS}"


def _vectors(folder: Path, leg: str) -> Vectors:
    return map_array_file(_vectors_file(folder, leg))[_VECTORS]
