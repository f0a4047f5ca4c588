"""An open bundle is held by a shared lock, so that no later build clears it away meanwhile."""

import fcntl
from pathlib import Path
from typing import BinaryIO

from index.manifest import NAME, BundleError


def hold_bundle(folder: Path) -> BinaryIO:
    """Share a lock on the bundle as long as the returned file is open; BundleError if there is no bundle."""
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
