"""What an office file shows → a Document, in the lines that a web page or a typed text of the same words has."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from zipfile import BadZipFile

from corpus.headings import strong_heading_level
from corpus.normalizing import squash
from corpus.office.hidden import Hidden, hidden_problem
from corpus.office.list_numbers import BULLET
from corpus.office.types import Contents, Paragraph, Part, Table
from corpus.reading.articles import with_articles
from corpus.reading.pipe_tables import Cell, pipe_lines
from corpus.reading.text import text_document
from corpus.reading.types import APART, TextLine, joined
from corpus.refusing import RefusedError
from corpus.titles import first_line
from corpus.types import Document, Page, Problem

_DEEPEST = 6
_LEAST_COLUMNS = 2
_LONGEST_CELL = 1_000
"""Characters of a cell that stands in one row with others: longer ones are columns of running text."""
_TORN = 25
"""Characters of a line that a typist may have ended at the margin."""
_LONGEST_TITLE = 60
_SPACES = re.compile(r"[ \t\xa0]+")
_NUMBER = re.compile(
    r"\A[ 　]*(?:[0-9０-９]{1,3}[.．)）]?|[(（]\S{1,3}[)）]|[①-⑳]|第\S{1,4}[章節条款編]|[ア-ン])\t+(?![0-9０-９])"
)
_UNSEEN = str.maketrans({"\xa0": " ", "\u2003": "　", "\u2009": " ", "\u200b": None, "\u200c": None, "\u200d": None,
                         "\u2060": None, "\ufeff": None, "\xad": None, "\x00": None})  # fmt: skip
_HIRAGANA = re.compile(r"[ぁ-ゖ、。]")
_ENDED = re.compile(r"[。．.！？!?：:」』】）)]$")


def office_document(
    read: Callable[[bytes, Hidden], Contents], data: bytes, *, id: str, title: str | None, **about: Any
) -> tuple[Document | None, list[Problem]]:
    """Return the Document of the file that `read` takes apart, None where it holds no text, and what is amiss."""
    hidden = Hidden()
    try:
        contents = read(data, hidden)
    except RefusedError as error:
        return None, [Problem(id, str(error), code=error.code)]
    except (BadZipFile, SyntaxError, AttributeError, KeyError, ValueError) as error:
        message = (
            f"ファイルが壊れています（{type(error).__name__}）。元のソフトで開いて保存し直してください。"
        )
        return None, [Problem(id, message, code="unreadable")]
    problems = hidden_problem(hidden, id)
    document = contents_document(contents, id=id, title=title, **about)
    if document is None:
        message = "本文が見つかりません。文字のある文書を置いてください（画像だけの文書は読めません）。"
        return None, [*problems, Problem(id, message, code="empty")]
    return document, problems


def contents_document(contents: Contents, *, id: str, title: str | None, **about: Any) -> Document | None:
    """Return the Document of paragraphs and tables, None where they hold no text."""
    lines = with_articles(list(_lines(contents.parts)))
    if not lines:
        return None
    text = joined(lines)
    title = title or _title(contents, lines, text) or id
    return _numbered(text_document(text, id=id, title=title, **about), lines)


def _numbered(document: Document, lines: Sequence[TextLine]) -> Document:
    """Give the pages the numbers that they have in the file: a page without text has none in the text."""
    numbers = list(dict.fromkeys(line.page for line in lines))
    if len(numbers) != len(document.pages):
        return document
    pages = zip(numbers, document.pages, strict=True)
    return replace(document, pages=tuple(Page(number, page.start, page.end) for number, page in pages))


def _title(contents: Contents, lines: Sequence[TextLine], text: str) -> str:
    """Return the title that the file names, where its text says so too: many keep that of the file they began as."""
    named = " ".join(contents.title.split())
    if 0 < len(named) <= _LONGEST_TITLE and squash(named) in squash(text):
        return named
    heading = next((line.text.lstrip("# ") for line in lines if line.kind == "heading"), "")
    return heading if 0 < len(heading) <= _LONGEST_TITLE else first_line(text)


def _lines(parts: Sequence[Part]) -> Iterator[TextLine]:
    """Yield the lines of all parts."""
    styled = max((part.level for part in parts if isinstance(part, Paragraph)), default=0)
    above: TextLine | None = None
    for part in parts:
        found = _table(part, styled) if isinstance(part, Table) else _paragraph(part, styled, above)
        for line in found:
            yield line
            above = line


def _paragraph(part: Paragraph, styled: int, above: TextLine | None) -> Iterator[TextLine]:
    texts = [line for line in map(_clean, part.text.split("\n")) if line.strip(" 　")]
    if not texts:
        return
    mark = f"{part.mark}{_between(part.mark)}" if part.mark else ""
    level = part.level or _strong_level(part, mark + texts[0], styled)
    if level and (part.level or len(texts) == 1):
        text = " ".join(line.strip(" 　") for line in texts)
        yield TextLine(f"{'#' * min(level, _DEEPEST)} {mark}{text}", APART, "heading", part.page)
        return
    indent = "　" * part.depth if mark else ""
    kind = "item" if mark else ""
    for number, text in enumerate(texts):
        first = f"{indent}{mark}{text.strip(' 　')}" if mark else text
        line = first if not number else f"{indent}　{text.strip(' 　')}" if mark else text
        gap = 0 if number else _gap(line, kind, above)
        yield TextLine(line, gap, kind, part.page)


def _gap(line: str, kind: str, above: TextLine | None) -> int:
    """Return the blank lines above a line: none above an item, nor where a typist ended the line above at the margin."""
    if above is None or above.kind not in ("item", ""):
        return APART
    torn = (
        kind == above.kind == ""
        and len(above.text) >= _TORN
        and not _ENDED.search(above.text)
        and _HIRAGANA.match(line)
    )
    return 0 if kind or torn else APART


def _strong_level(part: Paragraph, text: str, styled: int) -> int:
    """Return how deep a line stands that is a heading by its bold letters alone: below those that have a style."""
    if not part.strong or part.mark == BULLET:
        return 0
    level = strong_heading_level(text)
    return max(level, min(styled + 1, _DEEPEST)) if level and styled else level


def _between(mark: str) -> str:
    """Return what stands between a number and its text: nothing after ・, a space of the number's own width."""
    return "" if mark == BULLET else " " if mark[-1].isascii() else "　"


