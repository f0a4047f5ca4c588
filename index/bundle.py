"""The built index on disk: opened only if every byte is as it was built, else the last good one serves."""

import fcntl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from corpus.types import Document
from index.home import Layout, build_lock, point
from index.hybrid import HybridRetriever
from index.legs import load_legs
from index.manifest import NAME, BundleError, Manifest, read_manifest, verify_files
from index.passages import PassageStore
from index.types import Encoder


@dataclass(frozen=True, slots=True)
class Bundle:
    """An open bundle. `warning` (Japanese) says why it is not the newest one, where it is not."""

    path: Path
    manifest: Manifest
    passages: PassageStore
    retriever: HybridRetriever
    encoder: Encoder
    hold: BinaryIO
    warning: str | None = None

    def document(self, document_id: str) -> Document:
        """Return a document as it was built; KeyError if it is not there."""
        return self.passages.document(document_id)

    def documents(self) -> Iterator[Document]:
        """Return every document in order, one at a time."""
        return self.passages.documents()

    def file(self, name: str) -> Path:
        """Return the path of a verified file of the bundle; BundleError if it has none of that name."""
        if name not in self.manifest.files:
            raise BundleError(f"索引にファイル「{name}」がありません。", file=name)
        return self.path / name


def open_bundle(home: Path) -> Bundle:
    """Open the current bundle, or the previous one with a warning; BundleError if neither is good."""
    layout = Layout(home)
    try:
        return _open(layout.current)
    except BundleError as error:
        try:
            return _open(layout.previous, warning=f"{error}それまでは一つ前の索引で答えます。")
        except BundleError:
            raise error from None


def rollback(home: Path) -> Manifest:
    """Let `current` and `previous` change places; BundleError if the previous bundle is not good."""
    layout = Layout(home)
    with build_lock(home):
        manifest = verify_bundle(layout.previous)
        good, bad = layout.previous.resolve(), layout.current.resolve()
        point(layout.current, good)
        point(layout.previous, bad)
    return manifest


def verify_bundle(folder: Path) -> Manifest:
    """Return the manifest of a bundle all of whose files are as built; else raise BundleError."""
    if not folder.is_dir():
        raise BundleError(f"索引「{folder}」がまだありません。", file=NAME)
    manifest = read_manifest(folder)
    verify_files(folder, manifest)
    return manifest


def _open(link: Path, *, warning: str | None = None) -> Bundle:
    folder = link.resolve()
    if not folder.is_dir():
        raise BundleError(f"索引「{link}」がまだありません。", file=NAME)
    hold = _hold(folder)
    manifest = verify_bundle(folder)
    legs = load_legs(folder, manifest.encoder, manifest.encoder_fingerprint)
    passages = PassageStore(folder / "passages.sqlite")
    return Bundle(folder, manifest, passages, legs.retriever(), legs.encoder, hold, warning)


def _hold(folder: Path) -> BinaryIO:
    """Share a lock on the bundle as long as it is open: a later build does not clear it away meanwhile."""
    try:
        file = (folder / NAME).open("rb")
    except OSError as error:
        raise BundleError(f"索引「{folder.name}」に {NAME} がありません。", file=NAME) from error
    fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    return file


def in_use(folder: Path) -> bool:
    """Return whether some process has the bundle open."""
    try:
        with (folder / NAME).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
