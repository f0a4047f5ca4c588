"""A presentation (PPTX, PPTM) to a Document: a page a slide, its title a heading, its shapes from top to bottom."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from corpus.file_limits import open_zip
from corpus.office.hidden import COMMENTS, NOTES, SHAPES, SLIDES, TINY, Hidden
from corpus.office.office_document import office_document
from corpus.office.pptx_charts import chart_parts
from corpus.office.pptx_lists import Lists
from corpus.office.types import Contents, Paragraph, Part, Table, TableCell
from corpus.types import Document, Problem

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OFF = ("0", "false")
_ON = ("1", "true")
_TINY = 200
"""Hundredths of a point: nobody reads letters of two points or less."""
_FURNITURE = ("DATE", "FOOTER", "SLIDE_NUMBER", "HEADER", "SLIDE_IMAGE")
_TITLES = ("TITLE", "CENTER_TITLE", "VERTICAL_TITLE")
_SAME_ROW = 0.5
"""Shapes stand side by side where they overlap by this share of the lower one's height."""


def pptx_document(
    data: bytes, *, id: str, title: str | None = None, **about: Any
) -> tuple[Document | None, list[Problem]]:
    """Return the Document of a presentation, None where it holds no text; `about` are the other fields of a Document."""
    return office_document(pptx_contents, data, id=id, title=title, **about)


def pptx_contents(data: bytes, hidden: Hidden) -> Contents:
    """Return what the slides of a presentation show, and count what they hide."""
    from pptx import Presentation

    open_zip(data).close()
    shown = Presentation(BytesIO(data))
    parts: list[Part] = []
    for number, slide in enumerate(shown.slides, 1):
        if slide.element.get("show") in _OFF:
            hidden.add(SLIDES)
            continue
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            hidden.add(NOTES, bool(slide.notes_slide.notes_text_frame.text.strip()))
        hidden.add(COMMENTS, _comments(slide))
        reader = _Slide(number, (shown.slide_width or 0, shown.slide_height or 0), hidden)
        parts += reader.parts(slide)
    return Contents(tuple(parts), shown.core_properties.title or "")


def _comments(slide: Any) -> int:
    """Return how many comments a slide has."""
    from lxml import etree

    related = [r.target_part for r in slide.part.rels.values() if r.reltype.endswith("/comments")]
    return sum(len(etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False))) for part in related)


class _Slide:
    """One walk over the shapes of a slide."""

    def __init__(self, number: int, size: tuple[int, int], hidden: Hidden) -> None:
        self._number = number
        self._size = size
        self._hidden = hidden

    def parts(self, slide: Any) -> Iterator[Part]:
        """Yield what a slide shows: its title, then its shapes in reading order."""
        shapes = [shape for shape in slide.shapes if not _is_of(shape, _FURNITURE)]
        titles = [shape for shape in shapes if _is_of(shape, _TITLES)]
        for shape in (*titles, *in_reading_order([shape for shape in shapes if shape not in titles])):
            yield from self._shape(shape, level=1 if shape in titles else 0)

    def _shape(self, shape: Any, *, level: int = 0, within: bool = False) -> Iterator[Part]:
        if self._is_unseen(shape, within=within):
            self._hidden.add(SHAPES, _says_something(shape))
        elif hasattr(shape, "shapes"):
            for inner in in_reading_order(list(shape.shapes)):
                yield from self._shape(inner, within=True)
        elif getattr(shape, "has_table", False):
            yield self._table(shape.table)
        elif getattr(shape, "has_chart", False):
            yield from chart_parts(shape.chart, self._number)
        elif getattr(shape, "has_text_frame", False):
            yield from self._texts(shape.text_frame, Lists(shape), level)
        else:
            yield from self._diagram(shape)

    def _is_unseen(self, shape: Any, *, within: bool) -> bool:
        """Tell whether a shape is hidden, or lies outside the slide; places within a group are the group's own."""
        if shape._element._nvXxPr.cNvPr.get("hidden") in _ON:
            return True
        if within or None in (shape.left, shape.top, shape.width, shape.height):
            return False
        width, height = self._size
        return bool(
            shape.left >= width
            or shape.top >= height
            or shape.left + shape.width <= 0
            or shape.top + shape.height <= 0
        )

    def _texts(self, frame: Any, lists: Lists, level: int = 0) -> Iterator[Paragraph]:
        for paragraph in frame.paragraphs:
            text = self._text(paragraph)
            if text.strip():
                mark, depth = ("", 0) if level else lists.mark(paragraph._p)
                bold = all(run.font.bold for run in paragraph.runs if run.text.strip())
                yield Paragraph(text, self._number, level, mark, depth, strong=bold)

    def _text(self, paragraph: Any) -> str:
        """Return a paragraph's text without letters that nobody sees."""
        text = ""
        for piece in paragraph._p:
            said = piece.findtext(f"{A}t") or ""
            properties = piece.find(f"{A}rPr")
            size = properties.get("sz") if properties is not None else None
            if said.strip() and size is not None and int(size) <= _TINY:
                self._hidden.add(TINY, len(said))
                continue
            text += "\n" if piece.tag == f"{A}br" else said
        return text.replace("\v", "\n")

    def _table(self, table: Any) -> Table:
        rows = [tuple(self._cells(row)) for row in table.rows]
        return Table(tuple(rows), self._number, headed=bool(table.first_row))

    def _cells(self, row: Any) -> Iterator[TableCell]:
        for cell in row.cells:
            if cell.is_spanned:
                continue
            parts = tuple(self._texts(cell.text_frame, Lists(None)))
            width, height = (cell.span_width, cell.span_height) if cell.is_merge_origin else (1, 1)
            yield TableCell(parts, width, height)

    def _diagram(self, shape: Any) -> Iterator[Paragraph]:
        """Yield the texts of a SmartArt, in the order in which its data has them."""
        for found in shape.element.iter("{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"):
            data = found.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm")
            for text in _diagram_texts(shape.part.related_part(data).blob):
                yield Paragraph(text, self._number, mark="・")


def _diagram_texts(blob: bytes) -> Iterator[str]:
    from lxml import etree

    root = etree.fromstring(blob, etree.XMLParser(resolve_entities=False, no_network=True))
    for point in root.iter("{*}pt"):
        if point.get("type", "node") in ("node", "asst"):
            for paragraph in point.iter(f"{A}p"):
                text = "".join(e.text or "" for e in paragraph.iter(f"{A}t"))
                if text.strip():
                    yield text


def _is_of(shape: Any, kinds: Sequence[str]) -> bool:
    return bool(shape.is_placeholder) and shape.placeholder_format.type.name in kinds


def _says_something(shape: Any) -> bool:
    return any((e.text or "").strip() for e in shape.element.iter(f"{A}t"))


def in_reading_order(shapes: Sequence[Any]) -> list[Any]:
    """Return shapes from top to bottom, those side by side from left to right; one without a place stands first."""
    rows: list[list[Any]] = []
    for shape in sorted(shapes, key=lambda shape: (shape.top or 0, shape.left or 0)):
        if rows and _beside(rows[-1][0], shape):
            rows[-1].append(shape)
        else:
            rows.append([shape])
    return [shape for row in rows for shape in sorted(row, key=lambda shape: shape.left or 0)]


def _beside(first: Any, shape: Any) -> bool:
    """Tell whether a shape stands beside the first of a row."""
    bottom = (first.top or 0) + (first.height or 0)
    shared = min(bottom, (shape.top or 0) + (shape.height or 0)) - (shape.top or 0)
    return bool(shared > _SAME_ROW * min(shape.height or 0, first.height or 0))
