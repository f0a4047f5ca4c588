"""One notice of an invented city in every format, by real writers: as text, in an office, on paper, as a scan.

PDFs are printed by Chromium (in one column, in two, vertically); the scan is the picture of each printed page.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.notice import SECTIONS, TITLE
from bench.saved_documents import saved

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = Path("/usr/bin/chromium")
_SCANNED_DPI = 300


def _typed() -> bytes:
    parts = [f"# {TITLE}"]
    for section in SECTIONS:
        parts += [f"## {section.heading}", *section.paragraphs]
        parts += ["\n".join(f"- {item}" for item in section.items)] if section.items else []
        parts += [_bars(section.table)] if section.table else []
    return "\n\n".join(parts).encode()


def _bars(table: Sequence[Sequence[str]]) -> str:
    rows = [f"| {' | '.join(row)} |" for row in table]
    return "\n".join([rows[0], f"|{' --- |' * len(table[0])}", *rows[1:]])


def _plain() -> bytes:
    """Return it as people type it without marks."""
    parts = [TITLE]
    for section in SECTIONS:
        parts += [section.heading, *section.paragraphs]
        parts += ["\n".join(f"・{item}" for item in section.items)] if section.items else []
        parts += [_bars(section.table)] if section.table else []
    return "\n\n".join(parts).encode()


def _page(style: str = "") -> bytes:
    parts = [f"<h1>{TITLE}</h1>"]
    for section in SECTIONS:
        parts.append(f"<h2>{escape(section.heading)}</h2>")
        parts += [f"<p>{escape(text)}</p>" for text in section.paragraphs]
        items = "".join(f"<li>{escape(item)}</li>" for item in section.items)
        parts += [f"<ul>{items}</ul>"] if items else []
        parts += [_html_table(section.table)] if section.table else []
    body = "".join(parts)
    return (
        f'<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>{TITLE}</title><style>{style}</style></head>'
        f"<body><main>{body}</main></body></html>"
    ).encode()


def _html_table(table: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{cell}</th>" for cell in table[0])
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in table[1:])
    return f"<table><tr>{head}</tr>{rows}</table>"


def _word() -> bytes:
    from docx import Document

    document = Document()
    document.core_properties.title = ""
    document.add_heading(TITLE, 1)
    for section in SECTIONS:
        document.add_heading(section.heading, 2)
        for text in section.paragraphs:
            document.add_paragraph(text)
        for item in section.items:
            document.add_paragraph(item, style="List Bullet")
        if section.table:
            grid = document.add_table(len(section.table), len(section.table[0]), style="Table Grid")
            for row, cells in zip(grid.rows, section.table, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
    return saved(document)


def _slides() -> bytes:
    """Return a slide a section, as people lay them out: a title, the text, the table below."""
    from pptx import Presentation
    from pptx.util import Cm

    shown = Presentation()
    first = shown.slides.add_slide(shown.slide_layouts[5])
    first.shapes.title.text = TITLE
    for section in SECTIONS:
        slide = shown.slides.add_slide(shown.slide_layouts[5])
        slide.shapes.title.text = section.heading
        top = Cm(5)
        if section.paragraphs:
            frame = slide.shapes.add_textbox(Cm(1), top, Cm(23), Cm(4)).text_frame
            frame.text = "\n".join(section.paragraphs)
            top = Cm(10)
        if section.items:
            listed = slide.shapes.add_textbox(Cm(1), top, Cm(23), Cm(4)).text_frame
            listed.text = "\n".join(section.items)
            for paragraph in listed.paragraphs:
                _bullet(paragraph)
        if section.table:
            rows, width = len(section.table), len(section.table[0])
            grid = slide.shapes.add_table(rows, width, Cm(1), top, Cm(23), Cm(1.2 * rows)).table
            for row, cells in zip(grid.rows, section.table, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
    return saved(shown)


def _bullet(paragraph: Any) -> None:
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    paragraph._p.get_or_add_pPr().append(parse_xml(f'<a:buChar {nsdecls("a")} char="•"/>'))


def _open_text() -> bytes:
    from odf.opendocument import OpenDocumentText
    from odf.text import H, List, ListItem, ListLevelStyleBullet, ListStyle, P

    document = OpenDocumentText()
    bullets = ListStyle(name="B")
    bullets.addElement(ListLevelStyleBullet(level="1", bulletchar="•"))
    document.automaticstyles.addElement(bullets)
    document.text.addElement(H(outlinelevel=1, text=TITLE))
    for section in SECTIONS:
        document.text.addElement(H(outlinelevel=2, text=section.heading))
        for text in section.paragraphs:
            document.text.addElement(P(text=text))
        if section.items:
            listed = List(stylename="B")
            for item in section.items:
                entry = ListItem()
                entry.addElement(P(text=item))
                listed.addElement(entry)
            document.text.addElement(listed)
        if section.table:
            document.text.addElement(_open_table(section.table, section.heading))
    return saved(document)


def _open_table(rows: Sequence[Sequence[str]], name: str) -> Any:
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    table = Table(name=name)
    for row in rows:
        line = TableRow()
        for text in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            line.addElement(cell)
        table.addElement(line)
    return table


def _sheet_rows() -> Iterator[Sequence[str]]:
    """Yield the rows of the notice set in a sheet: a text in the first cell, tables cell by cell, an empty row between."""
    yield (TITLE,)
    for section in SECTIONS:
        yield ()
        yield (section.heading,)
        yield from ((text,) for text in section.paragraphs)
        yield from ((f"・{item}",) for item in section.items)
        if section.table:
            yield ()
            yield from section.table


def _workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "ご案内"
    for row in _sheet_rows():
        book.active.append(list(row))
    return saved(book)


PAPER = "@page { size: A4; margin: 18mm } body { font: 10.5pt/1.7 serif } h1 { font-size: 18pt } h2 { font-size: 13pt }"
TABLES = "table { border-collapse: collapse } th, td { border: 1px solid #333; padding: 1mm 3mm; text-align: left }"
STYLES: Mapping[str, str] = {
    "pdf": f"{PAPER} {TABLES}",
    "columns.pdf": f"{PAPER} {TABLES} main {{ column-count: 2; column-gap: 10mm }}"
    " table, li { font-size: 9pt } h1 { column-span: all }",
    "vertical.pdf": f"{PAPER} {TABLES} html {{ writing-mode: vertical-rl }} table {{ writing-mode: horizontal-tb }}",
}
"""How each PDF is set."""
WRITERS: Mapping[str, Callable[[], bytes]] = {
    "md": _typed,
    "txt": _plain,
    "html": _page,
    "docx": _word,
    "pptx": _slides,
    "odt": _open_text,
    "xlsx": _workbook,
}


def printed(browser: "Browser") -> dict[str, bytes]:
    """Return the PDFs that an opened Chromium prints."""
    page = browser.new_page()
    found = {}
    for name, style in STYLES.items():
        page.set_content(_page(style).decode())
        found[name] = page.pdf(prefer_css_page_size=True)
    page.close()
    return found


def printed_alone() -> dict[str, bytes]:
    """Return the same, with a Chromium of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu"]
        return printed(playwright.chromium.launch(executable_path=str(CHROMIUM), args=flags))


def scanned(pdf: bytes) -> bytes:
    """Return a PDF of the pictures of another's pages, as a scanner makes it."""
    import pypdfium2

    file = pypdfium2.PdfDocument(pdf)
    pictures = [page.render(scale=_SCANNED_DPI / 72).to_pil().convert("L") for page in file]
    file.close()
    paper = BytesIO()
    pictures[0].save(paper, "PDF", resolution=_SCANNED_DPI, save_all=True, append_images=pictures[1:])
    return paper.getvalue()
