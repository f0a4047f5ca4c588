"""Reciprocal rank fusion, and legs that say nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Passage
from index.bm25 import Bm25Leg, fit_bm25
from index.dense import DenseLeg, DenseSegment, RememberingEncoder
from index.fields import SATURATIONS
from index.fusion import fuse
from index.hybrid import HybridRetriever
from index.ranking import NOTHING, Ranking
from index.temporary_retriever import build_retriever
from index.vectors.stores import fit_store


def _ranking(rows: list[int], scores: list[float] | None = None) -> Ranking:
    given_scores = scores if scores is not None else [float(len(rows) - i) for i in range(len(rows))]
    return Ranking(np.array(rows, np.int64), np.array(given_scores, np.float32))


def test_each_leg_gives_its_weight_over_k_plus_rank_from_one() -> None:
    fused = fuse({"a": _ranking([7, 3]), "b": _ranking([3])}, {"a": 1.0, "b": 0.5}, depth=5, k=60)
    assert fused.rows.tolist() == [3, 7]
    assert fused.scores.tolist() == pytest.approx([1 / 62 + 0.5 / 61, 1 / 61])


@given(st.permutations(list(range(12))), st.sampled_from([0.0, 3.5]))
def test_a_leg_whose_scores_are_all_equal_takes_no_weight(order: list[int], score: float) -> None:
    alive = {"words": _ranking([5, 2, 9])}
    dead = _ranking(sorted(order), [score] * 12)
    weights = {"words": 1.0, "dead": 9.0}
    with_dead = fuse({**alive, "dead": dead}, weights, depth=5)
    assert with_dead.rows.tolist() == fuse(alive, weights, depth=5).rows.tolist() == [5, 2, 9]


def test_an_empty_leg_takes_no_weight() -> None:
    assert fuse({"words": _ranking([4]), "dead": NOTHING}, {}, depth=5).rows.tolist() == [4]


def test_nothing_fused_is_nothing() -> None:
    assert not len(fuse({"a": NOTHING, "b": NOTHING}, {}, depth=5).rows)


def test_ties_go_to_the_lower_id() -> None:
    assert fuse({"a": _ranking([8, 1]), "b": _ranking([1, 8])}, {}, depth=2).rows.tolist() == [1, 8]


class _Constant:
    """An encoder gone wrong: every text has the same vector."""

    dimension = 3
    fingerprint = "constant"

    def encode_queries(self, texts: list[str]) -> np.ndarray:
        return np.ones((len(texts), 3), np.float32)

    encode_passages = encode_queries


def test_a_dead_encoder_does_not_change_the_ranking() -> None:
    texts = ["旅券 申請", "図書館", "申請 窓口", "住民票"]
    words = Bm25Leg([fit_bm25([t.split() for t in texts], SATURATIONS["words"])], str.split, len(texts))
    store = fit_store(np.ones((4, 3), np.float32))
    segment = DenseSegment(store, np.arange(5), np.arange(4, dtype=np.int32), base=0)
    both = HybridRetriever(
        ["p0", "p1", "p2", "p3"],
        {"words": words, "dense": DenseLeg(RememberingEncoder(_Constant()), [segment])},
    )
    found = [hit.passage_id for hit in both.search("申請 窓口", k=4)]
    assert found == [hit.passage_id for hit in both.search("申請 窓口", k=4, legs=["words"])] == ["p2", "p0"]


@pytest.fixture(scope="module")
def retriever(guide_passages: list[Passage]) -> HybridRetriever:
    return build_retriever(guide_passages)


def test_a_hit_tells_its_rank_in_every_leg(retriever: HybridRetriever) -> None:
    hits = retriever.search("パスポートの申請", k=8)
    assert hits[0].passage_id == "guide-000"
    assert hits[0].legs["synonyms"] == 1
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    kinds = {"words", "bigrams", "synonyms", "dense"}
    assert set(hits[0].legs) <= set(retriever.legs) == kinds | {f"{kind}-title" for kind in kinds}
    for name in retriever.legs:
        alone = retriever.search("パスポートの申請", k=8, legs=[name])
        assert {hit.passage_id: hit.rank for hit in alone} == {
            hit.passage_id: hit.legs[name]
            for hit in retriever.search("パスポートの申請", k=99)
            if name in hit.legs
        }


def test_many_queries_give_what_each_gives_alone(retriever: HybridRetriever) -> None:
    queries = ["転居の届", "", "図書館は何時まで", "zzz", "言語"]
    assert retriever.search_many(queries, k=3) == [retriever.search(query, k=3) for query in queries]


@pytest.mark.parametrize("query", ["", "   ", "😀😀", "\0\x1b", "。、！？"])
def test_a_query_without_words_finds_nothing(retriever: HybridRetriever, query: str) -> None:
    assert retriever.search(query, k=5) == []


def test_an_unknown_leg_is_the_callers_mistake(retriever: HybridRetriever) -> None:
    with pytest.raises(ValueError, match="colbert"):
        retriever.search("旅券", k=3, legs=["colbert"])
