"""A bundle is written beside the live one and swapped in by one atomic rename."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.bundle_lock import in_use
from index.home import STALE, Layout, build_lock, point, sync_folder
from index.manifest import NAME, BundleError, Manifest
from index.verifying import verify_bundle

# Below so many free bytes a write that failed has failed for want of space: NumPy and SQLite do not say so.
_NO_SPACE = 1_000_000


class DiskFullError(Exception):
    """The disk has no space for the next bundle. The message is Japanese and names the cure."""

    def __init__(self, home: Path) -> None:
        super().__init__(
            f"ディスクに空きがないため、索引を作れませんでした（「{home}」）。今の索引はそのまま答え続け、"
            "加えようとした文書は残していません。空きを作ってから、もう一度実行してください。"
        )


def _disk_is_full(error: Exception, home: Path) -> bool:
    told = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    return told or shutil.disk_usage(home).free < _NO_SPACE


@dataclass(frozen=True, slots=True)
class Workshop:
    """The right to change a home's bundles, and the folder where the next one is written."""

    layout: Layout
    folder: Path

    @property
    def home(self) -> Path:
        """Return the home."""
        return self.layout.root


@contextmanager
def open_workshop(home: Path, *, wait: float = 0) -> Iterator[Workshop]:
    """Hold the home's lock and an empty folder, cleared away at the end if it was not published.

    BuildInProgressError if another process has the lock and does not let it go within `wait` seconds.
    """
    layout = Layout(home)
    with build_lock(home, wait=wait):
        _clear_stale(layout)
        folder = layout.bundles / f"{STALE}{os.getpid()}"
        folder.mkdir(parents=True)
        try:
            yield Workshop(layout, folder)
        except (OSError, sqlite3.Error) as error:
            if _disk_is_full(error, home):
                raise DiskFullError(home) from error
            raise
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def start_over(workshop: Workshop) -> None:
    """Empty the folder: what was written in it is not to be published."""
    shutil.rmtree(workshop.folder)
    workshop.folder.mkdir()


def link_files(source: Path, target: Path, names: Iterable[str]) -> None:
    """Take files over from another bundle as hard links, or as copies where the disk knows no links."""
    for name in names:
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            place.hardlink_to(source / name)
        except OSError:
            shutil.copy2(source / name, place)


def publish(workshop: Workshop, manifest: Manifest) -> None:
    """Give the written folder its name and let it serve; until the last rename the old bundle does."""
    layout, folder = workshop.layout, workshop.folder
    (folder / NAME).write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")
    _sync(folder)
    published = layout.bundles / manifest.id
    folder.rename(published)
    sync_folder(layout.bundles)
    if _good(layout):
        point(layout.previous, layout.current.resolve())
    point(layout.current, published)
    _prune(layout)


def _good(layout: Layout) -> bool:
    try:
        verify_bundle(layout.current, home=layout.root)
    except BundleError:
        return False
    return True


def _prune(layout: Layout) -> None:
    """Clear away all bundles but the current, the previous, and those that a process still has open."""
    kept = {layout.current.resolve(), layout.previous.resolve()}
    for folder in layout.bundles.iterdir():
        if folder.resolve() not in kept and not in_use(folder):
            clear_away(folder)


def clear_away(bundle: Path) -> None:
    """Delete a bundle, renamed first: a kill in the middle leaves no half-removed one under a bundle's name."""
    doomed = bundle.with_name(f"{STALE}{bundle.name}")
    bundle.rename(doomed)
    shutil.rmtree(doomed, ignore_errors=True)


def _clear_stale(layout: Layout) -> None:
    """Clear away what a killed build left: the lock says that none is running."""
    for folder in layout.bundles.glob(f"{STALE}*"):
        shutil.rmtree(folder, ignore_errors=True)
    for link in [*layout.root.glob(".current-*"), *layout.root.glob(".previous-*")]:
        link.unlink(missing_ok=True)
    if layout.current.exists():
        # A build killed after its bundle had its name leaves one that nothing points to, or the one before the last.
        _prune(layout)


def _sync(folder: Path) -> None:
    """Have the disk keep what is new: a linked file is on it already."""
    for path in folder.rglob("*"):
        if path.is_dir():
            sync_folder(path)
        elif path.stat().st_nlink == 1:
            with path.open("rb") as file:
                os.fsync(file.fileno())
    sync_folder(folder)
