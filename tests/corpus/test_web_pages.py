"""Web pages: their main text with headings, lists and tables, without what stands around it."""

from pathlib import Path

import pytest

from corpus.chunking import chunk
from corpus.library import read_file
from corpus.types import Document, Problem


def _read(tmp_path: Path, page: str, encoding: str = "utf-8") -> tuple[Document, list[Problem]]:
    path = tmp_path / "page.html"
    path.write_bytes(page.encode(encoding))
    document, problems = read_file(path)
    assert document is not None, problems
    return document, problems


def _text(tmp_path: Path, body: str) -> str:
    document, problems = _read(
        tmp_path, f"<!DOCTYPE html><html><head><title>題</title></head><body>{body}</body></html>"
    )
    assert problems == []
    return document.text


def test_the_title_and_the_main_text_are_read(tmp_path: Path) -> None:
    page = """<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title> ごみの出し方
     | 青葉町 </title><style>p{}</style><script>var a = "隠し";</script></head><body>
    <header><h1>青葉町</h1></header><nav><ul><li><a href="/">ホーム</a></li></ul></nav>
    <main><h1>ごみの出し方</h1><p>燃えるごみは
      月曜日です。</p></main><aside>関連</aside><footer>電話 0120</footer></body></html>"""
    document, problems = _read(tmp_path, page)
    assert document.title == "ごみの出し方 | 青葉町"
    assert document.text == "# ごみの出し方\n\n燃えるごみは月曜日です。"
    assert problems == []


def test_a_header_file_has_the_last_word_on_the_title(tmp_path: Path) -> None:
    (tmp_path / "page.toml").write_text('title = "ごみ"\ndate = "2024-04-01"\n', encoding="utf-8")
    document, _ = _read(tmp_path, "<title>題</title><p>本文です。</p>")
    assert (document.title, document.date) == ("ごみ", "2024-04-01")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<h2>持ち物</h2><ul><li>印鑑<li>通帳</ul>", "## 持ち物\n\n・印鑑\n・通帳"),
        ("<p>次のとおり。</p><ol><li>書く</li><li>出す</li></ol>", "次のとおり。\n・書く\n・出す"),
        ("<ul><li>紙<ul><li>新聞</li></ul></li></ul>", "・紙\n・新聞"),
        ("<ul><li>(1) 紙</li><li>●布</li></ul>", "(1) 紙\n●布"),
        ("<p>本庁舎<br>電話 012</p>", "本庁舎\n電話 012"),
        ("<p>一</p><p>二</p>", "一\n\n二"),
        ("<p><ruby>塵<rp>(</rp><rt>ごみ</rt><rp>)</rp></ruby>の日</p>", "塵の日"),
        ("<p>Hello\nworld</p>", "Hello world"),
        ("<p>A<!-- 注 -->B<script>x</script>C</p>", "ABC"),
        ("<dl><dt>場所</dt><dd>本庁舎</dd></dl>", "場所\n\n本庁舎"),
        ("<pre>一\n二</pre>", "一\n二"),
        ("<p>a&nbsp;b&amp;c&#x2460;</p>", "a b&c①"),
        ("前文<div>中身</div>後文", "前文\n\n中身\n\n後文"),
    ],
)
def test_each_element_has_its_form(tmp_path: Path, body: str, text: str) -> None:
    assert _text(tmp_path, body) == text


