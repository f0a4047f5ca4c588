"""The counter's own words are in every language it answers in."""

from string import Formatter

import pytest

from qa.replies.messages import LANGUAGES, messages, say


def _places(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("name", messages())
def test_a_message_is_in_every_language_with_the_same_places(name: str) -> None:
    texts = messages()[name]
    assert set(texts) == set(LANGUAGES)
    places = {frozenset(_places(text)) for language, text in texts.items() if language != "ja"}
    assert len(places) == 1
    assert _places(texts["ja"]) <= next(iter(places)), "Japanese says a year by its era alone"
    assert all(text.strip() == text != "" for text in texts.values())


def test_a_language_that_is_not_known_gets_japanese() -> None:
    assert say("source", "vi") == "出典"
