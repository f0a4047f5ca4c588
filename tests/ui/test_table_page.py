"""The tab of tables in a real browser, on a desk and on a phone: nothing breaks, nothing is asked elsewhere."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from qa.building.homes import add_documents, build
from tests.ui.conftest import serving
from tests.ui.table_home import HALLS

pytestmark = pytest.mark.browser
DESK, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
TAB = "madoguchi-tables"
Opened = Callable[..., Any]


@pytest.fixture(scope="module")
def address(table_home: Path) -> Iterator[str]:
    with serving(table_home) as found:
        yield found


@pytest.fixture
def opened(browser: Any, address: str) -> Iterator[Opened]:
    """Open the page; at the end, nothing was complained of and nothing was asked of another origin."""
    pages: list[Any] = []
    complaints: list[str] = []

    def open_page(query: str = "", size: dict[str, int] = DESK) -> Any:
        page = browser.new_page(viewport=size, locale="ja-JP")
        page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
        page.on(
            "request",
            lambda r: r.url.startswith((f"{address}/", "data:", "blob:")) or complaints.append(r.url),
        )
        page.goto(f"{address}/{query}")
        pages.append(page)
        if query:
            page.wait_for_selector(f"{TAB} tbody tr")
        return page

    yield open_page
    for page in pages:
        page.wait_for_timeout(200)
        page.close()
    assert complaints == []


def _names(page: Any) -> list[str]:
    return [text.strip() for text in page.locator(f"{TAB} tbody th").all_inner_texts()]


def _status(page: Any, told: str) -> None:
    """Wait until the count says so."""
    page.wait_for_function(
        "told => document.querySelector('madoguchi-tables').shadowRoot.querySelector('[role=status]')?.textContent === told",
        arg=told,
    )


def _focused(page: Any) -> str:
    """Return what has the focus, and the start of its text."""
    return str(
        page.evaluate(
            "() => { const one = document.activeElement.shadowRoot.activeElement; "
            "return `${one.tagName} ${one.textContent.slice(-7, -3)}`; }"
        )
    )


def test_a_table_is_found_in_the_list_searched_narrowed_and_sorted(opened: Opened) -> None:
    page = opened()
    page.get_by_role("tab", name="表", exact=True).click()
    page.get_by_label("表をさがす").fill("ｺｳｷｮｳ 休館")
    assert page.get_by_text("合う表はありません").is_visible()
    page.get_by_label("表をさがす").fill("公共　休館")
    page.locator(f"{TAB} .choose li button").press("Enter")
    _status(page, "9件中 1–9件")
    assert _focused(page) == "H2 公共施設"  # where one goes on
    page.get_by_label("表の中をさがす").fill("ｺﾐｭﾆﾃｨ 北部")
    _status(page, "1件中 1–1件")
    page.get_by_label("表の中をさがす").fill("")
    _status(page, "9件中 1–9件")
    page.locator(f"{TAB} .filters summary").click()
    page.locator(f"{TAB} .filters").get_by_label("駐車場").select_option("○")
    page.get_by_label("定員（人） から").fill("300")
    _status(page, "3件中 1–3件")
    page.locator(f"{TAB} thead").get_by_role("button", name="定員（人）").click()
    page.wait_for_selector(f"{TAB} th[aria-sort=ascending]")
    assert _names(page) == ["中央公民館", "南部体育館", "北部コミュニティセンター"]
    page.keyboard.press("Enter")  # the header keeps the focus, and turns
    page.wait_for_selector(f"{TAB} th[aria-sort=descending]")
    assert _names(page)[0] == "北部コミュニティセンター"
    with page.expect_download() as saved:
        page.get_by_role("link", name="CSVで保存").click()
    assert (
        Path(saved.value.path()).read_text("utf-8-sig").splitlines()[1].startswith("北部コミュニティセンター")
    )


def test_taking_all_conditions_off_shows_all_rows_and_keeps_a_place_to_type(opened: Opened) -> None:
    page = opened("?table=halls~1")
    page.get_by_label("表の中をさがす").fill("集会所")
    _status(page, "3件中 1–3件")
    page.get_by_role("button", name="条件をすべて外す").press("Enter")
    _status(page, "9件中 1–9件")
    page.keyboard.type("図書館")
    _status(page, "1件中 1–1件")


def test_another_tab_and_back_keeps_the_table(opened: Opened) -> None:
    page = opened("?table=shelters~1&row=3")
    page.get_by_role("tab", name="質問する").click()
    page.wait_for_selector("#md-ask textarea")
    page.get_by_role("tab", name="表", exact=True).click()
    page.wait_for_selector(f"{TAB} tr[aria-current=true]")


def test_a_link_to_a_table_that_is_gone_says_so(opened: Opened) -> None:
    page = opened()
    page.goto(f"{page.url}?table=parks~1&row=2")
    page.wait_for_selector(f"{TAB} [role=alert]:not([hidden])")
    assert "表「parks~1」はありません" in page.locator(f"{TAB} [role=alert]").inner_text()


def test_pages_are_turned_and_the_count_says_where_one_is(opened: Opened) -> None:
    page = opened("?table=shelters~1")
    _status(page, "120件中 1–50件")
    page.get_by_role("button", name="次へ").click()
    _status(page, "120件中 51–100件")
    assert _names(page)[0] == "第51小学校"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_link_opens_the_tab_at_its_row_and_marks_it(opened: Opened, size: dict[str, int]) -> None:
    page = opened("?table=shelters~1&row=77", size)
    marked = page.locator(f"{TAB} tr[aria-current=true]")
    assert marked.get_attribute("data-row") == "77"
    page.wait_for_timeout(300)
    box = marked.bounding_box()
    assert 0 <= box["y"] < size["height"]


def test_the_button_of_a_row_shows_its_cells_and_asks_the_counter_nothing(opened: Opened) -> None:
    page = opened("?table=halls~1")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("button", name="4行目を詳しく見る").press("Enter")
    dialog = page.locator(f"{TAB} dialog[open]")
    dialog.wait_for()
    assert "南部体育館" in dialog.inner_text()
    assert page.get_by_label("この行へのリンク").input_value().endswith("/?table=halls~1&row=4")
    assert [url.partition("/api/")[2] for url in asked] == ["tables/halls~1/rows/4"]
    page.keyboard.press("Escape")
    assert dialog.count() == 0


def test_what_a_document_says_stays_text(opened: Opened) -> None:
    page = opened("?table=halls~1")
    assert "<img src=x onerror=alert(1)>{{value}}${1}" in page.locator(f"{TAB} tbody").inner_text()
    assert page.locator(f"{TAB} img").count() == 0


def test_a_value_that_does_not_fit_is_told_and_forgiven(opened: Opened) -> None:
    page = opened("?table=halls~1")
    page.locator(f"{TAB} .filters summary").click()
    page.get_by_label("定員（人） から").fill("多い")
    page.wait_for_selector(f"{TAB} [role=alert]:not([hidden])")
    assert "「定員（人）」は数の列です" in page.locator(f"{TAB} [role=alert]").inner_text()
    page.get_by_label("定員（人） から").fill("500")
    _status(page, "2件中 1–2件")
    assert page.locator(f"{TAB} [role=alert]").is_hidden()


@pytest.mark.parametrize("width", [360, 390])
def test_on_a_phone_rows_are_cards_and_only_the_region_may_move_sideways(opened: Opened, width: int) -> None:
    page = opened("?table=halls~1", {"width": width, "height": 800})
    page.locator(f"{TAB} .filters summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator(f"{TAB} tbody tr").first.evaluate("row => getComputedStyle(row).display") == "flex"
    page.get_by_label("並べ方").select_option("定員（人）")
    page.wait_for_function("document.querySelector('madoguchi-tables').page.rows[0].row === 8")
    assert _names(page)[0] == "第2集会所"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_letters_are_readable_and_targets_are_large_enough(opened: Opened, size: dict[str, int]) -> None:
    page = opened("?table=halls~1", size)
    page.locator(f"{TAB} .filters summary").click()
    small = page.evaluate(
        """() => [...document.querySelector('madoguchi-tables').shadowRoot.querySelectorAll('*')].flatMap((one) => {
          const box = one.getBoundingClientRect(), style = getComputedStyle(one);
          if (!box.width || one.closest('.hidden, dialog')) return [];
          const target = one.matches('a, button, input, select, summary') && (box.width < 24 || box.height < 24);
          const tiny = one.textContent.trim() && parseFloat(style.fontSize) < 12;
          return target || tiny ? [`${one.tagName} ${one.className} ${box.width}×${box.height} ${style.fontSize}`] : [];
        })"""
    )
    assert small == []


def test_every_control_is_reached_by_the_tab_key_and_shows_that_it_is(opened: Opened) -> None:
    page = opened("?table=halls~1")
    page.locator(f"{TAB} .choose summary").focus()
    reached = []
    for _ in range(14):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                """() => { const one = document.activeElement.shadowRoot?.activeElement, style = one && getComputedStyle(one);
                return one && [one.tagName, one.getAttribute('role') ?? '', style.outlineStyle, style.outlineWidth]; }"""
            )
        )
    kinds = {(tag, role) for tag, role, *_ in filter(None, reached)}
    assert {("INPUT", ""), ("SUMMARY", ""), ("A", ""), ("DIV", "region"), ("BUTTON", "")} <= kinds
    assert all(style == "solid" and width == "3px" for _, _, style, width in filter(None, reached))


def test_a_bundle_without_tables_shows_no_tab_of_them(browser: Any, server: str) -> None:
    page = browser.new_page()
    page.goto(server)
    page.wait_for_selector("#md-ask textarea")
    assert page.get_by_role("tab", name="表", exact=True).count() == 0
    page.close()


def test_the_tab_comes_with_the_first_table_without_a_restart(browser: Any, tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/pool.txt").write_text(
        "市民プールの案内\n\n利用料は300円です。\n", encoding="utf-8"
    )
    build(tmp_path / "home", corpus=tmp_path / "documents")
    (tmp_path / "halls.csv").write_text(HALLS, encoding="utf-8")
    with serving(tmp_path / "home") as address:
        page = browser.new_page()
        page.goto(address)
        page.wait_for_selector("#md-ask textarea")
        assert page.get_by_role("tab", name="表", exact=True).count() == 0
        add_documents(tmp_path / "home", [tmp_path / "halls.csv"])
        page.wait_for_timeout(600)
        page.goto(f"{address}/?table=halls~1&row=2")
        page.wait_for_selector(f"{TAB} tr[aria-current=true]")
        page.close()
