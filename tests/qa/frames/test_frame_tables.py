"""The tables of frames are whole, and each word in them is heard in a question."""

import pytest

from corpus.data_rows import data_rows
from index.tokenizer import shared_tokenizer
from qa.frames.exact.slots import direction_of
from qa.frames.exact.source_names import SourceNames
from qa.frames.operations import OF_ONE, OF_THE_WHOLE, OF_TWO, OVER_ITEMS, Operation
from qa.frames.plain_questions import templates
from qa.frames.reading.replacing import instead

_NOT_ASKED_PLAINLY = {Operation.PART, Operation.OTHER, Operation.SAME, Operation.NEXT, Operation.TIMES_OF}
_WAYS = [(way, stem) for way, *stems in data_rows("qa.frames.exact", "directions.tsv") for stem in stems]
_SOURCES = [word for words in data_rows("qa.frames.exact", "source_names.tsv") for word in words]
_PLACES = sorted({place for place, *_ in data_rows("qa.frames.reading", "instead.tsv")})


def test_every_operation_says_itself_as_a_question() -> None:
    said = {name for form in templates().values() for name in form}
    assert set(Operation) - _NOT_ASKED_PLAINLY <= said


def test_every_operation_is_on_something() -> None:
    on_something = {*OF_ONE, *OF_TWO, *OF_THE_WHOLE, *OVER_ITEMS, Operation.MOST_DEPARTMENT}
    assert set(Operation) - {Operation.PART, Operation.OTHER, Operation.SAME, Operation.NEXT} == on_something


@pytest.mark.parametrize("place", _PLACES)
def test_no_operation_is_meant_in_place_of_one_that_is_replaced_itself(place: str) -> None:
    replaced = {told: meant for told, meant in instead(place).items() if told is not meant}
    assert not {meant for meant in replaced.values() if meant in replaced}


@pytest.mark.parametrize(("way", "stem"), _WAYS)
def test_a_word_for_a_direction_is_heard(way: str, stem: str) -> None:
    assert direction_of(f"甲は{stem}ですか") == way


@pytest.mark.parametrize("word", _SOURCES)
def test_a_word_for_a_source_is_heard(word: str) -> None:
    said = SourceNames([word], shared_tokenizer()).said(f"甲の{word.casefold()}はいくら")
    assert [slot.value for slot in said] == [word]
