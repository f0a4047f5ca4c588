"""The report is one page that needs nothing else, and shows what it should."""

import json
import re
import time
from dataclasses import replace

import pytest

from eval.report.highlighting import pieces
from eval.reporting import finish
from eval.running import run_set
from eval.types import GoldQuestion, GoldSet
from qa.types import Decline
from tests.eval.replying import GOLD, WRONG, answer, many, system


def reported(folder, gold, replies) -> str:
    finish(folder, run_set(gold, system(replies), folder, name="試験"))
    return (folder / "report.html").read_text("utf-8")


@pytest.fixture
def page(tmp_path):
    return reported(tmp_path / "run", GoldSet("library", "1" * 64, GOLD), WRONG)


def test_the_page_shows_every_question_with_gold_reply_citation_and_reason(page):
    for question in GOLD:
        assert question.question in page
    assert "正解は1,200千円ですが、900千円" in page
    assert '<mark class="answer">月曜日</mark>' in page
    assert "95%信頼区間" in page
    assert "<svg" in page


def test_what_came_of_each_operation_of_a_set_is_a_table_the_weakest_first(tmp_path):
    asked = [
        replace(question, fields={"operation": "change" if i % 2 else "amount"})
        for i, question in enumerate(GOLD)
    ]
    page = reported(tmp_path / "run", GoldSet("staff", "1" * 64, tuple(asked)), WRONG)
    table = page[page.index('class="operations"') :]
    rows = re.findall(r"<tr><td>(\w+)</td>((?:<td class=\"n\">\d+</td>){4})", table)
    assert {name for name, _ in rows} == {"amount", "change"}
    counts = [list(map(int, re.findall(r">(\d+)<", cells))) for _, cells in rows]
    assert sum(map(sum, counts)) == len(GOLD)
    right = [each[0] / sum(each) for each in counts]
    assert right == sorted(right)


def test_the_page_names_no_outside_address(page):
    assert not re.findall(r"""(?:src|href)=["'](?!data:|#)""", page)
    assert not re.findall(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", page)


def test_what_a_document_or_a_person_wrote_is_never_run(tmp_path):
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    gold = GoldSet(
        "x", "0" * 64, (GoldQuestion(evil, evil, "fact", evil, (evil,), note=evil, fields={"<b>": evil}),)
    )
    page = reported(tmp_path / "run", gold, {evil: Decline("", evil, evil)})
    assert "<script>alert" not in page
    assert "<img" not in page


def test_markdown_and_json_say_the_same(tmp_path, page):
    markdown = (tmp_path / "run" / "report.md").read_text("utf-8")
    saved = json.loads((tmp_path / "run" / "report.json").read_text("utf-8"))
    assert "| 正しい応対 | 40.0% |" in markdown
    assert saved["summary"]["measures"]["correct"]["value"] == 0.4
    assert saved["questions"][1]["outcome"] == "wrong_number"
    assert saved["latency_ms"]["n"] == 5


def test_a_quote_keeps_every_character_and_marks_the_answer_across_widths():
    found = pieces("予算は１，２００ 千円です", answers=["1,200千円"], evidence=[], said=["予算"])
    assert "".join(piece.text for piece in found) == "予算は１，２００ 千円です"
    assert [(piece.text, piece.mark) for piece in found if piece.mark] == [
        ("予算", "said"),
        ("１，２００ 千円", "answer"),
    ]


def test_a_long_quote_is_cut_around_its_mark():
    found = pieces("あ" * 1000 + "月曜日" + "い" * 1000, answers=["月曜日"], evidence=[], said=[])
    assert found[0].text == found[-1].text == "…"
    assert ("月曜日", "answer") in [(piece.text, piece.mark) for piece in found]


def test_a_thousand_questions_are_run_and_reported_in_seconds_and_under_five_megabytes(tmp_path):
    gold, replies = many(1000, wrong=60)
    long = "図書館の休館日は月曜日です。\n図書購入費は1,200千円（前年度900千円）です。\n分館は東分館、西分館、南分館です。\n"
    replies = {
        question: answer(reply.short, long, confidence=reply.confidence)
        for question, reply in replies.items()
    }
    begun = time.perf_counter()
    page = reported(tmp_path / "run", gold, replies)
    assert time.perf_counter() - begun < 30
    assert len(page.encode()) < 5_000_000


@pytest.mark.browser
def test_the_page_opens_in_chromium_without_console_error_or_outside_request_and_filters(tmp_path, browser):
    gold, replies = many(30, wrong=7)
    reported(tmp_path / "run", gold, replies)
    said: list[str] = []
    asked: list[str] = []
    tab = browser.new_page()
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto((tmp_path / "run" / "report.html").as_uri())
    assert tab.locator(".card:visible").count() == 30
    tab.select_option("select[name=outcome]", "bad")
    assert tab.locator(".card:visible").count() == 7
    tab.fill("input[name=words]", "q00003")
    assert tab.locator(".card:visible").count() == 1
    tab.click(".card:visible summary")
    assert tab.locator(".card:visible blockquote").is_visible()
    assert len(tab.pdf()) > 10_000
    tab.close()
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
