"""A home is put back from a backup: what is in it serves from one rename on, and the home of before is kept aside."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from index.bundle_lock import in_use
from index.home import Layout, Settings, point, read_settings
from index.homes import origins
from index.homes.change_journal import STAGING, Change, finish_change, write_down
from index.homes.erasing import BEFORE_RESTORE
from index.homes.home_backup import Backup, BackupError, Contents, home_files, read_contents, read_members
from index.homes.home_building import WAIT
from index.homes.home_documents import REMOVED
from index.homes.origins import read_origins
from index.manifest import BundleError
from index.publishing import open_workshop
from index.verifying import verify_bundle

_BACK, _BEFORE, _AWAY = "back", "before", "away"


def restore(file: Path, home: Path) -> Backup:
    """Put the backup in the place of the home; `notes` say where the home of before is.

    BackupError if the file is damaged or none, or if a counter has the home open: nothing is changed then.
    """
    contents = read_contents(file)
    with open_workshop(home, wait=WAIT):
        finish_change(home)
        _check_free(home)
        try:
            back = home / STAGING / _BACK
            for _ in read_members(file, contents, into=back):
                pass
            notes = [*_odd(back / "bundles" / contents.bundle)]
            aside = _set_aside(home)
            _switch(home, back, contents, aside)
        finally:
            # Done where the restored bundle serves, undone where it does not.
            finish_change(home)
    notes += [f"前の置き場所の中身は「{aside}」に、そのまま残してあります。"] if aside else []
    return Backup(contents, file.stat().st_size, tuple(notes))


def _check_free(home: Path) -> None:
    bundles = Layout(home).bundles
    if bundles.is_dir() and any(in_use(bundle) for bundle in bundles.iterdir()):
        raise BackupError(
            f"「{home}」は動いている窓口（serve など）が使っています。窓口を止めてから、もう一度実行してください。"
        )


def _odd(bundle: Path) -> list[str]:
    """Say why the restored bundle cannot answer: all its files are whole, but it may be another version's."""
    try:
        verify_bundle(bundle)
    except BundleError as error:
        return [str(error)]
    return []


def _set_aside(home: Path) -> Path | None:
    """Link all of the home of before below the staged files; return where it will be, None if there was none."""
    layout, root, staged = Layout(home), home.resolve(), home / STAGING / _BEFORE
    files = {file.resolve() for file in home_files(home)}
    if layout.previous.exists():
        files |= {file for file in layout.previous.resolve().rglob("*") if file.is_file()}
    for file in files:
        _link(file, staged / file.relative_to(root))
    for link in (layout.current, layout.previous):
        if files and link.exists():
            point(staged / link.name, staged / link.resolve().relative_to(root))
    return home / BEFORE_RESTORE / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}" if files else None


def _link(file: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(file, place)
    except OSError:
        shutil.copy2(file, place)


def _switch(home: Path, back: Path, contents: Contents, aside: Path | None) -> None:
    """Let the restored bundle serve; its documents, settings and origins follow, and those of before go aside."""
    layout = Layout(home)
    bundle = layout.bundles / contents.bundle
    while bundle.exists():
        bundle = bundle.with_name(f"{bundle.name}+")
    bundle.parent.mkdir(exist_ok=True)
    (back / "bundles" / contents.bundle).rename(bundle)
    staged = Path(STAGING)
    moves = [(staged / _BEFORE, aside.relative_to(home))] if aside else []
    for folder in (layout.documents.name, REMOVED):
        # A folder that there was not must not be put away either: done twice is done once.
        moves += [(Path(folder), staged / _AWAY / folder)] if (home / folder).exists() else []
        moves += [(staged / _BACK / folder, Path(folder))]
    change = Change(
        bundle=bundle.name,
        moves=tuple((str(source), str(target)) for source, target in moves),
        settings=read_settings(back) if Layout(back).settings.exists() else Settings(),
        origins=read_origins(back) if (back / origins.NAME).exists() else {},
    )
    write_down(home, change)
    if layout.current.exists():
        point(layout.previous, layout.current.resolve())
    point(layout.current, bundle)
