"""Documents are taken out of a home: out of what is answered from, or with all that the home holds of their text."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from unicodedata import normalize

from corpus.library import document_id
from index.artefacts import Artefacts
from index.building import change_bundle
from index.home import Layout, read_settings
from index.homes.change_journal import finish_change
from index.homes.erasing import erase_traces, find_traces, prove_erased
from index.homes.home_building import WAIT, BuildReport, Following, report
from index.homes.home_documents import REMOVED, UnknownDocumentError, aside, document_ids
from index.homes.origins import read_origins
from index.manifest import Manifest
from index.progress import Progress
from index.publishing import Workshop, open_workshop
from index.verifying import verify_bundle

_NAMED = 20  # documents that a message lists


def remove_documents(
    artefacts: Artefacts,
    home: Path,
    documents: Sequence[str],
    *,
    for_good: bool = True,
    progress: Progress | None = None,
) -> BuildReport:
    """Take documents out of the index; their files are kept under `removed/` in the home.

    `for_good` keeps a build from bringing them back from the corpus, and a watched folder from doing so. Raises
    UnknownDocumentError if there is none of one of these names, or if none would be left.
    """
    started = perf_counter()
    keys = _keys(documents)
    with open_workshop(home, wait=WAIT) as workshop:
        finish_change(home)
        known = document_ids(home)
        for key in keys:
            _check_known(key, known)
        _check_not_last(keys, known)
        manifest = _without(artefacts, workshop, keys, held=keys if for_good else (), progress=progress)
    return report(artefacts, home, manifest, started, only=(), notes=_kept(home, keys))


def erase_document(
    artefacts: Artefacts, home: Path, document: str, *, progress: Progress | None = None
) -> BuildReport:
    """Take a document out with all that the home holds of its text, and look through the home's files for it.

    Raises UnknownDocumentError if the home holds nothing of it, EraseError if something of it is left.
    """
    started = perf_counter()
    [key] = _keys([document])
    with open_workshop(home, wait=WAIT) as workshop:
        finish_change(home)
        known = document_ids(home)
        _check_not_last([key], known)
        traces = find_traces(home, key)
        if not traces:
            _check_known(key, known)
        manifest = verify_bundle(workshop.layout.current, home=home)
        if key in known or traces.serving:
            listed = [key] if key in known else []
            manifest = _without(
                artefacts, workshop, [key], listed=listed, held=[key], erased=[key], progress=progress
            )
        erase_traces(home, key)
    notes = prove_erased(home, key, traces)
    told = report(artefacts, home, manifest, started, only=(), notes=notes)
    return replace(told, changed=key in known or traces.serving)


def remove_document(
    artefacts: Artefacts, home: Path, document: str, *, progress: Progress | None = None
) -> BuildReport:
    """Take one document out: see `remove_documents`."""
    return remove_documents(artefacts, home, [document], progress=progress)


def _without(
    artefacts: Artefacts,
    workshop: Workshop,
    keys: Sequence[str],
    *,
    held: Sequence[str],
    listed: Sequence[str] | None = None,
    erased: Collection[str] = (),
    progress: Progress | None = None,
) -> Manifest:
    """Publish the bundle without the documents `listed` (all of `keys` if not told); those `held` do not come back."""
    home = workshop.home
    settings = read_settings(home)
    chosen = settings.model_copy(update={"removed": tuple(dict.fromkeys((*settings.removed, *held)))})
    origins = {key: origin for key, origin in read_origins(home).items() if key not in keys}
    following = Following(chosen, aside(home, keys), origins)
    try:
        return change_bundle(
            workshop,
            removed=keys if listed is None else listed,
            erased=erased,
            artefacts=artefacts,
            progress=progress,
            prepared=lambda manifest: following.write_down(home, manifest),
        )
    finally:
        finish_change(home)


def _keys(documents: Sequence[str]) -> list[str]:
    """Return ids as documents have them: composed (macOS decomposes が)."""
    return list(dict.fromkeys(normalize("NFC", document) for document in documents))


def _kept(home: Path, keys: Sequence[str]) -> list[str]:
    """Say what is still there of the documents."""
    files = any(document_id(file) in keys for file in (home / REMOVED).rglob("*"))
    copies = f"ファイルの写しは「{home / REMOVED}」に" if files else ""
    previous = "本文は一つ前の索引に" if Layout(home).previous.exists() else ""
    kept = "、".join(place for place in (copies, previous) if place)
    return [f"{kept}残っています。本文まで消すには「madoguchi remove --erase ID」です。"] if kept else []


def _check_known(key: str, known: Sequence[str]) -> None:
    if key not in known:
        listed = "、".join(known[:_NAMED]) or "なし"
        more = f" ほか {len(known) - _NAMED} 件" if len(known) > _NAMED else ""
        raise UnknownDocumentError(f"文書「{key}」はありません。今ある文書：{listed}{more}")


def _check_not_last(keys: Sequence[str], known: Sequence[str]) -> None:
    if known and set(known) <= set(keys):
        last = "、".join(known)
        raise UnknownDocumentError(f"「{last}」は最後の文書なので外せません。先に別の文書を加えてください。")
