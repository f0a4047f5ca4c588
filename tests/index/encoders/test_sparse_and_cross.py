"""A SparseEncoder as a leg and a CrossEncoder as the last step, shown with tiny models of random weights."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.bundle import open_bundle
from index.encoders.cross_reranker import CrossReranker
from index.encoders.settings import EncoderError, RerankerSettings, SparseSettings
from index.encoders.sparse_leg import (
    SparseLeg,
    SparseTermEncoder,
    WeightedTerms,
    fit_sparse,
    joined,
    load_sparse,
)
from tests.index.conftest import LINES, build, change, document, given
from tests.index.encoders.tiny_models import write_masked_model, write_scoring_model

QUERIES = ["図書館の時間", "旅券の申請", "ごみ"]


@pytest.fixture(scope="module")
def sparse(tmp_path_factory: pytest.TempPathFactory) -> SparseTermEncoder:
    folder = write_masked_model(tmp_path_factory.mktemp("sparse"), LINES)
    return SparseTermEncoder(SparseSettings(name=str(folder), batch_size=3))


def dense(terms: WeightedTerms) -> np.ndarray:
    """The same weights with their zeros, written out."""
    matrix = np.zeros((len(terms.starts) - 1, terms.vocabulary), np.float32)
    for text, (start, end) in enumerate(zip(terms.starts[:-1], terms.starts[1:], strict=True)):
        matrix[text, terms.terms[start:end]] = terms.weights[start:end]
    return matrix


def test_the_sparse_leg_ranks_by_inner_product_over_saved_segments(
    sparse: SparseTermEncoder, tmp_path: Path
) -> None:
    truth = dense(sparse.encode_queries(QUERIES)) @ dense(sparse.encode_passages(LINES)).T
    segments = []
    for base, lines in ((0, LINES[:5]), (5, LINES[5:])):
        runs = joined([sparse.encode_passages(lines[:2]), sparse.encode_passages(lines[2:])])
        fit_sparse(runs).save(tmp_path, f"sparse-{base}")
        segments.append(load_sparse(tmp_path, f"sparse-{base}", size=len(lines), base=base))
    for query, scores in zip(QUERIES, truth, strict=True):
        ranking = SparseLeg(sparse, segments).rank(query, depth=4)
        assert ranking.rows.tolist() == np.argsort(-scores, kind="stable")[:4].tolist()
        np.testing.assert_allclose(ranking.scores, scores[ranking.rows], rtol=1e-4)


def test_a_row_that_does_not_count_is_not_ranked(sparse: SparseTermEncoder) -> None:
    segment = fit_sparse(sparse.encode_passages(LINES))
    first = int(SparseLeg(sparse, [segment]).rank(QUERIES[0], depth=8).rows[0])
    live = np.arange(len(LINES)) != first
    assert first not in SparseLeg(sparse, [replace(segment, live=live)]).rank(QUERIES[0], depth=8).rows


def test_no_text_has_no_terms_and_no_segment_no_hits(sparse: SparseTermEncoder) -> None:
    empty = fit_sparse(sparse.encode_passages([]))
    assert not len(SparseLeg(sparse, [empty]).rank("旅券", depth=5).rows)
    assert not len(SparseLeg(sparse, []).rank("旅券", depth=5).rows)


def test_a_sparse_model_changed_under_the_index_is_refused(sparse: SparseTermEncoder, tmp_path: Path) -> None:
    settings = SparseSettings(name=str(write_masked_model(tmp_path, LINES)))
    built = SparseTermEncoder(settings).fingerprint
    assert SparseTermEncoder(settings, built).encode_queries(["旅券"]).vocabulary
    write_masked_model(tmp_path, LINES, seed=1)
    with pytest.raises(EncoderError, match=r"違います.*madoguchi build"):
        SparseTermEncoder(settings, built).encode_queries(["旅券"])


def test_the_cross_encoder_scores_each_passage_with_the_question(tmp_path: Path) -> None:
    from sentence_transformers import CrossEncoder

    folder = write_scoring_model(tmp_path, LINES)
    scores = CrossReranker(RerankerSettings(name=str(folder), batch_size=2)).rerank(
        "旅券", list(enumerate(LINES))
    )
    alone = [CrossEncoder(str(folder)).predict([("旅券", line)])[0] for line in LINES]
    np.testing.assert_allclose(scores, alone, atol=1e-5)
    assert len(set(scores.tolist())) > 1
    assert CrossReranker(RerankerSettings(name=str(folder))).rerank("旅券", []).shape == (0,)


def test_a_cross_encoder_of_several_labels_or_changed_since_is_refused(tmp_path: Path) -> None:
    settings = RerankerSettings(name=str(write_scoring_model(tmp_path, LINES, labels=3)))
    built = CrossReranker(settings).fingerprint
    with pytest.raises(EncoderError, match=r"並べ替えには使えません.*--reranker"):
        CrossReranker(settings, built).rerank("旅券", [(0, LINES[0])])
    write_scoring_model(tmp_path, LINES)
    with pytest.raises(EncoderError, match=r"違います.*madoguchi build"):
        CrossReranker(settings, built).rerank("旅券", [(0, LINES[0])])


def test_a_model_that_is_not_there_is_refused_in_japanese() -> None:
    with pytest.raises(EncoderError, match=r"nobody/no-such-model.*開けません.*madoguchi build"):
        CrossReranker(RerankerSettings(name="nobody/no-such-model")).rerank("旅券", [(0, "旅券")])
    with pytest.raises(EncoderError, match=r"no/such/folder.*開けません"):
        SparseTermEncoder(SparseSettings(name="./no/such/folder")).encode_queries(["旅券"])


def test_an_index_is_built_with_both_and_added_to(tmp_path: Path) -> None:
    terms = SparseSettings(name=str(write_masked_model(tmp_path / "terms", LINES)))
    scorer = RerankerSettings(name=str(write_scoring_model(tmp_path / "scorer", LINES)))
    home = tmp_path / "home"
    build(home, given(document()), sparse=terms, reranker=scorer)
    change(home, added=given(document("other", LINES[:3])))
    retriever = open_bundle(home).retriever
    assert "sparse" in retriever.legs
    assert {hit.passage_id[:5] for hit in retriever.search("図書館", k=11, legs=["sparse"])} == {
        "guide",
        "other",
    }
    hits = retriever.search("図書館の時間", k=11)
    texts = [(row, open_bundle(home).passages[hit.passage_id].indexed_text) for row, hit in enumerate(hits)]
    scores = CrossReranker(scorer).rerank("図書館の時間", texts)
    assert (np.diff(scores) <= 1e-6).all()
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
