"""One contract over the local legs and those in Milvus; brute force is the truth."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log1p

import numpy as np
import numpy.typing as npt
import pytest

from index.bm25 import Bm25Leg, load_bm25
from index.dense import DenseLeg, RememberingEncoder, load_dense
from index.keys import hash_keys
from index.milvus.binding import BoundSegment
from index.milvus.checking import check, count
from index.milvus.clearing import clear, switch_alias
from index.milvus.connection import Connection
from index.milvus.dimensions import dimensions, shared_dimensions, sparse
from index.milvus.frequencies import Rarities, load_term_rows
from index.milvus.hybrid_search import hybrid_search
from index.milvus.legs import MilvusTerms, MilvusTermsLeg, MilvusTitlesLeg, MilvusWindowsLeg
from index.milvus.searching import Search, SegmentPlace, Standing, opened
from index.milvus.writing import Writer, bind, new_generation
from index.ranking import Leg, Ranking, best
from tests.index.milvus.conftest import LEGS, WORDS, Given, ListedVectors, segment, unit

REMOVED = {"b": ("b-文書1",)}
QUERIES = [" ".join(np.random.default_rng(seed).choice(WORDS, 4)) for seed in range(12)]
VECTORS = unit(12, seed=99)
NUMBERS = [str(number) for number in range(12)]
DEPTH = 20


@dataclass(frozen=True, slots=True)
class Indexed:
    """Two segments of a bundle in Milvus, beside the rows of a segment that the bundle does not bind."""

    given: Sequence[Given]
    search: Search
    terms: MilvusTerms
    written: Mapping[str, BoundSegment]
    writer: Writer

    @property
    def bases(self) -> list[int]:
        """Return where each segment begins."""
        return [0, self.given[0].size]


@pytest.fixture(scope="module")
def indexed(lite: Connection, tmp_path_factory: pytest.TempPathFactory) -> Indexed:
    folder = tmp_path_factory.mktemp("segments")
    a, b, unbound = (segment(folder / name, n, seed=n) for name, n in (("a", 130), ("b", 40), ("c", 50)))
    writer = new_generation(lite, "madoguchi_test", dimension=16, expected=100)
    written = {given.rows.name: writer.write(given.rows) for given in (a, b, unbound)}
    writer.finish()
    binding = bind(Writer(lite, writer.prefix), {name: written[name] for name in ("a", "b")})
    places = {"a": SegmentPlace(0, *_standing(a)), "b": SegmentPlace(130, *_standing(b), live=_live(b))}
    search = opened(lite, binding, places, REMOVED)
    rarities = {
        leg: Rarities([load_term_rows(g.folder, leg, live=_or_none(g)) for g in (a, b)], _passages([a, b]))
        for leg in LEGS
    }
    return Indexed(
        [a, b], search, MilvusTerms(search, dict.fromkeys(LEGS, str.split), rarities), written, writer
    )


def _standing(given: Given) -> list[Standing]:
    stores = [load_dense(given.folder, name, base=0) for name in ("dense", "dense-title")]
    return [Standing(store.starts, store.rows) for store in stores]


def _live(given: Given) -> npt.NDArray[np.bool_]:
    return np.array([name not in REMOVED.get(given.rows.name, ()) for name in given.rows.documents])


def _or_none(given: Given) -> npt.NDArray[np.bool_] | None:
    return _live(given) if given.rows.name in REMOVED else None


def _passages(given: Sequence[Given]) -> int:
    return sum(int(_live(one).sum()) for one in given)


def _truth(indexed: Indexed, scores: Sequence[npt.NDArray[np.float64]], *, least: float) -> Ranking:
    """Rank all live passages of both segments by their scores."""
    every = np.concatenate(scores).astype(np.float32)
    rows = np.flatnonzero((every > least) & np.concatenate([_live(one) for one in indexed.given]))
    return best(rows, every[rows], depth=DEPTH)


def _same(found: Ranking, truth: Ranking) -> None:
    """The same passages with the same scores; those that differ only in a float's last bits in either order."""
    np.testing.assert_allclose(found.scores, truth.scores, atol=1e-5)
    for score in truth.scores[truth.scores > truth.scores[-1] + 2e-5]:
        near = np.abs(truth.scores - score) < 2e-5
        assert set(found.rows[near]) == set(truth.rows[near])


def _bm25(indexed: Indexed, leg: str, query: str) -> list[npt.NDArray[np.float64]]:
    """BM25 by its formula, over all live passages."""
    live = [t for one in indexed.given for t, alive in zip(one.terms[leg], _live(one), strict=True) if alive]
    wanted = Counter(query.split())
    found = {word: sum(word in text for text in live) for word in wanted}
    idf = {word: log1p((len(live) - n + 0.5) / (n + 0.5)) * wanted[word] for word, n in found.items()}
    return [
        np.array(
            [
                sum(
                    idf[word] * (n := text.count(word)) * 2.2 / (n + 1.2 * (0.25 + 0.75 * len(text) / 6))
                    for word in wanted
                )
                for text in one.terms[leg]
            ]
        )
        for one in indexed.given
    ]


