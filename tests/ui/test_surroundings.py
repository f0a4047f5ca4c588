"""A quote in the text around it."""

from hypothesis import given
from hypothesis import strategies as st

from ui.surroundings import surroundings


def test_the_quote_itself_is_never_touched() -> None:
    text = "前\n\n\n\n引用\n\n\n\n続き\n\n\n\n後"
    start, end = text.index("引用"), text.index("続き") + 2
    assert surroundings(text, start, end).quote == "引用\n\n\n\n続き"


def test_left_out_text_is_marked() -> None:
    around = surroundings("あ" * 500 + "引用" + "い" * 500, 500, 502, reach=10)
    assert (around.before, around.after) == ("…" + "あ" * 10, "い" * 10 + "…")


def test_the_cut_falls_on_a_line_end_where_there_is_one() -> None:
    around = surroundings("捨てる長い行\n残る行\n引用\n残る行\n捨てる長い行", 11, 13, reach=8)
    assert around.before.startswith("…残る行")


@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 300))
def test_any_span_comes_back_as_it_was(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    assert surroundings(text, start, end).quote == text[start:end]
