"""A ZIP of documents to its files: each as if it lay in a folder alone; what may not be unpacked is a Problem.

Nothing is written to disk. Names are read in UTF-8 or CP932, as macOS and Windows write them.
"""

import stat
import struct
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 - the library names its exception in small letters

from corpus.document_headers import HEADER
from corpus.file_limits import open_zip, refuse_large
from corpus.kinds import is_hidden
from corpus.refusing import RefusedError
from corpus.types import Problem

MOST_FILES = 10_000
"""More files than any city publishes at once; each costs a look."""
_LONGEST_NAME = 250
"""Bytes: a file system has room for 255, and the header of a document ends in `.toml`."""
_PACKED = (".zip", ".lzh", ".7z", ".rar", ".tar", ".gz", ".tgz")
_FURNITURE = ("__MACOSX", "Thumbs.db", "desktop.ini")
_LOCKED = 0x1
_UTF8 = 0x800
_BROKEN = (
    BadZipFile,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    ZlibError,
    struct.error,
)
"""What a broken archive raises, or one packed in a way that is not known."""

Unpacked = tuple[str, bytes] | Problem


def unpacked(source: Path | bytes, *, name: str = "") -> Iterator[Unpacked]:
    """Yield the name and the content of each file of an archive, or the Problem that kept it out; headers come first.

    Names have no folders: one that two files share has its folder before it. `name` is what bytes are called.
    """
    name = name or (source.name if isinstance(source, Path) else "ZIP")
    try:
        data = _content(source)
        archive = open_zip(data)
    except RefusedError as error:
        yield Problem(_id(name), f"{name}：{error}", code=error.code)
        return
    except _BROKEN as error:
        yield _unreadable(name, f"{name} ", error)
        return
    with archive:
        yield from _files(archive, name)


def _content(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source
    refuse_large(source.name, source.stat().st_size)
    return source.read_bytes()


def _files(archive: ZipFile, name: str) -> Iterator[Unpacked]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_FILES:
        message = f"{name} のファイル {len(entries):,} 個は上限の {MOST_FILES:,} 個を超えるので読みません。分けてください。"
        yield Problem(_id(name), message, code="size")
        return
    locked = sum(bool(entry.flag_bits & _LOCKED) for entry in entries)
    if locked:
        message = f"{name} の {locked} 個のファイルにはパスワードが掛かっています。パスワードを外して圧縮し直してください。"
        yield Problem(_id(name), message, code="password")
    kept: list[tuple[PurePosixPath, ZipInfo]] = []
    told = 0
    for entry in entries:
        path = PurePosixPath(_decoded(entry))
        if entry.flag_bits & _LOCKED or _is_furniture(path):
            continue
        problem = _refused(entry, path, name)
        if problem is not None:
            told += 1
            yield problem
        else:
            kept.append((path, entry))
    if not kept and not locked and not told:
        yield Problem(
            _id(name), f"{name} に文書が入っていません。文書を入れて圧縮し直してください。", code="empty"
        )
    yield from _each(archive, kept, name)


def _each(archive: ZipFile, kept: Sequence[tuple[PurePosixPath, ZipInfo]], name: str) -> Iterator[Unpacked]:
    names = flat_names([path for path, _ in kept])
    taken: set[str] = set()
    for path, entry in sorted(kept, key=lambda one: (one[0].suffix != HEADER, one[0])):
        file = names[path]
        if len(file.encode()) > _LONGEST_NAME:
            yield _misnamed(path, name, "は、名前が長すぎます", "短い名前にして")
        elif file in taken:
            yield _misnamed(path, name, f"は、「{file}」という名前の二つめのファイルです", "別の名前にして")
        else:
            taken.add(file)
            yield _read(archive, entry, file, name)


def flat_names(paths: Sequence[PurePosixPath]) -> dict[PurePosixPath, str]:
    """Return a file name for each path: its own, with its folders before it where another file has the same.

    >>> [*flat_names([PurePosixPath("税/窓口.txt"), PurePosixPath("福祉/窓口.txt"), PurePosixPath("税/料金.csv")]).values()]
    ['税-窓口.txt', '福祉-窓口.txt', '料金.csv']
    """
    folders = Counter(stem for stem, _ in {(path.stem, path.parent) for path in paths})
    return {path: "-".join(path.parts) if folders[path.stem] > 1 else path.name for path in paths}


def _decoded(entry: ZipInfo) -> str:
    """Return the name of an entry with / between its folders."""
    name = entry.orig_filename
    if not entry.flag_bits & _UTF8:
        raw = name.encode("cp437")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("cp932", "replace")
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _is_furniture(path: PurePosixPath) -> bool:
    """Tell whether a file is what an operating system adds, or hidden."""
    return any(part in _FURNITURE or is_hidden(part) for part in path.parts if part != "..")


def _refused(entry: ZipInfo, path: PurePosixPath, archive: str) -> Problem | None:
    """Return why a file is not unpacked, None where it may be."""
    if not path.name or not str(path).isprintable():
        return _misnamed(path, archive, "は、ファイルの名前として読めません", "別の名前にして")
    outside = path.is_absolute() or ".." in path.parts or ":" in path.parts[0]
    if outside or stat.S_ISLNK(entry.external_attr >> 16):
        message = f"{archive} の {path} は、書庫の外を指しているので読みません。ファイルそのものを入れて圧縮し直してください。"
        return Problem(path.stem, message, code="archive")
    if path.suffix.lower() in _PACKED:
        message = f"{archive} の中の書庫 {path} は開きません。展開したファイルを入れて圧縮し直してください。"
        return Problem(path.stem, message, code="archive")
    return None


def _misnamed(path: PurePosixPath, archive: str, why: str, cure: str) -> Problem:
    shown = "".join(char if char.isprintable() else "〓" for char in str(path))
    return Problem(
        _id(shown) or _id(archive),
        f"{archive} の {shown} {why}。{cure}圧縮し直してください。",
        code="archive",
    )


def _read(archive: ZipFile, entry: ZipInfo, file: str, name: str) -> Unpacked:
    try:
        refuse_large(file, entry.file_size)
        return file, archive.read(entry)
    except RefusedError as error:
        return Problem(_id(file), str(error), code=error.code)
    except _BROKEN as error:
        return _unreadable(file, f"{name} の {file} ", error)


def _unreadable(file: str, named: str, error: Exception) -> Problem:
    message = f"{named}を開けません（{type(error).__name__}）。圧縮し直してください。"
    return Problem(_id(file), message, code="unreadable")


def _id(file: str) -> str:
    return PurePosixPath(file).stem
