"""A home in one file, and back: a tar of its files that begins with their digests, checked before anything is touched.

What is in it lies under the names it has in the home, so that any tar shows it: settings, origins, the documents that
were added and those that were removed, and the bundle that serves. The bundle before that one is left out.
"""

import gzip
import io
import os
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO

from pydantic import BaseModel, ConfigDict, ValidationError

from index.home import Layout, sync_folder
from index.homes import origins
from index.homes.change_journal import finish_change
from index.homes.home_building import WAIT
from index.homes.home_documents import REMOVED
from index.manifest import FileRecord
from index.os_reasons import reason
from index.publishing import open_workshop
from index.verifying import verify_bundle

FORMAT = 1
_CONTENTS = "madoguchi-home.json"
# What can be packed (the encoder is half of it) packs nearly as well at the quickest level, in a fifth of the time.
_LEVEL = 1
_BLOCK = 1_000_000
_DAMAGE = (tarfile.TarError, EOFError, gzip.BadGzipFile, zlib.error, UnicodeDecodeError)


class BackupError(Exception):
    """A backup cannot be written, or is not one. The message is Japanese and names the cure."""


class Contents(BaseModel):
    """What a backup says of itself: the bundle that serves, and each file of the home."""

    model_config = ConfigDict(frozen=True)

    format: int
    created: str
    bundle: str
    files: Mapping[str, FileRecord]


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written or restored: how much is in it. `notes` (Japanese) say what is not."""

    contents: Contents
    size: int
    notes: tuple[str, ...] = ()


def back_up(home: Path, file: Path, *, replacing: bool = False) -> Backup:
    """Write the home to `file`, in one step, and read it back; BackupError if the file is there and not `replacing`.

    BundleError if the home's own bundle is not good.
    """
    if file.exists() and not replacing:
        raise BackupError(f"「{file}」がもうあります。別の名前にするか、--replace で置き換えてください。")
    if not file.absolute().parent.is_dir():
        raise BackupError(f"フォルダー「{file.absolute().parent}」がありません。先に作ってください。")
    written = file.with_name(f".{file.name}-{os.getpid()}")
    try:
        with open_workshop(home, wait=WAIT):
            finish_change(home)
            manifest = verify_bundle(Layout(home).current)
            contents = _contents(home)
            try:
                _write(home, contents, written)
            except OSError as error:
                raise BackupError(
                    f"控え「{file}」を書けません（{reason(error)}）。別の場所を指定してください。"
                ) from error
        for _ in read_members(written, read_contents(written)):
            pass
        written.replace(file)
        sync_folder(file.absolute().parent)
    finally:
        with suppress(OSError):
            written.unlink()
    notes = []
    if manifest.corpus_folder:
        notes.append(
            f"文書フォルダー「{manifest.corpus_folder}」そのものは入れていません（索引の中の本文は入っています）。"
        )
    if manifest.milvus:
        notes.append("Milvus の中身は入れていません。戻したあと「madoguchi build」で作り直してください。")
    return Backup(contents, file.stat().st_size, tuple(notes))


def read_contents(file: Path) -> Contents:
    """Return what a backup says of itself; BackupError if it is none, or of another version."""
    with _opened(file) as archive:
        first = archive.next()
        read = archive.extractfile(first) if first and first.name == _CONTENTS else None
        if read is None:
            raise BackupError(
                f"「{file}」は窓口の控えではありません。「madoguchi backup」で作ったファイルを指定してください。"
            )
        try:
            contents = Contents.model_validate_json(read.read())
        except ValidationError as error:
            raise _damaged(file, _CONTENTS) from error
    place = f"bundles/{contents.bundle}/"
    if not _is_inside(place) or not any(name.startswith(place) for name in contents.files):
        raise _damaged(file, _CONTENTS)
    if contents.format != FORMAT:
        raise BackupError(
            f"「{file}」は別の版のプログラムの控えです（形式 {contents.format}、必要な形式 {FORMAT}）。その版で戻してください。"
        )
    return contents


def read_members(file: Path, contents: Contents, *, into: Path | None = None) -> Iterator[str]:
    """Yield the name of each file of a backup once it is found as it was, and written below `into` if told.

    BackupError if one is not, is missing, or does not belong there.
    """
    left = dict(contents.files)
    with _opened(file) as archive:
        for member in archive:
            if member.name == _CONTENTS:
                continue
            record = left.pop(member.name, None)
            content = archive.extractfile(member) if member.isreg() else None
            if record is None or content is None or not _is_inside(member.name):
                raise _damaged(file, member.name)
            if _copied(content, into / member.name if into else None) != record:
                raise _damaged(file, member.name)
            yield member.name
    if left:
        raise _damaged(file, min(left))


def home_files(home: Path) -> Iterator[Path]:
    """Yield the files that make a home, by their names."""
    layout = Layout(home)
    yield from (file for file in (layout.settings, home / origins.NAME) if file.is_file())
    for folder in (layout.documents, home / REMOVED, layout.current.resolve()):
        yield from sorted(file for file in folder.rglob("*") if file.is_file())


def _contents(home: Path) -> Contents:
    root = home.resolve()
    files = {file.resolve().relative_to(root).as_posix(): _copied_from(file) for file in home_files(home)}
    return Contents(
        format=FORMAT,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        bundle=Layout(home).current.resolve().name,
        files=files,
    )


def _write(home: Path, contents: Contents, file: Path) -> None:
    with file.open("wb") as disk:
        with (
            gzip.GzipFile(fileobj=disk, mode="wb", compresslevel=_LEVEL, filename="") as packed,
            tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as archive,
        ):
            told = contents.model_dump_json(indent=1).encode()
            first = tarfile.TarInfo(_CONTENTS)
            first.size = len(told)
            archive.addfile(first, io.BytesIO(told))
            for name in contents.files:
                info = tarfile.TarInfo(name)
                status = (home / name).stat()
                info.size, info.mtime = status.st_size, int(status.st_mtime)
                with (home / name).open("rb") as content:
                    archive.addfile(info, content)
        disk.flush()
        os.fsync(disk.fileno())


@contextmanager
def _opened(file: Path) -> Iterator[tarfile.TarFile]:
    """Open a backup to be read from its beginning; at the end all of it has been read, and its checksum with it."""
    if not file.is_file():
        raise BackupError(f"「{file}」がありません。控えのファイルの場所を確かめてください。")
    try:
        with gzip.open(file) as packed, tarfile.open(fileobj=packed, mode="r|") as archive:
            yield archive
            while packed.read(_BLOCK):
                pass
    except gzip.BadGzipFile as error:
        if "Not a gzipped file" in str(error):
            raise BackupError(
                f"「{file}」は窓口の控えではありません。「madoguchi backup」で作ったファイルを指定してください。"
            ) from error
        raise _damaged(file, "") from error
    except _DAMAGE as error:
        raise _damaged(file, "") from error


def _damaged(file: Path, name: str) -> BackupError:
    where = f"（{name}）" if name else ""
    return BackupError(
        f"控え「{file}」は壊れています{where}。別の控えを使ってください。今の置き場所はそのままです。"
    )


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _copied_from(file: Path) -> FileRecord:
    with file.open("rb") as content:
        return _copied(content, None)


def _copied(content: IO[bytes], target: Path | None) -> FileRecord:
    """Read all of a file, write it to `target` if there is one, and return its record."""
    digest, size = sha256(), 0
    if target:
        target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") if target else io.BytesIO() as copy:
        while block := content.read(_BLOCK):
            digest.update(block)
            size += len(block)
            if target:
                copy.write(block)
        if target:
            copy.flush()
            os.fsync(copy.fileno())
    return FileRecord(size=size, sha256=digest.hexdigest())
