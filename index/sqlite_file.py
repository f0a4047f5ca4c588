"""A SQLite file that never changes once it is published: one connection a thread, no locks."""

import sqlite3
import threading
from pathlib import Path


class ReadOnlySqlite:
    """Opens the file when a thread first asks; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        # immutable: no lock, no look for a journal.
        self._address = f"{path.resolve().as_uri()}?immutable=1&mode=ro"
        self._local = threading.local()

    def connection(self) -> sqlite3.Connection:
        """Return this thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = sqlite3.connect(self._address, uri=True)
        return connection


def new_sqlite(path: Path, schema: str) -> sqlite3.Connection:
    """Create a file to be filled in one go: without a journal, since a half-written file is thrown away."""
    connection = sqlite3.connect(path)
    connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {schema}")
    return connection
