"""Milvus' own hybrid search: every leg and their fusion in one round trip.

For callers that are far from their Milvus or rank outside this program. It is *not* the ranking that answers: Milvus'
WeightedRanker turns each score into ½ + arctan(score) / π before weighing, knows no min-max over the first hundred and
no ranker over what the query is like; a long passage counts by its first window, and the dense leg over headings, whose
rows are headings, is left out.
"""

import json
from collections.abc import Mapping, Sequence

from index.dense import RememberingEncoder
from index.milvus.checking import document_keys
from index.milvus.collections import DOCUMENT_KEY, KEY, PASSAGE, TERMS, VECTOR
from index.milvus.legs import MilvusTerms
from index.milvus.searching import Search
from index.types import Hit


def hybrid_search(
    search: Search,
    query: str,
    *,
    terms: MilvusTerms,
    encoder: RememberingEncoder,
    weights: Mapping[str, float],
    k: int = 10,
    depth: int = 100,
    documents: Sequence[str] | None = None,
) -> list[Hit]:
    """Return the `k` best passages (of `documents`, where given) by a weighted sum of the legs; "dense" is the encoder's.

    Legs without a weight are left out. StoreError if Milvus fails or is late.
    """
    from pymilvus import AnnSearchRequest, WeightedRanker

    where = _within(search.live, documents)
    asked: list[tuple[object, str, float]] = [
        (vector, TERMS, weights[leg]) for leg, vector in terms.vectors(query).items() if leg in weights
    ]
    encoded = encoder.vector(query)[0]
    if "dense" in weights and encoded.any():
        asked.append((encoded, VECTOR, weights["dense"]))
    if not asked:
        return []
    requests = [
        AnnSearchRequest(data=[data], anns_field=field, param={"metric_type": "IP"}, limit=depth, expr=where)
        for data, field, _ in asked
    ]
    heaviest = max(weight for *_, weight in asked)  # a server takes weights from 0 to 1
    found = search.connection.call(
        "hybrid_search",
        search.collections.passages,
        timeout=search.connection.search_seconds,
        reqs=requests,
        ranker=WeightedRanker(*(weight / heaviest for *_, weight in asked)),
        limit=k,
        output_fields=[KEY, PASSAGE],
    )[0]
    return [
        Hit(passage_id=hit["entity"][PASSAGE], rank=rank, score=float(hit["distance"]))
        for rank, hit in enumerate(found, 1)
    ]


def _within(live: str, documents: Sequence[str] | None) -> str:
    if documents is None:
        return live
    return f"({live}) and {DOCUMENT_KEY} in {json.dumps(document_keys(list(documents)).tolist())}"
