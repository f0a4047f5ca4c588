"""Retrieval measured on a folder in the BEIR layout."""

import pytest

from eval.comparing import compare_runs
from eval.datasets.beir import RetrievalSet
from eval.reading_runs import read_run
from eval.reporting import finish
from eval.retrieving import HYBRID, passages, retrieval_run, retrieve
from index.bm25 import Bm25Leg, fit_bm25
from index.fields import SATURATIONS
from index.hybrid import HybridRetriever
from index.terms import TERMS

SET = RetrievalSet(
    "counter",
    "3" * 64,
    {
        "d1": ("旅券の申請", "パスポートの申込みは旅券センターで受け付けます。"),
        "d2": ("図書館", "休館日は月曜日です。本を三週間借りられます。"),
        "d3": ("粗大ごみ", "粗大ごみは電話で申し込んでください。"),
        "d4": ("保育所", "保育所の入所は区役所で申請します。"),
    },
    {"q1": "図書館の休館日", "q2": "粗大ごみの申込み", "q3": "旅券の申請"},
    {"q1": {"d2": 1}, "q2": {"d3": 2, "d1": 0}, "q3": {"d1": 1, "nowhere": 1}},
)


@pytest.fixture(scope="module")
def retriever():
    """The legs of terms alone: dense vectors would load torch, and tests/ui/test_eval_cli.py has them."""
    ordered = sorted(passages(SET.corpus), key=lambda passage: passage.id)
    legs = {
        name: Bm25Leg(
            [fit_bm25([analyse(passage.indexed_text) for passage in ordered], SATURATIONS[name])],
            analyse,
            len(ordered),
        )
        for name, analyse in TERMS.items()
    }
    return HybridRetriever([passage.id for passage in ordered], legs)


def test_every_leg_and_the_fusion_are_measured(retriever):
    results = retrieve(SET, retriever)
    assert {HYBRID, "bm25", "bigrams"} <= set(results)
    means = results[HYBRID].means()
    assert means["MRR@10"] == 1
    assert means["R@10"] == pytest.approx((1 + 1 + 0.5) / 3)  # the document that is not there is never found


def test_titles_are_searched_with_the_text():
    assert passages(SET.corpus)[0].indexed_text.startswith("旅券の申請")
    assert passages(SET.corpus)[0].text.startswith("パスポート")


def test_a_leg_can_be_left_out_and_an_unknown_one_is_refused(retriever):
    results = retrieve(SET, retriever, without=["bigrams"])
    assert "bigrams" not in results
    with pytest.raises(ValueError, match="bm25"):
        retrieve(SET, retriever, without=["bm52"])
    with pytest.raises(ValueError, match="すべて"):
        retrieve(SET, retriever, without=list(retriever.legs))


def test_runs_of_retrieval_are_saved_compared_and_exported(retriever, tmp_path):
    results = retrieve(SET, retriever)
    for name in (HYBRID, "bigrams"):
        (tmp_path / name).mkdir()
        finish(tmp_path / name, retrieval_run(SET, results[name], name=name, system={}))
    found = compare_runs(read_run(tmp_path / "bigrams"), read_run(tmp_path / HYBRID))
    assert found.primary == "nDCG@10"
    assert (tmp_path / HYBRID / "qrels.txt").read_text("utf-8").startswith("q1 0 d2 1\n")
    assert (tmp_path / HYBRID / "run.txt").read_text("utf-8").split()[:4] == ["q1", "Q0", "d2", "1"]
    assert "nDCG@10" in (tmp_path / HYBRID / "report.html").read_text("utf-8")
