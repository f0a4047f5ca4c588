"""An OpenDocument text (ODT) to a Document: headings, lists with their numbers, tables and notes in reading order."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from corpus.file_limits import open_zip
from corpus.office.hidden import BOXES, COMMENTS, REMOVED, Hidden
from corpus.office.odt_styles import DRAW, OFFICE, OUTLINE, TABLE, TEXT, Level, Styles, printed
from corpus.office.odt_texts import Said, TextReader
from corpus.office.office_document import office_document
from corpus.office.package import Package
from corpus.office.types import Contents, Paragraph, Part, Table, TableCell
from corpus.refusing import RefusedError
from corpus.types import Document, Problem

_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_MOST_REPEATED = 100
"""Cells alike that are written out: what a file repeats more often is empty, or fills memory."""
_LEFT_OUT = (
    f"{TEXT}table-of-content",
    f"{TEXT}alphabetical-index",
    f"{TEXT}tracked-changes",
    f"{TEXT}sequence-decls",
    f"{OFFICE}forms",
)
_COLOURED = {f"{TABLE}{name}": name for name in ("table-cell", "table-row", "table")}


def odt_document(
    data: bytes, *, id: str, title: str | None = None, **about: Any
) -> tuple[Document | None, list[Problem]]:
    """Return the Document of a text, None where it holds none; `about` are the other fields of a Document."""
    return office_document(odt_contents, data, id=id, title=title, **about)


def odt_contents(data: bytes, hidden: Hidden) -> Contents:
    """Return what a text shows, and count what it hides; raises RefusedError for one with a password."""
    with open_zip(data) as archive:
        if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read(
            "META-INF/manifest.xml"
        ):
            message = "パスワードが掛かっていて開けません。パスワードを外して保存し直してください。"
            raise RefusedError(message, code="password")
        package = Package(archive)
        content, common, meta = (package.root(f"{name}.xml") for name in ("content", "styles", "meta"))
    removed = content.iterfind(f".//{TEXT}tracked-changes//{TEXT}deletion")
    hidden.add(REMOVED, sum(len("".join(_letters(element))) for element in removed))
    hidden.add(COMMENTS, sum(1 for _ in content.iter(f"{OFFICE}annotation")))
    styles = Styles(*(root for root in (common, content) if root is not None))
    parts = _Body(styles, hidden).parts(content.find(f"{OFFICE}body/{OFFICE}text"))
    title = meta.findtext(f".//{_TITLE}") if meta is not None else ""
    return Contents(tuple(parts), title or "")


def _letters(deletion: Any) -> Iterator[str]:
    for paragraph in deletion.iter(f"{TEXT}p", f"{TEXT}h"):
        yield from paragraph.itertext()


class _Body:
    """One walk through the text; pages and the items of lists are counted on the way."""

    def __init__(self, styles: Styles, hidden: Hidden) -> None:
        self._styles = styles
        self._hidden = hidden
        self._texts = TextReader(styles, hidden)
        self._page = 1
        self._fresh = True  # nothing stands on the page yet
        self._lists: dict[str, list[int]] = {}  # by id or style: where the numbers of a list stopped
        self._counts: list[int] = []
        self._headings: list[int] = []
        self._tables = 0  # how many are open
        self._open_notes: list[tuple[str, Any]] = []

    def parts(self, element: Any) -> Iterator[Part]:
        """Yield what an element holds, in order."""
        for child in element:
            if child.tag in (f"{TEXT}p", f"{TEXT}h"):
                yield from self._paragraph(child)
            elif child.tag == f"{TEXT}list":
                yield from self._list(child, None)
            elif child.tag == f"{TABLE}table":
                yield from self._table(child)
            elif child.tag == f"{TEXT}soft-page-break":
                self._turn()
            elif child.tag == f"{TEXT}section" and child.get(f"{TEXT}display") == "none":
                self._hidden.add(BOXES)
            elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
                yield from self.parts(child)

    def _paragraph(self, element: Any, mark: str = "", depth: int = 0) -> Iterator[Part]:
        name = element.get(f"{TEXT}style-name")
        if self._opens_page(name):
            self._turn()
        said = self._texts.read(element, filled=self._is_filled(element))
        if said.text.strip(" 　\t\n"):
            self._fresh = False
            level = self._heading_level(element, name)
            if level and not mark:
                mark = self._heading_number(level)
            yield Paragraph(said.text, self._page, level, mark, depth, strong=said.bold)
        yield from self._beside(said)

    def _beside(self, said: Said) -> Iterator[Part]:
        """Yield the text boxes and the notes that hang on a paragraph, and turn the pages that end in it."""
        for box in said.boxes:
            yield from self.parts(box)
        self._open_notes += said.notes
        yield from self._below()
        for _ in range(said.turned):
            self._turn()

    def _below(self) -> Iterator[Part]:
        """Yield the notes that were called, each with its mark; those of a table stand below it."""
        if self._tables:
            return
        notes, self._open_notes = self._open_notes, []
        for mark, note in notes:
            for part in self.parts(note):
                if isinstance(part, Paragraph) and mark:
                    part, mark = replace(part, text=f"{mark} {part.text}"), ""
                yield part

    def _turn(self) -> None:
        """Begin a page; breaks that follow one another are one."""
        if not self._fresh:
            self._page += 1
            self._fresh = True

    def _opens_page(self, name: str | None) -> bool:
        return self._styles.says("paragraph", name, "paragraph-properties", f"{_FO}break-before") == "page"

    def _heading_level(self, element: Any, name: str | None) -> int:
        if "Title" in self._styles.named(name):
            return 1
        return int(element.get(f"{TEXT}outline-level") or 1) if element.tag == f"{TEXT}h" else 0

    def _heading_number(self, level: int) -> str:
        """Count a heading; return its number where the outline has numbers."""
        self._headings = [*self._headings[:level], *[0] * (level - len(self._headings))]
        self._headings[level - 1] += 1
        levels = [self._styles.level(OUTLINE, depth) or Level("") for depth in range(level)]
        return printed(levels, self._headings) if levels[-1].form else ""

    def _list(self, element: Any, style: str | None, levels: tuple[Level, ...] = ()) -> Iterator[Part]:
        style = element.get(f"{TEXT}style-name") or style
        level = self._styles.level(style, len(levels)) or Level("・")
        outer = not levels
        if outer:
            self._counts = self._begun(element, style)
        levels = (*levels, level)
        depth = len(levels)
        self._counts = [*self._counts[:depth], *[level.start - 1] * (depth - len(self._counts))]
        for item in element.iterchildren(f"{TEXT}list-item", f"{TEXT}list-header"):
            if item.tag == f"{TEXT}list-item":
                told = item.get(f"{TEXT}start-value")
                self._counts = self._counts[:depth]
                self._counts[-1] = int(told) if told else self._counts[-1] + 1
            yield from self._item(item, style, levels)
        if outer:
            self._lists |= dict.fromkeys((style or "", element.get(_ID, "")), self._counts[:1])

    def _begun(self, element: Any, style: str | None) -> list[int]:
        """Return where the numbers of a list go on: from a list that it continues, else from the beginning."""
        continued = element.get(f"{TEXT}continue-list")
        if continued in self._lists:
            return self._lists[continued]
        goes_on = element.get(f"{TEXT}continue-numbering") == "true"
        return self._lists.get(style or "", []) if goes_on else []

    def _item(self, item: Any, style: str | None, levels: tuple[Level, ...]) -> Iterator[Part]:
        first = item.tag == f"{TEXT}list-item"
        for child in item:
            if child.tag == f"{TEXT}list":
                counts = self._counts
                yield from self._list(child, style, levels)
                self._counts = counts
            elif child.tag in (f"{TEXT}p", f"{TEXT}h"):
                mark = printed(list(levels), self._counts[: len(levels)]) if first else ""
                yield from self._paragraph(child, mark, len(levels) - 1)
                first = False
            elif isinstance(child.tag, str):
                yield from self.parts([child])

    def _table(self, table: Any) -> Iterator[Part]:
        page = self._page
        self._tables += 1
        rows = [cells for row in _rows(table) for cells in [tuple(self._cells(row))] if cells]
        self._tables -= 1
        headed = table.find(f"{TABLE}table-header-rows") is not None
        if rows:
            yield Table(tuple(rows), page, headed)
        yield from self._below()

    def _cells(self, row: Any) -> Iterator[TableCell]:
        for cell in row.iterchildren(f"{TABLE}table-cell"):
            parts = tuple(self.parts(cell))
            heads = bool(parts) and all(isinstance(part, Paragraph) and part.strong for part in parts)
            width, height = (
                int(cell.get(f"{TABLE}number-{way}-spanned") or 1) for way in ("columns", "rows")
            )
            repeated = int(cell.get(f"{TABLE}number-columns-repeated") or 1)
            heads = heads or self._styles.is_filled("table-cell", cell.get(f"{TABLE}style-name"))
            for _ in range(min(repeated, _MOST_REPEATED)):
                yield TableCell(parts, width, height, heads)

    def _is_filled(self, paragraph: Any) -> bool:
        """Tell whether something coloured is behind a paragraph: a cell, its row or table, or a drawing."""
        for above in paragraph.iterancestors():
            family = _COLOURED.get(above.tag)
            if above.tag.startswith(DRAW) or (
                family and self._styles.is_filled(family, above.get(f"{TABLE}style-name"))
            ):
                return True
        return False


def _rows(table: Any) -> Iterator[Any]:
    """Yield a table's own rows, those of headers and groups included, hidden ones not."""
    for row in table.iter(f"{TABLE}table-row"):
        if next(row.iterancestors(f"{TABLE}table")) is table and row.get(f"{TABLE}visibility") is None:
            yield row
