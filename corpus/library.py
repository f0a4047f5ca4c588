"""A folder of documents: the files, their headers, and what cannot be read."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from corpus.decoding import decode
from corpus.document_headers import HEADER, Header, read_header
from corpus.file_limits import refuse_large, too_much_memory
from corpus.kinds import BY_ENDING, Kind, is_hidden, kind_of
from corpus.reading.text import text_document
from corpus.refusing import RefusedError
from corpus.titles import first_line
from corpus.types import Document, Problem

BUILT_IN = Path(__file__).parent / "documents"
ENDINGS = tuple(BY_ENDING)
EMPTY = "本文が空です。内容のあるファイルを置いてください。"
_NOT_DOCUMENTS = ("README.md",)


_SAVED_ANEW = {
    **dict.fromkeys((".doc", ".dot", ".rtf"), "Word で開き、docx で保存し直してください"),
    ".jtd": "一太郎で開き、docx で保存し直してください",
    **dict.fromkeys((".ppt", ".pps"), "PowerPoint で開き、pptx で保存し直してください"),
    ".zip": "書庫は文書のまとまりです。フォルダーに置いて索引を作るか、展開して加えてください",
}
Reader = Callable[[bytes, str, Header], tuple[Document | None, list[Problem]]]


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
    hidden = any(is_hidden(part) for part in path.parts)
    return not hidden and path.suffix != HEADER and path.name not in _NOT_DOCUMENTS


def document_id(path: Path) -> str:
    """Return the id of the document in a file: its name without the ending, composed (macOS decomposes が)."""
    return unicodedata.normalize("NFC", path.stem)


def read_file(path: Path) -> tuple[Document | None, list[Problem]]:
    """Read one document with its header; None where it cannot be read, with the Problem that says why."""
    name = document_id(path)
    header, problems = read_header(path, name)
    if unknown := _unknown(path):
        return None, [*problems, unknown]
    try:
        refuse_large(path.name, path.stat().st_size)
        data = path.read_bytes()
    except MemoryError:
        return None, [*problems, Problem(name, too_much_memory(path.name), code="memory")]
    except RefusedError as error:
        return None, [*problems, Problem(name, str(error), code=error.code)]
    except OSError as error:
        message = (
            f"{path.name} を開けません（{error.strerror}）。読み取りの許可と置き場所を確かめてください。"
        )
        return None, [*problems, Problem(name, message, code="unreadable")]
    document, found = _read_guarded(data, path, header)
    return document, [*problems, *found]


def _unknown(path: Path) -> Problem | None:
    """Return the Problem of a file that is of no kind known by its ending."""
    ending = path.suffix.lower()
    if ending in ENDINGS:
        return None
    instead = _SAVED_ANEW.get(ending) or f"{'・'.join(e[1:] for e in ENDINGS)} のどれかで置いてください"
    message = f"{path.name} は対応していない形式です。{instead}。"
    return Problem(document_id(path), message, code="format")


def _read_guarded(data: bytes, path: Path, header: Header) -> tuple[Document | None, list[Problem]]:
    """Read the bytes of a file; whatever happens in a reader is a Problem."""
    try:
        return read_data(data, path, header)
    except MemoryError:
        return None, [Problem(document_id(path), too_much_memory(path.name), code="memory")]
    except Exception as error:  # noqa: BLE001 - a broken file can break a parser in any way; the rest is read on
        message = (
            f"{path.name} を読めません（{type(error).__name__}）。元のソフトで開いて保存し直してください。"
        )
        return None, [Problem(document_id(path), message, code="unreadable")]


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
        Kind.OFFICE: "Word か PowerPoint で開き、docx か pptx で保存し直してください",
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
    fields = header.model_dump() | {"title": header.title or first_line(text) or name}
    return text_document(text, id=name, **fields), problems


def _read_page(data: bytes, name: str, header: Header) -> tuple[Document | None, list[Problem]]:
    from corpus.reading.html_document import html_document

    return html_document(data, id=name, **header.model_dump())


def _read_pdf(data: bytes, name: str, header: Header) -> tuple[Document | None, list[Problem]]:
    from corpus.pdf.pdf_document import pdf_document

    return pdf_document(data, id=name, **header.model_dump())


def _office_reader(module: str) -> Reader:
    """Return what reads an office file with the function of an adapter, which is imported when it is needed."""

    def read(data: bytes, name: str, header: Header) -> tuple[Document | None, list[Problem]]:
        adapter = getattr(import_module(f"corpus.office.{module}"), module)
        document, problems = adapter(data, id=name, **header.model_dump())
        return document, problems

    return read


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
    Kind.PDF: _read_pdf,
    Kind.DOCX: _office_reader("docx_document"),
    Kind.PPTX: _office_reader("pptx_document"),
    Kind.ODT: _office_reader("odt_document"),
}
