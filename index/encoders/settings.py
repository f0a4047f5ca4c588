"""Which encoder turns texts into vectors: a setting, and the errors of opening one."""

from pydantic import BaseModel, ConfigDict


class EncoderSettings(BaseModel):
    """An encoder by name or path; `name` None is the built-in one. Prefixes belong to the model."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str | None = None
    query_prefix: str = ""
    passage_prefix: str = ""


class EncoderError(Exception):
    """The encoder cannot be opened. The message is Japanese and names the cure."""
