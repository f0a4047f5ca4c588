"""Where the ranking legs live: in the bundle's own files, or in Milvus."""

import os
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict

# The one place a token comes from: it is in no settings file, no manifest and no message.
TOKEN_VARIABLE = "MADOGUCHI_MILVUS_TOKEN"  # noqa: S105 - the name of a variable, not a secret
LITE_ENDING = ".db"
_SCHEMES = ("http", "https")


class StoreKind(StrEnum):
    """`local`: files of the bundle (FAISS and arrays). `milvus`: collections of a Milvus server or of Milvus Lite."""

    LOCAL = "local"
    MILVUS = "milvus"


class StoreSettings(BaseModel):
    """What was chosen with `build --store … --uri …`. No field of it is a secret."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: StoreKind = StoreKind.LOCAL
    uri: str | None = None


class StoreChoiceError(Exception):
    """The choice of a store makes no sense. The message is Japanese and names the cure."""


def chosen_store(kind: StoreKind, uri: str | None) -> StoreSettings:
    """Return the settings for what a person wrote; a path becomes absolute. StoreChoiceError if it cannot be."""
    if kind is StoreKind.LOCAL:
        if uri is not None:
            raise StoreChoiceError("--uri は --store milvus と一緒に指定してください。")
        return StoreSettings()
    if not uri:
        raise StoreChoiceError(
            "--store milvus には --uri が要ります。"
            f"例: --uri http://localhost:19530、--uri 索引{LITE_ENDING}（Milvus Lite のファイル）"
        )
    return StoreSettings(kind=kind, uri=_server(uri) if "://" in uri else _lite_path(uri))


def is_lite(uri: str) -> bool:
    """Return whether the URI names a Milvus Lite file rather than a server."""
    return "://" not in uri


def token() -> str:
    """Return the token of the environment, empty if there is none."""
    return os.environ.get(TOKEN_VARIABLE, "")


def _server(uri: str) -> str:
    parts = urlsplit(uri)
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise StoreChoiceError(f"--uri「{uri}」を読めません。http://ホスト名:19530 の形で書いてください。")
    if parts.username or parts.password:
        raise StoreChoiceError(
            f"--uri に利用者名や合言葉を書かないでください。環境変数 {TOKEN_VARIABLE} に入れてください。"
        )
    return uri


def _lite_path(uri: str) -> str:
    path = Path(uri).expanduser().absolute()
    if path.suffix != LITE_ENDING:
        raise StoreChoiceError(
            f"Milvus Lite のファイル名は「{LITE_ENDING}」で終わらせてください（今の指定：{uri}）。"
            "サーバーなら http://ホスト名:19530 の形で書いてください。"
        )
    return str(path)
