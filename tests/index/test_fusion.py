"""The ranker that fuses the legs, and legs that say nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Passage
from index.bm25 import Bm25Leg, fit_bm25
from index.dense import DenseLeg, DenseSegment, RememberingEncoder
from index.fields import LEGS, SATURATIONS
from index.fusion.ranker import FusionRanker, read_ranker, shipped_ranker, written_ranker
from index.hybrid import HybridRetriever
from index.ranking import NOTHING, Ranking
from index.temporary_retriever import build_retriever
from index.vectors.stores import fit_store


def _ranking(rows: list[int], scores: list[float] | None = None) -> Ranking:
    given_scores = scores if scores is not None else [float(len(rows) - i) for i in range(len(rows))]
    return Ranking(np.array(rows, np.int64), np.array(given_scores, np.float32))


def _ranker(weights: dict[str, float], gates: dict[tuple[str, str], float] | None = None) -> FusionRanker:
    """A ranker with these weights; a gate (asked leg's best share, weighed leg) moves a weight."""
    legs = tuple(weights)
    moved = np.zeros((2 * len(legs), len(legs)), np.float32)
    for (told, weighed), by in (gates or {}).items():
        moved[legs.index(told), legs.index(weighed)] = by
    many = len(legs)
    zeros, ones = np.zeros(many, np.float32), np.ones(many, np.float32)
    both = np.zeros(2 * many, np.float32), np.ones(2 * many, np.float32)
    return FusionRanker(legs, zeros, ones, np.array(list(weights.values()), np.float32), *both, moved)


def test_a_row_scores_the_weighted_sum_of_its_shares_and_all_chances_add_up_to_one() -> None:
    a, b = _ranking([7, 3], [4.0, 2.0]).under(4.0), _ranking([3, 9], [0.5, 0.25])
    fused = _ranker({"a": 2.0, "b": 4.0}).rank({"a": a, "b": b}, depth=5)
    odds = np.exp([2 * 0.5 + 4 * 0.5, 2 * 1.0, 4 * 0.25])
    assert fused.rows.tolist() == [3, 7, 9]
    assert fused.scores.tolist() == pytest.approx((odds / odds.sum()).tolist())


def test_what_the_query_is_like_moves_the_weights() -> None:
    gated = _ranker({"a": 1.0, "b": 1.0}, {("a", "b"): 2.0})
    b = _ranking([2, 1], [1.0, 0.0])
    sure, unsure = _ranking([1, 2], [1.0, 0.0]), _ranking([1, 2], [0.2, 0.0])
    assert gated.rank({"a": sure, "b": b}, depth=2).rows.tolist() == [2, 1]
    assert gated.weighed([1.0, 1.0]).rank({"a": sure, "b": b}, depth=2).rows.tolist() == [1, 2]
    assert gated.rank({"a": unsure, "b": b}, depth=2).rows.tolist() == [2, 1]


@given(st.permutations(list(range(12))), st.sampled_from([0.0, 3.5]))
def test_a_leg_whose_scores_are_all_equal_takes_no_weight(order: list[int], score: float) -> None:
    alive = {"words": _ranking([5, 2, 9])}
    dead = _ranking(sorted(order), [score] * 12)
    ranker = _ranker({"words": 1.0, "dead": 9.0}, {("dead", "words"): 3.0})
    with_dead = ranker.rank({**alive, "dead": dead}, depth=5)
    assert with_dead.rows.tolist() == ranker.rank(alive, depth=5).rows.tolist() == [5, 2, 9]


def test_an_empty_leg_takes_no_weight() -> None:
    ranker = _ranker({"words": 1.0, "dead": 1.0})
    assert ranker.rank({"words": _ranking([4]), "dead": NOTHING}, depth=5).rows.tolist() == [4]


def test_a_leg_that_the_weights_were_not_fitted_for_counts_too() -> None:
    ranker = _ranker({"words": 1.0})
    words = _ranking([1, 2, 3], [0.5, 0.5, 0.1])
    assert ranker.rank({"words": words}, depth=1).rows.tolist() == [1]
    assert ranker.rank({"words": words, "sparse": _ranking([2, 1], [9.0, 1.0])}, depth=1).rows.tolist() == [2]


def test_nothing_fused_is_nothing() -> None:
    assert not len(_ranker({"a": 1.0, "b": 1.0}).rank({"a": NOTHING, "b": NOTHING}, depth=5).rows)


def test_ties_go_to_the_lower_row() -> None:
    ranker = _ranker({"a": 1.0, "b": 1.0})
    assert ranker.rank({"a": _ranking([8, 1]), "b": _ranking([1, 8])}, depth=2).rows.tolist() == [1, 8]


def test_a_ranker_is_read_as_it_was_written() -> None:
    ranker = _ranker({"a": 0.5, "b": 1.5}, {("a", "b"): -0.25})
    again = read_ranker(written_ranker(ranker, {"fitted on": "nothing"}))
    assert again.legs == ranker.legs
    for name in ("weights", "gates", "query_scale"):
        assert np.array_equal(getattr(again, name), getattr(ranker, name))


def test_the_shipped_ranker_knows_every_leg_of_the_index() -> None:
    assert shipped_ranker().legs == LEGS


class _Constant:
    """An encoder gone wrong: every text has the same vector."""

    dimension = 3
    fingerprint = "constant"

    def encode_queries(self, texts: list[str]) -> np.ndarray:
        return np.ones((len(texts), 3), np.float32)

    encode_passages = encode_queries


def test_a_dead_encoder_does_not_change_the_ranking() -> None:
    texts = ["旅券 申請", "図書館", "申請 窓口", "住民票"]
    saturation = SATURATIONS["words"]
    segments = [fit_bm25([text.split() for text in texts], saturation)]
    words = Bm25Leg(segments, str.split, len(texts), impact=saturation.most)
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
    assert set(hits[0].legs) <= set(retriever.legs) == set(LEGS)
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
