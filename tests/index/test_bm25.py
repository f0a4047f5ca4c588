"""BM25 as NumPy reads it, beside bm25s itself and the formula."""

from collections import Counter
from math import log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.bm25 import Bm25Retriever, fit_bm25, load_bm25
from index.ranking import best

PASSAGES = [["旅券", "申請", "窓口"], ["住民票", "申請"], ["図書館"], ["旅券", "旅券", "手数料"]]
TERMS = st.sampled_from(["旅券", "申請", "窓口", "住民票", "図書館", "手数料", "税"])


def _formula(passages: list[list[str]], query: list[str], k1: float = 1.2, b: float = 0.75) -> list[float]:
    """Lucene's BM25: idf · tf / (tf + k1 · (1 − b + b · length / mean length))."""
    mean = sum(map(len, passages)) / len(passages)
    df = Counter(term for terms in passages for term in set(terms))
    scores = []
    for terms in passages:
        tf, length = Counter(terms), k1 * (1 - b + b * len(terms) / mean)
        idf = {t: log(1 + (len(passages) - df[t] + 0.5) / (df[t] + 0.5)) for t in query}
        scores.append(sum(idf[t] * tf[t] / (tf[t] + length) for t in query))
    return scores


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(TERMS, min_size=1, max_size=8), min_size=2, max_size=12), st.lists(TERMS, max_size=5)
)
def test_scores_follow_the_formula(passages: list[list[str]], query: list[str]) -> None:
    ranking = fit_bm25(passages).rank(query, depth=len(passages))
    expected = np.array(_formula(passages, query))
    hits = {row for row, terms in enumerate(passages) if set(terms) & set(query)}
    assert set(ranking.rows.tolist()) == hits
    np.testing.assert_allclose(ranking.scores, expected[ranking.rows], rtol=1e-5)


def test_scores_are_those_of_bm25s() -> None:
    import bm25s

    numbers = {term: i for i, term in enumerate(sorted({term for terms in PASSAGES for term in terms}))}
    engine = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    engine.index(([[numbers[t] for t in terms] for terms in PASSAGES], numbers), show_progress=False)
    expected = engine.get_scores(["旅券", "申請"])
    ranking = fit_bm25(PASSAGES).rank(["旅券", "申請"], depth=4)
    np.testing.assert_allclose(ranking.scores, expected[ranking.rows], rtol=1e-6)


@pytest.mark.parametrize("query", [[], ["国際"], ["zzz", "国際"]])
def test_a_query_without_a_known_term_finds_nothing(query: list[str]) -> None:
    assert not len(fit_bm25(PASSAGES).rank(query, depth=10).rows)


def test_ties_go_to_the_lower_row_even_at_the_cut() -> None:
    index = fit_bm25([["図書館"]] * 50 + [["旅券"]])
    assert index.rank(["図書館"], depth=7).rows.tolist() == list(range(7))


@given(st.lists(st.integers(0, 5), min_size=1, max_size=40), st.integers(1, 40))
def test_the_best_are_the_sorted_ones(scores: list[int], depth: int) -> None:
    rows = np.arange(len(scores))
    found = best(rows, np.array(scores, np.float32), depth=depth)
    expected = sorted(rows.tolist(), key=lambda row: (-scores[row], row))[:depth]
    assert found.rows.tolist() == expected


def test_a_saved_index_ranks_as_before(tmp_path: Path) -> None:
    index = fit_bm25(PASSAGES)
    index.save(tmp_path, "words")
    again = Bm25Retriever(load_bm25(tmp_path, "words", size=len(PASSAGES)), str.split)
    before, after = index.rank(["旅券", "申請"], depth=4), again.rank("旅券 申請", depth=4)
    assert before.rows.tolist() == after.rows.tolist()
    assert before.scores.tolist() == after.scores.tolist()


def test_an_index_of_nothing_finds_nothing() -> None:
    assert not len(fit_bm25([]).rank(["旅券"], depth=3).rows)
    assert not len(fit_bm25([[], []]).rank(["旅券"], depth=3).rows)
