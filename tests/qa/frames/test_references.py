"""Where a question refers to an item that it does not name, and which one."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from index.encoders.use_encoder import fresh_use
from index.tokenizer import shared_tokenizer
from qa.frames.exact.masking import Vocabulary, masked
from qa.frames.meant.described_items import SIGNS, Described, Numbers, Piece, is_abbreviated
from qa.frames.meant.reference_model import LARGEST, inputs_of, meant, shipped_references
from qa.frames.meant.span_tagger import shipped_tagger, words_of
from qa.frames.operation_model import shipped_operations
from qa.ledger.folding import folded

ITEMS = {
    "移動図書館運営事業": "図書を積んだ車で市内28か所を回り、本を貸し出す。",
    "放課後児童クラブ運営費": "保護者が働いている小学生を放課後に預かる。",
    "道路照明灯LED化事業": "水銀灯をLEDに取り替える。",
    "海外事務所運営費": "上海とバンコクに置く事務所の家賃と職員の給料。",
}


@pytest.fixture(scope="module")
def ledger() -> Described:
    return Described(list(ITEMS), list(ITEMS.values()), fresh_use(), shared_tokenizer())


def _said(ledger: Described, question: str) -> list[Piece]:
    text = folded(question).text
    words = words_of(text, masked(question, (), Vocabulary()).marks, shared_tokenizer())
    found = shipped_tagger().stretches(words, ledger.vocabulary)
    known = shipped_operations().words
    return [ledger.piece(text, each.start, each.end, each.probability, known) for each in found]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("令和4年度の、本を積んで回る車の予算はいくらですか", ["本を積んで回る車"]),
        ("すみません、よその国に置いた出先を維持するお金って今年いくらついてます？", ["よその国に置いた出先を維持するお金"]),
        ("学童と図書館の車、どっちが多い？", ["学童", "図書館の車"]),
        ("前年度より増えた事業を全部教えてください", []),
        ("局全体の予算はいくらですか", []),
    ],
)  # fmt: skip
def test_the_words_that_refer_to_an_item_are_told_from_those_of_the_question(
    ledger: Described, question: str, said: list[str]
) -> None:
    found = [piece.text for piece in _said(ledger, question)]
    assert set(said) <= set(found)
    assert bool(said) == bool(found)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("本を積んで回る車の予算はいくらですか", "移動図書館運営事業"),
        ("上海とバンコクの事務所を借りておくお金っていくら", "海外事務所運営費"),
        ("学校が終わった後に子どもを預かるやつ、いくら？", "放課後児童クラブ運営費"),
    ],
)
def test_the_item_that_is_described_is_the_likeliest_by_far(
    ledger: Described, question: str, name: str
) -> None:
    first, second, *_ = meant(ledger, _said(ledger, question), shipped_references())
    assert ledger.names[first.number] == name
    assert first.probability > 0.5 > second.probability


def test_of_what_the_ledger_lacks_no_item_is_taken_to_be_meant(ledger: Described) -> None:
    found = meant(ledger, _said(ledger, "動物園のパンダを借りる費用はいくらですか"), shipped_references())
    assert found
    assert found[0].probability < 0.5


def test_the_probabilities_of_all_items_and_of_none_are_one(ledger: Described) -> None:
    for piece in _said(ledger, "本を積んで回る車の予算はいくらですか"):
        chances = shipped_references().chances(ledger.signs([piece])[0], piece)
        assert chances.shape == (len(ITEMS),)
        assert 0 < chances.sum() <= 1 + 1e-6


def test_a_piece_with_no_word_of_a_ledger_is_like_none_of_its_items(ledger: Described) -> None:
    piece = ledger.piece("※※", 0, 2, 0.5, frozenset())
    (near,) = ledger.signs([piece])
    assert np.isfinite(near).all()
    assert near.shape == (len(ITEMS), len(SIGNS))


def test_the_only_item_of_a_ledger_leads_by_a_fixed_distance() -> None:
    near: Numbers = np.full((1, len(SIGNS)), 0.5, np.float32)
    items, whole = inputs_of(near, Piece(0, 1, "車", 1.0, (), ""))
    assert items.shape == (1, 2 * len(SIGNS) + len(whole))
    assert set(items[0, len(SIGNS) : 2 * len(SIGNS)].tolist()) == {np.float32(0.1)}


def test_in_a_ledger_too_large_to_read_nothing_is_meant() -> None:
    names = [f"事業{number}" for number in range(LARGEST + 1)]
    large = Described(names, names, fresh_use(), shared_tokenizer())
    assert meant(large, [Piece(0, 1, "車", 1.0, (), "")], shipped_references()) == []


def test_questions_of_several_visitors_are_tagged_at_the_same_time(ledger: Described) -> None:
    asked = [
        "本を積んで回る車はいくら",
        "学童はいくら",
        "局の合計は",
        "よその国に置いた出先を維持するお金は",
    ] * 8
    alone = [_said(ledger, question) for question in asked]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda question: _said(ledger, question), asked)) == alone


@pytest.mark.parametrize(
    ("short", "name", "is_short"),
    [
        ("児相", "児童相談所運営費", True),
        ("児童", "児童相談所運営費", False),
        ("相運", "児童相談所運営費", False),
    ],
)
def test_a_short_form_takes_letters_from_the_first_of_a_word_on(
    short: str, name: str, is_short: bool
) -> None:
    assert is_abbreviated(short, name) is is_short
