"""Publishing's last steps in Milvus: the alias goes over, and what no bundle of this home binds is cleared away."""

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from index.milvus.binding import Binding
from index.milvus.collections import KEY, SEGMENT
from index.milvus.connection import CHECK_SECONDS, WRITE_SECONDS, Connection
from index.milvus.names import SEALS, Collections, key, named

_MARK = "milvus-home"


def home_prefix(home: Path) -> str:
    """Return what the names of this home's collections begin with; a fresh home draws its own.

    The drawn mark tells two homes of one path on two machines apart, the path a copied home from the one it was copied
    from: neither ever clears the other's collections. (A whole machine cloned with its disk shares both: delete the
    file `milvus-home` in the clone. A home that was moved leaves its old collections behind.)
    """
    home.mkdir(parents=True, exist_ok=True)
    mark = home / _MARK
    if not mark.is_file():
        mark.write_text(token_hex(8) + "\n", encoding="ascii")
    told = f"{mark.read_text(encoding='ascii').strip()} {home.resolve()}"
    return f"madoguchi_{sha256(told.encode()).hexdigest()[:12]}"


def switch_alias(connection: Connection, prefix: str, binding: Binding) -> None:
    """Let the home's alias lead to the collections of the bundle that serves."""
    for alias, name in zip(named(f"{prefix}_live"), binding.collections, strict=True):
        known: list[str] = connection.call("list_aliases", timeout=CHECK_SECONDS)["aliases"]
        method = "alter_alias" if alias in known else "create_alias"
        connection.call(method, name, alias, timeout=WRITE_SECONDS)


def clear(connection: Connection, prefix: str, bound: Iterable[Binding]) -> None:
    """Drop the home's collections that no bundle binds, and the rows of segments that no bundle binds in the others."""
    mine = [binding for binding in bound if binding.uri == connection.uri]
    kept: dict[str, set[int]] = {}
    for binding in mine:
        kept.setdefault(binding.prefix, set()).update(s.number for s in binding.segments.values())
    names = {name for generation in kept for name in named(generation)}
    for name in connection.collections(starting=f"{prefix}_"):
        if name not in names:
            connection.call("drop_collection", name, timeout=WRITE_SECONDS)
    for generation, numbers in kept.items():
        if generation.startswith(f"{prefix}_"):
            _delete_unbound(connection, named(generation), sorted(numbers))


def _delete_unbound(connection: Connection, names: Collections, numbers: list[int]) -> None:
    others = f"{SEGMENT} not in {json.dumps([SEALS, *numbers])}"
    seals = f"{SEGMENT} == {SEALS} and {KEY} not in {json.dumps([key(SEALS, n) for n in numbers])}"
    for name in names:
        connection.call("delete", name, timeout=WRITE_SECONDS, filter=others)
    connection.call("delete", names.passages, timeout=WRITE_SECONDS, filter=seals)
