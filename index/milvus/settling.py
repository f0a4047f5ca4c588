"""After a home's bundles have changed: the alias goes over, and what none of them binds any more is cleared away."""

from collections.abc import Iterator, Sequence
from contextlib import suppress

from index.home import STALE, Layout
from index.manifest import BundleError, read_manifest
from index.milvus.binding import Binding
from index.milvus.clearing import clear, home_prefix, switch_alias
from index.milvus.connection import connect
from index.milvus.errors import StoreError


def bindings(layout: Layout) -> list[Binding]:
    """Return the bindings of all bundles of a home."""
    return list(_bindings(layout))


def settle(layout: Layout, before: Sequence[Binding]) -> None:
    """Leave in Milvus what the home's bundles bind; `before` are the bindings of the bundles that there were.

    A Milvus that cannot be reached is left as it is, for the next time: what serves does not depend on it.
    """
    now = bindings(layout)
    serving = _serving(layout)
    for uri in dict.fromkeys(binding.uri for binding in [*now, *before]):
        with suppress(StoreError):
            connection, prefix = connect(uri), home_prefix(layout.root)
            if serving and serving.uri == uri:
                switch_alias(connection, prefix, serving)
            clear(connection, prefix, now)


def _bindings(layout: Layout) -> Iterator[Binding]:
    if not layout.bundles.is_dir():
        return
    for folder in sorted(layout.bundles.iterdir()):
        if folder.name.startswith(STALE):
            continue
        with suppress(BundleError):
            binding = read_manifest(folder).milvus
            if binding:
                yield binding


def _serving(layout: Layout) -> Binding | None:
    with suppress(BundleError):
        return read_manifest(layout.current.resolve()).milvus
    return None
