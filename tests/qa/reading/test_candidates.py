"""The spans that could answer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.reading.candidates import bare, candidates
from qa.reading.parsing import fold, from_json, parse, to_json
from qa.reading.plain import plain_parse
from qa.reading.sheet import sheet

TEXT = (
    "明治22年（1889年）4月1日、関内の港町に市制が施行され、"
    "初代市長には「横浜の父」と呼ばれた佐藤喜左衛門が就いた。\n※ＶＬＲ：自発的な検証のこと。"
)


@pytest.fixture(scope="module")
def found() -> set[str]:
    laid = sheet(TEXT, next(parse([TEXT])))
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


def test_parse_survives_its_file() -> None:
    """A parse read back is the parse that was written; its spans lie in the text."""
    parsed = next(parse([TEXT]))
    assert from_json(to_json(parsed)) == parsed
    assert all(0 <= w.start < w.end <= len(TEXT) for w in parsed.words)
    assert all(0 <= p.head < len(parsed.phrases) for p in parsed.phrases)


def test_lines_are_parsed_by_themselves() -> None:
    """A heading's words do not depend on the paragraph under it."""
    parsed = next(parse(["沿革\n港は1859年に開かれた。"]))
    assert parsed.phrases[0].head == 0
    assert all(p.head > 0 for p in parsed.phrases[1:])


@given(st.text(max_size=80))
def test_folding_keeps_every_offset(text: str) -> None:
    """One character stays one character."""
    assert len(fold(text)) == len(text)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="横浜市は、。「」（）12年の港が開く\nアabと・ ", max_size=60))
def test_any_text_has_candidates_inside_it(text: str) -> None:
    """Whatever the text, candidates are runs of its words, none empty."""
    laid = sheet(text, plain_parse(text))
    assert all(0 <= a < b <= len(laid.words) for a, b in candidates(laid))
