"""Lists read off tables, whole and without what is no member."""

import pytest

from index.tokenizer import shared_tokenizer
from qa.lists import enumerations


def _read(text: str) -> set[str]:
    return {
        "|".join(text[start:end] for start, end in found.members)
        for found in enumerations(text, shared_tokenizer())
    }


def test_a_first_column_is_read_whole_though_long_names_push_the_others_aside() -> None:
    text = """施設名　　　　定員　　電話
北保育所　　　60人　　000-111-0001
西こども園（中央公園の東側）　90人　000-111-0002
東保育所　　　　　　　000-111-0003"""
    assert "北保育所|西こども園（中央公園の東側）|東保育所" in _read(text)


def test_fields_of_prose_in_the_first_column_are_no_list() -> None:
    text = "区分　　対象　　金額\n子育てをしている市民の方が借りた家の家賃を、　　全員　　300円\n引っ越し　　全員　　500円"
    assert not any("家賃" in members for members in _read(text))


def test_a_total_is_no_name() -> None:
    text = "区分　　件数　　金額\n図書館　　12件　　300千円\n公民館　　８件　　200千円\n合　計　　20件　　500千円"
    assert "図書館|公民館" in _read(text)


def test_names_in_cells_that_bars_part_are_a_list() -> None:
    text = "| 館名 | 休館日 |\n|---|---|\n| 東館 | 月曜日 |\n| 西館 | 火曜日 |"
    assert "東館|西館" in _read(text)


@pytest.mark.parametrize(
    "text", ["デ　担当地域", "（ガ）担当地域", "ッ．担当", "施策ヅ　地域", "デ　北\nダ　南"]
)
def test_katakana_that_number_nothing_are_no_marks(text: str) -> None:
    enumerations(text, shared_tokenizer())
