"""The legs of a retriever over the segments of a bundle."""

from collections.abc import Sequence

from index.bm25 import Bm25Leg, load_bm25
from index.dense import DenseLeg, RememberingEncoder, load_dense
from index.fields import DENSE, SATURATIONS, TITLE
from index.hybrid import HybridRetriever
from index.ranking import Leg
from index.segments.segment import RowIds, Segment
from index.terms import TERMS
from index.types import Encoder


def open_retriever(segments: Sequence[Segment], encoder: Encoder, passages: int) -> HybridRetriever:
    """Return the legs of all segments, `passages` live ones together, searched together. Files are mapped."""
    remembering = RememberingEncoder(encoder)
    legs: dict[str, Leg] = {}
    for name in SATURATIONS:
        own = [load_bm25(s.folder, name, base=s.base, size=s.size, live=s.live) for s in segments]
        legs[name] = Bm25Leg(own, TERMS[name.removesuffix(TITLE)], passages)
    for name in (DENSE, f"{DENSE}{TITLE}"):
        vectors = [load_dense(s.folder, name, base=s.base, live=s.live) for s in segments]
        legs[name] = DenseLeg(remembering, vectors)
    return HybridRetriever(RowIds(segments), legs, encoder=remembering)
