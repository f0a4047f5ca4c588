"""Whether a bundle's files are as they were built: every one is hashed, large ones once a home.

A large file that this home has hashed before, and that is still the same file of the same size, last changed at the
same time, is taken as unchanged: hashing gigabytes before each question would take seconds. What such a look cannot
see, a bit that turned on the disk itself, `madoguchi doctor` finds: it hashes everything.
"""

import json
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path

from index.manifest import NAME, BundleError, FileRecord, Manifest, read_manifest

# Files from this size may be remembered. All smaller ones of a bundle are hashed in some 20 ms.
LARGE = 8_000_000
_MEMORY = "verified.json"


def record_files(folder: Path, *, known: Mapping[str, FileRecord] | None = None) -> dict[str, FileRecord]:
    """Return a record of every file under `folder`, by its path in it; those that are `known` are not read."""
    held = known or {}
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    names = [path.relative_to(folder).as_posix() for path in paths]
    fresh = [path for path, name in zip(paths, names, strict=True) if name not in held]
    records = dict(zip(fresh, _each_hashed(fresh), strict=True))
    return {name: held.get(name) or records[path] for path, name in zip(paths, names, strict=True)}


def verify_bundle(folder: Path, *, home: Path | None = None) -> Manifest:
    """Return the manifest of a bundle all of whose files are as built; else raise BundleError.

    With a `home`, large files that it has verified before are not hashed again unless they changed.
    """
    if not folder.is_dir():
        raise BundleError(f"索引「{folder}」がまだありません。", file=NAME)
    manifest = read_manifest(folder)
    for name, expected in manifest.files.items():
        _check_size(folder / name, name, expected)
    memory = _read(home) if home else {}
    seen = {name: _identity(folder / name) for name in manifest.files}
    hashed = [
        name
        for name, record in manifest.files.items()
        if record.size < LARGE or memory.get(seen[name]) != record.sha256
    ]
    for name, record in zip(hashed, _each_hashed(folder / name for name in hashed), strict=True):
        if record != manifest.files[name]:
            raise BundleError(f"索引のファイル「{name}」の中身が壊れています。", file=name)
    large = {seen[name]: r.sha256 for name, r in manifest.files.items() if r.size >= LARGE}
    if home and not large.items() <= memory.items():
        _write(home, memory | large)
    return manifest


def _check_size(path: Path, name: str, expected: FileRecord) -> None:
    if not path.is_file():
        raise BundleError(f"索引のファイル「{name}」がありません。", file=name)
    if path.stat().st_size != expected.size:
        raise BundleError(f"索引のファイル「{name}」の大きさが違います（途中で切れています）。", file=name)


def _each_hashed(paths: Iterable[Path]) -> list[FileRecord]:
    """Hash files on all cores: hashing leaves Python's lock free."""
    every = list(paths)
    if sum(path.stat().st_size for path in every) < LARGE:
        return [_hashed(path) for path in every]
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        return list(pool.map(_hashed, every))


def _hashed(path: Path) -> FileRecord:
    with path.open("rb") as file:
        return FileRecord(
            size=os.fstat(file.fileno()).st_size, sha256=file_digest(file, "sha256").hexdigest()
        )


def _identity(path: Path) -> str:
    """Return what changes when a file is replaced or written to. (Its ctime changes with each hard link.)"""
    status = path.stat()
    return f"{status.st_dev}:{status.st_ino}:{status.st_size}:{status.st_mtime_ns}"


def _read(home: Path) -> dict[str, str]:
    try:
        memory: dict[str, str] = json.loads((home / _MEMORY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return memory


# More than two bundles have large files; older ones are forgotten.
_REMEMBERED = 200


def _write(home: Path, memory: Mapping[str, str]) -> None:
    """Keep what was verified; a home that cannot be written to is verified anew each time."""
    kept = dict(list(memory.items())[-_REMEMBERED:])
    written = home / f".{_MEMORY}-{os.getpid()}"
    with suppress(OSError):
        written.write_text(json.dumps(kept), encoding="utf-8")
        written.replace(home / _MEMORY)
