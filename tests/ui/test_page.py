"""The page in a real browser: it answers, marks the quote, and asks nothing of any other host."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

pytestmark = pytest.mark.browser
QUESTION = "国際連携課の仕事は何ですか"
ATTACK = '<img src="http://example.com/x.png" onerror="document.title=1">![x](http://example.com/y.png)${document.title=1}{{value}}'


@dataclass
class Seen:
    """What a page asked for, and what it complained of."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def opened(browser: Any, server: str) -> Iterator[tuple[Any, Seen]]:
    """The page, opened; at the end, nothing was asked of another host and nothing was complained of."""
    page, seen = browser.new_page(viewport={"width": 1280, "height": 860}, locale="ja-JP"), Seen()
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("console", lambda message: message.type == "error" and seen.complaints.append(message.text))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.goto(server)
    page.wait_for_selector("#md-ask textarea")
    yield page, seen
    page.wait_for_timeout(300)
    page.close()
    foreign = [url for url in seen.requests if not url.startswith((f"{server}/", "data:", "blob:"))]
    assert foreign == []
    assert seen.complaints == []


def _ask(page: Any, question: str) -> None:
    turns = page.locator(".md-reply").count()
    page.fill("#md-ask textarea", question)
    page.press("#md-ask textarea", "Enter")
    page.wait_for_function(f"document.querySelectorAll('.md-reply').length > {turns}")


def test_a_question_is_answered_with_the_quote_marked_beside_it(opened: tuple[Any, Seen]) -> None:
    page, _ = opened
    _ask(page, QUESTION)
    assert "国際儀礼に関すること" in page.inner_text(".md-reply")
    mark = page.locator(".md-sources mark").first
    assert mark.is_visible()
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.md-sources mark')).backgroundColor")
        != "rgba(0, 0, 0, 0)"
    )
    assert "国際" in page.inner_text(".md-sources")
    assert page.input_value("#md-ask textarea") == ""


def test_an_example_is_asked_by_a_click_and_by_the_keyboard(opened: tuple[Any, Seen]) -> None:
    page, _ = opened
    question = page.inner_text(".md-example >> nth=0")
    page.focus(".md-example >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_selector(".md-answered")
    assert question in page.inner_text(".md-asked")


def test_a_decline_is_told_and_the_conversation_can_start_anew(opened: tuple[Any, Seen]) -> None:
    page, _ = opened
    _ask(page, "市営プールの入場料はいくらですか")
    assert "お答えできません" in page.inner_text(".md-reply")
    page.click("#md-again")
    page.wait_for_selector(".md-welcome")
    assert page.locator(".md-reply").count() == 0


def test_a_follow_up_shows_how_it_was_understood(opened: tuple[Any, Seen]) -> None:
    page, _ = opened
    _ask(page, "国際総務費の令和4年度予算はいくらですか")
    _ask(page, "では去年は？")
    understood = page.locator(".md-understood").last.inner_text()
    assert "「令和3年度の『国際総務費』の予算額はいくらですか」" in understood
    assert "610,162" in page.locator(".md-reply").last.inner_text()


def test_an_option_of_a_question_back_is_asked_by_a_click(opened: tuple[Any, Seen]) -> None:
    page, _ = opened
    _ask(page, "予算はいくらですか")
    option = page.inner_text(".md-option >> nth=0")
    page.click(".md-option >> nth=0")
    page.wait_for_selector(".md-answered")
    assert option in page.locator(".md-asked").last.inner_text()


def test_an_empty_question_gets_a_sentence(opened: tuple[Any, Seen]) -> None:
    page, _ = opened
    _ask(page, "   ")
    assert "質問が空です" in page.inner_text(".md-reply")


def test_markup_in_a_question_stays_text(opened: tuple[Any, Seen]) -> None:
    page, _ = opened
    title = page.title()
    _ask(page, ATTACK)
    assert page.inner_text(".md-asked").endswith(ATTACK)
    assert page.title() == title
    assert page.locator(".md-log img").count() == 0


def test_a_phone_shows_the_page_without_sideways_scrolling(browser: Any, server: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(server)
    page.wait_for_selector("#md-ask textarea")
    _ask(page, QUESTION)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.close()


def test_every_tab_opens_and_the_language_is_japanese(opened: tuple[Any, Seen]) -> None:
    page, _ = opened
    assert page.evaluate("document.documentElement.lang") == "ja"
    for tab in page.locator("button[role=tab]").all():
        if tab.is_visible():
            tab.click()
            page.wait_for_timeout(200)


def test_the_docs_page_reads_its_schema_from_here(browser: Any, server: str) -> None:
    page, foreign = browser.new_page(), []
    page.on(
        "request", lambda request: foreign.append(request.url) if not request.url.startswith(server) else None
    )
    page.goto(f"{server}/api/docs")
    page.wait_for_selector("details")
    assert "/api/ask" in page.inner_text("main")
    assert [url for url in foreign if not url.startswith("data:")] == []
    page.close()


def test_the_sources_of_an_earlier_turn_are_shown_again(opened: tuple[Any, Seen]) -> None:
    page, _ = opened
    _ask(page, QUESTION)
    _ask(page, "市営プールの入場料はいくらですか")
    assert page.inner_text(".md-sources h2") == "近い内容の箇所"
    page.click(".md-answered .md-refs button >> nth=0")
    page.wait_for_function("document.querySelector('.md-sources h2').innerText === '出典'")
    assert "国際" in page.inner_text(".md-sources mark >> nth=0")


def test_the_sources_stay_in_view_while_the_conversation_grows(opened: tuple[Any, Seen]) -> None:
    page, _ = opened
    for _ in range(4):
        _ask(page, QUESTION)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(200)
    assert 0 <= page.locator(".md-sources h2").bounding_box()["y"] < 860
