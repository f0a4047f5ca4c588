"""The ruling lines of a scanned page part its cells, and are not read as letters."""

from dataclasses import replace

import numpy as np

from corpus.pdf.ocr_glyphs import ocr_glyphs
from corpus.pdf.ocr_words import OcrWord, ocr_lines
from corpus.pdf.page_picture import Picture
from corpus.pdf.picture_rules import without_rules
from corpus.pdf.types import Rule

SCALE = 2.0


def _picture(*boxes: tuple[int, int, int, int]) -> Picture:
    """Return a white page of 300 by 200 pixels with black boxes: left, top, right, bottom."""
    pixels = np.full((200, 300), 255, dtype=np.uint8)
    for left, top, right, bottom in boxes:
        pixels[top:bottom, left:right] = 0
    return Picture(b"P5 300 200 255\n" + pixels.tobytes(), SCALE, 150, 100)


def _dark(picture: Picture) -> int:
    return picture.pgm[-60_000:].count(0)


def test_lines_are_erased_and_told_in_points_and_letters_stay() -> None:
    letter = (100, 50, 120, 70)
    erased, rules = without_rules(_picture(letter, (20, 40, 280, 43), (60, 40, 62, 160)))
    assert {(rule.left, rule.top, rule.right, rule.bottom) for rule in rules} == {
        (10.0, 20.0, 140.0, 21.5),
        (30.0, 20.0, 31.0, 80.0),
    }
    assert _dark(erased) == 20 * 20


def test_a_bar_and_a_dark_picture_are_no_lines() -> None:
    page = _picture((20, 20, 280, 60), (20, 100, 200, 190))
    assert without_rules(page) == (page, ())


def test_words_on_either_side_of_a_line_are_two_cells() -> None:
    word = OcrWord("東館", 20, 50, 60, 70, 95, (1, 1, 1))
    words = [word, replace(word, text="九時", left=70, right=110)]
    joined = ocr_glyphs([words], SCALE, vertical=False)
    parted = ocr_glyphs([words], SCALE, (Rule(32.5, 20, 33, 40),), vertical=False)
    assert [glyph.left for glyph in joined] == [10, 21.25, 32.5, 43.75]
    assert [glyph.left for glyph in parted] == [10, 20, 35, 45]


def test_misread_dots_and_brackets_are_those_of_japanese_and_numbers_keep_theirs() -> None:
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    said = (
        "。本人確認書類(写し)",
        "*委任状",
        "・印鑑",
        ".5倍",
        "*5",
        "電話(0123)",
        "7.3(+5.1)",
        "カードなど)",
    )
    rows = [
        f"5\t1\t1\t1\t{number}\t1\t10\t{20 * number}\t90\t12\t95\t{text}"
        for number, text in enumerate(said, 1)
    ]
    lines = ocr_lines("\n".join([head, *rows]))
    assert ["".join(word.text for word in line) for line in lines] == [
        "・本人確認書類（写し）", "・委任状", "・印鑑", ".5倍", "*5", "電話（0123）", "7.3(+5.1)", "カードなど）",
    ]  # fmt: skip
