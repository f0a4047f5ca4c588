"""The `.toml` file beside a document: its title, publisher, year and the like."""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.types import Problem

HEADER = ".toml"


class Header(BaseModel):
    """The `.toml` file beside a document."""

    model_config = ConfigDict(extra="forbid")
    title: str | None = None
    publisher: str = ""
    source: str = ""
    fiscal_year: int | None = None
    date: str | None = None
    licence: str | None = None


def read_header(path: Path, name: str) -> tuple[Header, list[Problem]]:
    """Read the header of the document `name`; a missing one is empty, a broken one is a Problem and counts as empty."""
    if not path.is_file():
        return Header(), []
    try:
        return Header.model_validate(tomllib.loads(path.read_bytes().decode("utf-8-sig"))), []
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"見出しファイル {path.name} が読めません（{error}）。"
        return Header(), [Problem(name, message, code="header")]
    except ValidationError as error:
        places = "、".join(str(item["loc"][0]) for item in error.errors() if item["loc"])
        message = f"見出しファイル {path.name} の項目（{places}）が正しくありません。README.md の表に合わせてください。"
        return Header(), [Problem(name, message, code="header")]
