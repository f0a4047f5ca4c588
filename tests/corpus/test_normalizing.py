"""Characters as PDF extractors leave them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.normalizing import display_width, normalize, repair_radicals, squash


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("市⺠の⽅々", "市民の方々"),
        ("成⻑", "成長"),
        ("⽇常⽣活", "日常生活"),
        ("⻄区と⻘葉区", "西区と青葉区"),
    ],
)
def test_radicals_become_the_ideographs_they_stand_for(broken: str, whole: str) -> None:
    assert repair_radicals(broken) == whole


def test_a_circled_fiscal_year_is_kept_apart_from_the_amount_after_it() -> None:
    assert normalize("④152,842千円 ③126,985千円") == "4 152,842千円 3 126,985千円"


def test_widths_dashes_and_control_characters_are_unified() -> None:
    assert normalize("Ｙ－ＰＯＲＴ\x00ｼﾃｨﾈｯﾄ\u200b") == "Y-PORTシティネット"


@given(st.text())
def test_repairing_never_moves_an_offset(text: str) -> None:
    assert len(repair_radicals(text)) == len(text)


@given(st.text())
def test_squashing_twice_changes_nothing_more(text: str) -> None:
    assert not any(char.isspace() for char in squash(text))


def test_a_wide_character_takes_two_columns() -> None:
    assert display_width("令和4年") == 7
