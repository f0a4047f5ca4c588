"""The spans that could answer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.reading.candidates import bare, candidates
from qa.reading.folding import fold
from qa.reading.sheet import sheet

TEXT = (
    "明治22年（1889年）4月1日、関内の港町に市制が施行され、"
    "初代市長には「横浜の父」と呼ばれた佐藤喜左衛門が就いた。\n※ＶＬＲ：自発的な検証のこと。"
)


@pytest.fixture(scope="module")
def found() -> set[str]:
    laid = sheet(TEXT)
    return {TEXT[laid.words[a].start : laid.words[b - 1].end] for a, b in candidates(laid)}


@pytest.mark.parametrize(
    "answer",
    [
        "明治22年",
        "1889年",
        "4月1日",
        "関内の港町",
        "佐藤喜左衛門",
        "横浜の父",
        "市制",
        "自発的な検証のこと",
        "ＶＬＲ",
    ],
)
def test_what_people_would_answer_is_a_candidate(found: set[str], answer: str) -> None:
    """Dates, numbers, names, quoted terms, phrases, definitions."""
    assert answer in found


def test_no_candidate_is_wrapped_in_brackets(found: set[str]) -> None:
    """The term is the answer, not its quotation marks."""
    assert not [c for c in found if bare(c) != c]


def test_no_candidate_has_half_a_pair_of_brackets(found: set[str]) -> None:
    """Brackets come in pairs."""
    assert not [c for c in found if c.count("「") != c.count("」") or c.count("（") != c.count("）")]


def test_bare_takes_off_only_a_pair_around_the_whole() -> None:
    """「甲」と「乙」 is not one quoted term."""
    assert bare("「大地の歌」") == "大地の歌"
    assert bare("「甲」と「乙」") == "「甲」と「乙」"
    assert bare("（仮称）港") == "（仮称）港"


def test_what_is_listed_is_one_candidate() -> None:
    """Whatever the predicate, things named together may be the answer together."""
    text = "漁業はムール貝、カキおよび舌平目が中心で、楽器は体鳴楽器と膜鳴楽器に分けられる。"
    laid = sheet(text)
    found = {text[laid.words[a].start : laid.words[b - 1].end] for a, b in candidates(laid)}
    assert {"ムール貝、カキおよび舌平目", "体鳴楽器と膜鳴楽器"} <= found


def test_a_word_and_its_reading_in_brackets_are_two() -> None:
    """Sudachi reads 律動(りつどう) as one word; the answer is 律動."""
    text = "この調子を律動(りつどう)と呼ぶ。"
    laid = sheet(text)
    assert all(text[w.start : w.end] == w.surface for w in laid.words)
    found = {text[laid.words[a].start : laid.words[b - 1].end] for a, b in candidates(laid)}
    assert {"律動", "りつどう"} <= found


@given(st.text(max_size=80))
def test_folding_keeps_every_offset(text: str) -> None:
    """One character stays one character."""
    assert len(fold(text)) == len(text)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="横浜市は、。「」（）12年の港が開く\nアabと・ ", max_size=60))
def test_any_text_has_candidates_inside_it(text: str) -> None:
    """Whatever the text, candidates are runs of its words, none empty."""
    laid = sheet(text)
    assert all(0 <= a < b <= len(laid.words) for a, b in candidates(laid))
