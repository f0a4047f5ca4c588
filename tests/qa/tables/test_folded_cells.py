"""Many cells folded at once are folded as each alone."""

from hypothesis import given, settings
from hypothesis import strategies as st

from qa.tables.store.folded_cells import keys_of
from qa.tables.store.value_keys import value_key

_LETTERS = "あがケヶー〇二丁目番市町霧髙﨑Ａa1１①\n\r\t 　_-・ΣςＳÅ゛゜ﾞｶＩİ\u3099\x85\u2028\U00010900"


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(st.one_of(st.sampled_from(_LETTERS), st.characters(codec="utf-8")), max_size=12)))
def test_keys_of_many_cells_are_the_keys_of_each(texts: list[str]) -> None:
    assert keys_of(texts) == [value_key(text) for text in texts]
