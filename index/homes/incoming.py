"""The files that are to become documents of a home, each under a name of its own; the others with the reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.file_limits import refuse_large
from corpus.library import ENDINGS, document_files, document_id, read_file
from corpus.refusing import RefusedError
from corpus.types import Problem
from index.homes.origins import content_of
from index.os_reasons import reason


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that can be opened, the name it is to be stored under, and a digest of what it holds."""

    file: Path
    name: str
    content: str

    @property
    def document(self) -> str:
        """Return the id of its document."""
        return document_id(Path(self.name))


def incoming_files(paths: Sequence[Path], *, name: str | None = None) -> tuple[list[Incoming], list[Problem]]:
    """Return what `paths` (files, or folders of files) bring, and what of it cannot be taken.

    `name` is the document's, where one file is to have another name than its own.
    """
    taken: dict[str, Incoming] = {}
    refused: list[Problem] = []
    for file in _files(paths):
        found = _incoming(file, f"{name}{file.suffix}" if name else file.name)
        if isinstance(found, Incoming):
            other = taken.setdefault(found.document, found)
            if other is found or other.content == found.content:
                continue
            found = _named_twice(found, other)
        refused.append(found)
    return list(taken.values()), refused


def check_name(name: str) -> None:
    """Raise ValueError where a document cannot be called that."""
    if not name.strip() or name.startswith(".") or Path(name).name != name or not name.isprintable():
        raise ValueError(
            f"「{name}」は文書の名前にできません。「/」のない、点で始まらない名前にしてください。"
        )


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from document_files(path)
        else:
            yield path


def _incoming(file: Path, name: str) -> Incoming | Problem:
    if not file.is_file():
        return Problem(str(file), "ファイルがありません。場所を確かめてください。", code="missing")
    if file.suffix.lower() not in ENDINGS:
        return read_file(file)[1][-1]
    try:
        refuse_large(file.name, file.stat().st_size)
        return Incoming(file, name, content_of(file))
    except RefusedError as error:
        return Problem(document_id(file), str(error), code=error.code)
    except OSError as error:
        message = f"{file.name} を開けません（{reason(error)}）。読み取りの許可を確かめてください。"
        return Problem(document_id(file), message, code="unreadable")


def _named_twice(one: Incoming, other: Incoming) -> Problem:
    message = (
        f"「{one.file}」は「{other.file}」と同じ名前の文書になるので加えません。"
        "どちらかの名前を変えるか、--as 名前 で別の名前にしてください。"
    )
    return Problem(one.document, message, code="duplicate")
