"""A retriever of passages alone, as for one evaluation."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from weakref import finalize

from corpus.types import Document, Page, Passage
from index.artefacts import NO_ARTEFACTS
from index.encoders.opening import prepare_encoder
from index.encoders.settings import EncoderSettings
from index.hybrid import HybridRetriever
from index.legs import open_retriever
from index.manifest import ENCODER, SEGMENTS
from index.passages import PassageStore
from index.progress import Progress
from index.segments.analysis import Recipe
from index.segments.making import write_segments
from index.segments.segment import segments_of
from index.segments.sources import GivenSource


def build_retriever(
    passages: Sequence[Passage], *, encoder: EncoderSettings | None = None, progress: Progress | None = None
) -> HybridRetriever:
    """Return a retriever of passages; its files go when it goes."""
    folder = TemporaryDirectory(prefix="madoguchi-")
    place = Path(folder.name)
    settings = encoder or EncoderSettings()
    opened = prepare_encoder(settings, place / ENCODER)
    recipe = Recipe(settings, place / ENCODER, opened.fingerprint, NO_ARTEFACTS)
    written = write_segments(place / SEGMENTS, _sources(passages), recipe, progress=progress)
    segments = segments_of(place, [new.record for new in written])
    store = PassageStore([segment.passages for segment in segments], len(passages))
    retriever = open_retriever(segments, opened, store)
    finalize(retriever, folder.cleanup)
    return retriever


def _sources(passages: Sequence[Passage]) -> list[GivenSource]:
    """Return the passages by document; of the documents themselves nothing is known."""
    own: dict[str, list[Passage]] = {}
    for passage in passages:
        own.setdefault(passage.document, []).append(passage)
    return [GivenSource(_bare(key), tuple(some)) for key, some in own.items()]


def _bare(key: str) -> Document:
    return Document(id=key, title=key, publisher="", source="", text="", pages=(Page(1, 0, 0),), blocks=())
