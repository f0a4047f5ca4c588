"""The files in an archive as paths below it (`資料.zip/料金.csv`), each with a digest of what it holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.archives import unpacked
from corpus.document_headers import HEADER
from corpus.kinds import ARCHIVES
from corpus.library import is_document_file
from corpus.types import Problem
from index.homes.origins import digest_of


@dataclass(frozen=True, slots=True)
class PackedFiles:
    """What an archive holds: the digest of each file that should be a document, and what of it cannot be taken."""

    contents: Mapping[Path, str]
    problems: Sequence[Problem] = ()


def packed_files(archive: Path) -> PackedFiles:
    """Return what an archive holds; none of it is written anywhere."""
    headers: dict[str, bytes] = {}
    contents: dict[Path, str] = {}
    problems: list[Problem] = []
    for found in unpacked(archive):  # headers come first
        if isinstance(found, Problem):
            problems.append(found)
            continue
        path = archive / found[0]
        if path.suffix == HEADER:
            headers[path.stem] = found[1]
        elif is_document_file(Path(path.name)):
            contents[path] = digest_of(path.suffix, found[1], headers.get(path.stem))
    return PackedFiles(contents, problems)


def is_archive(path: Path) -> bool:
    """Tell whether a path is that of an archive."""
    return path.suffix.lower() in ARCHIVES and path.is_file()


def archive_of(path: Path) -> Path | None:
    """Return the archive that a path leads into, None for a path of a file or a folder."""
    return path.parent if is_archive(path.parent) else None
