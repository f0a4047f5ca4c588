"""A change of a home is its bundle, files, settings and origins together: what a killed process left is done or undone.

The next bundle serves from one rename on; the files that were added and the settings follow it. What has to follow
is written down before. Whoever next changes the home finds it: if that bundle serves, the rest is done, else nothing.
"""

import os
import shutil
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from index.home import Layout, Settings, sync_folder, write_settings
from index.homes.origins import Origin, write_origins

STAGING = ".adding"
"""The folder of a home where files wait to be its own."""
_JOURNAL = ".change.json"
_HALF_WRITTEN = (f"{_JOURNAL}-*", ".settings-*", ".origins.json-*")


class Change(BaseModel):
    """What follows once `bundle` serves: files to move (from, to; below the home), the settings, the origins."""

    model_config = ConfigDict(frozen=True)

    bundle: str
    moves: tuple[tuple[str, str], ...]
    settings: Settings
    origins: dict[str, Origin] | None = None


def stage_file(home: Path, file: Path, *, name: str | None = None) -> Path:
    """Copy a file to where it waits, under another name where one is given; return the copy."""
    folder = home / STAGING
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / (name or file.name)
    shutil.copy2(file, copy)
    with copy.open("rb") as stored:
        os.fsync(stored.fileno())
    return copy


def write_down(home: Path, change: Change) -> None:
    """Keep what has to follow."""
    written = home / f"{_JOURNAL}-{os.getpid()}"
    with written.open("w", encoding="utf-8") as file:
        file.write(change.model_dump_json())
        file.flush()
        os.fsync(file.fileno())
    written.replace(home / _JOURNAL)
    sync_folder(home)


def finish_change(home: Path) -> None:
    """Do what follows the bundle that serves; forget what was to follow one that does not. The lock must be held."""
    journal = home / _JOURNAL
    if journal.exists():
        change = Change.model_validate_json(journal.read_bytes())
        if Layout(home).current.resolve().name == change.bundle:
            for source, target in change.moves:
                _move(home / source, home / target)
            write_settings(home, change.settings)
            if change.origins is not None:
                write_origins(home, change.origins)
        journal.unlink()
    for left in (file for name in _HALF_WRITTEN for file in home.glob(name)):
        left.unlink()
    shutil.rmtree(home / STAGING, ignore_errors=True)


def _move(source: Path, target: Path) -> None:
    """Move a file once: when this is done again, the target is there already."""
    if source.exists() and not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)
        sync_folder(target.parent)
