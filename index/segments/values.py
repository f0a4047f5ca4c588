"""One value a passage and artefact, found at build time and read when a question comes to the passage."""

import re
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from index.sqlite_file import ReadOnlySqlite, new_sqlite

VALUES_FILE = "rows.sqlite"
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class Values(Protocol):
    """One artefact's values, by passage id."""

    def get(self, passage_id: str) -> bytes:
        """Return the value of a passage; KeyError if it is not of this bundle."""
        ...


class HeldValues:
    """Values in memory: of passages that are in no bundle."""

    def __init__(self, values: Mapping[str, bytes]) -> None:
        self._values = values

    def get(self, passage_id: str) -> bytes:
        """Return the value of a passage; KeyError if it is not there."""
        return self._values[passage_id]


def compressed(value: bytes) -> bytes:
    """Return a value as it is stored: a third of its size, read back at 300 MB a second."""
    return zlib.compress(value, level=1)


class ValueWriter:
    """Fills a segment's file: a table an artefact, a row a passage, numbered as the passages are."""

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        tables = (
            f"CREATE TABLE {_checked(name)} (position INTEGER PRIMARY KEY, value BLOB NOT NULL);"
            for name in names
        )
        self._names = names
        self._connection = new_sqlite(path, "".join(tables))

    def add(self, position: int, values: Sequence[Sequence[bytes]]) -> None:
        """Add the values of a run of passages, artefact by artefact; the first passage has that position.

        Values come as `compressed` gives them.
        """
        for name, own in zip(self._names, values, strict=True):
            self._connection.executemany(
                f"INSERT INTO {name} VALUES (?, ?)",  # noqa: S608 - a checked name
                enumerate(own, position),
            )

    def close(self) -> None:
        """Write what is left."""
        self._connection.commit()
        self._connection.close()


class SegmentValues:
    """Reads what ValueWriter wrote."""

    def __init__(self, path: Path) -> None:
        self._file = ReadOnlySqlite(path)

    def get(self, name: str, position: int) -> bytes:
        """Return one value; KeyError if there is none."""
        query = f"SELECT value FROM {_checked(name)} WHERE position = ?"  # noqa: S608 - a checked name
        found = self._file.connection().execute(query, (position,)).fetchone()
        if found is None:
            raise KeyError((name, position))
        return zlib.decompress(found[0])


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"an artefact's name is its table: small ASCII letters, digits, _: not {name!r}")
    return name
