"""Which models read and rank texts: settings, and the error of opening one."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Backend = Literal["torch", "onnx", "openvino"]
Dtype = Literal["float32", "float16", "bfloat16"]
BatchSize = Annotated[int, Field(ge=1, le=4096)]


class ModelSettings(BaseModel):
    """How a model of the sentence-transformers library is run.

    `dtype` is the precision of its weights (torch only); `batch_size` how many texts it reads at once, which changes
    its speed and memory but nothing that it gives.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    backend: Backend = "torch"
    dtype: Dtype = "float32"
    batch_size: BatchSize = 32


class EncoderSettings(ModelSettings):
    """An encoder by name or path; `name` None is the built-in one, and all else here is then without meaning.

    What stands before a text belongs to the model: either a prefix is given as it is written, or a prompt by its name
    in the model's own `prompts`; where neither is, the model's prompts for queries and documents hold, if it has any.
    `truncate_dim` keeps the first so many numbers of a vector, for models trained for it (Matryoshka).
    """

    name: str | None = None
    query_prefix: str = ""
    passage_prefix: str = ""
    query_prompt: str | None = None
    passage_prompt: str | None = None
    truncate_dim: Annotated[int, Field(ge=1)] | None = None


class SparseSettings(ModelSettings):
    """A SparseEncoder by name or path: one more leg, `sparse`."""

    name: str
    query_prefix: str = ""
    passage_prefix: str = ""


class RerankerSettings(ModelSettings):
    """A CrossEncoder by name or path, which orders the first hits anew."""

    name: str


# Fields of a home's settings that a build may change; None takes a model out.
ModelChoice = Mapping[Literal["encoder", "sparse", "reranker"], ModelSettings | None]


class EncoderError(Exception):
    """A model cannot be opened or is not the one of the index. The message is Japanese and names the cure."""
