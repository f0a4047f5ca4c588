"""OpenDocument texts: what the page shows in reading order, with the numbers of lists; what it hides is counted."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from corpus.library import read_file
from corpus.types import Document, Problem

_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    )
)


def _read(folder: Path, body: str, styles: str = "", title: str = "") -> tuple[Document, list[Problem]]:
    path = folder / "t.odt"
    content = (
        f"<office:document-content {_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    meta = f'<m xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></m>'
    with ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr("content.xml", content)
        file.writestr("meta.xml", meta)
    document, problems = read_file(path)
    assert document is not None, problems
    return document, problems


def _style(name: str, properties: str, family: str = "text") -> str:
    return f'<style:style style:name="{name}" style:family="{family}">{properties}</style:style>'


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            '<text:h text:outline-level="2">持ち物</text:h><text:p>印鑑です。</text:p>',
            "## 持ち物\n\n印鑑です。",
        ),
        ("<text:p>一<text:s text:c='2'/>二<text:line-break/>三</text:p>", "一 二\n三"),
        (
            "<text:p><text:ruby><text:ruby-base>塵</text:ruby-base><text:ruby-text>ごみ</text:ruby-text></text:ruby>の日</text:p>",
            "塵の日",
        ),
        ("<text:p>国　際　局</text:p>", "国際局"),
        (
            "<text:p>平日<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation><text:note-body>"
            "<text:p>祝日を除きます。</text:p></text:note-body></text:note>です。</text:p>",
            "平日※1です。\n\n※1 祝日を除きます。",
        ),
        (
            "<text:p>本文です。<draw:frame><draw:text-box><text:p>枠の文です。</text:p></draw:text-box></draw:frame></text:p>",
            "本文です。\n\n枠の文です。",
        ),
        (
            "<text:table-of-content><text:index-body><text:p>総則 3</text:p></text:index-body></text:table-of-content>"
            "<text:section><text:p>本文です。</text:p></text:section>",
            "本文です。",
        ),
    ],
)
def test_each_element_has_its_form(tmp_path: Path, body: str, text: str) -> None:
    document, problems = _read(tmp_path, body)
    assert (document.text, problems) == (text, [])


def _list_style(*levels: str) -> str:
    return f'<text:list-style style:name="L">{"".join(levels)}</text:list-style>'


def _number(level: int, form: str, behind: str, more: str = "") -> str:
    return f'<text:list-level-style-number text:level="{level}" style:num-format="{form}" style:num-suffix="{behind}" {more}/>'


def _list(*items: str, more: str = "") -> str:
    inner = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
    return f'<text:list text:style-name="L" {more}>{inner}</text:list>'


def test_lists_have_their_numbers_and_those_in_them_begin_anew(tmp_path: Path) -> None:
    styles = _list_style(_number(1, "1", "."), _number(2, "ア, イ, ウ, ...", ""))
    body = _list(
        "<text:p>紙</text:p>" + _list("<text:p>新聞</text:p>", "<text:p>雑誌</text:p>"),
        "<text:p>布</text:p>" + _list("<text:p>服</text:p>"),
    )
    assert _read(tmp_path, body, styles)[0].text.split("\n") == [
        *("1. 紙", "　ア　新聞", "　イ　雑誌", "2. 布", "　ア　服"),
    ]


def test_a_list_goes_on_where_it_says_so(tmp_path: Path) -> None:
    body = _list("<text:p>紙</text:p>") + "<text:p>なお、次もあります。</text:p>"
    more = 'text:continue-numbering="true"'
    text = _read(tmp_path, body + _list("<text:p>布</text:p>", more=more), _list_style(_number(1, "1", ".")))[
        0
    ].text
    assert text == "1. 紙\n\nなお、次もあります。\n2. 布"


def test_bullets_are_one_sign(tmp_path: Path) -> None:
    styles = _list_style('<text:list-level-style-bullet text:level="1" text:bullet-char=""/>')
    assert (
        _read(tmp_path, _list("<text:p>紙</text:p>", "<text:p>布</text:p>"), styles)[0].text == "・紙\n・布"
    )


def _row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _cell(text: str, more: str = "") -> str:
    return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"


def test_a_table_has_its_spans_and_its_header(tmp_path: Path) -> None:
    rows = (
        f"<table:table-header-rows>{_row(_cell('区分'), _cell('料　金'))}</table:table-header-rows>",
        _row(_cell("昼", 'table:number-rows-spanned="2"'), _cell("300円")),
        _row("<table:covered-table-cell/>", _cell("100円")),
    )
    assert _read(tmp_path, f"<table:table>{''.join(rows)}</table:table>")[0].text == (
        "| 区分 | 料金 |\n| --- | --- |\n| 昼 | 300円 |\n| 昼 | 100円 |"
    )


@pytest.mark.parametrize(
    ("body", "counted"),
    [
        ('<text:span text:style-name="hide">秘密</text:span>', "隠し文字 2 字"),
        ('<text:span text:style-name="white">白い字</text:span>', "背景と同じ白い文字 3 字"),
        ('<text:span text:style-name="tiny">極小</text:span>', "見えないほど小さな文字 2 字"),
        ("<office:annotation><text:p>注</text:p></office:annotation>", "コメント 1 件"),
    ],
)
def test_what_is_hidden_is_left_out_and_counted(tmp_path: Path, body: str, counted: str) -> None:
    styles = (
        _style("hide", '<style:text-properties text:display="none"/>')
        + _style("white", '<style:text-properties fo:color="#FFFFFF"/>')
        + _style("tiny", '<style:text-properties fo:font-size="1pt"/>')
    )
    document, (problem,) = _read(tmp_path, f"<text:p>受付は九時です。{body}</text:p>", styles)
    assert (document.text, problem.code) == ("受付は九時です。", "hidden")
    assert counted in problem.message


def test_white_letters_in_a_coloured_cell_are_read(tmp_path: Path) -> None:
    styles = _style("white", '<style:text-properties fo:color="#ffffff"/>') + _style(
        "dark", '<style:table-cell-properties fo:background-color="#1f3864"/>', "table-cell"
    )
    white = '<text:span text:style-name="white">{}</text:span>'.format
    row = _row(*(_cell(white(text), 'table:style-name="dark"') for text in ("区分", "料金")))
    document, problems = _read(tmp_path, f"<table:table>{row}</table:table>", styles)
    assert (document.text, problems) == ("| 区分 | 料金 |", [])


def test_tracked_deletions_are_counted_and_insertions_read(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>昔の文</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:p>受付<text:change-start/>時間<text:change-end/>です。</text:p>"
    )
    document, (problem,) = _read(tmp_path, body)
    assert document.text == "受付時間です。"
    assert "変更履歴で消した文字 3 字" in problem.message


def test_pages_are_those_that_were_drawn_and_those_that_were_set(tmp_path: Path) -> None:
    styles = _style("new", '<style:paragraph-properties fo:break-before="page"/>', "paragraph")
    body = (
        "<text:p>一頁の文<text:soft-page-break/>です。</text:p><text:p>二頁の文です。</text:p>"
        '<text:p text:style-name="new">三頁の文です。</text:p>'
    )
    document, _ = _read(tmp_path, body, styles)
    assert [document.text[page.start : page.end].strip() for page in document.pages] == [
        *("一頁の文です。", "二頁の文です。", "三頁の文です。"),
    ]


def test_the_title_that_a_file_names_counts_where_its_text_says_so_too(tmp_path: Path) -> None:
    body = '<text:h text:outline-level="1">本町の案内</text:h><text:p>青葉町の計画です。</text:p>'
    assert _read(tmp_path, body, title="青葉町の計画")[0].title == "青葉町の計画"
    assert _read(tmp_path, body, title="隣町の計画")[0].title == "本町の案内"


def test_a_file_with_a_password_is_refused_with_the_cure(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "t.odt", "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        file.writestr("content.xml", "\x00")
    document, (problem,) = read_file(tmp_path / "t.odt")
    assert (document, problem.code) == (None, "password")
    assert "パスワードを外して" in problem.message
