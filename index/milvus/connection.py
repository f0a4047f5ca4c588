"""A connection to Milvus that never waits for ever and whose failures are said in Japanese.

What was found of pymilvus 3.0.2 and milvus-lite 3.2.2 (pure Python since 3.0):
- `import pymilvus` loads pandas and gRPC, 1 to 2.5 seconds on a busy machine: only a home whose store is Milvus pays.
- Milvus Lite's "file" is a folder that ends in `.db`; one process at a time may have it open (a `flock` on `LOCK`
  in it). The second is told only "Open local milvus failed", so the lock is looked at here first.
- A server runs in threads of this process until `release_server` or the end of the process.
- A call without `timeout` is tried again for many minutes where the server is away: every call here has one.
- pymilvus logs each failed call with a traceback to stderr; the failure is raised too, so its logger is silenced.
- pymilvus pings an idle connection every ten seconds; Milvus Lite's server takes that for an attack, closes the
  connection after a minute or so, and the next call fails. So there are no pings to Lite.
- The first search of a process takes Milvus Lite up to a second (it reads its files and imports what it needs).
- Lite takes no empty sparse vector, and reports a description as empty; collection properties it keeps.
"""

import fcntl
import logging
import os
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

from index.milvus import errors
from index.milvus.settings import TOKEN_VARIABLE, is_lite, token

# Seconds a call may take. A question has 5 in all, so a search that Milvus does not answer in 2 leaves time to say so.
CONNECT_SECONDS = 3.0
SEARCH_SECONDS = 2.0
LITE_SEARCH_SECONDS = 30.0  # it is this very process: on a busy machine giving up early would gain nothing
CHECK_SECONDS = 10.0
WRITE_SECONDS = 60.0
LOAD_SECONDS = 600.0  # a server reads a large collection and builds its index

# Error codes of Milvus (pkg/util/merr): memory, request, disk and quota limits; rate limit; no such collection.
_FULL = frozenset({3, 4, 5, 8, 9})
_MISSING = frozenset({100})
_MISSING_PARTS = ("collection not found", "does not exist", "can't find collection")
_FULL_PARTS = ("No space left", "quota exceeded", "RESOURCE_EXHAUSTED", "File too large", "limit exceeded")
_SLOW_PARTS = ("DEADLINE_EXCEEDED", "Retry timeout")
_REFUSED_PARTS = ("UNAUTHENTICATED", "PERMISSION_DENIED", "auth check failure", "permission deny")
_DOWN_PARTS = ("UNAVAILABLE", "Fail connecting")


class Connection:
    """One Milvus, by its URI. Calls go by the name of the `MilvusClient` method."""

    def __init__(self, uri: str, client: Any) -> None:
        self.uri = uri
        self._client = client

    @property
    def search_seconds(self) -> float:
        """Return how long a search may take."""
        return LITE_SEARCH_SECONDS if is_lite(self.uri) else SEARCH_SECONDS

    def call(self, method: str, *args: object, timeout: float, **named: object) -> Any:
        """Call a method of the client; StoreError if it fails or takes longer than `timeout` seconds."""
        started = monotonic()
        try:
            return getattr(self._client, method)(*args, timeout=timeout, **named)
        except Exception as error:
            collection = str(args[0]) if args else ""
            late = monotonic() - started >= timeout
            raise _explained(self.uri, method, collection, error, late=late, timeout=timeout) from error

    def prepared_index(self) -> Any:
        """Return an empty list of index parameters."""
        return self._client.prepare_index_params()

    def prepared_schema(self) -> Any:
        """Return an empty schema whose keys the caller gives."""
        return self._client.create_schema(auto_id=False, enable_dynamic_field=False)

    def collections(self, *, starting: str) -> list[str]:
        """Return the names of the collections that start so."""
        names: list[str] = self.call("list_collections", timeout=CHECK_SECONDS)
        return sorted(name for name in names if name.startswith(starting))


# Milliseconds between two pings of an idle connection: never.
_NO_PINGS = {"grpc.keepalive_time_ms": 2**31 - 1, "grpc.keepalive_permit_without_calls": False}

_open: dict[str, Connection] = {}
_opening = Lock()


def connect(uri: str) -> Connection:
    """Return the connection of this process to a Milvus; StoreError, naming the cure, if there is none to be had."""
    with _opening:
        if uri not in _open:
            _open[uri] = Connection(uri, _client(uri))
        return _open[uri]


def disconnect(uri: str) -> None:
    """Close the connection; a Milvus Lite file is free for other processes then."""
    with _opening:
        connection = _open.pop(uri, None)
        if connection is None:
            return
        connection._client.close()
        if is_lite(uri):
            from milvus_lite.server_manager import server_manager_instance

            server_manager_instance.release_server(uri)


def _client(uri: str) -> Any:
    if is_lite(uri):
        _check_lite(uri)
    pymilvus = _library()
    started = monotonic()
    options = _NO_PINGS if is_lite(uri) else {}
    try:
        return pymilvus.MilvusClient(uri, token=token(), timeout=CONNECT_SECONDS, grpc_options=options)
    except Exception as error:
        if is_lite(uri):
            raise errors.unusable_file(uri) from error
        late = monotonic() - started >= CONNECT_SECONDS
        raise _explained(uri, "connect", "", error, late=late, timeout=CONNECT_SECONDS) from error


def _library() -> Any:
    try:
        import pymilvus
    except ImportError as error:
        raise errors.not_installed("pymilvus") from error
    for name in ("pymilvus", "milvus_lite"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return pymilvus


def _check_lite(uri: str) -> None:
    """Raise StoreError if the file cannot be opened: Milvus Lite itself does not say why."""
    if find_spec("milvus_lite") is None:
        raise errors.not_installed("milvus-lite")
    path = Path(uri)
    if path.exists() and not path.is_dir():
        raise errors.unusable_file(uri)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path / "LOCK", os.O_RDWR)
    except FileNotFoundError:
        return
    except OSError as error:
        raise errors.unusable_file(uri) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise errors.locked(uri) from error
    finally:
        os.close(descriptor)


def _explained(
    uri: str, method: str, collection: str, error: Exception, *, late: bool, timeout: float
) -> errors.StoreError:
    """Return what an error of pymilvus or gRPC means for the person who runs the counter."""
    code, text = getattr(error, "code", None), str(error)
    if code in _MISSING or any(part in text for part in _MISSING_PARTS):
        return errors.gone(uri, collection)
    if code in _FULL or any(part in text for part in _FULL_PARTS):
        return errors.full(uri)
    if any(part in text for part in _REFUSED_PARTS):
        return errors.refused(uri, TOKEN_VARIABLE)
    if late or any(part in text for part in _SLOW_PARTS):
        return errors.slow(uri, method, timeout)
    if any(part in text for part in _DOWN_PARTS):
        return errors.down(uri)
    return errors.failed(uri, method, text)
