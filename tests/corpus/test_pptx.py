"""Presentations: a page a slide, in reading order; notes and what a slide does not show are counted."""

from pathlib import Path

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Cm, Pt

from corpus.library import read_file
from corpus.types import Document, Problem

TITLE_ONLY, TITLE_AND_CONTENT, BLANK = 5, 1, 6


def _read(folder: Path, shown: Presentation, name: str = "t.pptx") -> tuple[Document, list[Problem]]:
    shown.save(str(folder / name))
    document, problems = read_file(folder / name)
    assert document is not None, problems
    return document, problems


def _slide(shown: Presentation, title: str = "", layout: int = TITLE_ONLY) -> Slide:
    slide = shown.slides.add_slide(shown.slide_layouts[layout])
    if title:
        slide.shapes.title.text = title
    return slide


def _box(
    slide: Slide, text: str, left: float = 1, top: float = 5, width: float = 8, height: float = 2
) -> object:
    box = slide.shapes.add_textbox(Cm(left), Cm(top), Cm(width), Cm(height))
    box.text_frame.text = text
    return box


def test_a_slide_is_a_page_with_its_title_and_its_bullets(tmp_path: Path) -> None:
    shown = pptx.Presentation()
    slide = _slide(shown, "ごみの出し方", TITLE_AND_CONTENT)
    slide.placeholders[1].text = "燃えるごみ\n資源"
    slide.placeholders[1].text_frame.add_paragraph().text = "新聞"
    slide.placeholders[1].text_frame.paragraphs[2].level = 1
    _box(_slide(shown, "料金"), "一袋 30円です。")
    document, problems = _read(tmp_path, shown)
    pages = [document.text[page.start : page.end].strip() for page in document.pages]
    assert pages == ["# ごみの出し方\n\n・燃えるごみ\n・資源\n　・新聞", "# 料金\n\n一袋 30円です。"]
    assert (document.title, problems) == ("ごみの出し方", [])


def test_shapes_are_read_from_top_to_bottom_and_side_by_side_from_the_left(tmp_path: Path) -> None:
    shown = pptx.Presentation()
    slide = _slide(shown, "案内")
    _box(slide, "下の文です。", 1, 12)
    _box(slide, "右の文です。", 12, 5)
    _box(slide, "左の文です。", 1, 5.3)
    text = _read(tmp_path, shown)[0].text
    assert text.split("\n\n") == ["# 案内", "左の文です。", "右の文です。", "下の文です。"]


def test_numbers_of_a_list_are_counted(tmp_path: Path) -> None:
    shown = pptx.Presentation()
    frame = _box(_slide(shown, "手順"), "書く\n出す").text_frame
    for paragraph in frame.paragraphs:
        number = f'<a:buAutoNum {nsdecls("a")} type="circleNumDbPlain"/>'
        paragraph._p.get_or_add_pPr().append(parse_xml(number))
    assert _read(tmp_path, shown)[0].text == "# 手順\n\n①　書く\n②　出す"


def test_a_table_and_a_group_are_read(tmp_path: Path) -> None:
    shown = pptx.Presentation()
    slide = _slide(shown, "料金")
    table = slide.shapes.add_table(3, 2, Cm(1), Cm(5), Cm(10), Cm(3)).table
    for place, text in enumerate("区分 料金 昼 300円 . 100円".split()):
        table.cell(place // 2, place % 2).text = text.strip(".")
    table.cell(1, 0).merge(table.cell(2, 0))
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(Cm(1), Cm(14), Cm(3), Cm(1)).text_frame.text = "枠の中の文です。"
    assert _read(tmp_path, shown)[0].text == (
        "# 料金\n\n| 区分 | 料金 |\n| --- | --- |\n| 昼 | 300円 |\n| 昼 | 100円 |\n\n枠の中の文です。"
    )


def test_a_chart_is_the_table_of_its_values(tmp_path: Path) -> None:
    shown = pptx.Presentation()
    data = CategoryChartData(number_format="#,##0")
    data.categories = ["令和4年度", "令和5年度"]
    data.add_series("人口", (12345, 12001))
    chart = _slide(shown, "推移").shapes.add_chart(
        XL_CHART_TYPE.BAR_CLUSTERED, Cm(1), Cm(5), Cm(9), Cm(5), data
    )
    chart.chart.has_title = True
    chart.chart.chart_title.text_frame.text = "町の人口"
    assert _read(tmp_path, shown)[0].text.split("\n") == [
        *("# 推移", "", "町の人口", ""),
        *("|  | 人口 |", "| --- | --- |", "| 令和4年度 | 12,345 |", "| 令和5年度 | 12,001 |"),
    ]


def test_hidden_slides_notes_and_shapes_are_counted_and_the_slides_keep_their_numbers(tmp_path: Path) -> None:
    shown = pptx.Presentation()
    _slide(shown, "隠した頁").element.set("show", "0")
    slide = _slide(shown, "案内")
    _box(slide, "本文です。")
    slide.notes_slide.notes_text_frame.text = "口頭で話す。"
    _box(slide, "外の文です。", -20)
    _box(slide, "隠した文です。", 1, 9)._element.nvSpPr.cNvPr.set("hidden", "1")
    _box(slide, "極小", 1, 11).text_frame.paragraphs[0].runs[0].font.size = Pt(1)
    document, (problem,) = _read(tmp_path, shown)
    assert (document.text, document.pages[0].number) == ("# 案内\n\n本文です。", 2)
    assert problem.code == "hidden"
    for counted in (
        "非表示のスライド 1 枚",
        "発表者のノート 1 枚分",
        "非表示かスライドの外にある図形 2 個",
        "見えないほど小さな文字 2 字",
    ):
        assert counted in problem.message


def test_numbers_dates_and_feet_of_slides_are_no_text(tmp_path: Path) -> None:
    shown = pptx.Presentation()
    slide = _slide(shown, "案内")
    _box(slide, "本文です。")
    for kind, text in (("sldNum", "12"), ("ftr", "青葉町"), ("dt", "2024/4/1")):
        box = _box(slide, text)
        box._element.nvSpPr.nvPr.append(parse_xml(f'<p:ph {nsdecls("p")} type="{kind}" idx="2{len(kind)}"/>'))
    assert _read(tmp_path, shown)[0].text == "# 案内\n\n本文です。"


@pytest.mark.parametrize("name", ["t.pptm", "t.txt"])
def test_a_presentation_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    shown = pptx.Presentation()
    _slide(shown, "案内の頁")
    shown.save(str(tmp_path / "t.pptx"))
    (tmp_path / name).write_bytes((tmp_path / "t.pptx").read_bytes())
    document, _ = read_file(tmp_path / name)
    assert document is not None
    assert document.text == "# 案内の頁"
