"""The tables of a PDF's page: literal characters and lines in, rows out."""

import subprocess
from pathlib import Path

import pytest

from corpus.pdf.continued_tables import continued_tables
from corpus.pdf.facing_tables import facing_tables
from corpus.pdf.page_tables import page_tables
from corpus.pdf.pdfium_file import PdfFile
from corpus.pdf.types import Glyph, PageContent, PageTable, Rule
from corpus.tables.document_tables import tables_of
from corpus.types import Document, Page

CHROMIUM = Path("/usr/bin/chromium")
SIZE = 10.0  # points of a full character; a column of the drawings below is half of one
PITCH = 16.0  # points from line to line


def drawn(text: str, number: int = 1, left: float = 50.0, top: float = 50.0) -> PageContent:
    """Lay out a page as it is drawn in text: ─ and │ with their crossings are lines, all else is print.

    A full-width character takes two columns of the drawing, any other one.
    """
    glyphs: list[Glyph] = []
    level: dict[int, list[int]] = {}
    upright: dict[int, list[int]] = {}
    for row, line in enumerate(text.strip("\n").split("\n")):
        column = 0
        for char in line:
            width = 2 if ord(char) > 0x2FFF or char in "△" else 1
            if char in "─┌┐└┘├┤┬┴┼":
                level.setdefault(row, []).append(column)
            if char in "│┌┐└┘├┤┬┴┼":
                upright.setdefault(column, []).append(row)
            elif char not in " ─":
                x, y = left + column * SIZE / 2, top + row * PITCH
                glyphs.append(Glyph(char, x, y - SIZE / 2, x + width * SIZE / 2, y + SIZE / 2, SIZE))
            column += width
    rules = [
        Rule(left + (a + 0.5) * SIZE / 2, top + y * PITCH, left + (b + 0.5) * SIZE / 2, top + y * PITCH + 0.5)
        for y, columns in level.items()
        for a, b in _runs(columns)
    ]
    rules += [
        Rule(left + (x + 0.5) * SIZE / 2, top + a * PITCH, left + (x + 0.5) * SIZE / 2 + 0.5, top + b * PITCH)
        for x, rows in upright.items()
        for a, b in _runs(rows)
    ]
    return PageContent(number, 595.0, 842.0, tuple(glyphs), tuple(rules))


