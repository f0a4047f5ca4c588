"""The same words give the same text and the same blocks, whether typed, published as a page or written in an office."""

from collections.abc import Callable
from pathlib import Path

import docx
import pptx
import pytest
from odf import table, text
from odf.opendocument import OpenDocumentText
from odf.style import Style
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Cm

from corpus.chunking import chunk
from corpus.library import read_file
from corpus.types import Document

TITLE = "ごみの出し方"
SENTENCE = "燃えるごみは、月曜日と木曜日の朝八時までに出してください。"
ITEMS = ("新聞紙", "古着")
ROWS = (("区分", "大人", "子ども"), ("昼", "300円", "100円"))


def _typed(path: Path) -> None:
    items = "\n".join(f"・{item}" for item in ITEMS)
    rows = [f"| {' | '.join(row)} |" for row in ROWS]
    rows.insert(1, "| --- | --- | --- |")
    path.write_text(
        "\n\n".join((f"# {TITLE}", SENTENCE, items, "\n".join(rows))).replace("。\n\n・", "。\n・"),
        encoding="utf-8",
    )


def _page(path: Path) -> None:
    items = "".join(f"<li>{item}</li>" for item in ITEMS)
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    path.write_text(
        f"<html><body><h1>{TITLE}</h1><p>{SENTENCE}</p><ul>{items}</ul><table>{rows}</table></body></html>",
        encoding="utf-8",
    )


def _word(path: Path) -> None:
    word = docx.Document()
    word.add_heading(TITLE, 1)
    word.add_paragraph(SENTENCE)
    for item in ITEMS:
        word.add_paragraph(item, style="List Bullet")
    cells = word.add_table(rows=2, cols=3)._cells
    for cell, said in zip(cells, (cell for row in ROWS for cell in row), strict=True):
        cell.text = said
    word.save(str(path))


def _slides(path: Path) -> None:
    shown = pptx.Presentation()
    slide = shown.slides.add_slide(shown.slide_layouts[5])
    slide.shapes.title.text = TITLE
    frame = slide.shapes.add_textbox(Cm(1), Cm(5), Cm(20), Cm(4)).text_frame
    frame.text = "\n".join((SENTENCE, *ITEMS))
    for paragraph in frame.paragraphs[1:]:
        paragraph._p.get_or_add_pPr().append(parse_xml(f'<a:buChar {nsdecls("a")} char="•"/>'))
    grid = slide.shapes.add_table(2, 3, Cm(1), Cm(12), Cm(20), Cm(3)).table
    for place, said in enumerate(cell for row in ROWS for cell in row):
        grid.cell(place // 3, place % 3).text = said
    shown.save(str(path))


def _open_document(path: Path) -> None:
    file = OpenDocumentText()
    bullets = text.ListStyle(name="B")
    bullets.addElement(text.ListLevelStyleBullet(level="1", bulletchar="•"))
    file.automaticstyles.addElement(bullets)
    file.automaticstyles.addElement(Style(name="S", family="paragraph"))
    file.text.addElement(text.H(outlinelevel=1, text=TITLE))
    file.text.addElement(text.P(text=SENTENCE))
    items = text.List(stylename="B")
    for item in ITEMS:
        entry = text.ListItem()
        entry.addElement(text.P(text=item))
        items.addElement(entry)
    file.text.addElement(items)
    grid = table.Table(name="T")
    for row in ROWS:
        line = table.TableRow()
        for said in row:
            cell = table.TableCell()
            cell.addElement(text.P(text=said))
            line.addElement(cell)
        grid.addElement(line)
    file.text.addElement(grid)
    file.save(str(path))


WRITERS: dict[str, Callable[[Path], None]] = {
    "md": _typed,
    "txt": _typed,
    "html": _page,
    "docx": _word,
    "pptx": _slides,
    "odt": _open_document,
}


def _read(folder: Path, ending: str) -> Document:
    path = folder / f"t.{ending}"
    WRITERS[ending](path)
    document, problems = read_file(path)
    assert document is not None
    assert problems == []
    return document


@pytest.mark.parametrize("ending", ["md", "html", "docx", "pptx", "odt"])
def test_text_blocks_passages_and_title_are_those_of_the_typed_text(tmp_path: Path, ending: str) -> None:
    typed, document = _read(tmp_path, "txt"), _read(tmp_path, ending)
    assert (document.text, document.title) == (typed.text, TITLE)
    assert document.blocks == typed.blocks
    assert chunk(document) == chunk(typed)


def test_blocks_are_a_heading_a_paragraph_items_and_rows(tmp_path: Path) -> None:
    document = _read(tmp_path, "docx")
    assert [(block.kind.value, document.text[block.start : block.end]) for block in document.blocks][:4] == [
        ("heading", TITLE),
        ("paragraph", SENTENCE),
        ("item", "・新聞紙"),
        ("item", "・古着"),
    ]
