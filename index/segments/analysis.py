"""What is found of passages when they are indexed; runs in worker processes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.types import Document, Passage
from index.artefacts import Artefacts
from index.encoders.opening import open_encoder
from index.encoders.settings import EncoderSettings, SparseSettings
from index.fields import SATURATIONS, terms_of, text_of, title_of
from index.segments.postings import Postings, postings
from index.segments.sources import ReadSource, Source
from index.segments.values import compressed
from index.types import Encoder, Vectors
from index.windows import windows


@dataclass(frozen=True, slots=True)
class Recipe:
    """How passages are analysed; picklable. The encoder's files lie in `encoder_folder`."""

    encoder: EncoderSettings
    encoder_folder: Path
    fingerprint: str
    artefacts: Artefacts
    sparse: SparseSettings | None = None

    def opened(self) -> Encoder:
        """Open the encoder; EncoderError if it is not the one of the fingerprint."""
        return open_encoder(self.encoder, self.encoder_folder, self.fingerprint)


@dataclass(frozen=True, slots=True)
class Run:
    """Some neighbouring passages of one document, which is without text, pages and blocks."""

    document: Document
    passages: Sequence[Passage]


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A source as read, what each document artefact found in it, and the work it makes for each shared artefact."""

    source: ReadSource
    parts: Sequence[object]
    shares: Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the work of one shared artefact, which is named by its number among them."""

    artefact: int
    work: object


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a run. Rows are numbered from its first passage.

    `windows` are the rows that `vectors` stand for; `titles` has one title a passage; `values` a list of values an
    artefact; `parts` one part an artefact.
    """

    postings: Mapping[str, Postings]
    windows: npt.NDArray[np.int32]
    vectors: Vectors
    titles: Sequence[str]
    values: Sequence[Sequence[bytes]]
    parts: Sequence[object]


class Analyst:
    """Reads, analyses and encodes by one recipe; opens the encoder when it first encodes."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe

    def read(self, source: Source) -> ReadDocument:
        """Read one source."""
        read = source.read()
        document, artefacts = read.document, self._recipe.artefacts
        if document is None:
            return ReadDocument(read, (), ())
        return ReadDocument(
            read,
            [artefact.part(document) for artefact in artefacts.documents],
            [artefact.shares(document) for artefact in artefacts.shared],
        )

    def share(self, share: Share) -> object:
        """Find what one share of a document tells."""
        return self._recipe.artefacts.shared[share.artefact].part(share.work)

    def analyse(self, run: Run) -> Found:
        """Find all that a segment keeps of a run of passages."""
        artefacts = self._recipe.artefacts
        terms = [terms_of(passage) for passage in run.passages]
        texts = [windows(text_of(passage)) for passage in run.passages]
        values = [
            [compressed(value) for value in artefact.values(run.document, run.passages)]
            for artefact in artefacts.passages
        ]
        for artefact, own in zip(artefacts.passages, values, strict=True):
            if len(own) != len(run.passages):
                raise ValueError(f"{artefact.name}: {len(own)} values for {len(run.passages)} passages")
        return Found(
            {name: postings([of[name] for of in terms], SATURATIONS[name]) for name in SATURATIONS},
            np.repeat(np.arange(len(texts), dtype=np.int32), [len(own) for own in texts]),
            self.encode([window for own in texts for window in own]),
            [title_of(passage) for passage in run.passages],
            values,
            [artefact.part(run.document, run.passages) for artefact in artefacts.segments],
        )

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return the texts' vectors."""
        return self._encoder.encode_passages(texts)

    @cached_property
    def _encoder(self) -> Encoder:
        return self._recipe.opened()