def _runs(places: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = runs[-1][0], place
        else:
            runs.append((place, place))
    return runs


def rows_of(text: str) -> list[list[str]]:
    """Return the rows of the only table of a drawn page."""
    (table,) = page_tables(drawn(text))
    return [list(row) for row in table.rows]


def test_cells_between_lines_are_a_table() -> None:
    assert rows_of(
        """
┌──────────┬──────────┬────────┐
│ 施設     │ 所在地   │ 定員   │
├──────────┼──────────┼────────┤
│ 北児童館 │ 緑町1-2  │ 30     │
├──────────┼──────────┼────────┤
│ 南児童館 │ 海岸通5  │ 1,250  │
└──────────┴──────────┴────────┘
"""
    ) == [["施設", "所在地", "定員"], ["北児童館", "緑町1-2", "30"], ["南児童館", "海岸通5", "1,250"]]


def test_a_title_over_columns_is_told_in_each_and_one_beside_it_once() -> None:
    assert rows_of(
        """
┌────────┬───────────────────┬────────┐
│        │     利用者数      │        │
│ 施設   ├─────────┬─────────┤ 備考   │
│        │ 4年度   │ 5年度   │        │
├────────┼─────────┼─────────┼────────┤
│ 北館   │  1,000  │    980  │ 休館中 │
├────────┼─────────┼─────────┼────────┤
│ 南館   │    500  │    510  │        │
└────────┴─────────┴─────────┴────────┘
"""
    ) == [
        ["施設", "利用者数 4年度", "利用者数 5年度", "備考"],
        ["北館", "1,000", "980", "休館中"],
        ["南館", "500", "510", ""],
    ]


def test_a_name_over_several_rows_is_told_in_each() -> None:
    assert rows_of(
        """
┌────────┬────────┬────────┐
│ 地区   │ 学校   │ 児童   │
├────────┼────────┼────────┤
│        │ 東小   │   120  │
│ 東部   ├────────┼────────┤
│        │ 港小   │    80  │
├────────┼────────┼────────┤
│ 西部   │ 西小   │   200  │
└────────┴────────┴────────┘
"""
    ) == [["地区", "学校", "児童"], ["東部", "東小", "120"], ["東部", "港小", "80"], ["西部", "西小", "200"]]


def test_a_word_broken_in_its_cell_is_joined_and_letters_set_apart_are_a_word() -> None:
    assert rows_of(
        """
┌──────────┬──────────┐
│ 目       │ 比    較 │
├──────────┼──────────┤
│ こども家 │  △1,278  │
│ 庭費     │          │
├──────────┼──────────┤
│ 文 書 費 │       5  │
└──────────┴──────────┘
"""
    ) == [["目", "比較"], ["こども家庭費", "△1,278"], ["文書費", "5"]]


def test_numbers_of_two_cells_are_never_one_and_those_under_each_other_are_rows() -> None:
    assert rows_of(
        """
┌──────────┬────────┬────────┐
│ 区分     │ 前年度 │ 本年度 │
├──────────┼────────┼────────┤
│ 期末手当 │     12 │ 345    │
│ 勤勉手当 │    678 │ 901    │
│ 時間外勤 │  2,000 │ 2,100  │
│ 務手当   │        │        │
└──────────┴────────┴────────┘
"""
    ) == [
        ["区分", "前年度", "本年度"],
        ["期末手当", "12", "345"],
        ["勤勉手当", "678", "901"],
        ["時間外勤務手当", "2,000", "2,100"],
    ]


def test_a_unit_under_the_header_is_told_in_it() -> None:
    assert rows_of(
        """
┌──────────┬────────┬────────┐
│ 目       │ 本年度 │ 比較   │
├──────────┼────────┼────────┤
│          │   千円 │   千円 │
│ 1 文書費 │ 61,802 │ △1,278 │
├──────────┼────────┼────────┤
│ 2 会計費 │ 61,782 │ 30,596 │
└──────────┴────────┴────────┘
"""
    ) == [
        ["目", "本年度（千円）", "比較（千円）"],
        ["1 文書費", "61,802", "△1,278"],
        ["2 会計費", "61,782", "30,596"],
    ]


def test_amounts_set_apart_at_the_right_of_a_column_are_a_column() -> None:
    assert rows_of(
        """
┌────────────┬────────┬─────────────────────────┐
│ 区分       │ 金額   │ 説明                    │
├────────────┼────────┼─────────────────────────┤
│ 衛生使用料 │   120  │ 墓所使用料         100  │
│            │        │  公立分（476人）        │
│            │        │ 斎場使用料          20  │
└────────────┴────────┴─────────────────────────┘
"""
    ) == [
        ["区分", "金額", "説明", "説明"],
        ["衛生使用料", "120", "墓所使用料", "100"],
        ["衛生使用料", "", "公立分（476人）", ""],
        ["衛生使用料", "", "斎場使用料", "20"],
    ]


def test_a_list_that_runs_on_beside_ruled_rows_is_a_table_of_its_own() -> None:
    page = drawn(
        """
┌──────────┬────────┬──────────────────────┐
│ 区分     │ 金額   │ 説明                 │
├──────────┼────────┼──────────────────────┤
│ 1 報酬   │    10  │ 001 給与費       35  │
│          │        │  家庭相談員      10  │
├──────────┼────────┤  保健師          25  │
│ 2 給料   │    25  │ 002 支援費       24  │
│          │        │  負担金          20  │
│          │        │  旅費             4  │
└──────────┴────────┴──────────────────────┘
"""
    )
    assert [table.rows for table in page_tables(page)] == [
        (("区分", "金額"), ("1 報酬", "10"), ("2 給料", "25")),
        (
            ("説明", "説明"),
            *(("001 給与費", "35"), ("家庭相談員", "10"), ("保健師", "25")),
            *(("002 支援費", "24"), ("負担金", "20"), ("旅費", "4")),
        ),
    ]


def test_dashed_lines_and_open_sides_are_lines_as_well() -> None:
    page = drawn(
        """
   施設       電話       定員
───────────┬──────────┬────────
   北館    │ 12-3456  │ 30
───────────┼──────────┼────────
   南館    │ 12-7890  │ 25
───────────┴──────────┴────────
"""
    )
    dashes = [
        Rule(x, rule.top, min(x + 6, rule.right), rule.bottom)
        for rule in page.rules
        if rule.horizontal
        for x in range(int(rule.left), int(rule.right), 9)
    ]
    lines = [rule for rule in page.rules if not rule.horizontal]
    open_page = PageContent(1, 595.0, 842.0, page.glyphs, (*dashes, *lines))
    (table,) = page_tables(open_page)
    assert table.rows == (("北館", "12-3456", "30"), ("南館", "12-7890", "25"))


def test_a_box_round_running_text_is_no_table() -> None:
    assert not page_tables(
        drawn(
            """
┌─────────────────────────────────┐
│ 窓口の受付は8時30分からです。   │
├─────────────────────────────────┤
│ 土日と祝日はお休みします。      │
│ 電話は24時間受け付けます。      │
└─────────────────────────────────┘
"""
        )
    )


def test_bars_of_a_chart_are_no_table() -> None:
    assert not page_tables(
        drawn(
            """
         ┌──────────┬──────┬────┐
 満足度  │ 63.0%    │ 22.5%│12% │
         └──────────┴──────┴────┘

         ┌───────┬───────────┬──┐
 重要度  │ 41.0% │ 50.5%     │8%│
         └───────┴───────────┴──┘

         ┌──┬────────────┬──────┐
 参加度  │9%│ 60.5%      │ 30%  │
         └──┴────────────┴──────┘
"""
        )
    )


def test_numbers_below_each_other_are_columns_without_lines() -> None:
    assert rows_of(
        """
 区分              前年度      本年度
 文書費            63,080      61,802
 会計管理費        31,186      61,782
 計                94,266     123,584
"""
    ) == [
        ["区分", "前年度", "本年度"],
        ["文書費", "63,080", "61,802"],
        ["会計管理費", "31,186", "61,782"],
        ["計", "94,266", "123,584"],
    ]


def test_titles_over_titles_without_lines_reach_over_their_columns() -> None:
    assert rows_of(
        """
                      令和4年度               令和5年度
 区分              男子      女子          男子      女子
 北小学校           120       130           118       125
 南小学校            80        75            82        79
 港小学校            40        45            41        50
"""
    )[:2] == [
        ["区分", "令和4年度 男子", "令和4年度 女子", "令和5年度 男子", "令和5年度 女子"],
        ["北小学校", "120", "130", "118", "125"],
    ]


def test_a_name_broken_around_its_numbers_is_theirs() -> None:
    page = drawn(
        """
 施設              利用者      料金
 北館               1,200       300
 南館                 800       200
 港館                 100       150
"""
    )
    (x, y) = (page.glyphs[-1].left, page.glyphs[-1].bottom + PITCH)
    amounts = [Glyph(c, x + n * 5 - 80, y, x + n * 5 - 75, y + SIZE, SIZE) for n, c in enumerate("450")]
    amounts += [Glyph(c, x + n * 5 - 10, y, x + n * 5 - 5, y + SIZE, SIZE) for n, c in enumerate("100")]
    names = [
        Glyph(c, 55 + n * SIZE, y + shift, 65 + n * SIZE, y + shift + SIZE, SIZE)
        for shift, name in ((-7, "子育て"), (7, "支援館"))
        for n, c in enumerate(name)
    ]
    (table,) = page_tables(PageContent(1, 595.0, 842.0, (*page.glyphs, *amounts, *names)))
    assert table.rows[-1][0] == "子育て支援館"
    assert [row[0] for row in table.rows] == ["施設", "北館", "南館", "港館", "子育て支援館"]


@pytest.mark.parametrize(
    "text",
    [
        """
 市の窓口は平日の朝八時半から         図書館は月曜日がお休みです。
 開いています。土曜日は年に         本は一人10冊まで二週間の
 4回だけ開けます。お問い合わ         間借りられます。延長は1回
 せは市民課へどうぞ。               だけできます。
""",
        """
 第1章 総則 ・・・・・・・・・・・・・・・・・・  1
 第2章 計画の目標 ・・・・・・・・・・・・・・・  5
 第3章 施策の体系 ・・・・・・・・・・・・・・・ 12
 第4章 進め方 ・・・・・・・・・・・・・・・・・ 30
""",
        """
 目次                              ページ
 総則                                   1
 計画の目標                             5
 施策の体系                            12
 進め方                                30
""",
        """
 氏名                    生年月日
 住所
 電話                    世帯主
""",
        """
 1  申請書を書いてください。
 2  窓口へ出してください。
 3  手数料300円を払ってください。
""",
    ],
    ids=["two columns of text", "contents with leaders", "contents", "a form", "a list"],
)
def test_what_only_looks_like_columns_is_no_table(text: str) -> None:
    assert not page_tables(drawn(text))


def test_rows_on_the_next_page_stand_under_the_header_of_the_page_before() -> None:
    first = drawn(
        """
┌────────┬────────┬────────┐
│ 地区   │ 学校   │ 児童   │
├────────┼────────┼────────┤
│ 東部   │ 東小   │   120  │
│        ├────────┼────────┤
│        │ 港小   │    80  │
└────────┴────────┴────────┘
"""
    )
    second = drawn(
        """
┌────────┬────────┬────────┐
│        │ 浜小   │    60  │
├────────┼────────┼────────┤
│ 西部   │ 西小   │   200  │
└────────┴────────┴────────┘
""",
        number=2,
    )
    _, rest = continued_tables([*page_tables(first), *page_tables(second)])
    assert rest.page == 2
    assert rest.rows == (("地区", "学校", "児童"), ("東部", "浜小", "60"), ("西部", "西小", "200"))


def test_a_header_printed_again_on_the_next_page_is_told_once() -> None:
    text = """
┌────────┬────────┬────────┐
│ 地区   │ 学校   │ 児童   │
├────────┼────────┼────────┤
│ 東部   │ 東小   │   120  │
├────────┼────────┼────────┤
│ 西部   │ 西小   │   200  │
└────────┴────────┴────────┘
"""
    tables = [*page_tables(drawn(text)), *page_tables(drawn(text, number=2))]
    assert continued_tables(tables) == tables


def test_another_table_on_the_next_page_keeps_its_own_header() -> None:
    school = """
┌────────┬────────┐
│ 学校   │ 児童   │
├────────┼────────┤
│ 東小   │   120  │
├────────┼────────┤
│ 西小   │   200  │
└────────┴────────┘
"""
    nursery = school.replace("学校", "園　").replace("児童", "園児")
    tables = [*page_tables(drawn(school)), *page_tables(drawn(nursery, number=2))]
    assert continued_tables(tables)[1].rows[0] == ("園", "園児")


LEFT = """
┌──────────┬────────┬────────┐
│ 目       │ 本年度 │ 前年度 │
├──────────┼────────┼────────┤
│ 1 文書費 │    30  │    20  │
│          │        │        │
├──────────┼────────┼────────┤
│ 2 会計費 │    40  │    50  │
└──────────┴────────┴────────┘
"""
RIGHT = """
┌──────────┬────────┐
│ 区分     │ 金額   │
├──────────┼────────┤
│ 1 報酬   │    10  │
│ 2 給料   │    20  │
├──────────┼────────┤
│ 1 報酬   │    40  │
└──────────┴────────┘
"""


def test_the_right_half_of_a_table_over_two_pages_tells_the_names_of_the_left() -> None:
    book = [t for n in (2, 4, 6) for t in (*page_tables(drawn(LEFT, n)), *page_tables(drawn(RIGHT, n + 1)))]
    told = facing_tables(book)
    assert told[0] == book[0]
    assert told[1].rows == (
        ("目", "区分", "金額"),
        ("1 文書費", "1 報酬", "10"),
        ("1 文書費", "2 給料", "20"),
        ("2 会計費", "1 報酬", "40"),
    )


def test_two_tables_that_are_level_once_are_no_halves() -> None:
    pair = [*page_tables(drawn(LEFT, 2)), *page_tables(drawn(RIGHT, 3))]
    assert facing_tables(pair) == pair


def _document(table: PageTable) -> Document:
    lines = [f"| {' | '.join(row)} |" for row in table.rows]
    text = "\n".join([lines[0], f"|{' --- |' * len(table.rows[0])}", *lines[1:]])
    return Document("d", "学校一覧", "", "", text, (Page(1, 0, len(text)),), ())


def test_a_table_of_two_columns_and_one_row_is_read_where_its_header_is_marked() -> None:
    (table,) = page_tables(
        drawn(
            """
┌────────┬────────┬────────┐
│ 学校名 │ 児童   │ 学級   │
├────────┼────────┼────────┤
│ 東小   │   120  │     6  │
└────────┴────────┴────────┘
"""
        )
    )
    (read,) = tables_of(_document(table))
    assert [column.title for column in read.columns] == ["学校名", "児童", "学級"]
    assert [cell.text for cell in read.rows[0]] == ["東小", "120", "6"]


PRINTED = """<!doctype html><meta charset=utf-8>
<style>table { border-collapse: collapse } th, td { border: 1px solid; padding: 2px 8px } .plain * { border: 0 }
td:not(:first-child) { text-align: right }</style>
<h1>学校一覧</h1>
<table><tr><th rowspan=2>地区<th rowspan=2>学校<th colspan=2>児童数<tr><th>男子<th>女子
<tr><td rowspan=2>東部<td>東小学校<td>1,120<td>△98<tr><td>港小学校<td>80<td>75
<tr><td>西部<td>西小学校<td>200<td>210</table>
<p>市の窓口は平日の朝八時半から開いています。土曜日は年に四回だけ開けます。</p>
<table class=plain><tr><th>区分<th>前年度<th>本年度<tr><td>文書費<td>63,080<td>61,802
<tr><td>会計管理費<td>31,186<td>61,782<tr><td>計<td>94,266<td>123,584</table>"""


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine")
def test_tables_that_a_browser_prints_are_found_with_lines_and_without(tmp_path: Path) -> None:
    source, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    source.write_text(PRINTED, "utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    call = [str(CHROMIUM), *flags, f"--print-to-pdf={printed}", source.as_uri()]
    subprocess.run(call, check=True, capture_output=True, timeout=120)
    with PdfFile(printed.read_bytes()) as file:
        school, budget = page_tables(file.page(1))
    assert school.rows == (
        ("地区", "学校", "児童数 男子", "児童数 女子"),
        *(("東部", "東小学校", "1,120", "△98"), ("東部", "港小学校", "80", "75")),
        ("西部", "西小学校", "200", "210"),
    )
    assert budget.rows == (
        ("区分", "前年度", "本年度"),
        *(("文書費", "63,080", "61,802"), ("会計管理費", "31,186", "61,782"), ("計", "94,266", "123,584")),
    )
