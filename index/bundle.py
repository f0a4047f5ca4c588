"""The built index on disk: opened only if every byte is as it was built, else the last good one serves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from corpus.types import Document, Problem
from index.bundle_lock import hold_bundle
from index.encoders.cross_reranker import CrossReranker
from index.encoders.opening import open_encoder
from index.encoders.sparse_leg import SparseTermEncoder
from index.home import Layout, build_lock, point
from index.hybrid import HybridRetriever
from index.legs import open_retriever
from index.manifest import ENCODER, NAME, BundleError, Manifest
from index.milvus.checking import check
from index.milvus.connection import connect
from index.milvus.settling import settle
from index.passages import PassageStore
from index.segments.segment import PassageValues, Segment, segments_of
from index.segments.tallies import SegmentTally, Tallies
from index.segments.values import Values
from index.types import Encoder
from index.verifying import verify_bundle


@dataclass(frozen=True, slots=True)
class Bundle:
    """An open bundle. `warning` (Japanese) says why it is not the newest one, where it is not."""

    path: Path
    manifest: Manifest
    segments: Sequence[Segment]
    passages: PassageStore
    retriever: HybridRetriever
    encoder: Encoder
    hold: BinaryIO
    warning: str | None = None

    def document(self, document_id: str) -> Document:
        """Return a document as it was built; KeyError if it is not there."""
        return self.passages.document(document_id)

    def documents(self) -> Iterator[Document]:
        """Return every document in order, one at a time."""
        return self.passages.documents()

    def file(self, name: str) -> Path:
        """Return the path of a verified file of the bundle; BundleError if it has none of that name."""
        if name not in self.manifest.files:
            raise BundleError(f"索引にファイル「{name}」がありません。", file=name)
        return self.path / name

    def values(self, name: str) -> Values:
        """Return the values of a passage artefact."""
        return PassageValues(self.segments, name)

    def tallies(self, name: str) -> Tallies:
        """Return the counts that a segment artefact wrote by `index.segments.tallies.write_tally`."""
        return Tallies([SegmentTally(segment.folder, name, segment.removed) for segment in self.segments])

    def problems(self) -> list[Problem]:
        """Return what was met in reading the documents."""
        return [problem for segment in self.segments for problem in segment.problems()]


def open_bundle(home: Path) -> Bundle:
    """Open the current bundle, or the previous one with a warning; BundleError if neither is good."""
    layout = Layout(home)
    try:
        return _open(layout.current, home)
    except BundleError as error:
        try:
            return _open(layout.previous, home, warning=f"{error}それまでは一つ前の索引で答えます。")
        except BundleError:
            raise error from None


def examine_bundle(folder: Path) -> Manifest:
    """Return the manifest of a bundle all of whose files, and collections where it has some, are as built.

    BundleError if not.
    """
    manifest = verify_bundle(folder)
    if manifest.milvus:
        check(connect(manifest.milvus.uri), manifest.milvus)
    return manifest


def rollback(home: Path, *, wait: float = 0) -> Manifest:
    """Let `current` and `previous` change places; BundleError if the previous bundle is not good."""
    layout = Layout(home)
    with build_lock(home, wait=wait):
        manifest = examine_bundle(layout.previous)
        good, bad = layout.previous.resolve(), layout.current.resolve()
        point(layout.current, good)
        point(layout.previous, bad)
        settle(layout, ())
    return manifest


def _open(link: Path, home: Path, *, warning: str | None = None) -> Bundle:
    folder = link.resolve()
    if not folder.is_dir():
        raise BundleError(f"索引「{link}」がまだありません。", file=NAME)
    hold = hold_bundle(folder)
    manifest = verify_bundle(folder, home=home)
    segments = segments_of(folder, manifest.segments)
    encoder = open_encoder(manifest.encoder, folder / ENCODER, manifest.encoder_fingerprint)
    passages = PassageStore([segment.passages for segment in segments], manifest.passages)
    sparse, reranker = manifest.sparse, manifest.reranker
    retriever = open_retriever(
        segments,
        encoder,
        passages,
        sparse=SparseTermEncoder(sparse, manifest.sparse_fingerprint) if sparse else None,
        reranker=CrossReranker(reranker, manifest.reranker_fingerprint) if reranker else None,
        milvus=manifest.milvus,
    )
    return Bundle(folder, manifest, segments, passages, retriever, encoder, hold, warning)
