"""Broken lines, spaced-out words, columns, pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning import clean_lines
from corpus.normalizing import squash


def _texts(raw: str) -> list[str]:
    return [line.text for line in clean_lines(raw)]


def test_a_sentence_broken_over_lines_is_joined() -> None:
    first = "　本事業では、市内に在住する外国人の皆様に向けて、多言語による情報の発信と相談の対応を引き続き"
    raw = first + "\n行うとともに、地域の活動を支援します。\n"
    assert len(_texts(raw)) == 1


def test_a_word_broken_at_the_margin_is_joined_over_a_blank_line() -> None:
    raw = "・情報発信拠点の積極的活用を通じた海外と国内との新しいネット\n\nワークの形成\n"
    assert _texts(raw) == ["・情報発信拠点の積極的活用を通じた海外と国内との新しいネットワークの形成"]


def test_list_items_are_never_joined() -> None:
    raw = "・国際平和へ向けた貢献と、その取組を\n・多様性に基づく事業の推進\n"
    assert len(_texts(raw)) == 2


def test_columns_of_amounts_are_never_joined() -> None:
    assert _texts("205,808 182,714 23,094\n海外活力の取り込みに伴う増\n") == [
        "205,808 182,714 23,094",
        "海外活力の取り込みに伴う増",
    ]


def test_a_spaced_out_heading_is_closed_up() -> None:
    assert _texts("ア フ リ カ と の 連 携\n") == ["アフリカとの連携"]


def test_words_set_from_top_to_bottom_are_read_as_one() -> None:
    assert _texts("本\n年\n度\n財\n源\n") == ["本年度財源"]


def test_a_superscript_note_mark_stays_inside_its_sentence() -> None:
    assert _texts("指定した法人\n※\nが取り組んでいます。\n") == ["指定した法人※が取り組んでいます。"]


def test_a_page_starts_at_a_form_feed_or_a_lone_space_under_a_filled_line() -> None:
    assert [
        line.starts_page for line in clean_lines("一頁の文です。\n 二頁の題\n\n本文です。\f三頁の文です。")
    ] == [
        True,
        True,
        False,
        True,
    ]


def test_a_line_that_begins_a_block_is_not_joined_to_the_one_above() -> None:
    raw = "海外の拠点との連携を、さらに\n\n 市内企業の紹介\n"
    assert len(_texts(raw)) == 2


@given(st.lists(st.text(alphabet="市民の方々、。・ 　(1)※④⺠\n\fABアカ", max_size=30), max_size=8))
def test_cleaning_changes_nothing_but_white_space_and_radicals(pieces: list[str]) -> None:
    raw = "\n".join(pieces)
    assert squash("".join(_texts(raw))) == squash(raw)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "時間：火曜日・木曜日・土曜日　10時から16時まで（12時から13時は休み）",
            "ことば：英語、ポルトガル語、スペイン語",
        ),
        (
            "６月　子ども会議の発足、川のいきもの調べ（１回目）、環境の標語の募集",
            "７月　水辺の日、断熱の工作教室（港公民館）",
        ),
        (
            "（２）学校の照明を省エネに",
            "市立の小中学校31校の照明を、令和８年度までにすべて新しいものに取り替えます。",
        ),
        ("Q　代わりに電話してもらえると", "A　はい。ご本人がそばにいれば、通訳の者と三人で話せます。"),
        (
            "名称                添える書類            採用件数  支給期間  問い合わせ",
            "桂橋留学手当        ―                    108件     7か月     ありません",
        ),
        ("* 必要なもの: 本人確認書類、在学証明書と委任状のうつし", "* 受付時間: 9時30分から16時まで"),
        ("## 島に移り住むかたへ", "### 住まいをさがす"),
    ],
    ids=["a label", "a month", "text below a title", "an answer", "a row", "a bullet", "a title of Markdown"],
)
def test_a_line_that_begins_something_of_its_own_is_not_joined(first: str, second: str) -> None:
    assert [line.text for line in clean_lines(f"{first}\n{second}")] == [first, second]
