"""The documents of a home: added, removed and listed, with the index rebuilt to match."""

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from corpus.library import ENDINGS, read_file
from corpus.types import Document, Problem
from index.home import Layout, read_settings
from index.progress import Progress
from qa.building import BuildReport, gather, rebuild


class UnknownDocumentError(Exception):
    """No such document, or one that cannot be read. The message is Japanese and names the cure."""


def add_documents(home: Path, paths: Sequence[Path], *, progress: Progress | None = None) -> BuildReport:
    """Copy `paths` (files, or folders of files) with their headers into the home, and rebuild.

    Nothing is copied unless every file can be read. Raises UnknownDocumentError.
    """
    files = [file for path in paths for file in _files(path)]
    if not files:
        raise UnknownDocumentError(
            f"加える文書がありません。{'・'.join(e[1:] for e in ENDINGS)} のファイルを指定してください。"
        )
    for file in files:
        document, problems = read_file(file)
        if document is None:
            raise UnknownDocumentError("\n".join(f"{file}: {problem.message}" for problem in problems))
    folder = Layout(home).documents
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        _set_aside(home, file.stem)
        for part in (file, file.with_suffix(".toml")):
            if part.is_file():
                shutil.copy2(part, folder / part.name)
    settings = read_settings(home)
    removed = tuple(key for key in settings.removed if key not in {file.stem for file in files})
    return rebuild(home, settings.model_copy(update={"removed": removed}), progress=progress)


def remove_document(home: Path, document_id: str, *, progress: Progress | None = None) -> BuildReport:
    """Take a document out and rebuild; its files are kept under `removed/` in the home.

    Raises UnknownDocumentError if there is none of that name.
    """
    settings = read_settings(home)
    documents, _ = gather(home, settings)
    if document_id not in {document.id for document in documents}:
        known = "、".join(document.id for document in documents) or "なし"
        raise UnknownDocumentError(f"文書「{document_id}」はありません。今ある文書：{known}")
    if len(documents) == 1:
        raise UnknownDocumentError(
            f"「{document_id}」は最後の文書なので外せません。先に別の文書を加えてください。"
        )
    _set_aside(home, document_id)
    removed = (*settings.removed, document_id)
    return rebuild(home, settings.model_copy(update={"removed": removed}), progress=progress)


def held_documents(home: Path) -> tuple[list[Document], list[Problem]]:
    """Return the documents that the next build would take, and the problems found in reading them."""
    return gather(home, read_settings(home))


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if file.suffix.lower() in ENDINGS)
    if not path.is_file():
        raise UnknownDocumentError(f"「{path}」がありません。ファイルの場所を確かめてください。")
    return [path]


def _set_aside(home: Path, stem: str) -> None:
    """Move the home's files of that name away: what a person stored is never deleted."""
    layout = Layout(home)
    files = (
        [file for file in layout.documents.glob("*") if file.stem == stem]
        if layout.documents.is_dir()
        else []
    )
    if files:
        kept = layout.root / "removed" / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
        kept.mkdir(parents=True)
        for file in files:
            shutil.move(file, kept / file.name)
