"""Replies as HTML: nothing from outside acts as markup, every quote is marked in its place."""

import re
from dataclasses import replace
from html import escape, unescape

from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Document, Page
from qa.replies.reply_record import Record, reply_record
from qa.types import Answer, Citation, Clarification, Decline, FigureShown
from ui.printing import reply_text
from ui.rendering import chat_html, citations_html

TEXT = "主な事業\n５ センター運営事業 266,144千円\n次の事業"
START = TEXT.index("266,144")
DOCUMENTS = {"budget": Document("budget", "予算の概要", "市", "", TEXT, (Page(1, 0, len(TEXT)),), ())}
CITATION = Citation(1, "budget", "予算の概要", 1, "主な事業", "266,144", START, START + 7)
ATTACK = "<img src=x onerror=alert(1)>{{value}}${alert(1)}`\"'"


def _turn(record: Record, typed: str = "質問") -> Record:
    return {**record, "typed": typed}


def _answer(**more: object) -> Record:
    fields = {
        "question": "いくら",
        "text": "266,144千円です。",
        "short": "266,144千円",
        "citations": (CITATION,),
    }
    return _turn(reply_record(Answer(**(fields | {"confidence": 0.97} | more))))  # type: ignore[arg-type]


def test_the_quote_is_marked_inside_the_text_around_it() -> None:
    html = citations_html(_answer(), DOCUMENTS)
    assert "センター運営事業 <mark>266,144</mark>千円" in html


def test_a_quote_of_several_lines_is_marked_line_by_line() -> None:
    whole = Citation(1, "budget", "予算の概要", 1, "", TEXT, 0, len(TEXT))
    html = citations_html(_answer(citations=(whole,)), DOCUMENTS)
    assert re.findall("<mark>(.*?)</mark>", html) == TEXT.split("\n")


def test_quotes_that_stand_together_share_a_card_and_keep_their_numbers() -> None:
    name = Citation(2, "budget", "予算の概要", 1, "主な事業", "センター運営事業", START - 9, START - 1)
    whole = Citation(3, "budget", "予算の概要", 1, "主な事業", "事業 266", START - 3, START + 3)
    html = citations_html(_answer(citations=(CITATION, name, whole)), DOCUMENTS)
    assert html.count("<article") == 1
    assert all(f'id="md-source-{number}"' in html for number in (1, 2, 3))
    assert re.findall("<mark>(.*?)</mark>", html) == ["センター運営事業 266,144"]


def test_an_answer_shows_its_short_form_its_figures_and_how_sure_it_is() -> None:
    figure = FigureShown("センター運営事業", 2022, "difference", "-18252", "千円", "1 − 2", (1,))
    html = chat_html([_answer(figures=(figure,))])
    assert '<p class="md-short">266,144千円</p>' in html
    assert "令和4年度" in html
    assert "−18,252" in html
    assert "1 − 2" in html
    assert "確からしさ：高い" in html


def test_a_headline_is_not_repeated_below_itself() -> None:
    html = chat_html([_answer(text="266,144千円\nセンター運営事業 266,144千円")])
    assert html.count("266,144千円") == 2


def test_a_list_is_a_list_and_is_not_said_twice() -> None:
    html = chat_html([_answer(text="・一つめ\n・二つめ", short="一つめ", members=("一つめ", "二つめ"))])
    assert html.count("<li>") == 2
    assert html.count("二つめ") == 1


def test_options_are_buttons_that_ask() -> None:
    record = _turn(reply_record(Clarification("費は", "どちらですか。", ("推進費は", "推進事業は"))))
    assert chat_html([record]).count("data-ask=") == 2


def test_a_decline_says_so_and_shows_what_is_nearest() -> None:
    record = _turn(reply_record(Decline("手数料は", "書かれていません。", "記載がありません。", (CITATION,))))
    assert "お答えできません" in chat_html([record])
    assert "近い内容の箇所" in citations_html(record, DOCUMENTS)


def test_a_quote_that_a_machine_read_says_so() -> None:
    record = _answer(citations=(replace(CITATION, machine_read=True),))
    assert "<p>機械で読み取ったページ</p>" in citations_html(record, DOCUMENTS)
    assert "[1] 予算の概要 1ページ「主な事業」 機械で読み取ったページ\n" in reply_text(record, DOCUMENTS)
    assert record["citations"][0]["machine_read"] is True
    assert "機械で読み取った" not in citations_html(_answer(), DOCUMENTS)
    assert "機械で読み取った" not in reply_text(_answer(), DOCUMENTS)


def test_a_question_completed_from_the_turn_before_is_shown_as_understood() -> None:
    assert "「令和3年度の予算は」についてお調べしました" in chat_html(
        [_answer(understood="令和3年度の予算は")]
    )
    quoted = chat_html([_answer(understood="「国際総務費」の予算は")])
    assert "「『国際総務費』の予算は」についてお調べしました" in quoted, (
        "quotes within quotes are not doubled"
    )
    assert "お調べしました" not in chat_html([_answer()])


def test_markup_and_template_marks_from_outside_stay_text() -> None:
    citation = Citation(1, "gone", ATTACK, 1, ATTACK, ATTACK, 0, len(ATTACK))
    answer = Answer(
        ATTACK,
        ATTACK,
        ATTACK,
        (citation,),
        0.9,
        (ATTACK,),
        (FigureShown(ATTACK, None, "count", "1", ATTACK, ATTACK, (1,)),),
        understood=ATTACK,
    )
    record = _turn(reply_record(answer), ATTACK)
    for html in (chat_html([record]), citations_html(record, {}), chat_html([], [ATTACK])):
        assert "<img" not in html
        assert "{{" not in html
        assert "${" not in html
        assert ATTACK in unescape(html)


@given(st.text(max_size=200))
def test_any_text_reads_the_same_on_the_page(text: str) -> None:
    shown = re.search(
        r'md-asked"><span class="md-sr">質問：</span>(.*?)</div>',
        chat_html([{**_answer(), "typed": text}]),
        re.DOTALL,
    )
    assert shown
    assert not set("<>{}$`\"'") & set(shown.group(1))
    assert unescape(shown.group(1)) == unescape(escape(text))


def test_the_terminal_shows_the_quote_in_brackets_where_there_is_no_colour() -> None:
    assert "運営事業 【266,144】千円" in reply_text(_answer(), DOCUMENTS, colour=False)
    assert "\033[" in reply_text(_answer(), DOCUMENTS, colour=True)