def _clean(text: str) -> str:
    """Return a line with its spaces as they are shown; what a tab sets apart stays apart, but not a number's text."""
    text = _NUMBER.sub(lambda found: found[0].rstrip("\t") + "　", text.translate(_UNSEEN))
    return re.sub(r" {2,}", " ", text).strip(" \t").rstrip("　\t ")


def _table(table: Table, styled: int) -> Iterator[TextLine]:
    """Yield the rows of a table, or the text in it where it only lays out the page."""
    if _lays_out(table):
        inner = [part for row in table.rows for cell in row for part in cell.parts]
        yield from _lines(inner)
        return
    rows = [
        [Cell(_cell_text(cell.parts), cell.width, cell.height, cell.heads) for cell in row]
        for row in table.rows
    ]
    marked = all(cell.heads for cell in rows[0]) and not all(cell.heads for row in rows for cell in row)
    plain = [[replace(cell, heads=False) for cell in row] for row in rows]
    for number, line in enumerate(pipe_lines(plain, headed=table.headed or marked)):
        yield TextLine(line, 0 if number else APART, "row", table.page)


def _lays_out(table: Table) -> bool:
    """Tell whether a table only lays out text: it is one column, holds tables, or is one row of long texts."""
    if max(sum(cell.width for cell in row) for row in table.rows) < _LEAST_COLUMNS or all(
        len(row) < _LEAST_COLUMNS for row in table.rows
    ):
        return True
    cells = [cell for row in table.rows for cell in row]
    if any(isinstance(part, Table) for cell in cells for part in cell.parts):
        return True
    return len(table.rows) == 1 and any(len(_cell_text(cell.parts)) > _LONGEST_CELL for cell in cells)


def _cell_text(parts: Sequence[Part]) -> str:
    """Return the text of a cell on one line."""
    lines = [
        line.text.strip(" 　")
        for line in _lines([replace(p, level=0, strong=False) for p in parts if isinstance(p, Paragraph)])
    ]
    return " ".join(_SPACES.sub(" ", line) for line in lines)
