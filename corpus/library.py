"""A folder of documents: the files, their headers, and what cannot be read."""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.decoding import decode
from corpus.file_limits import refuse_large
from corpus.kinds import BY_ENDING, Kind, kind_of
from corpus.reading.text import text_document
from corpus.refusing import RefusedError
from corpus.types import Document, Problem

BUILT_IN = Path(__file__).parent / "documents"
ENDINGS = tuple(BY_ENDING)
EMPTY = "本文が空です。内容のあるファイルを置いてください。"
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


Reader = Callable[[bytes, str, Header], tuple[Document | None, list[Problem]]]
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
        if path.is_file() and is_document_file(path.relative_to(folder)):
            yield path


def is_document_file(path: Path) -> bool:
    """Return whether a file that lies there in its folder should be a document."""
    hidden = any(part.startswith(".") for part in path.parts)
    return not hidden and path.suffix != ".toml" and path.name not in _NOT_DOCUMENTS


def document_id(path: Path) -> str:
    """Return the id of the document in a file: its name without the ending, composed (macOS decomposes が)."""
    return unicodedata.normalize("NFC", path.stem)


def read_file(path: Path) -> tuple[Document | None, list[Problem]]:
    """Read one document with its header; None where it cannot be read, with the Problem that says why."""
    name = document_id(path)
    header, problems = read_header(path.with_suffix(".toml"), name)
    if path.suffix.lower() not in ENDINGS:
        message = f"{path.name} は対応していない形式です。{'・'.join(e[1:] for e in ENDINGS)} のどれかで置いてください。"
        return None, [*problems, Problem(name, message, code="format")]
    try:
        refuse_large(path.name, path.stat().st_size)
        data = path.read_bytes()
    except RefusedError as error:
        return None, [*problems, Problem(name, str(error), code=error.code)]
    except OSError as error:
        message = (
            f"{path.name} を開けません（{error.strerror}）。読み取りの許可と置き場所を確かめてください。"
        )
        return None, [*problems, Problem(name, message, code="unreadable")]
    try:
        document, found = read_data(data, path, header)
    except Exception as error:  # noqa: BLE001 - a broken file can break a parser in any way; the rest is read on
        message = (
            f"{path.name} を読めません（{type(error).__name__}）。元のソフトで開いて保存し直してください。"
        )
        return None, [*problems, Problem(name, message, code="unreadable")]
    return document, [*problems, *found]


def read_data(data: bytes, path: Path, header: Header) -> tuple[Document | None, list[Problem]]:
    """Read the bytes of a file by their content; where that is not what its name says, a Problem says so."""
    name = document_id(path)
    if not data.strip():
        return None, [Problem(name, f"{path.name} の{EMPTY}", code="empty")]
    kind = kind_of(data, path.suffix.lower())
    if kind not in _READERS:
        return None, [Problem(name, _unread(path.name, kind), code="format")]
    document, problems = _READERS[kind](data, name, header)
    if kind is not BY_ENDING[path.suffix.lower()]:
        message = f"{path.name} の中身は{kind}なので、そう読みました。末尾を{kind}のものに変えてください。"
        problems = [Problem(name, message, code="ending"), *problems]
    if document is not None and not document.text.strip():
        document = None
    if document is None and not problems:
        problems = [Problem(name, f"{path.name} の{EMPTY}", code="empty")]
    return document, [_naming(problem, path.name) for problem in problems]


def _naming(problem: Problem, file: str) -> Problem:
    """Say of which file a Problem is, where it does not yet."""
    return problem if file in problem.message else replace(problem, message=f"{file}：{problem.message}")


def _unread(file: str, kind: Kind) -> str:
    cure = {
        Kind.LOCKED: "パスワードを外して保存し直してください",
        Kind.XML_SHEET: "Excel で開き、xlsx で保存し直してください",
        Kind.MHTML: "xlsx か html で保存し直してください",
    }
    instead = "・".join(ending[1:] for ending in ENDINGS)
    return f"{file} の中身は{kind}で、読めません。{cure.get(kind, f'{instead} のどれかで保存し直してください')}。"


def _read_text(data: bytes, name: str, header: Header) -> tuple[Document | None, list[Problem]]:
    text, problem = decode(data, name=name)
    problems = [problem] if problem else []
    if text is None:
        return None, problems
    fields = header.model_dump() | {"title": header.title or _first_line(text) or name}
    return text_document(text, id=name, **fields), problems


def _read_page(data: bytes, name: str, header: Header) -> tuple[Document | None, list[Problem]]:
    from corpus.reading.html_document import html_document

    return html_document(data, id=name, **header.model_dump())


def _table_reader(module: str) -> Reader:
    """Return what reads a table file with the function of an adapter, which is imported when it is needed."""

    def read(data: bytes, name: str, header: Header) -> tuple[Document | None, list[Problem]]:
        adapter = getattr(import_module(f"corpus.tables.{module}"), module)
        document, problems = adapter(
            data,
            id=name,
            title=header.title or name,
            publisher=header.publisher,
            source=header.source,
            fiscal_year=header.fiscal_year,
        )
        return replace(document, date=header.date, licence=header.licence), problems

    return read


_READERS: dict[Kind, Reader] = {
    Kind.TEXT: _read_text,
    Kind.TABLE: _table_reader("csv_document"),
    Kind.XLSX: _table_reader("xlsx_document"),
    Kind.XLS: _table_reader("xls_document"),
    Kind.ODS: _table_reader("ods_document"),
    Kind.HTML: _read_page,
}


def _first_line(text: str) -> str:
    """Return what a text without a header calls itself: its first line, where that is no sentence."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    words = _NO_TITLE.sub("", line).split()
    title = ("" if all(len(word) == 1 for word in words) else " ").join(words)  # 広 報 is spaced for looks
    return "" if len(title) > _LONGEST_TITLE or title.endswith("。") else title


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
