"""The evaluation tab: a set checked, run, read; two runs compared."""

from pathlib import Path
from typing import Any

import pytest

from qa.assistant import Assistant
from ui.eval_tab import checked_html, compare_on_page, run_on_page

SET = "質問,種別,正解\n国際連携課の仕事は何ですか,事実,国際儀礼\n<b>市長の好物は？</b>,答えなし,\n,事実,x\n"


@pytest.fixture
def testset(tmp_path: Path) -> str:
    path = tmp_path / "set.csv"
    path.write_text(SET, "utf-8")
    return str(path)


def test_a_set_is_checked_as_soon_as_it_is_dropped(testset: str) -> None:
    shown = checked_html(testset)
    assert "2問" in shown
    assert "4行目" in shown
    assert checked_html(None) == ""
    assert "読めません" in checked_html(__file__)


def test_a_set_is_run_with_progress_and_its_reports_handed_out(
    testset: str, assistant: Assistant, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    html, files = run_on_page(lambda: assistant, tmp_path, testset, "一回目", lambda *step: told.append(step))
    assert told == [(1, 2), (2, 2)]
    assert "正しい応対" in html
    assert "<svg" in html
    assert [Path(file).name for file in files] == ["report.html", "report.md", "report.json"]
    run_on_page(lambda: assistant, tmp_path, testset, "二回目", lambda *step: None)
    verdict, reports = compare_on_page(tmp_path, "一回目", "二回目")
    assert "区別できない" in verdict
    assert any(file.endswith("comparison.html") for file in reports)


def test_what_cannot_be_run_or_compared_is_said(assistant: Assistant, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("質問,正解\n", "utf-8")
    assert "試験セットを置くか" in run_on_page(lambda: assistant, tmp_path, None, "", print)[0]
    assert "実行できる質問がありません" in run_on_page(lambda: assistant, tmp_path, str(empty), "", print)[0]
    assert "二つ選んで" in compare_on_page(tmp_path, "x", None)[0]
    assert "ありません" in compare_on_page(tmp_path, "x", "y")[0]


@pytest.mark.browser
def test_an_evaluator_runs_a_set_on_the_page(browser: Any, server: str, testset: str) -> None:
    said: list[str] = []
    asked: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(server)
    page.get_by_role("tab", name="評価").click()
    page.set_input_files("#md-eval-file input[type=file]", testset)
    page.locator("#md-eval-checked", has_text="2問").wait_for(timeout=20_000)
    page.locator("#md-eval-run").click()
    page.locator("#md-eval-summary", has_text="正しい応対").wait_for(timeout=60_000)
    page.close()
    assert said == []
    assert [url for url in asked if not url.startswith((server, "data:", "blob:"))] == []
