"""Builds a bundle beside the live one and swaps it in by one atomic rename."""

import os
import shutil
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from corpus.types import Document, Passage
from index.bundle import in_use, verify_bundle
from index.encoders.settings import EncoderSettings
from index.home import STALE, Layout, build_lock, point, sync_folder
from index.legs import Legs, Progress, fit_legs
from index.manifest import FORMAT, NAME, BundleError, Manifest, record_files
from index.passages import write_passages
from index.tokenizer import dictionary_version

_LIBRARIES = ("bm25s", "faiss-cpu", "ja-ginza", "numpy", "sentence-transformers", "SudachiPy", "torch")


class Artefact(Protocol):
    """A file or files that an upper folder adds to the bundle; they are hashed with the rest."""

    @property
    def name(self) -> str: ...

    def write(self, folder: Path, documents: Sequence[Document], passages: Sequence[Passage]) -> None: ...


def build_bundle(
    home: Path,
    documents: Sequence[Document],
    passages: Sequence[Passage],
    *,
    encoder: EncoderSettings | None = None,
    artefacts: Sequence[Artefact] = (),
    corpus_folder: str | None = None,
    progress: Progress | None = None,
) -> Manifest:
    """Build, publish and return the manifest. Until the last rename the old bundle serves, whatever happens.

    ValueError if two passages or two documents share an id or a passage's document is missing.
    """
    _check(documents, passages)
    settings = encoder or EncoderSettings()
    layout = Layout(home)
    with build_lock(home):
        _clear_stale(layout)
        folder = layout.bundles / f"{STALE}{os.getpid()}"
        folder.mkdir(parents=True)
        try:
            legs = _write(folder, documents, passages, settings, artefacts, progress)
            manifest = _manifest(folder, documents, passages, settings, legs, corpus_folder)
            _publish(layout, folder, manifest)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return manifest


def _check(documents: Sequence[Document], passages: Sequence[Passage]) -> None:
    for kind, ids in (("document", [d.id for d in documents]), ("passage", [p.id for p in passages])):
        twice = [key for key, count in Counter(ids).items() if count > 1]
        if twice:
            raise ValueError(f"{kind} ids must be unique, but these are not: {twice[:5]}")
    missing = {p.document for p in passages} - {d.id for d in documents}
    if missing:
        raise ValueError(f"passages belong to documents that were not given: {sorted(missing)[:5]}")


def _write(
    folder: Path,
    documents: Sequence[Document],
    passages: Sequence[Passage],
    settings: EncoderSettings,
    artefacts: Sequence[Artefact],
    progress: Progress | None,
) -> Legs:
    write_passages(folder / "passages.sqlite", documents, passages)
    legs = fit_legs(passages, settings, progress)
    legs.save(folder)
    for number, artefact in enumerate(artefacts, 1):
        artefact.write(folder, documents, passages)
        if progress:
            progress(artefact.name, number, len(artefacts))
    return legs


def _manifest(
    folder: Path,
    documents: Sequence[Document],
    passages: Sequence[Passage],
    settings: EncoderSettings,
    legs: Legs,
    corpus_folder: str | None,
) -> Manifest:
    created = datetime.now(UTC)
    draft = Manifest(
        id="",
        format=FORMAT,
        created=created.isoformat(timespec="microseconds"),
        documents=len(documents),
        passages=len(passages),
        corpus_folder=corpus_folder,
        encoder=settings,
        encoder_fingerprint=legs.encoder.fingerprint,
        dimension=legs.encoder.dimension,
        dictionary=dictionary_version(),
        versions={name: version(name) for name in _LIBRARIES},
        files=record_files(folder),
    )
    return draft.model_copy(update={"id": f"{created:%Y%m%dT%H%M%S}-{draft.digest()}"})


def _publish(layout: Layout, folder: Path, manifest: Manifest) -> None:
    (folder / NAME).write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")
    _sync(folder)
    published = layout.bundles / manifest.id
    folder.rename(published)
    sync_folder(layout.bundles)
    if _good(layout.current):
        point(layout.previous, layout.current.resolve())
    point(layout.current, published)
    _prune(layout)


def _good(folder: Path) -> bool:
    try:
        verify_bundle(folder)
    except BundleError:
        return False
    return True


def _prune(layout: Layout) -> None:
    """Clear away all bundles but the current, the previous, and those that a process still has open."""
    kept = {layout.current.resolve(), layout.previous.resolve()}
    for folder in layout.bundles.iterdir():
        if folder.resolve() not in kept and not in_use(folder):
            # Renamed first: a kill in the middle leaves no half-removed bundle under a bundle's name.
            doomed = folder.with_name(f"{STALE}{folder.name}")
            folder.rename(doomed)
            shutil.rmtree(doomed, ignore_errors=True)


def _clear_stale(layout: Layout) -> None:
    """Clear away what a killed build left: the lock says that none is running."""
    for folder in layout.bundles.glob(f"{STALE}*"):
        shutil.rmtree(folder, ignore_errors=True)
    for link in [*layout.root.glob(".current-*"), *layout.root.glob(".previous-*")]:
        link.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        else:
            sync_folder(path)
    sync_folder(folder)
