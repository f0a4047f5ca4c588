"""Where each document of a home came from, what its file held and since when it is there: `origins.json`."""

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from corpus.document_headers import header_beside
from corpus.library import document_id

NAME = "origins.json"


class Origin(BaseModel):
    """A document's file when it was taken up; `folder` is the watched folder that brought it, if one did."""

    model_config = ConfigDict(frozen=True)

    file: str
    content: str
    added: str
    folder: str | None = None


Origins = Mapping[str, Origin]
"""By the document's id."""
_FILE: TypeAdapter[dict[str, Origin]] = TypeAdapter(dict[str, Origin])


def origin_of(file: Path, *, folder: Path | None = None, archive: Path | None = None) -> Origin:
    """Return the origin of a document that is taken up now; OSError if its file cannot be read.

    `archive` is the one that the file was unpacked from.
    """
    added = datetime.now(UTC).isoformat(timespec="seconds")
    place = str(folder.absolute()) if folder else None
    came = archive.absolute() / file.name if archive else file.absolute()
    return Origin(file=str(came), content=content_of(file), added=added, folder=place)


def content_of(file: Path) -> str:
    """Return a digest of all that a document is read from: how the file is named, its bytes, its header's."""
    header = header_beside(file)
    return digest_of(file.suffix, file.read_bytes(), header.read_bytes() if header else None)


def digest_of(ending: str, data: bytes, header: bytes | None) -> str:
    """Return a digest of all that a document is read from."""
    digest = sha256(ending.lower().encode())
    digest.update(data)
    if header is not None:
        digest.update(b"\0" + header)
    return digest.hexdigest()


def renewed(known: Origins, files: Iterable[Path]) -> dict[str, Origin]:
    """Return the origins of these files' documents: those known of the same content, the others as of now."""
    origins: dict[str, Origin] = {}
    for file in files:
        key = document_id(file)
        if key not in origins:
            there = known.get(key)
            same = there is not None and there.content == content_of(file)
            origins[key] = there if there and same else origin_of(file)
    return origins


def read_origins(home: Path) -> dict[str, Origin]:
    """Return what is known; nothing where there is no file or none that can be read: no answer depends on it."""
    try:
        return _FILE.validate_json((home / NAME).read_bytes())
    except (FileNotFoundError, ValidationError):
        return {}


def write_origins(home: Path, origins: Origins) -> None:
    """Replace the file in one step."""
    written = home / f".{NAME}-{os.getpid()}"
    written.write_bytes(_FILE.dump_json(dict(origins), indent=1))
    written.replace(home / NAME)
