"""One contract over the legs in Milvus and the local ones; brute force is the truth."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pytest

from index.bm25 import Bm25Retriever
from index.keys import hash_keys
from index.milvus.binding import BoundSegment
from index.milvus.clearing import clear
from index.milvus.connection import Connection
from index.milvus.hybrid_search import hybrid_search
from index.milvus.legs import MilvusTermsLeg, MilvusTitlesLeg, MilvusWindowsLeg
from index.milvus.searching import HeadingRows, Search, SegmentPlace, opened
from index.milvus.writing import Writer, bind, new_generation
from index.ranking import Ranking, best
from tests.index.milvus.conftest import WORDS, Given, ListedVectors, PlainWeights, postings, segment, unit

A, B, UNBOUND = segment("a", 130, seed=1), segment("b", 40, seed=2), segment("c", 50, seed=3)
REMOVED = {"b": ("b-文書1",)}
QUERIES = [" ".join(np.random.default_rng(seed).choice(WORDS, 3)) for seed in range(12)]
VECTORS = unit(12, seed=99)
ENCODER = ListedVectors(VECTORS)


@dataclass(frozen=True, slots=True)
class Indexed:
    """Two segments of a bundle in Milvus, beside the rows of a segment that the bundle does not bind."""

    search: Search
    written: Mapping[str, BoundSegment]
    writer: Writer


def _alive(given: Given) -> np.ndarray:
    return np.array([name not in REMOVED.get(given.rows.name, ()) for name in given.rows.documents])


@pytest.fixture(scope="module")
def indexed(lite: Connection) -> Indexed:
    writer = new_generation(lite, "madoguchi_test", dimension=16, expected=100)
    written = {given.rows.name: writer.write(given.rows) for given in (A, B, UNBOUND)}
    writer.finish()
    bound = {name: written[name] for name in ("a", "b")}
    binding = bind(Writer(lite, writer.prefix), bound, {})
    places = {
        "a": SegmentPlace(0, _headings(A), None),
        "b": SegmentPlace(len(A.rows.passages), _headings(B), _alive(B)),
    }
    return Indexed(opened(lite, binding, places, REMOVED), written, writer)


def _headings(given: Given) -> HeadingRows:
    starts = np.searchsorted(given.headings, np.arange(len(given.rows.titles) + 1))
    return HeadingRows(starts, np.arange(len(given.headings)))


def _truth(scores: Mapping[str, np.ndarray], *, least: float) -> Ranking:
    """Rank all passages of both segments by their scores, without those removed or not found."""
    every = np.concatenate([scores["a"], np.where(_alive(B), scores["b"], -np.inf)]).astype(np.float32)
    rows = np.flatnonzero(every > least)
    return best(rows, every[rows], depth=20)


def _same(found: Ranking, truth: Ranking) -> None:
    np.testing.assert_allclose(found.scores, truth.scores, atol=1e-5)
    for score in np.unique(truth.scores.round(4)):  # equal but for the last bit: in either order
        inside = np.isclose(truth.scores, score, atol=2e-4)
        if not np.isclose(score, truth.scores[-1], atol=2e-4):
            assert set(found.rows[inside]) == set(truth.rows[inside])


@pytest.mark.parametrize("leg", ["words", "bigrams"])
def test_terms_in_milvus_are_scored_as_by_the_local_index(indexed: Indexed, leg: str) -> None:
    found = _terms_leg(indexed, leg).rank_many(QUERIES, depth=20)
    for query, ranking in zip(QUERIES, found, strict=True):
        scores = {}
        for given in (A, B):
            local = Bm25Retriever(postings(given, leg), str.split).rank(query, depth=10_000)
            scores[given.rows.name] = np.zeros(len(given.rows.passages), np.float32)
            scores[given.rows.name][local.rows] = local.scores
        _same(ranking, _truth(scores, least=0))


def _terms_leg(indexed: Indexed, leg: str) -> MilvusTermsLeg:
    known = np.unique(np.concatenate([postings(given, leg).terms for given in (A, B)]))
    return MilvusTermsLeg(leg, indexed.search, str.split, PlainWeights(known))


def test_a_passage_counts_by_the_best_of_its_windows(indexed: Indexed) -> None:
    leg = MilvusWindowsLeg(indexed.search, ENCODER, has_further=True)
    for query, ranking in enumerate(leg.rank_many([str(number) for number in range(12)], depth=20)):
        scores = {}
        for given in (A, B):
            scores[given.rows.name] = np.full(len(given.rows.passages), -9, np.float32)
            np.maximum.at(scores[given.rows.name], given.rows.owners, given.rows.windows @ VECTORS[query])
        _same(ranking, _truth(scores, least=-8))


def test_a_heading_stands_for_all_passages_under_it(indexed: Indexed) -> None:
    leg = MilvusTitlesLeg(indexed.search, ENCODER)
    for query, ranking in enumerate(leg.rank_many([str(number) for number in range(12)], depth=20)):
        scores = {g.rows.name: (g.rows.titles @ VECTORS[query])[g.headings] for g in (A, B)}
        truth = _truth(scores, least=-8)
        np.testing.assert_allclose(ranking.scores, truth.scores, atol=1e-5)
        np.testing.assert_array_equal(ranking.rows, truth.rows)


def test_a_query_that_says_nothing_ranks_nothing(indexed: Indexed) -> None:
    legs = [
        _terms_leg(indexed, "words"),
        MilvusWindowsLeg(indexed.search, ENCODER, has_further=True),
        MilvusTitlesLeg(indexed.search, ENCODER),
    ]
    assert [len(leg.rank("", depth=5).rows) for leg in legs] == [0, 0, 0]
    assert not len(_terms_leg(indexed, "words").rank("知らない語", depth=5).rows)


def test_one_round_trip_finds_live_passages_and_can_keep_to_a_document(indexed: Indexed) -> None:
    legs = {name: _terms_leg(indexed, name) for name in ("words", "bigrams")}
    given = {
        "legs": legs,
        "encoder": ListedVectors(A.rows.windows[:1]),
        "weights": {"words": 1.0, "dense": 2.0},
    }
    hits = hybrid_search(indexed.search, "0", **given, k=40)
    assert hits[0].passage_id == "a-0000"
    assert [hit.rank for hit in hits] == list(range(1, 41))
    assert not {hit.passage_id for hit in hits} & {f"b-{row:04d}" for row in np.flatnonzero(~_alive(B))}
    kept = hybrid_search(indexed.search, "0", **given, documents=["b-文書0", "b-文書1"])
    assert {int(hit.passage_id.removeprefix("b-")) % 4 for hit in kept} == {0}


def test_what_no_bundle_binds_is_cleared_and_nothing_else(lite: Connection, indexed: Indexed) -> None:
    binding = bind(Writer(lite, indexed.writer.prefix), {n: indexed.written[n] for n in ("a", "b")}, {})
    for prefix in ("madoguchi_test", "madoguchi_testimony"):
        new_generation(lite, prefix, dimension=16, expected=1).finish()
    clear(lite, "madoguchi_test", [binding])
    left = lite.collections(starting="madoguchi_test")
    assert set(binding.collections) < set(left)
    assert {name.split("_")[1] for name in set(left) - set(binding.collections)} == {"testimony"}
    from index.milvus.binding import check, count

    check(lite, binding)
    assert count(lite, binding.collections.passages, [indexed.written["c"].number]) == 0


def test_a_term_of_one_leg_is_no_term_of_another(indexed: Indexed) -> None:
    from index.milvus.dimensions import dimensions

    hashes = hash_keys(WORDS)
    assert not set(dimensions("words", hashes).tolist()) & set(dimensions("bigrams", hashes).tolist())
