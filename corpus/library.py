"""A folder of documents: the files, their headers, and what cannot be read."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.reading.text import decode, text_document
from corpus.types import Document, Problem

BUILT_IN = Path(__file__).parent / "documents"
TEXT_ENDINGS = (".txt", ".text", ".md")
TABLE_ENDINGS = (".csv", ".xlsx")
ENDINGS = (*TEXT_ENDINGS, *TABLE_ENDINGS)
_NOT_DOCUMENTS = ("README.md",)


class Header(BaseModel):
    """The `.toml` file beside a document."""

    model_config = ConfigDict(extra="forbid")
    title: str | None = None
    publisher: str = ""
    source: str = ""
    fiscal_year: int | None = None
    date: str | None = None
    licence: str | None = None


_NO_TITLE = re.compile(r"^[\s#*＊=■◆●○【]+|[\s*＊】]+$")
_LONGEST_TITLE = 60


def read_folder(folder: Path) -> tuple[list[Document], list[Problem]]:
    """Read every document below `folder`, in the order of names; what cannot be read becomes a Problem."""
    if not folder.is_dir():
        raise FileNotFoundError(
            f"文書フォルダー {folder} がありません。文書を置いたフォルダーを指定してください。"
        )
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    for path in document_files(folder):
        document, found = read_file(path)
        problems += found
        if document is None:
            continue
        if document.id in documents:
            message = f"同じ名前の文書が二つあります（{path.name}）。どちらかの名前を変えてください。"
            problems.append(Problem(document.id, message, code="duplicate"))
            continue
        documents[document.id] = document
    return list(documents.values()), problems


def document_files(folder: Path) -> Iterator[Path]:
    """Yield the files of `folder` that should be documents: headers, notes and hidden files are passed over."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and path.suffix != ".toml" and path.name not in _NOT_DOCUMENTS:
            yield path


def document_id(path: Path) -> str:
    """Return the id of the document in a file: its name without the ending, composed (macOS decomposes が)."""
    return unicodedata.normalize("NFC", path.stem)


def read_file(path: Path) -> tuple[Document | None, list[Problem]]:
    """Read one document with its header; None where it cannot be read, with the Problem that says why."""
    name = document_id(path)
    header, problems = read_header(path.with_suffix(".toml"), name)
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        message = f"{path.name} は対応していない形式です。{'・'.join(e[1:] for e in ENDINGS)} のどれかで置いてください。"
        return None, [*problems, Problem(name, message, code="format")]
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, [
            *problems,
            Problem(name, f"{path.name} を開けません（{error.strerror}）。", code="unreadable"),
        ]
    if ending in TABLE_ENDINGS:
        document, found = _read_table(data, ending, name, header)
        return document, [*problems, *found]
    text, problem = decode(data, name=name)
    if text is None:
        return None, [*problems, *([problem] if problem else [])]
    fields = header.model_dump() | {"title": header.title or _first_line(text) or name}
    return text_document(text, id=name, **fields), problems


def _first_line(text: str) -> str:
    """Return what a text without a header calls itself: its first line, where that is no sentence."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    words = _NO_TITLE.sub("", line).split()
    title = ("" if all(len(word) == 1 for word in words) else " ").join(words)  # 広 報 is spaced for looks
    return "" if len(title) > _LONGEST_TITLE or title.endswith("。") else title


def _read_table(data: bytes, ending: str, name: str, header: Header) -> tuple[Document | None, list[Problem]]:
    from corpus.tables.csv_document import csv_document
    from corpus.tables.xlsx_document import xlsx_document

    if not data.strip():
        return None, [Problem(name, "本文が空です。内容のあるファイルを置いてください。", code="empty")]
    read = csv_document if ending == ".csv" else xlsx_document
    document, problems = read(
        data,
        id=name,
        title=header.title or name,
        publisher=header.publisher,
        source=header.source,
        fiscal_year=header.fiscal_year,
    )
    return (document if document.text.strip() else None), problems


def read_header(path: Path, name: str) -> tuple[Header, list[Problem]]:
    """Read the header at `path`; a missing one is empty, a broken one is a Problem and counts as empty."""
    if not path.is_file():
        return Header(), []
    try:
        return Header.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig"))), []
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return Header(), [
            Problem(name, f"見出しファイル {path.name} が読めません（{error}）。", code="header")
        ]
    except ValidationError as error:
        places = "、".join(str(item["loc"][0]) for item in error.errors() if item["loc"])
        message = f"見出しファイル {path.name} の項目（{places}）が正しくありません。README.md の表に合わせてください。"
        return Header(), [Problem(name, message, code="header")]