@pytest.mark.parametrize("store", ["local", "milvus"])
@pytest.mark.parametrize("leg", LEGS)
def test_terms_are_scored_by_the_formula(indexed: Indexed, leg: str, store: str) -> None:
    legs: dict[str, Leg] = {
        "milvus": MilvusTermsLeg(leg, indexed.terms),
        "local": Bm25Leg(
            [
                load_bm25(one.folder, leg, base=base, size=one.size, live=_or_none(one))
                for one, base in zip(indexed.given, indexed.bases, strict=True)
            ],
            str.split,
            _passages(indexed.given),
        ),
    }
    for query in QUERIES:
        _same(legs[store].rank(query, depth=DEPTH), _truth(indexed, _bm25(indexed, leg, query), least=0))


def _dense(indexed: Indexed, name: str, store: str) -> Leg:
    encoder = RememberingEncoder(ListedVectors(VECTORS))
    if store == "local":
        stores = [
            load_dense(one.folder, name, base=base, live=_or_none(one))
            for one, base in zip(indexed.given, indexed.bases, strict=True)
        ]
        return DenseLeg(encoder, stores)
    if name == "dense":
        return MilvusWindowsLeg(indexed.search, encoder, has_further=True)
    return MilvusTitlesLeg(indexed.search, encoder)


@pytest.mark.parametrize("store", ["local", "milvus"])
def test_a_passage_counts_by_the_best_of_its_windows(indexed: Indexed, store: str) -> None:
    for number, vector in zip(NUMBERS, VECTORS, strict=True):
        scores = [np.full(one.size, -9.0) for one in indexed.given]
        for own, one in zip(scores, indexed.given, strict=True):
            np.maximum.at(own, one.rows.owners, one.rows.windows @ vector)
        _same(_dense(indexed, "dense", store).rank(number, depth=DEPTH), _truth(indexed, scores, least=-8))


@pytest.mark.parametrize("store", ["local", "milvus"])
def test_a_heading_stands_for_all_passages_under_it(indexed: Indexed, store: str) -> None:
    for number, vector in zip(NUMBERS, VECTORS, strict=True):
        scores = [np.append(one.rows.titles @ vector, -9)[one.headings] for one in indexed.given]
        found, truth = (
            _dense(indexed, "dense-title", store).rank(number, depth=DEPTH),
            _truth(indexed, scores, least=-8),
        )
        np.testing.assert_allclose(found.scores, truth.scores, atol=1e-5)
        np.testing.assert_array_equal(found.rows, truth.rows)


def test_a_query_that_says_nothing_ranks_nothing(indexed: Indexed) -> None:
    legs = [
        MilvusTermsLeg("words", indexed.terms),
        *(_dense(indexed, name, "milvus") for name in ("dense", "dense-title")),
    ]
    assert [len(leg.rank("", depth=5).rows) for leg in legs] == [0, 0, 0]
    assert not len(legs[0].rank("知らない語", depth=5).rows)


def test_one_round_trip_finds_live_passages_and_can_keep_to_documents(indexed: Indexed) -> None:
    a, b = indexed.given
    encoder = RememberingEncoder(ListedVectors(a.rows.windows[:1]))
    given = {"terms": indexed.terms, "encoder": encoder, "weights": {"words": 1.0, "dense": 2.0}}
    hits = hybrid_search(indexed.search, "0", **given, k=40)
    assert hits[0].passage_id == "a-0000"
    assert [hit.rank for hit in hits] == list(range(1, 41))
    assert not {hit.passage_id for hit in hits} & {f"b-{row:04d}" for row in np.flatnonzero(~_live(b))}
    kept = hybrid_search(indexed.search, "0", **given, documents=["b-文書0", "b-文書1"])
    assert {int(hit.passage_id.removeprefix("b-")) % 4 for hit in kept} == {0}


def test_what_no_bundle_binds_is_cleared_and_nothing_else(lite: Connection, indexed: Indexed) -> None:
    binding = bind(Writer(lite, indexed.writer.prefix), {name: indexed.written[name] for name in ("a", "b")})
    switch_alias(lite, "madoguchi_test", binding)
    for prefix in ("madoguchi_test", "madoguchi_testimony"):
        new_generation(lite, prefix, dimension=16, expected=1).finish()
    clear(lite, "madoguchi_test", [binding])
    left = lite.collections(starting="madoguchi_test")
    assert set(binding.collections) < set(left)
    assert {name.split("_")[1] for name in set(left) - set(binding.collections)} == {"testimony"}
    check(lite, binding)
    assert count(lite, binding.collections.passages, [indexed.written["c"].number]) == 0


def test_a_term_of_one_leg_is_no_term_of_another() -> None:
    hashes = hash_keys(WORDS)
    assert not set(dimensions("words", hashes).tolist()) & set(dimensions("bigrams", hashes).tolist())


def test_terms_that_share_a_dimension_are_counted_and_add_up() -> None:
    one = hash_keys(["旅券"])
    same = one + np.uint64(2**32 - 2) if one[0] < 2**63 else one - np.uint64(2**32 - 2)
    both = np.concatenate([one, same]) ^ hash_keys(["words"])[0]
    assert shared_dimensions({"words": both}) == 1
    assert list(sparse(dimensions("words", both), np.float32([1, 2])).values()) == [3.0]
