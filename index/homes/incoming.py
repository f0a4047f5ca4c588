"""The files that are to become documents of a home, each under a name of its own; the others with the reason."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkdtemp

from corpus.archives import unpacked
from corpus.file_limits import refuse_large
from corpus.kinds import ARCHIVES
from corpus.library import ENDINGS, document_files, document_id, read_file
from corpus.refusing import RefusedError
from corpus.types import Problem
from index.homes.origins import content_of
from index.homes.packed_files import archive_of, is_archive
from index.os_reasons import reason


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that can be opened, the name it is to be stored under, a digest of what it holds, where it was packed."""

    file: Path
    name: str
    content: str
    archive: Path | None = None

    @property
    def document(self) -> str:
        """Return the id of its document."""
        return document_id(Path(self.name))


def incoming_files(
    paths: Sequence[Path], *, unpacking: Path, name: str | None = None
) -> tuple[list[Incoming], list[Problem]]:
    """Return what `paths` (files, folders of files, ZIP archives, files in these) bring, and what of it cannot be taken.

    Archives are unpacked below the folder `unpacking`. `name` is the document's, where one file is to have another
    name than its own.
    """
    taken: dict[str, Incoming] = {}
    refused: list[Problem] = []
    for found in _found(paths, unpacking, name):
        if isinstance(found, Problem):
            refused.append(found)
            continue
        other = taken.setdefault(found.document, found)
        if other is not found and other.content != found.content:
            refused.append(_named_twice(found, other))
    return list(taken.values()), refused


def check_name(name: str) -> None:
    """Raise ValueError where a document cannot be called that."""
    if not name.strip() or name.startswith(".") or Path(name).name != name or not name.isprintable():
        raise ValueError(
            f"「{name}」は文書の名前にできません。「/」のない、点で始まらない名前にしてください。"
        )


def _found(paths: Sequence[Path], unpacking: Path, name: str | None) -> Iterator[Incoming | Problem]:
    within: defaultdict[Path, list[str]] = defaultdict(list)
    for file in (file for path in paths for file in (document_files(path) if path.is_dir() else [path])):
        archive = archive_of(file)
        if archive:
            within[archive].append(file.name)
        elif is_archive(file):
            yield from _packed(file, unpacking)
        else:
            yield _incoming(file, f"{name}{file.suffix}" if name else file.name)
    for archive, files in within.items():
        yield from _chosen(archive, files, unpacking, name)


def with_archives_opened(files: Iterable[Path], unpacking: Path) -> tuple[list[Path], list[Problem]]:
    """Return files with what archives among them hold in their place, and what of those cannot be taken."""
    found: list[Path] = []
    refused: list[Problem] = []
    for file in files:
        if file.suffix.lower() not in ARCHIVES:
            found.append(file)
            continue
        folder, problems = _opened(file, unpacking)
        found += document_files(folder)
        refused += problems
    return found, refused


def _packed(archive: Path, unpacking: Path) -> Iterator[Incoming | Problem]:
    """Yield the files of an archive, each with its header beside it in a folder of the archive's own."""
    folder, problems = _opened(archive, unpacking)
    yield from problems
    for file in document_files(folder):
        one = _incoming(file, file.name)
        yield replace(one, archive=archive) if isinstance(one, Incoming) else one


def _chosen(
    archive: Path, files: Sequence[str], unpacking: Path, name: str | None
) -> Iterator[Incoming | Problem]:
    """Yield these files of an archive; what it has besides is nobody's question."""
    folder, problems = _opened(archive, unpacking)
    whole, wanted = document_id(archive), {document_id(Path(file)) for file in files}
    yield from (problem for problem in problems if problem.document in {whole, *wanted})
    for file in (folder / file for file in files):
        if file.is_file():
            one = _incoming(file, f"{name}{file.suffix}" if name else file.name)
            yield replace(one, archive=archive) if isinstance(one, Incoming) else one
        elif not {problem.document for problem in problems} & {whole, document_id(file)}:
            message = f"{archive.name} に {file.name} がありません。名前を確かめてください。"
            yield Problem(document_id(file), message, code="missing")


def _opened(archive: Path, unpacking: Path) -> tuple[Path, list[Problem]]:
    """Unpack an archive into a folder of its own below `unpacking`; return that and what cannot be taken."""
    unpacking.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(dir=unpacking, prefix="zip-"))
    refused = []
    for found in unpacked(archive):
        if isinstance(found, Problem):
            refused.append(found)
        else:
            (folder / found[0]).write_bytes(found[1])
    return folder, refused


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
    first, second = ((each.archive or each.file.parent) / each.file.name for each in (other, one))
    message = (
        f"「{second}」は「{first}」と同じ名前の文書になるので加えません。"
        "どちらかの名前を変えるか、--as 名前 で別の名前にしてください。"
    )
    return Problem(one.document, message, code="duplicate")
