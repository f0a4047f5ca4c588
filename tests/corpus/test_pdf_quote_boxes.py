"""Quotes are found again on the page, so that they can be marked on its picture."""

import pytest

from corpus.pdf.pdfium_file import PdfFile
from corpus.pdf.quote_boxes import quote_boxes
from corpus.pdf.types import PageContent
from tests.corpus.written_pdfs import Text, pdf


def _page(*texts: Text, rotate: int = 0) -> PageContent:
    with PdfFile(pdf(texts, rotate=rotate)) as file:
        return file.page(1)


def test_a_quote_over_two_lines_has_a_box_on_each():
    page = _page(Text(60, 100, "休館日は毎週月"), Text(60, 120, "曜日と祝日です。"))
    first, second = quote_boxes(page, "毎週月曜日")
    assert first == pytest.approx((100, 91, 130, 101), abs=1)
    assert second == pytest.approx((60, 111, 80, 121), abs=1)


def test_cells_of_a_row_are_marked_each():
    page = _page(Text(60, 100, "本館"), Text(200, 100, "月曜日"))
    assert [round(left) for left, *_ in quote_boxes(page, "| 本館 | 月曜日 |")] == [60, 200]


def test_a_sentence_of_two_columns_whose_lines_the_file_has_row_by_row_is_found():
    left = ("市民プールの休館日は、毎週月曜日と年末", "年始です。夏休みは休みません。回数券は")
    right = ("図書館の開館時間は、午前九時から午後七", "時までです。駐車場は図書館の裏にありま")
    rows = [
        Text(x, 100 + 15 * n, line)
        for n, pair in enumerate(zip(left, right, strict=True))
        for x, line in zip((60, 310), pair, strict=True)
    ]
    assert [round(box[1] / 15) for box in quote_boxes(_page(*rows), "".join(right))] == [6, 7]


def test_a_quote_that_the_page_does_not_show_has_no_box():
    assert quote_boxes(_page(Text(60, 100, "休館日は毎週月曜日です。")), "毎週火曜日") == []


def test_a_box_on_a_page_read_turned_is_told_as_the_page_is_shown():
    page = _page(Text(100, 600, "受付は一階の窓口です。", turned=True))
    assert page.turned == 90
    assert quote_boxes(page, "受付は") == [pytest.approx((91, 570, 101, 600), abs=1)]
