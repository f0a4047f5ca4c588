"""PDFs to Documents: what people read on the pages, in their order, with the page of every word."""

from pathlib import Path

import pytest

from corpus.chunking import chunk
from corpus.pdf.pdf_document import pdf_document
from corpus.pdf.tesseract import Tesseract
from corpus.types import BlockKind, Document, Problem
from tests.corpus.written_pdfs import Area, Text, pdf

NO_OCR = Tesseract(Path("/nowhere/tesseract"))
LEFT = (
    "市民プールの休館日は、毎週月曜日と年末",
    "年始です。夏休みは休みません。回数券は",
    "窓口で買えます。",
)
RIGHT = (
    "図書館の開館時間は、午前九時から午後七",
    "時までです。駐車場は図書館の裏にありま",
    "す。自転車も置けます。",
)


def _read(data: bytes) -> tuple[Document, list[Problem]]:
    document, problems = pdf_document(data, id="d", machine=NO_OCR)
    assert document is not None
    return document, problems


def _lines(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def _column(lines: tuple[str, ...], x: float, y: float) -> tuple[Text, ...]:
    return tuple(Text(x, y + 15 * number, line) for number, line in enumerate(lines))


def test_two_columns_are_read_one_after_the_other_below_the_title_over_both():
    page = (Text(150, 60, "施設のご案内", 20), *_column(LEFT, 60, 120), *_column(RIGHT, 310, 120))
    document, problems = _read(pdf(page))
    assert _lines(document) == ["施設のご案内", "".join(LEFT), "".join(RIGHT)]
    assert document.title == "施設のご案内"
    assert not problems


def test_columns_are_told_by_their_places_not_by_the_order_in_the_file():
    page = [
        line for pair in zip(_column(RIGHT, 310, 120), _column(LEFT, 60, 120), strict=True) for line in pair
    ]
    assert _lines(_read(pdf(tuple(page)))[0]) == ["".join(LEFT), "".join(RIGHT)]


def test_labels_beside_their_values_are_read_row_by_row():
    rows = (
        ("所在地", "みなと市中央一丁目二番三号"),
        ("電話", "012-345-6789"),
        ("休館日", "毎週月曜日と年末年始"),
    )
    page = [
        Text(x, 100 + 20 * n, text)
        for n, row in enumerate(rows)
        for x, text in zip((60, 200), row, strict=True)
    ]
    assert _lines(_read(pdf(tuple(page)))[0]) == [
        "所在地　　みなと市中央一丁目二番三号",
        "電話　　012-345-6789",
        "休館日　　毎週月曜日と年末年始",
    ]


def test_running_heads_and_page_numbers_are_left_out_and_what_stands_nowhere_else_is_kept_once():
    texts = (
        "ごみの出し方を定めます。",
        "資源の出し方を定めます。",
        "粗大ごみの出し方を定めます。",
        "清掃の日を定めます。",
    )
    pages = [
        (Text(200, 40, "みなと市ごみの手引き", 9), Text(60, 120, text), Text(290, 815, f"－ {n + 4} －"))
        for n, text in enumerate(texts)
    ]
    document, _ = _read(pdf(*pages))
    assert document.text == "みなと市ごみの手引き\n\n" + "\n\n".join(texts)
    assert [document.page_at(document.text.index(text)) for text in texts] == [1, 2, 3, 4]


def test_a_title_that_comes_again_every_few_pages_is_no_running_head():
    pages = [
        (Text(60, 60, "施策の傾向" if n % 4 == 0 else f"第{n}の施策"), Text(60, 120, "本文を述べます。"))
        for n in range(13)
    ]
    assert _read(pdf(*pages))[0].text.count("施策の傾向") == 4


def test_the_unit_close_above_what_each_page_tells_is_no_running_head():
    pages = [
        (Text(440, 40, "（単位　千円）"), Text(60, 54, f"第{n}款の予算額は五百です。")) for n in range(4)
    ]
    assert _read(pdf(*pages))[0].text.count("（単位　千円）") == 4


def test_letters_spaced_out_for_looks_are_closed_up():
    page = (
        Text(200, 60, "国際局", 16, pitch=24),
        Text(60, 120, "みなと市手話言語条例をここに公布する。", pitch=2.2),
        Text(60, 160, "財産管理事業", pitch=11), Text(300, 160, "17,700"),
    )  # fmt: skip
    assert _lines(_read(pdf(page))[0]) == [
        "国際局",
        "みなと市手話言語条例をここに公布する。",
        "財産管理事業　　17,700",
    ]


def test_a_sentence_goes_on_over_a_page_break_and_each_half_is_cited_with_its_page():
    first = (
        *_column(
            ("この計画は、市民の皆さまと市とが力を合", "わせて進めるものです。その進み方は毎年"), 60, 740
        ),
    )
    second = _column(("度の終わりに、市の広報紙と市のホーム", "ページでお知らせします。"), 60, 60)
    document, _ = _read(pdf(first, second))
    assert document.text == (
        "この計画は、市民の皆さまと市とが力を合わせて進めるものです。その進み方は毎年"
        "度の終わりに、市の広報紙と市のホームページでお知らせします。"
    )
    assert document.page_at(document.text.index("毎年")) == 1
    assert document.page_at(document.text.index("度の終わり")) == 2


def test_the_text_under_a_heading_of_the_page_before_stands_under_it():
    pages = (
        (Text(60, 60, "第１章　休館日", 16), *_column(LEFT, 60, 120)),
        _column(RIGHT, 60, 60),
    )
    passages = chunk(_read(pdf(*pages))[0])
    assert [(passage.page, passage.heading) for passage in passages] == [
        (1, ("第１章　休館日",)),
        (2, ("第１章　休館日",)),
    ]


def test_items_articles_and_what_hangs_under_them_are_joined_each_for_itself():
    page = (
        Text(70, 60, "（目的）"),
        Text(60, 80, "第１条　この条例は、手話の普及に関し基本とな"),
        Text(70, 100, "る事項を定める。"),
        Text(60, 120, "・窓口に手話のできる職員を置き、毎週火曜日に"),
        Text(70, 140, "相談を受ける"),
        Text(60, 160, "・講座を開く"),
    )
    document, _ = _read(pdf(page))
    assert _lines(document) == [
        "（目的）",
        "第１条　この条例は、手話の普及に関し基本となる事項を定める。",
        "・窓口に手話のできる職員を置き、毎週火曜日に相談を受ける",
        "・講座を開く",
    ]
    assert document.blocks[0].kind is BlockKind.HEADING


def test_texts_in_boxes_side_by_side_are_read_box_by_box():
    texts = (
        ("・情報技術を活", "用した業務の改", "善", "・職員の育成"),
        ("・カードの普及", "を進め手続を電", "子化", "・窓口の改善"),
    )
    boxes = [Area(x, 90, 82, 75, grey=0.9) for x in (55, 141)]
    lines = [
        Text(x, 105 + 16 * n, line)
        for x, box in zip((60, 146), texts, strict=True)
        for n, line in enumerate(box)
    ]
    document, _ = _read(pdf((*boxes, *sorted(lines, key=lambda line: line.y))))
    assert _lines(document) == [
        "・情報技術を活用した業務の改善",
        "・職員の育成",
        "・カードの普及を進め手続を電子化",
        "・窓口の改善",
    ]


def test_vertical_text_is_read_column_by_column_from_the_right():
    columns = ("市民プールの利用料は", "大人三百円です。", "休館日は月曜日です。")
    page = [Text(500 - 24 * n, 100, text, 14, vertical=True) for n, text in enumerate(columns)]
    assert (
        _read(pdf(tuple(reversed(page))))[0].text
        == "市民プールの利用料は大人三百円です。\n\n休館日は月曜日です。"
    )


def test_a_vertical_label_beside_lines_is_one_text():
    page = (
        Text(40, 100, "居住年数", 9, vertical=True),
        Text(120, 105, "三年に満たない人が多くなりました。"),
        Text(120, 125, "十年を超える人は変わりません。"),
    )
    assert _lines(_read(pdf(page))[0]) == [
        "居住年数",
        "三年に満たない人が多くなりました。",
        "十年を超える人は変わりません。",
    ]


def test_ruby_is_set_aside():
    page = (Text(62, 88, "まどぐち", 5), Text(60, 100, "窓口で受け付けます。"))
    assert _read(pdf(page))[0].text == "窓口で受け付けます。"


@pytest.mark.parametrize(("rotate", "turned"), [(90, False), (0, True)])
def test_turned_pages_are_read_upright(rotate: int, turned: bool):
    lines = ("受付は一階の窓口です。", "相談は二階の窓口です。")
    page = [
        Text(100 + 20 * n, 600, line, turned=True) if turned else Text(100, 600 + 20 * n, line)
        for n, line in enumerate(lines)
    ]
    assert _lines(_read(pdf(tuple(page), rotate=rotate))[0]) == list(lines)


def test_white_tiny_and_invisible_text_is_not_read_and_counted():
    page = (
        Text(60, 60, "見える文です。"),
        Text(60, 100, "白い文", grey=1),
        Text(60, 120, "小さい文", 0.8),
        Text(60, 140, "透明な文", mode=3),
    )
    document, (problem,) = _read(pdf(page))
    assert document.text == "見える文です。"
    assert (problem.code, problem.page) == ("hidden", 1)
    assert "11字" in problem.message


def test_white_text_on_a_dark_box_is_seen():
    page = (Area(50, 80, 300, 40, grey=0.2), Text(60, 105, "白抜きの題です", 16, grey=1))
    assert _read(pdf(page))[0].text == "白抜きの題です"


def test_pages_that_are_only_pictures_are_named():
    letters = tuple(Area(60 + 5 * n, 60, 3.5, 9) for n in range(40))
    scan_with_layer = (*letters, Text(60, 60, "写し取られた文", mode=3))
    document, (problem,) = _read(pdf((Text(60, 60, "表紙です。"),), letters, scan_with_layer, ()))
    assert document.text == "表紙です。"
    assert [page.number for page in document.pages] == [1, 2, 3, 4]
    assert (problem.code, problem.page) == ("scanned", 2)
    assert "2・3ページは画像だけのページ" in problem.message


def test_a_file_of_pictures_only_is_no_document():
    document, (problem,) = pdf_document(
        pdf(tuple(Area(60 + 5 * n, 60, 3.5, 9) for n in range(40))), id="d", machine=NO_OCR
    )
    assert document is None
    assert problem.code == "scanned"


def test_a_locked_file_is_refused_with_the_cure():
    document, (problem,) = pdf_document(pdf((Text(60, 60, "秘密です。"),), locked=True), id="d")
    assert document is None
    assert problem.code == "locked"
    assert "パスワードを外して" in problem.message


@pytest.mark.parametrize("left", [0.1, 0.02])
def test_a_file_cut_off_before_its_pages_is_refused(left: float):
    data = pdf((Text(60, 60, "本文です。"),))
    document, (problem,) = pdf_document(data[: int(len(data) * left)], id="d")
    assert document is None
    assert problem.code == "unreadable"


def test_a_character_without_a_number_is_marked_and_counted():
    document, (problem,) = _read(pdf((Text(60, 60, "\ue123橋をかけ替えます。"),)))
    assert document.text == "〓橋をかけ替えます。"
    assert problem.code == "unmapped"


@pytest.mark.parametrize(
    ("named", "title"),
    [
        ("令和八年度の施政方針", "令和八年度の施政方針"),
        ("Microsoft Word - 施政方針.docx", "施政方針の要旨"),
        ("untitled", "施政方針の要旨"),
        ("", "施政方針の要旨"),
    ],
)
def test_the_title_is_the_metadatas_where_a_person_gave_it_else_the_largest_line(named: str, title: str):
    page = (Text(60, 60, "みなと市"), Text(60, 100, "施政方針の要旨", 20), Text(60, 140, "本文を述べます。"))
    assert _read(pdf(page, title=named))[0].title == title


def test_a_heading_close_above_its_text_and_whole_sentences_stand_apart():
    page = (
        Text(60, 60, "申込みのしかた", 14),
        Text(60, 80, "粗大ごみは電話で申し込んでください。"),
        Text(60, 98, "処理券は支所で買えます。"),
    )
    document = _read(pdf(page))[0]
    assert (
        document.text == "申込みのしかた\n\n粗大ごみは電話で申し込んでください。\n\n処理券は支所で買えます。"
    )
