"""The parts of answering, each on a line of text."""

import pytest

from corpus.reading.text import text_document
from index.tokenizer import shared_tokenizer
from qa.analysis import analyse
from qa.checking import checked, numbers
from qa.citing import cite
from qa.spans import counts, dates, definitions, expansions
from qa.types import Answer, Citation, Clarification, Decline, Wanted
from qa.wanted import wanted_kind


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("受付は何時からですか?", Wanted.WHEN),
        ("職員は何人いますか?", Wanted.COUNT),
        ("申し込んでから何日で届きますか?", Wanted.COUNT),
        ("どの課が担当ですか?", Wanted.DIVISION),
        ("図書館の予算はいくら?", Wanted.AMOUNT),
        ("ICTとは何ですか?", Wanted.DEFINITION),
        ("なぜ増えたのですか?", Wanted.REASON),
        ("会場はどこですか?", Wanted.WHERE),
        ("施設をすべて挙げてください", Wanted.LIST),
        ("防災課の仕事は?", Wanted.DUTY),
        ("住居表示はどの課の仕事ですか?", Wanted.DIVISION),
    ],
)
def test_the_interrogative_says_what_is_wanted(question: str, wanted: Wanted) -> None:
    assert wanted_kind(question) is wanted


def test_everyday_words_are_searched_by_administrative_ones_too() -> None:
    question = analyse("ネットで旅券って申し込める？", shared_tokenizer())
    assert "申請" in question.query
    assert "オンライン" in question.query


def test_full_width_and_half_width_letters_are_the_same_question() -> None:
    tokenizer = shared_tokenizer()
    assert analyse("ＹＯＫＥとは？", tokenizer).query == analyse("YOKEとは?", tokenizer).query


def test_spans_of_each_kind_are_found() -> None:
    text = "令和元年10月から２か所で行います。"
    assert [text[a:b] for a, b in dates(text)] == ["令和元年10月"]
    assert [text[a:b] for a, b in counts(text, "か所")] == ["２か所"]
    note = "※ICT：情報通信技術のこと"
    assert [note[a:b] for a, b in definitions(note, "ICT")] == ["情報通信技術のこと"]
    name = "市は情報通信協会（ICA）と"
    assert [name[a:b] for a, b in expansions(name, "ICA")] == ["情報通信協会"]


def _citation(quote: str) -> Citation:
    return Citation(1, "d", "題", 1, "", quote, 0, len(quote))


def test_an_answer_with_an_unproven_number_is_never_shown() -> None:
    answer = Answer("いくら？", "1,235千円です", "1,235千円", (_citation("合計 1,234千円"),), 0.9)
    reply = checked(answer, {})
    assert isinstance(reply, Decline)
    assert not numbers(reply.text)


def test_a_proven_answer_passes_the_gate_unchanged() -> None:
    answer = Answer("いくら？", "1,234千円です", "1,234千円", (_citation("合計 １，２３４千円"),), 0.9)
    assert checked(answer, {}) == answer


def test_an_unproven_number_is_taken_out_of_a_question_back() -> None:
    reply = checked(Clarification("予算は？", "どちらですか。\n99千円の方ですか。", ("甲", "乙")), {})
    assert reply.text == "どちらですか。"


def test_a_fiscal_year_in_an_answer_is_quoted_or_left_unsaid() -> None:
    document = text_document("令和５年度予算\n\n図書館費 1,234千円\n", id="d", title="予算")
    start = document.text.index("1,234千円")
    quote = cite(document, start, start + 7, 1)
    answer = Answer(
        "いくら？", "図書館費（令和5年度）は1,234千円、令和3年度は不明です。", "1,234千円", (quote,), 0.9
    )
    reply = checked(answer, {"d": document})
    assert reply.text == "図書館費（令和5年度）は1,234千円、は不明です。"
    assert [citation.quote for citation in reply.citations] == ["1,234千円", "令和５年度"]
