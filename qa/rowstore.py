"""One value a passage, found at build time and read when a question comes to the passage."""

import sqlite3
import threading
from collections.abc import Iterable
from pathlib import Path


def write_rows(path: Path, rows: Iterable[tuple[str, bytes]]) -> None:
    """Write (passage id, value) to a new file; the same rows give the same bytes."""
    connection = sqlite3.connect(path)
    try:
        connection.execute("CREATE TABLE rows (id TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID")
        connection.executemany("INSERT INTO rows VALUES (?, ?)", rows)
        connection.commit()
    finally:
        connection.close()


class RowStore:
    """Reads what `write_rows` wrote, one passage at a time; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        # immutable: no lock, no look for a journal; the file never changes once it is published.
        self._address = f"{path.resolve().as_uri()}?immutable=1&mode=ro"
        self._local = threading.local()

    def get(self, passage_id: str) -> bytes:
        """Return the value of a passage; KeyError if it is not of this bundle."""
        found = self._connection().execute("SELECT value FROM rows WHERE id = ?", (passage_id,)).fetchone()
        if found is None:
            raise KeyError(passage_id)
        value: bytes = found[0]
        return value

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._local, "connection"):
            self._local.connection = sqlite3.connect(self._address, uri=True)
        connection: sqlite3.Connection = self._local.connection
        return connection
