"""What a home holds of documents: those that are answered from, its own files, and where replaced ones are kept."""

from collections.abc import Container
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from corpus.library import document_id
from index.bundle import rollback
from index.home import Layout
from index.homes.change_journal import finish_change
from index.homes.home_building import WAIT
from index.manifest import BundleError, Manifest
from index.passages import PassageStore
from index.publishing import open_workshop
from index.segments.segment import segments_of
from index.verifying import verify_bundle

REMOVED = "removed"
"""The folder of a home where the files of removed and replaced documents are kept."""


class UnknownDocumentError(Exception):
    """No such document, or one that cannot be read. The message is Japanese and names the cure."""


def document_ids(home: Path) -> list[str]:
    """Return the ids of the documents that are answered from; none if there is no good bundle."""
    layout = Layout(home)
    with suppress(BundleError):
        manifest = verify_bundle(layout.current, home=home)
        segments = segments_of(layout.current.resolve(), manifest.segments)
        return PassageStore([segment.passages for segment in segments], manifest.passages).document_ids()
    return []


def own_files(home: Path) -> list[Path]:
    """Return the files of the documents that were added, with their headers."""
    folder = Layout(home).documents
    return sorted(folder.glob("*")) if folder.is_dir() else []


def aside(home: Path, ids: Container[str]) -> tuple[tuple[Path, Path], ...]:
    """Return the moves of the home's files of these documents: what a person stored is never deleted unasked."""
    kept = home / REMOVED / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    return tuple((file, kept / file.name) for file in own_files(home) if document_id(file) in ids)


def restore_previous(home: Path) -> Manifest:
    """Let the previous bundle serve again; BundleError if it is not good."""
    with open_workshop(home, wait=WAIT):
        finish_change(home)
    return rollback(home, wait=WAIT)
