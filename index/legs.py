"""The legs of a retriever over the segments of a bundle."""

from collections.abc import Sequence

from index.bm25 import Bm25Leg, load_bm25
from index.dense import DenseLeg, RememberingEncoder, load_dense
from index.encoders.cross_reranker import CrossReranker
from index.encoders.sparse_leg import SPARSE, SparseLeg, SparseTermEncoder, load_sparse
from index.fields import DENSE, SATURATIONS, TITLE
from index.hybrid import HybridRetriever
from index.milvus.binding import Binding
from index.milvus.opening import open_legs
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
    milvus: Binding | None = None,
) -> HybridRetriever:
    """Return the legs of all segments searched together. Files are mapped, models opened when they are first asked.

    With `milvus` the legs are there, but for a sparse model's, whose vectors stay in the segments' files; StoreError
    if it is not as the bundle left it.
    """
    remembering = RememberingEncoder(encoder)
    legs = (
        open_legs(milvus, segments, remembering, len(passages))
        if milvus
        else _from_files(segments, remembering, len(passages))
    )
    if sparse is not None:
        learned = [load_sparse(s.folder, size=s.size, base=s.base, live=s.live) for s in segments]
        legs[SPARSE] = SparseLeg(sparse, learned)
    ids = RowIds(segments)
    reranking = Reranking(reranker, ids, passages) if reranker else None
    return HybridRetriever(ids, legs, encoder=remembering, reranking=reranking)


def _from_files(segments: Sequence[Segment], encoder: RememberingEncoder, passages: int) -> dict[str, Leg]:
    legs: dict[str, Leg] = {}
    for name in SATURATIONS:
        own = [load_bm25(s.folder, name, base=s.base, size=s.size, live=s.live) for s in segments]
        impact = SATURATIONS[name].most
        legs[name] = Bm25Leg(own, TERMS[name.removesuffix(TITLE)], passages, impact=impact)
    for name in (DENSE, f"{DENSE}{TITLE}"):
        vectors = [load_dense(s.folder, name, base=s.base, live=s.live) for s in segments]
        legs[name] = DenseLeg(encoder, vectors)
    return legs
