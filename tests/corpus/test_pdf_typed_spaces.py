"""A space that was typed is read where the page leaves only its white; white that is there for looks is none."""

import pytest

from corpus.pdf.pdf_document import pdf_document
from tests.corpus.written_pdfs import Area, Text, pdf

SIZE = 10


def _read(*pieces: str | float, letters: float = 0) -> str:
    """Return how a line is read: pieces of it with the white between them, in font sizes; `letters` is what parts all."""
    line = []
    x = 60.0
    for piece in pieces:
        if isinstance(piece, str):
            line.append(Text(x, 60, piece, SIZE, pitch=letters * SIZE))
            x += sum(SIZE * (0.5 if char.isascii() else 1) + letters * SIZE for char in piece)
        else:
            x += piece * SIZE
    document, _ = pdf_document(pdf(tuple(line)), id="d")
    assert document is not None
    return document.text


@pytest.mark.parametrize(
    ("pieces", "read"),
    [
        (("1", 0.25, "窓口の時間"), "1 窓口の時間"),
        (("１", 0.3, "窓口の時間"), "１ 窓口の時間"),
        (("みどり野市", 0.25, "市民窓口のご案内"), "みどり野市 市民窓口のご案内"),
        (("１", 0.3, "窓口は、九時に開きます。"), "１ 窓口は、九時に開きます。"),
    ],
)
def test_a_number_and_a_word_are_parted_as_they_were_typed(
    pieces: tuple[str | float, ...], read: str
) -> None:
    assert _read(*pieces) == read


@pytest.mark.parametrize(
    ("pieces", "read"),
    [
        (("氏", 0.3, "名"), "氏名"),
        (("50", 0.25, "歳代では、増えました。"), "50歳代では、増えました。"),
        (("午前", 0.25, "8", 0.25, "時", 0.25, "30", 0.25, "分から"), "午前8時30分から"),
        (("国", 0.3, "際", 0.3, "交流課"), "国際交流課"),
    ],
)
def test_what_a_program_sets_apart_by_itself_is_not(pieces: tuple[str | float, ...], read: str) -> None:
    assert _read(*pieces) == read


def test_a_line_that_is_stretched_has_no_spaces() -> None:
    assert _read("市民窓口は", 0.1, "午前九時に開きます", letters=0.2) == "市民窓口は午前九時に開きます"


def test_drawn_dots_before_lines_are_the_bullets_of_a_list() -> None:
    items = ("本人確認書類を一つ", "代理の方は委任状を一通")
    lines = [Text(80, 60 + 16 * number, item, SIZE) for number, item in enumerate(items)]
    dots = [Area(66, 53 + 16 * number, 3.6, 3.6) for number in range(2)]
    document, _ = pdf_document(pdf((*lines, *dots)), id="d")
    assert document is not None
    assert [(b.kind.value, document.text[b.start : b.end]) for b in document.blocks] == [
        ("item", f"・{item}") for item in items
    ]


def test_a_dot_within_a_line_or_far_from_one_is_none() -> None:
    line = (
        Text(80, 60, "市役所", SIZE),
        Text(130, 60, "図書館", SIZE),
        Area(118, 53, 3.6, 3.6),
        Area(20, 53, 3.6, 3.6),
    )
    document, _ = pdf_document(pdf(line), id="d")
    assert document is not None
    assert "・" not in document.text
