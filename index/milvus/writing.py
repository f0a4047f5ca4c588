"""Writes segments into a generation of collections; nothing that a bundle answers from is touched."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from secrets import randbelow, token_hex
from typing import Any

from index.milvus.binding import Binding, BoundSegment
from index.milvus.collections import create, load
from index.milvus.connection import WRITE_SECONDS, Connection
from index.milvus.names import LARGEST_NUMBER, Collections, named
from index.milvus.segment_rows import SegmentRows, passage_rows, seal_row, title_rows, window_rows
from index.milvus.settings import is_lite

# Rows an insert: some 5 MB of vectors and terms, far under the 64 MB that gRPC takes in one message.
BATCH = 1_000


@dataclass(slots=True)
class Writer:
    """Takes segments one after the other and keeps what was written of each."""

    connection: Connection
    prefix: str
    written: dict[str, BoundSegment] = field(default_factory=dict)
    taken: frozenset[int] = frozenset()

    @property
    def collections(self) -> Collections:
        """Return the names of the collections written to."""
        return named(self.prefix)

    def write(self, segment: SegmentRows) -> BoundSegment:
        """Insert all rows of a segment, its seal last; StoreError if Milvus cannot take them."""
        number = _new_number(self.taken | {bound.number for bound in self.written.values()})
        names = self.collections
        counts = {
            "passages": self._insert(names.passages, passage_rows(segment, number)),
            "windows": self._insert(names.windows, window_rows(segment, number)),
            "titles": self._insert(names.titles, title_rows(segment, number)),
        }
        bound = BoundSegment(number=number, digest=segment.digest(number), **counts)
        self._insert(names.passages, iter([seal_row(segment, number)]))
        self.written[segment.name] = bound
        return bound

    def finish(self) -> None:
        """Load what was written. Milvus Lite also puts it on the disk; a server has a log (and limits how often)."""
        if is_lite(self.connection.uri):
            for name in self.collections:
                self.connection.call("flush", name, timeout=WRITE_SECONDS)
        load(self.connection, self.collections)

    def _insert(self, collection: str, rows: Iterator[Mapping[str, Any]]) -> int:
        done = 0
        while batch := list(islice(rows, BATCH)):
            self.connection.call("insert", collection, batch, timeout=WRITE_SECONDS)
            done += len(batch)
        return done


def new_generation(connection: Connection, home_prefix: str, *, dimension: int, expected: int) -> Writer:
    """Create empty collections for a full build of `expected` vectors and return their writer."""
    prefix = f"{home_prefix}_{token_hex(4)}"
    create(connection, named(prefix), dimension=dimension, expected=expected)
    return Writer(connection, prefix)


def same_generation(connection: Connection, binding: Binding) -> Writer:
    """Return a writer that adds segments beside those of a bundle."""
    return Writer(
        connection, binding.prefix, taken=frozenset(bound.number for bound in binding.segments.values())
    )


def bind(writer: Writer, kept: Mapping[str, BoundSegment], *, shared: int = 0) -> Binding:
    """Return the binding of a bundle that holds the `kept` segments and those written."""
    segments = {**kept, **writer.written}
    return Binding(uri=writer.connection.uri, prefix=writer.prefix, segments=segments, shared=shared)


def _new_number(taken: Iterable[int]) -> int:
    known = set(taken)
    while (number := 1 + randbelow(LARGEST_NUMBER)) in known:
        continue
    return number
