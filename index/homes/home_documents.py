"""The documents of a home: added and removed; of the index only what they touch is written."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from unicodedata import normalize

from corpus.library import ENDINGS, document_id
from index.artefacts import Artefacts
from index.building import change_bundle
from index.bundle import rollback
from index.home import Layout, Settings, read_settings
from index.homes.change_journal import finish_change, stage_file
from index.homes.home_building import WAIT, BuildReport, Following, build_all, report
from index.manifest import BundleError, Manifest
from index.passages import PassageStore
from index.progress import Progress
from index.publishing import Workshop, open_workshop
from index.segments.making import UnreadableSourceError
from index.segments.segment import segments_of
from index.segments.sources import FileSource
from index.verifying import verify_bundle

_NAMED = 20  # documents that a message lists


class UnknownDocumentError(Exception):
    """No such document, or one that cannot be read. The message is Japanese and names the cure."""


def add_documents(
    artefacts: Artefacts, home: Path, paths: Sequence[Path], *, progress: Progress | None = None
) -> BuildReport:
    """Copy `paths` (files, or folders of files) with their headers into the home, and add them to the index.

    Nothing is kept unless every file can be read. Raises UnknownDocumentError. A document of the same name is
    replaced, and the report says so.
    """
    started = perf_counter()
    files = _named_once([file for path in paths for file in _files(path)])
    with open_workshop(home, wait=WAIT) as workshop:
        finish_change(home)
        try:
            staged = [_staged(home, file) for file in files]
            replaced, notes = _replaced(home, staged)
            settings = _without(read_settings(home), [document_id(file) for file in staged])
            following = Following(settings, (*_aside(home, staged), *_into_documents(home, staged)))
            manifest = _added(artefacts, workshop, staged, replaced, following, progress)
        except UnreadableSourceError as error:
            raise UnknownDocumentError(str(error)) from error
        finally:
            # Done where the bundle serves, undone where it does not.
            finish_change(home)
    return report(artefacts, home, manifest, started, only=[document_id(file) for file in files], notes=notes)


def remove_document(
    artefacts: Artefacts, home: Path, document: str, *, progress: Progress | None = None
) -> BuildReport:
    """Take a document out of the index; its files are kept under `removed/` in the home.

    Raises UnknownDocumentError if there is none of that name.
    """
    started = perf_counter()
    key = normalize("NFC", document)
    with open_workshop(home, wait=WAIT) as workshop:
        finish_change(home)
        known = _documents(home)
        _check_known(key, known)
        settings = read_settings(home)
        chosen = settings.model_copy(update={"removed": tuple(dict.fromkeys((*settings.removed, key)))})
        following = Following(chosen, _aside(home, [Path(key)]))
        try:
            manifest = change_bundle(
                workshop,
                removed=[key],
                artefacts=artefacts,
                progress=progress,
                prepared=lambda manifest: following.write_down(home, manifest),
            )
        finally:
            finish_change(home)
    return report(artefacts, home, manifest, started, only=())


def restore_previous(home: Path) -> Manifest:
    """Let the previous bundle serve again; BundleError if it is not good."""
    with open_workshop(home, wait=WAIT):
        finish_change(home)
    return rollback(home)


def _added(
    artefacts: Artefacts,
    workshop: Workshop,
    staged: Sequence[Path],
    replaced: Sequence[str],
    following: Following,
    progress: Progress | None,
) -> Manifest:
    try:
        verify_bundle(workshop.layout.current, home=workshop.home)
    except BundleError:
        # There is none yet, or none that this program can read: it is built whole, as before.
        return build_all(artefacts, workshop, following, added=staged, progress=progress)
    return change_bundle(
        workshop,
        added=[FileSource(file) for file in staged],
        removed=replaced,
        artefacts=artefacts,
        progress=progress,
        prepared=lambda manifest: following.write_down(workshop.home, manifest),
    )


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if file.suffix.lower() in ENDINGS)
    if not path.is_file():
        raise UnknownDocumentError(f"「{path}」がありません。ファイルの場所を確かめてください。")
    return [path]


def _named_once(files: Sequence[Path]) -> Sequence[Path]:
    if not files:
        raise UnknownDocumentError(
            f"加える文書がありません。{'・'.join(e[1:] for e in ENDINGS)} のファイルを指定してください。"
        )
    named: dict[str, Path] = {}
    for file in files:
        other = named.setdefault(document_id(file), file)
        if other is not file:
            raise UnknownDocumentError(
                f"「{other}」と「{file}」は同じ名前の文書になります。どちらかの名前を変えてください。"
            )
    return files


def _staged(home: Path, file: Path) -> Path:
    header = file.with_suffix(".toml")
    if header.is_file():
        stage_file(home, header)
    return stage_file(home, file)


def _replaced(home: Path, staged: Sequence[Path]) -> tuple[list[str], list[str]]:
    """Return the ids of documents that the staged ones take the place of, and what to say of it."""
    there = set(_documents(home))
    ids = [document_id(file) for file in staged if document_id(file) in there]
    own = {document_id(file): file.name for file in _own_files(home)}
    kept = "前のファイルは、置き場所の removed フォルダーに残してあります。"
    return ids, [
        f"同じ名前の文書「{key}」{f'（{own[key]}）' if key in own else ''}と入れ替えました。{kept if key in own else ''}"
        for key in ids
    ]


def _own_files(home: Path) -> list[Path]:
    folder = Layout(home).documents
    return sorted(folder.glob("*")) if folder.is_dir() else []


def _aside(home: Path, named: Sequence[Path]) -> tuple[tuple[Path, Path], ...]:
    """Return the moves of the home's files of these names: what a person stored is never deleted."""
    kept = home / "removed" / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    ids = {document_id(file) for file in named}
    return tuple((file, kept / file.name) for file in _own_files(home) if document_id(file) in ids)


def _into_documents(home: Path, staged: Sequence[Path]) -> tuple[tuple[Path, Path], ...]:
    folder = Layout(home).documents
    parts = (part for file in staged for part in (file, file.with_suffix(".toml")) if part.is_file())
    return tuple((part, folder / part.name) for part in parts)


def _without(settings: Settings, ids: Sequence[str]) -> Settings:
    return settings.model_copy(update={"removed": tuple(key for key in settings.removed if key not in ids)})


def _documents(home: Path) -> list[str]:
    """Return the ids of the documents that are answered from; none if there is no good bundle."""
    layout = Layout(home)
    with suppress(BundleError):
        manifest = verify_bundle(layout.current, home=home)
        segments = segments_of(layout.current.resolve(), manifest.segments)
        return PassageStore([segment.passages for segment in segments], manifest.passages).document_ids()
    return []


def _check_known(key: str, known: Sequence[str]) -> None:
    if key not in known:
        listed = "、".join(known[:_NAMED]) or "なし"
        more = f" ほか {len(known) - _NAMED} 件" if len(known) > _NAMED else ""
        raise UnknownDocumentError(f"文書「{key}」はありません。今ある文書：{listed}{more}")
    if len(known) == 1:
        raise UnknownDocumentError(f"「{key}」は最後の文書なので外せません。先に別の文書を加えてください。")
