"""BM25 beside its formula: over one segment or several, with or without removed rows."""

from collections import Counter
from collections.abc import Sequence
from math import log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.bm25 import POSTINGS, Bm25Leg, Bm25Segment, fit_bm25, load_bm25
from index.ranking import best
from index.segments.postings import PostingsWriter, Saturation, postings

PASSAGES = [["旅券", "申請", "窓口"], ["住民票", "申請"], ["図書館"], ["旅券", "旅券", "手数料"]]
TERMS = st.sampled_from(["旅券", "申請", "窓口", "住民票", "図書館", "手数料", "税"])
SATURATION = Saturation(1.2, 0.75, pivot=3)


def _formula(passages: Sequence[Sequence[str]], query: Sequence[str], live: Sequence[bool]) -> list[float]:
    """Lucene's BM25 with a fixed pivot: idf · tf · (k1 + 1) / (tf + k1 · (1 − b + b · length / pivot))."""
    counted = [terms for terms, counts in zip(passages, live, strict=True) if counts]
    df = Counter(term for terms in counted for term in set(terms))
    scores = []
    for terms, counts in zip(passages, live, strict=True):
        tf, k1, length = Counter(terms), SATURATION.k1, len(terms) / SATURATION.pivot
        idf = {t: log(1 + (len(counted) - df[t] + 0.5) / (df[t] + 0.5)) for t in query}
        norm = k1 * (1 - SATURATION.b + SATURATION.b * length)
        scores.append(sum(idf[t] * tf[t] * (k1 + 1) / (tf[t] + norm) for t in query) if counts else 0.0)
    return scores


def _leg(passages: Sequence[Sequence[str]], live: Sequence[bool] | None = None, cut: int = 0) -> Bm25Leg:
    """Return a leg over two segments, the second of which begins at `cut`."""
    alive = np.array(live if live is not None else [True] * len(passages), np.bool_)
    segments = []
    for start, end in ((0, cut), (cut, len(passages))):
        fitted = fit_bm25(passages[start:end], SATURATION)
        columns = (fitted.terms, fitted.starts, fitted.rows, fitted.impacts)
        segments.append(Bm25Segment(*columns, start, end - start, alive[start:end]))
    return Bm25Leg(segments, str.split, int(alive.sum()), impact=SATURATION.most)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.lists(TERMS, min_size=1, max_size=8), min_size=2, max_size=12),
    st.lists(TERMS, max_size=5),
    st.integers(0, 12),
    st.sets(st.integers(0, 11)),
    st.sampled_from([0, 500]),
)
def test_scores_follow_the_formula_however_passages_lie_in_segments(
    passages: list[list[str]], query: list[str], cut: int, removed: set[int], others: int
) -> None:
    passages += [["税務"]] * others  # few of many passages hold a term
    live = [row not in removed for row in range(len(passages))]
    leg = _leg(passages, live, min(cut, len(passages)))
    ranking = leg.rank_terms(query, depth=len(passages))
    expected = np.array(_formula(passages, query, live))
    hits = {row for row, terms in enumerate(passages) if live[row] and set(terms) & set(query)}
    assert set(ranking.rows.tolist()) == hits
    np.testing.assert_allclose(ranking.scores, expected[ranking.rows], rtol=1e-5)
    assert all(ranking.scores <= ranking.ceiling * (1 + 1e-5))
    assert ranking.rows.tolist() == best(ranking.rows, ranking.scores, depth=99).rows.tolist()


@pytest.mark.parametrize("query", ["", "国際", "zzz 国際"])
def test_a_query_without_a_known_term_finds_nothing(query: str) -> None:
    assert not len(_leg(PASSAGES).rank(query, depth=10).rows)


def test_ties_go_to_the_lower_row_even_at_the_cut() -> None:
    leg = _leg([["図書館"]] * 50 + [["旅券"]], cut=20)
    assert leg.rank("図書館", depth=30).rows.tolist() == list(range(30))


@given(st.lists(st.integers(0, 5), min_size=1, max_size=40), st.integers(1, 40))
def test_the_best_are_the_sorted_ones(scores: list[int], depth: int) -> None:
    rows = np.arange(len(scores))
    found = best(rows, np.array(scores, np.float32), depth=depth)
    expected = sorted(rows.tolist(), key=lambda row: (-scores[row], row))[:depth]
    assert found.rows.tolist() == expected


def test_a_common_term_only_scores_what_rarer_terms_found() -> None:
    passages = [["市", "旅券"], ["市"], ["市", "図書館"], ["旅券"]]
    segment = fit_bm25(passages, SATURATION)
    every, rarer = (
        Bm25Leg([segment], str.split, 4, common=common, impact=SATURATION.most) for common in (3, 2)
    )
    assert sorted(every.rank("市 旅券", depth=9).rows.tolist()) == [0, 1, 2, 3]
    found = rarer.rank("市 旅券", depth=2)
    assert found.rows.tolist() == [0, 3]
    assert found.scores[0] == every.rank("市 旅券", depth=2).scores[0]
    assert sorted(rarer.rank("市", depth=9).rows.tolist()) == [0, 1, 2], "alone it finds"
    assert sorted(rarer.rank("市 旅券", depth=9).rows.tolist()) == [0, 1, 2, 3], (
        "so it does where rarer ones find few"
    )


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.lists(TERMS, min_size=1, max_size=8), min_size=2, max_size=40),
    st.lists(TERMS, min_size=1, max_size=5),
    st.integers(0, 20),
    st.integers(1, 5),
)
def test_passages_that_hold_a_rarer_term_are_ranked_as_if_none_were_common(
    passages: list[list[str]], query: list[str], common: int, depth: int
) -> None:
    segment = fit_bm25(passages, SATURATION)
    leg = Bm25Leg([segment], str.split, len(passages), common=common, impact=SATURATION.most)
    found = leg.rank_terms(query, depth=depth)
    truth = np.array(_formula(passages, query, [True] * len(passages)))
    np.testing.assert_allclose(found.scores, truth[found.rows], rtol=1e-5)
    counts = Counter(term for terms in passages for term in set(terms))
    finding = {term for term in query if 0 < counts[term] <= common}
    finders = [row for row, terms in enumerate(passages) if finding & set(terms)]
    if sum(counts[term] for term in finding) >= depth:
        expected = sorted(-truth[row] for row in finders)[:depth]
        np.testing.assert_allclose(-found.scores, expected, rtol=1e-5)


def test_a_saved_segment_ranks_as_before_even_if_it_waited_on_disk(tmp_path: Path) -> None:
    writer = PostingsWriter(held=2)
    for base, passage in enumerate(PASSAGES):
        writer.add(postings([passage], SATURATION), base=base)
    writer.write(tmp_path / f"words{POSTINGS}")
    again = load_bm25(tmp_path, "words", base=0, size=len(PASSAGES))
    before = Bm25Leg([fit_bm25(PASSAGES, SATURATION)], str.split, 4, impact=SATURATION.most).rank(
        "旅券 申請", depth=4
    )
    after = Bm25Leg([again], str.split, 4, impact=SATURATION.most).rank("旅券 申請", depth=4)
    assert before.rows.tolist() == after.rows.tolist()
    assert before.scores.tolist() == after.scores.tolist()


def test_an_index_of_nothing_finds_nothing() -> None:
    for segments in ([], [fit_bm25([], SATURATION)], [fit_bm25([[], []], SATURATION)]):
        assert not len(Bm25Leg(segments, str.split, 2, impact=SATURATION.most).rank("旅券", depth=3).rows)
