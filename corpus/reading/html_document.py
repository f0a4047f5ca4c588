"""A web page to a Document: its main text with headings, lists and tables, titled by its <title>."""

import re
from typing import Any

from corpus.decoding import decode, decoded_as
from corpus.reading.articles import with_articles
from corpus.reading.html_main import main_parts, unshown_texts
from corpus.reading.html_text import element_lines
from corpus.reading.text import text_document
from corpus.reading.types import TextLine, joined
from corpus.types import Document, Problem

_HEAD = 4096
_SHOWN = 20  # characters of an example
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE
)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_XML = re.compile(r"\s*<\?xml[^>]*\?>")


def html_document(
    data: bytes, *, id: str, title: str | None = None, **about: Any
) -> tuple[Document | None, list[Problem]]:
    """Return the Document of a page, None where it holds no text; `about` are the other fields of a Document."""
    text, problem = _decoded(data, id)
    problems = [problem] if problem else []
    if text is None:
        return None, problems
    root, whole = _parsed(text)
    if not whole:
        message = "要素の入れ子が深すぎて、途中までしか読めません。ブラウザーで開いて保存し直してください。"
        problems.append(Problem(id, message, code="unreadable"))
    if root is None:
        message = "HTML として読めません。ブラウザーで開いて保存し直してください。"
        return None, [*problems, Problem(id, message, code="unreadable")]
    problems += _unshown(root, id)
    lines = page_lines(root)
    if not lines:
        message = "本文が見つかりません。本文のあるページを置いてください。"
        return None, [*problems, Problem(id, message, code="empty")]
    title = title or _title(root) or _first_heading(lines) or id
    return text_document(joined(lines), id=id, title=title, **about), problems


def page_lines(root: Any) -> list[TextLine]:
    """Return the lines of a page's main text; lists of links only where there is nothing else."""
    body = root.find("body")
    body = root if body is None else body
    for links in (False, True):
        lines = [line for part in main_parts(body) for line in element_lines(part, links=links)]
        if any(line.kind != "heading" for line in lines):
            return with_articles(lines)
    return lines


def _unshown(root: Any, id: str) -> list[Problem]:
    """Take the templates out of a page; return the Problem that counts what stands in its text and is not shown."""
    from lxml import etree

    body = root.find("body")
    texts = unshown_texts(root if body is None else body)
    etree.strip_elements(root, "template", with_tail=False)
    if not texts:
        return []
    message = (
        f"画面に出ない文 {len(texts)} か所（例：「{texts[0][:_SHOWN]}」）は公開しません。"
        "公開するなら見えるようにして保存し直してください。"
    )
    return [Problem(id, message, code="hidden")]


def _decoded(data: bytes, name: str) -> tuple[str | None, Problem | None]:
    """Decode a page by its mark, by the charset that it names, or by what it spells."""
    named = _CHARSET.search(data[:_HEAD])
    if named and not data.startswith(_MARKS):
        text = decoded_as(data, named[1].decode("ascii"))
        if text is not None and text.strip() and "\x00" not in text:
            return text, None
    return decode(data, name=name)


def _parsed(text: str) -> tuple[Any, bool]:
    """Return the root of a page without what is never shown, or None, and whether the page was read to its end."""
    from lxml import etree

    front = _XML.match(text)
    data = text[front.end() if front else 0 :].replace("\x00", "").encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.LxmlError:
        return None, True
    if root is not None:
        etree.strip_elements(root, "script", "style", "noscript", with_tail=False)
    return root, not any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def _title(root: Any) -> str:
    title = root.find(".//title")
    return " ".join("".join(title.itertext()).split()) if title is not None else ""


def _first_heading(lines: list[TextLine]) -> str:
    return next((line.text.lstrip("# ") for line in lines if line.kind == "heading"), "")
