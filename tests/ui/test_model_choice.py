"""The options of `madoguchi build` that name models."""

from typing import Any

import pytest
import typer

from index.encoders.settings import EncoderSettings, ModelChoice, RerankerSettings, SparseSettings
from index.home import Settings
from ui.model_choice import choose_models

RUNNING = {"backend": "torch", "dtype": "float32", "batch_size": 32}


def choose(
    *, running: dict[str, Any] | None = None, sparse: Any = None, reranker: Any = None, **encoder: Any
) -> ModelChoice:
    fields = {**EncoderSettings().model_dump(exclude=set(RUNNING)), **encoder}
    return choose_models(
        encoder=fields, sparse=sparse, reranker=reranker, running={**RUNNING, **(running or {})}
    )


def test_models_that_are_not_named_stay_as_they_are() -> None:
    assert choose() == {}
    assert choose(reranker="r") == {"reranker": RerankerSettings(name="r")}


def test_all_models_share_how_they_are_run() -> None:
    running = {"dtype": "float16", "batch_size": 8}
    chosen = choose(name="e", query_prompt="query", truncate_dim=256, sparse="s", running=running)
    assert chosen == {
        "encoder": EncoderSettings(
            name="e", query_prompt="query", truncate_dim=256, dtype="float16", batch_size=8
        ),
        "sparse": SparseSettings(name="s", dtype="float16", batch_size=8),
    }


def test_the_built_in_encoder_comes_back_and_the_others_go() -> None:
    assert choose(name="built-in", sparse="none", reranker="none") == {
        "encoder": EncoderSettings(),
        "sparse": None,
        "reranker": None,
    }


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"query_prefix": "query: "}, "--query-prefix"),
        ({"name": "built-in", "truncate_dim": 64}, "--truncate-dim"),
        ({"name": "e", "running": {"backend": "tpu"}}, "torch・onnx・openvino"),
        ({"name": "e", "running": {"dtype": "int8"}}, "float32・float16・bfloat16"),
    ],
)
def test_what_does_not_fit_is_told_as_a_wrong_call(given: dict[str, Any], told: str) -> None:
    with pytest.raises(typer.BadParameter, match=told):
        choose(**given)


def test_settings_keep_the_choice() -> None:
    settings = Settings().model_copy(update=dict(choose(name="e", sparse="s", reranker="r")))
    assert Settings.model_validate_json(settings.model_dump_json()) == settings
