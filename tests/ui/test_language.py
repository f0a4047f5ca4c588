"""The page is Japanese before any script runs, and in a browser of any language."""

from typing import Any
from urllib.request import urlopen

import pytest

from ui.language import in_japanese


def test_only_the_language_of_the_page_is_changed() -> None:
    page = in_japanese(b'<html\n\tlang="en"><head><title>x</title></head><p lang="en">y</p></html>')
    assert page.startswith(b'<html\n\tlang="ja"><head><script>')
    assert page.endswith(b'<title>x</title></head><p lang="en">y</p></html>')


def test_the_page_says_that_it_is_japanese_without_any_script(server: str) -> None:
    with urlopen(server, timeout=30) as response:  # noqa: S310 - our own server
        page = response.read().decode()
        assert int(response.headers["content-length"]) == len(page.encode())
    assert 'lang="ja"' in page[:60]


@pytest.mark.browser
def test_an_english_browser_shows_japanese_words_too(browser: Any, server: str) -> None:
    page = browser.new_page(locale="en-US")
    page.goto(server)
    page.get_by_role("tab", name="評価").click()
    page.locator("#md-eval-file", has_text="ファイルをここにドロップ").wait_for(timeout=20_000)
    assert page.evaluate("document.documentElement.lang") == "ja"
    page.close()


@pytest.mark.browser
def test_every_tab_is_as_wide_as_the_first(browser: Any, server: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 860})
    page.goto(server)
    widths = set()
    for name in ("質問する", "予算の数字", "評価"):
        page.get_by_role("tab", name=name).click()
        page.wait_for_timeout(300)
        widths.add(page.evaluate("document.querySelector('.tabs').getBoundingClientRect().width"))
    page.close()
    assert len(widths) == 1
