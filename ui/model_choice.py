"""From the options of `madoguchi build` to settings of models."""

from collections.abc import Mapping
from typing import Literal, get_args

import typer

from index.encoders.settings import (
    Backend,
    Dtype,
    EncoderSettings,
    ModelChoice,
    ModelSettings,
    RerankerSettings,
    SparseSettings,
)

BUILT_IN, NONE = "built-in", "none"
Options = Mapping[str, str | int | None]
_CHOICES = {"backend": get_args(Backend), "dtype": get_args(Dtype)}


def choose_models(
    *, encoder: Options, sparse: str | None, reranker: str | None, running: Options
) -> ModelChoice:
    """Return settings of the models that are named; a model that is not named stays as it is in the home.

    `encoder` has the fields of EncoderSettings, `running` those that all models share. BUILT_IN goes back to the
    built-in encoder, NONE takes one of the others out. What does not fit is told as a wrong call.
    """
    for option, known in _CHOICES.items():
        if running[option] not in known:
            raise typer.BadParameter(
                f"「{running[option]}」はありません。{'・'.join(known)} から選んでください。",
                param_hint=f"--{option}",
            )
    chosen: dict[Literal["encoder", "sparse", "reranker"], ModelSettings | None] = {}
    if encoder["name"] in (None, "", BUILT_IN):
        _refuse_strays({field: value for field, value in encoder.items() if field != "name"})
        if encoder["name"] == BUILT_IN:
            chosen["encoder"] = EncoderSettings()
    else:
        chosen["encoder"] = EncoderSettings.model_validate({**encoder, **running})
    if sparse:
        named = {"name": sparse, **running}
        chosen["sparse"] = None if sparse == NONE else SparseSettings.model_validate(named)
    if reranker:
        named = {"name": reranker, **running}
        chosen["reranker"] = None if reranker == NONE else RerankerSettings.model_validate(named)
    return chosen


def _refuse_strays(options: Options) -> None:
    """An option of a model without the model would be dropped unseen."""
    for field, value in options.items():
        if value:
            option = f"--{field.replace('_', '-')}"
            raise typer.BadParameter(
                f"{option} は --encoder で名前を挙げたモデルの指定です。内蔵のモデルには要りません。",
                param_hint=option,
            )
