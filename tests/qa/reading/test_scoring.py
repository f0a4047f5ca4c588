"""Exact match and character F1."""

from hypothesis import given
from hypothesis import strategies as st

from qa.reading.scoring import answer_form, char_f1, exact_match


def test_ascii_punctuation_case_and_spaces_do_not_count() -> None:
    """As JGLUE compares; Japanese brackets do count."""
    assert answer_form("The 3.0 版") == "the30版"
    assert exact_match("google.com", ["Google Com"]) == 1
    assert exact_match("「大地の歌」", ["大地の歌"]) == 0


def test_any_of_the_answers_counts() -> None:
    """The best of several answers is scored."""
    assert exact_match("小笠原諸島", ["北海道", "小笠原諸島"]) == 1
    assert char_f1("雨季", ["雨季の一種", "雨季"]) == 1


def test_f1_counts_shared_characters() -> None:
    """2 of 3 and 2 of 2 characters: 2·2/5."""
    assert char_f1("東京都", ["東京"]) == 0.8
    assert char_f1("東京", ["大阪"]) == 0
    assert char_f1("東京", []) == 0


@given(st.text(), st.text())
def test_f1_is_symmetric_and_bounded(one: str, other: str) -> None:
    """F1 lies in 0–1 and does not care which of two texts is the prediction."""
    assert 0 <= char_f1(one, [other]) <= 1
    assert char_f1(one, [other]) == char_f1(other, [one])
