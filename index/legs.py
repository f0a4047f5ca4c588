"""The legs of a retriever over the segments of a bundle."""

from collections.abc import Sequence

from index.bm25 import Bm25Leg, load_bm25
from index.dense import DenseLeg, RememberingEncoder, load_dense
from index.encoders.cross_reranker import CrossReranker
from index.encoders.sparse_leg import SPARSE, SparseLeg, SparseTermEncoder, load_sparse
from index.fields import DENSE, SATURATIONS, TITLE
from index.hybrid import HybridRetriever
from index.passages import PassageStore
from index.ranking import Leg
from index.reranking import Reranking
from index.segments.segment import RowIds, Segment
from index.terms import TERMS
from index.types import Encoder


def open_retriever(
    segments: Sequence[Segment],
    encoder: Encoder,
    passages: PassageStore,
    *,
    sparse: SparseTermEncoder | None = None,
    reranker: CrossReranker | None = None,
) -> HybridRetriever:
    """Return the legs of all segments searched together. Files are mapped, models opened when they are first asked."""
    remembering = RememberingEncoder(encoder)
    legs: dict[str, Leg] = {}
    for name in SATURATIONS:
        own = [load_bm25(s.folder, name, base=s.base, size=s.size, live=s.live) for s in segments]
        impact = SATURATIONS[name].most
        legs[name] = Bm25Leg(own, TERMS[name.removesuffix(TITLE)], len(passages), impact=impact)
    for name in (DENSE, f"{DENSE}{TITLE}"):
        vectors = [load_dense(s.folder, name, base=s.base, live=s.live) for s in segments]
        legs[name] = DenseLeg(remembering, vectors)
    if sparse is not None:
        terms = [load_sparse(s.folder, size=s.size, base=s.base, live=s.live) for s in segments]
        legs[SPARSE] = SparseLeg(sparse, terms)
    ids = RowIds(segments)
    reranking = Reranking(reranker, ids, passages) if reranker else None
    return HybridRetriever(ids, legs, encoder=remembering, reranking=reranking)
