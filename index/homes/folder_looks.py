"""How the files of a folder look: what tells that one has changed without reading it, on network drives as well."""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from corpus.document_headers import header_beside
from corpus.library import is_document_file

Look = tuple[tuple[int, int], ...]
"""Size and time of a file, and of its header where it has one."""
Looks = Mapping[Path, Look]


def folder_looks(folder: Path) -> Iterator[tuple[Path, Look]]:
    """Yield how each file looks; OSError where a part of the folder cannot be read: its files are not deleted."""

    def refuse(error: OSError) -> None:
        raise error

    for place, _, names in os.walk(folder, onerror=refuse):
        for path in (Path(place, name) for name in sorted(names)):
            if is_document_file(path.relative_to(folder)):
                with suppress(FileNotFoundError):
                    yield path, (_look(path), *_header_look(path))


def _look(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def _header_look(path: Path) -> tuple[tuple[int, int], ...]:
    header = header_beside(path)
    with suppress(FileNotFoundError):
        return (_look(header),) if header else ()
    return ()