@pytest.mark.parametrize(
    "around",
    [
        '<div class="breadcrumb"><a href="/">ホーム</a> &gt; くらし</div>',
        '<p><a href="/">トップページ</a> &gt; <a href="/k">くらし</a> &gt; ごみ</p>',
        '<div id="topicpath"><ol><li><a href="/">ホーム</a></li></ol></div>',
        '<ul><li><a href="a">ごみ</a></li><li><a href="b">税</a></li><li><a href="c">福祉</a></li></ul>',
        "<form><label>検索<input></label></form>",
        '<div id="global-nav">案内</div>',
        '<div class="page-footer">権利</div>',
        '<a href="#top">ページの先頭へ戻る</a>',
        "<noscript>スクリプト</noscript>",
    ],
)
def test_what_stands_around_the_text_is_left_out(tmp_path: Path, around: str) -> None:
    assert (
        _text(tmp_path, f"{around}<p>ごみは月曜日の朝に出してください。</p>")
        == "ごみは月曜日の朝に出してください。"
    )


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display: none">内部の番号</div>',
        '<div style="visibility:hidden">内部の<b>番号</b></div>',
        "<p hidden>内部の番号</p>",
        '<div aria-hidden="true">内部の番号</div>',
        "<template><p>内部の番号</p></template>",
        '<p style="color:#fff">内部の番号</p>',
        '<p style="color: white; background-color: #FFFFFF">内部の番号</p>',
        '<p><font color="#ffffff">内部の番号</font></p>',
        '<p style="background:#000"><span style="color:rgb(0, 0, 0)">内部の番号</span></p>',
        '<p style="font-size:1px">内部の番号</p>',
        '<p style="font-size: 0">内部の番号</p>',
        '<p style="opacity:0">内部の番号</p>',
        '<p style="position:absolute; left:-9999px">内部の番号</p>',
    ],
)
def test_what_a_page_does_not_show_is_left_out_and_counted(tmp_path: Path, hidden: str) -> None:
    shown = "<p>ごみは月曜日の朝に出してください。</p>"
    document, (problem,) = _read(tmp_path, f"<title>題</title><body>{shown}{hidden}</body>")
    assert document.text == "ごみは月曜日の朝に出してください。"
    assert problem.code == "hidden"
    assert "1 か所（例：「内部の番号」）" in problem.message


@pytest.mark.parametrize(
    "shown",
    [
        '<p style="color:#ffffff; background-color:#003366">受付時間</p>',
        '<table bgcolor="#003366"><tr><td><font color="white">受付時間</font></td></tr></table>',
        '<div style="background:url(a.png)"><p style="color:white">受付時間</p></div>',
        '<p style="font-size:80%;color:#c00">受付時間</p>',
        "<p>受付時間<!-- 注記 --></p>",
        '<p>受付時間<span aria-hidden="true">▲</span></p>',
        '<p>受付時間</p><nav style="display:none">館内の案内</nav>',
        '<p style="margin-left:-10px">受付時間</p>',
    ],
)
def test_what_is_shown_on_a_coloured_ground_is_read_and_icons_are_not_counted(
    tmp_path: Path, shown: str
) -> None:
    assert _text(tmp_path, shown) == "受付時間"


def test_a_form_around_the_whole_page_is_its_frame(tmp_path: Path) -> None:
    assert (
        _text(tmp_path, "<form id='aspnetForm'><p>ごみは月曜日の朝に出します。</p></form>")
        == "ごみは月曜日の朝に出します。"
    )


def test_a_page_of_links_alone_keeps_them(tmp_path: Path) -> None:
    links = "".join(f'<li><a href="{n}.html">{n}</a></li>' for n in ("ごみ", "税", "福祉"))
    assert _text(tmp_path, f"<h1>目次</h1><ul>{links}</ul>") == "# 目次\n\n・ごみ\n・税\n・福祉"


def test_the_article_is_preferred_where_there_is_one(tmp_path: Path) -> None:
    assert (
        _text(tmp_path, "<div>周り</div><article><h1>件名</h1><p>本文。</p></article>") == "# 件名\n\n本文。"
    )


def test_a_table_is_a_markdown_table_with_its_spans(tmp_path: Path) -> None:
    table = """<table><caption>料金</caption>
    <tr><th rowspan="2">区分</th><th colspan="2">料金</th></tr><tr><th>大人</th><th>子</th></tr>
    <tr><td rowspan="2">昼</td><td>300円<br>から</td><td>a|b</td></tr><tr><td>1</td><td></td></tr>
    <tr style="display:none"><td>隠し</td><td>0</td><td>0</td></tr></table>"""
    document, _ = _read(tmp_path, f"<title>題</title>{table}")
    assert document.text.split("\n") == [
        "料金",
        "",
        "| 区分 | 料金 |  |",
        "| --- | --- | --- |",
        "| 区分 | 大人 | 子 |",
        "| 昼 | 300円 から | a｜b |",
        "| 昼 | 1 |  |",
    ]


