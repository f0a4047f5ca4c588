"""The `.toml` file beside a document: its title, publisher, year and the like."""

import tomllib
from contextlib import suppress
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


def header_beside(file: Path) -> Path | None:
    """Return the header of a document's file, None where it has none: `.toml` may make the longest name too long."""
    path = file.with_suffix(HEADER)
    with suppress(OSError):
        return path if path.is_file() else None
    return None


def read_header(file: Path, name: str) -> tuple[Header, list[Problem]]:
    """Read the header beside a file, that of the document `name`; a broken one is a Problem and counts as empty."""
    path = header_beside(file)
    if path is None:
        return Header(), []
    try:
        return Header.model_validate(tomllib.loads(path.read_bytes().decode("utf-8-sig"))), []
    except UnicodeDecodeError:
        message = (
            f"見出しファイル {path.name} は UTF-8 ではないので読めません。UTF-8 で保存し直してください。"
        )
        return Header(), [Problem(name, message, code="header")]
    except tomllib.TOMLDecodeError:
        message = (
            f"見出しファイル {path.name} は TOML として読めません。"
            'title = "題名" のように、一行に一項目を書いてください。'
        )
        return Header(), [Problem(name, message, code="header")]
    except ValidationError as error:
        places = "、".join(str(item["loc"][0]) for item in error.errors() if item["loc"])
        message = f"見出しファイル {path.name} の項目（{places}）が正しくありません。README.md の表に合わせてください。"
        return Header(), [Problem(name, message, code="header")]
