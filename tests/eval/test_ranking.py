"""Retrieval measures against pytrec_eval and against counting by hand."""

import math

import pytest
import pytrec_eval
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.ranking import by_rank, per_query, trec_qrels, trec_run

DOCUMENTS = [f"d{i}" for i in range(25)]
QRELS = st.dictionaries(
    st.sampled_from(["q1", "q2", "q3"]),
    st.dictionaries(st.sampled_from(DOCUMENTS), st.integers(0, 3), min_size=1, max_size=12),
    min_size=1,
)
# Few different scores, so that ties are the rule.
RUNS = st.dictionaries(
    st.sampled_from(["q1", "q2", "q3"]),
    st.dictionaries(
        st.sampled_from(DOCUMENTS), st.sampled_from([0.0, 0.25, 0.5, 1.0, 2.0]), min_size=1, max_size=25
    ),
)
NAMES = {
    "nDCG@10": "ndcg_cut_10",
    "nDCG@5": "ndcg_cut_5",
    "R@10": "recall_10",
    "P@10": "P_10",
    "MRR": "recip_rank",
}


@given(qrels=QRELS, run=RUNS)
@settings(max_examples=150, deadline=None)
def test_measures_equal_pytrec_eval_ties_included(qrels, run):
    ours = per_query(list(NAMES), qrels, run)
    theirs = pytrec_eval.RelevanceEvaluator(qrels, set(NAMES.values())).evaluate(run)
    for name, trec_name in NAMES.items():
        for query in qrels:
            expected = theirs.get(query, {}).get(trec_name, 0.0)  # a query without hits scores 0
            assert ours[name][query] == pytest.approx(expected, abs=1e-9)


@given(qrels=QRELS, run=RUNS)
@settings(max_examples=80, deadline=None)
def test_a_cut_off_mrr_is_the_reciprocal_rank_down_to_the_cut(qrels, run):
    ours = per_query(["MRR", "MRR@3"], qrels, run)
    for query in qrels:
        whole = ours["MRR"][query]
        assert ours["MRR@3"][query] == (whole if whole >= 1 / 3 - 1e-12 else 0.0)


def test_by_hand():
    qrels = {"q": {"a": 2, "b": 1, "x": 1}, "silent": {"a": 1}}
    values = per_query(["nDCG@10", "R@10", "MRR@10", "P@10"], qrels, {"q": by_rank(["c", "b", "a"])})
    gained = 1 / math.log2(3) + 2 / math.log2(4)
    ideal = 2 / math.log2(2) + 1 / math.log2(3) + 1 / math.log2(4)
    assert values["nDCG@10"]["q"] == pytest.approx(gained / ideal)
    assert values["R@10"]["q"] == pytest.approx(2 / 3)
    assert values["MRR@10"]["q"] == 0.5
    assert values["P@10"]["q"] == pytest.approx(0.2)
    assert values["nDCG@10"]["silent"] == 0


def test_an_unknown_measure_is_refused_with_examples():
    with pytest.raises(ValueError, match="nDCG@10"):
        per_query(["まちがい"], {"q": {"a": 1}}, {})


def test_trec_files_have_their_fields_and_no_stray_space():
    assert trec_run({"q 1": {"a": 1.0, "b": 2.0}}, "madoguchi") == (
        "q_1 Q0 b 1 2.000000 madoguchi\nq_1 Q0 a 2 1.000000 madoguchi\n"
    )
    assert trec_qrels({"q": {"a": 2}}) == "q 0 a 2\n"