def test_a_table_that_lays_out_the_page_is_text(tmp_path: Path) -> None:
    inner = "<table><tr><th>館</th><th>数</th></tr><tr><td>本館</td><td>1</td></tr></table>"
    page = f"<table><tr><td>案内文です。</td><td><h2>一覧</h2>{inner}</td></tr></table>"
    assert _text(tmp_path, page) == "案内文です。\n\n## 一覧\n\n| 館 | 数 |\n| --- | --- |\n| 本館 | 1 |"


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [
        ("cp932", '<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">'),
        ("euc_jp", '<meta charset="EUC-JP">'),
        ("iso2022_jp", '<meta charset="iso-2022-jp">'),
        ("cp932", ""),
        ("euc_jp", ""),
        ("utf-8-sig", '<meta charset="Shift_JIS">'),
        ("utf-16", ""),
        ("cp932", '<meta charset="utf-8">'),
        ("utf-8", '<?xml version="1.0" encoding="UTF-8"?>'),
    ],
)
def test_the_charset_is_told_by_the_mark_by_the_page_or_by_what_it_spells(
    tmp_path: Path, encoding: str, charset: str
) -> None:
    front = charset if charset.startswith("<?") else ""
    head = "" if front else charset
    page = f"{front}<html><head>{head}<title>窓口のご案内</title></head><body><p>市民課は一階です。</p></body></html>"
    document, problems = _read(tmp_path, page, encoding)
    assert (document.title, document.text, problems) == ("窓口のご案内", "市民課は一階です。", [])


_ORDINANCE = """<div class="eline"><div class="head"><p class="title">青葉町図書館条例</p></div></div>
<div class="eline"><p class="head">（設置）</p></div>
<div><div class="article"><p class="num"><span class="num">第1条</span>　<span>町に図書館を置く。</span></p></div></div>
<div class="eline"><p>（休館日）</p></div>
<div><p class="article">第2条</p><p>休館日は、次のとおりとする。</p></div>
<div class="item"><p><span>(1)</span>　月曜日</p></div>
<div class="item"><p><span>(2)</span>　年末年始</p></div>
<div class="clause"><p>２　町長は、臨時に休館することができる。</p></div>
<div><p>附　則</p></div><div><p>この条例は、公布の日から施行する。</p></div>"""


def test_an_ordinance_comes_out_one_article_a_paragraph(tmp_path: Path) -> None:
    assert _text(tmp_path, _ORDINANCE).split("\n\n") == [
        "青葉町図書館条例",
        "（設置）\n第1条　町に図書館を置く。",
        "（休館日）\n第2条　休館日は、次のとおりとする。\n(1)　月曜日\n(2)　年末年始\n２　町長は、臨時に休館することができる。",
        "附　則",
        "この条例は、公布の日から施行する。",
    ]


def test_each_passage_of_an_ordinance_stands_in_its_text(tmp_path: Path) -> None:
    document, _ = _read(tmp_path, _ORDINANCE)
    assert all(document.text[p.start : p.end] == p.text for p in chunk(document))


def test_a_page_without_text_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "page.htm").write_text("<html><body><script>x</script></body></html>")
    document, (problem,) = read_file(tmp_path / "page.htm")
    assert (document, problem.code) == (None, "empty")
    assert "page.htm" in problem.message


def test_elements_nested_without_end_are_a_problem_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        "<html><body><p>前文です。</p>" + "<div>" * 5_000 + "深い", encoding="utf-8"
    )
    document, problems = read_file(tmp_path / "page.html")
    assert document is not None
    assert document.text == "前文です。"
    assert [problem.code for problem in problems] == ["unreadable"]
