"""What is taken out of a question, and what cannot be asked."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.questions import LONGEST, before, cleaned, objection


def test_what_nobody_can_see_is_taken_out() -> None:
    assert cleaned("旅券\x00の\x1b[31m\u202e窓口\ud800は？") == "旅券の[31m窓口は？"


def test_breaks_and_wide_spaces_become_one_space() -> None:
    assert cleaned("　旅券の\r\n\t窓口　 は ") == "旅券の 窓口 は"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)


@given(st.text(alphabet=st.characters()))
def test_a_cleaned_question_can_be_written_anywhere(text: str) -> None:
    assert not [
        char for char in cleaned(text).encode().decode() if unicodedata.category(char) in ("Cc", "Cf", "Cs")
    ]


def test_an_empty_question_is_refused_with_the_cure() -> None:
    assert "入力してください" in (objection(cleaned(" \n\x00")) or "")


def test_a_question_is_refused_only_above_the_limit() -> None:
    assert objection("あ" * LONGEST) is None
    assert f"{LONGEST + 1:,}文字" in (objection("あ" * (LONGEST + 1)) or "")


def test_of_the_questions_before_no_more_is_looked_at_than_can_be_asked() -> None:
    assert before(["旅券は\n？", "あ" * (LONGEST + 1)]) == ("旅券は ？", "あ" * LONGEST)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("マイナンバー123456789018の再発行", "マイナンバー＊＊＊＊＊＊＊＊＊＊＊＊の再発行"),
        ("１２３４−５６７８−９０１８です", "＊＊＊＊−＊＊＊＊−＊＊＊＊です"),
        ("カード4111 1111 1111 1111で払えますか", "カード＊＊＊＊ ＊＊＊＊ ＊＊＊＊ ＊＊＊＊で払えますか"),
        ("山田です、090-1234-5678に連絡ください", "山田です、＊＊＊-＊＊＊＊-＊＊＊＊に連絡ください"),
    ],
)
def test_a_personal_number_is_neither_kept_nor_said_again(typed: str, kept: str) -> None:
    assert cleaned(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "045-671-2121はどこの電話ですか",
        "0120-279-338は無料？",
        "2020 2021 2022の予算",
        "266144000000円の内訳",
        "法人番号1234567890123",
    ],
)
def test_a_number_that_documents_print_is_asked_for_as_typed(typed: str) -> None:
    assert cleaned(typed) == typed
