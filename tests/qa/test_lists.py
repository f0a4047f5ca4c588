"""Lists read whole: every member, in order, nothing that is not one."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.tokenizer import shared_tokenizer
from qa.lists import Enumeration, enumerations
from qa.parallel import parallel


def _read(text: str) -> list[list[str]]:
    return [
        [text[start:end] for start, end in found.members] for found in enumerations(text, shared_tokenizer())
    ]


def _found(text: str, *members: str) -> Enumeration:
    """The enumeration of `text` with these members."""
    return next(
        found
        for found in enumerations(text, shared_tokenizer())
        if [text[start:end] for start, end in found.members] == list(members)
    )


@pytest.mark.parametrize(
    ("text", "members"),
    [
        (
            "館では、職員と市民が協力し、本の貸出し、読み聞かせ、学習の支援などを行います",
            "本の貸出し|読み聞かせ|学習の支援",
        ),
        ("相談は、税金や年金などを扱います", "税金|年金"),
        ("主な取組は、植樹、清掃及び見回りです。", "植樹|清掃|見回り"),
        ("バケツ、ハンガー、歯ブラシなどが新たに資源となります。", "バケツ|ハンガー|歯ブラシ"),
        ("窓口を、北館、南館、東館及び西館の４か所に置いています。", "北館|南館|東館|西館"),
        ("体育館並びに図書館に関すること", "体育館|図書館"),
        ("日本語教室やボランティア講座、交流会などを開きます。", "日本語教室|ボランティア講座|交流会"),
        ("市民・企業・民間団体等の皆様と進めます。", "市民|企業|民間団体"),
        (
            "「まず知る」「いっしょに動く」「数字で確かめる」という３つの視点",
            "まず知る|いっしょに動く|数字で確かめる",
        ),
        ("「甲条例」、「乙戦略」及び丙計画を踏まえます。", "「甲条例」|「乙戦略」|丙計画"),
        ("自治会や子ども会などが古紙、古布、びん、缶を集めて渡します。", "古紙|古布|びん|缶"),
        ("市民、交通事業者、警察、道路を管理する者など22人です。", "市民|交通事業者|警察|道路を管理する者"),
        ("国連の３機関（甲機関、乙機関、丙機関）と協力します。", "甲機関|乙機関|丙機関"),
        ("ごみは、燃えるごみ、燃えないごみ、資源ごみに分けます。", "燃えるごみ|燃えないごみ|資源ごみ"),
        ("申込方法は、窓口、郵送、電子申請のいずれかです。", "窓口|郵送|電子申請"),
        ("開催日は、５月３日、６月７日、７月１日の３日間です。", "５月３日|６月７日|７月１日"),
        ("水辺の清掃、自然観察その他の活動を行う。", "水辺の清掃|自然観察"),
        ("市内には、中央図書館のほか、東図書館、西図書館があります。", "東図書館|西図書館"),
        ("対象施設　市民会館、文化センター、体育館", "市民会館|文化センター|体育館"),
        ("大袋が300円、中袋が200円、小袋が100円です。", "大袋が300円|中袋が200円|小袋が100円"),
        (
            "生活の様々な問題から、在留資格や雇用など専門性の高い相談まで対応します。",
            "生活の様々な問題|在留資格|雇用",
        ),
        ("甲条例及び乙戦略や、市が定める計画を踏まえます。", "甲条例|乙戦略"),
        ("柱は、①安全なまちづくり、②環境との共生の２つです。", "安全なまちづくり|環境との共生"),
        ("次の順です。①申込み、②審査、③交付です。", "申込み|審査|交付です"),
    ],
)
def test_an_enumeration_inside_a_sentence_gives_its_members_alone(text: str, members: str) -> None:
    assert members.split("|") in _read(text)


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("●北館《本》●南館《音楽》\n●西館", "北館《本》|南館《音楽》|西館"),
        ("（1）受付\n（2）審査\n（3）交付", "受付|審査|交付"),
        ("主な取組\nア　植樹\nイ　清掃\nウ　見回り", "植樹|清掃|見回り"),
        ("柱１　緑を増やす\n　木を植えます。\n柱２　水を守る\n　川を調べます。", "緑を増やす|水を守る"),
        ("（１）受付に関すること。\n\n（２）審査に関すること。", "受付に関すること|審査に関すること"),
        (
            "１　植樹事業【拡充】 1,200千円\n　木を植えます。\n２　清掃事業 （300千円）\n",
            "植樹事業【拡充】|清掃事業",
        ),
        ("◇期間　五年\n◇目標\n　①木を増やす。\n　②水を守る。\n◇取組", "期間　五年|目標|取組"),
        ("【北館】\n本があります。\n【南館】\n音楽を聴けます。", "北館|南館"),
        ("・海外との交流　等\n・本の整理\n", "海外との交流|本の整理"),
        ("４月　植樹\n５月　清掃", "４月　植樹|５月　清掃"),
        ("- 植樹\n- 清掃", "植樹|清掃"),
        ("Ⅰ　植樹\nⅡ　清掃", "植樹|清掃"),
        ("1. 植樹\n2. 清掃", "植樹|清掃"),
        ("1)受付 2)審査 3)交付", "受付|審査|交付"),
        ("ａ．受付\nｂ．審査", "受付|審査"),
        ("基本目標Ⅰ　健やかに暮らす\n基本目標Ⅱ　安全に暮らす", "健やかに暮らす|安全に暮らす"),
        ("一　植樹\n二　清掃\n三　見回り", "植樹|清掃|見回り"),
    ],
)
def test_marked_lines_are_one_list(text: str, members: str) -> None:
    assert members.split("|") in _read(text)


def test_a_bulleted_line_that_the_page_breaks_is_one_member() -> None:
    text = "・地域の団体と進める、花の\n植替え\n・公園に新しく置く遊具や休憩所を選ぶための話合い、その\n　結果の公表"
    assert _read(text)[0] == [line.removeprefix("・") for line in re.split("\n(?=・)", text)]


def test_a_paragraph_below_a_bulleted_list_is_no_member() -> None:
    text = "・植樹\n・清掃\n協定は五年間です。\n・見回り\n・交流"
    assert _read(text) == [["植樹", "清掃"], ["見回り", "交流"]]


def test_a_list_inside_a_list_stays_apart() -> None:
    text = "１　花火をすること。\n２　次に掲げるもの\n（１）木\n（２）水\n３　たき火をすること。"
    assert _read(text)[:2] == [["花火をすること", "次に掲げるもの", "たき火をすること"], ["木", "水"]]


def test_a_heading_ends_the_bullets_above_it() -> None:
    assert _read("・植樹\n・清掃\n◎交流\n・見回り\n・講座") == [["植樹", "清掃"], ["見回り", "講座"]]


def test_a_comma_within_brackets_never_splits_a_member() -> None:
    text = "施設は、北館（本、雑誌）、「見る、聞く」館、南館などです。"
    assert ["北館（本、雑誌）", "「見る、聞く」館", "南館"] in _read(text)


@pytest.mark.parametrize(
    "text",
    [
        "市は、川を調べ、結果を公表します。",
        "場所は本館１階、時間は午前９時からです。",
        "本市は令和元年、条例を定めました。",
        "今後、スマートシティ会議を開きます。",
        "予定した41の事業のうち、36の事業が終わりました。",
        "ウォーク・ザ・ワールドを開きます。",
        "14 国際\n\n3 水道\n\n24 経済",
    ],
)
def test_clauses_and_names_are_no_list(text: str) -> None:
    assert _read(text) == []


def test_the_number_stated_in_the_text_is_a_check() -> None:
    four = "窓口を、北館、南館、東館及び西館の４か所に置きます。"
    three = "窓口を、北館、南館、東館及び西館に置きます。"
    five = "窓口を、北館、南館、東館及び西館の５か所に置きます。"
    members = ("北館", "南館", "東館", "西館")
    assert _found(five, *members).clarity < _found(three, *members).clarity < _found(four, *members).clarity
    whole, part = "次の２つを行います。\n・植樹\n・清掃", "次の３つを行います。\n・植樹\n・清掃"
    assert _found(part, "植樹", "清掃").clarity < _found(whole, "植樹", "清掃").clarity


@pytest.mark.parametrize(
    ("text", "members", "intro"),
    [
        ("＜主な取組＞\n\n・植樹\n・清掃", "植樹|清掃", "＜主な取組＞"),
        (
            "市は次の２つを行います。詳しくは別に述べます。\n・植樹\n・清掃",
            "植樹|清掃",
            "市は次の２つを行います",
        ),
        ("館では、貸出し、読み聞かせ、講座などを行います。", "貸出し|読み聞かせ|講座", "館では"),
        ("貸出し、読み聞かせ、講座などを館で行います。", "貸出し|読み聞かせ|講座", "を館で行います"),
        ("◇目標\n　①木を増やす。\n　②水を守る。", "木を増やす|水を守る", "◇目標"),
        ("環境係\n（１）大気、騒音及び振動に関すること。", "大気|騒音|振動", "環境係"),
    ],
)
def test_the_words_that_introduce_a_list_are_told(text: str, members: str, intro: str) -> None:
    found = _found(text, *members.split("|"))
    assert found.intro
    assert text[slice(*found.intro)] == intro


_TEXT = st.lists(
    st.sampled_from(
        [
            *"、。・や等のがをはにとで（）「」【】\n　①②●",
            "など",
            "及び",
            "次の３つ",
            "行う",
            "市民",
            "２か所",
            "公園",
            "（１）",
            "（二三）",
            "一　",
            "ｂ．",
            "1)",
            "- ",
            "５月　",
            "柱２　",
            "第１節　",
            "1,200千円",
            "「甲」",
            "ア　",
        ]
    ),
    max_size=30,
).map("".join)


@given(_TEXT)
@settings(max_examples=300, deadline=None)
def test_members_stand_in_order_inside_their_enumeration_in_any_text(text: str) -> None:
    for found in enumerations(text, shared_tokenizer()):
        edges = [edge for member in found.members for edge in member]
        assert len(found.members) > 1
        assert edges == sorted(edges)
        assert all(start < end and text[start:end].strip() for start, end in found.members)
        assert found.start <= edges[0]
        assert edges[-1] <= found.end <= len(text)
        assert 0 <= found.clarity <= 1


_NOUNS = st.lists(
    st.sampled_from(
        [
            "公園",
            "図書館",
            "体育館",
            "保育園",
            "市民会館",
            "博物館",
            "病院",
            "学校",
            "美術館",
            "公民館",
            "動物園",
            "植物園",
        ]
    ),
    min_size=3,
    max_size=8,
    unique=True,
)
_STYLES = {
    "など": lambda nouns: f"市は、{'、'.join(nouns)}などを整えます。",
    "及び": lambda nouns: f"施設は、{'、'.join(nouns[:-1])}及び{nouns[-1]}です。",
    "count": lambda nouns: f"対象を、{'、'.join(nouns)}の{len(nouns)}か所とします。",
    "dots": lambda nouns: f"市内の{'・'.join(nouns)}等を整えます。",
    "quotes": lambda nouns: f"「{'」「'.join(nouns)}」といった施設を整えます。",
    "bullets": lambda nouns: "主な施設\n" + "\n".join(f"・{noun}" for noun in nouns) + "\n以上です。",
    "numbers": lambda nouns: "\n".join(f"（{n}）{noun}。" for n, noun in enumerate(nouns, 1)),
    "circled": lambda nouns: (
        "次のとおりです。" + "".join(f"{'①②③④⑤⑥⑦⑧'[n]}{noun}" for n, noun in enumerate(nouns))
    ),
    "letters": lambda nouns: "\n".join(f"{'アイウエオカキク'[n]}　{noun}" for n, noun in enumerate(nouns)),
    "headings": lambda nouns: "\n\n".join(
        f"{n}　{noun}\n　市が整えます。" for n, noun in enumerate(nouns, 1)
    ),
}


@pytest.mark.parametrize("style", _STYLES)
@given(nouns=_NOUNS)
@settings(max_examples=25, deadline=None)
def test_an_enumeration_of_any_nouns_is_read_back_whole(style: str, nouns: list[str]) -> None:
    assert nouns in _read(_STYLES[style](nouns))


def _names(text: str, head: str) -> list[str]:
    return [text[start:end] for start, end in parallel(text, head, shared_tokenizer())]


def test_all_names_of_a_kind_are_found_once_and_in_order() -> None:
    text = "海外事務所は４つの事務所です。●上海事務所《中国》●パリ事務所《欧州》\n上海事務所では各事務所と協力します。"
    assert _names(text, "事務所") == ["上海事務所", "パリ事務所"]


def test_a_name_that_the_page_breaks_before_its_last_word_is_whole() -> None:
    text = "企画・共生\n推進費\n\n連携事業推進費"
    assert _names(text, "推進費") == ["企画・共生\n推進費", "連携事業推進費"]


def test_the_other_name_in_brackets_and_a_longer_word_are_no_further_names() -> None:
    text = (
        "（仮称）アジア事務所（現ムンバイ事務所）と米州事務所の事務所長が出席し、ムンバイ事務所は閉じます。"
    )
    assert _names(text, "事務所") == ["（仮称）アジア事務所", "米州事務所"]


def test_the_general_word_is_given_where_no_name_stands() -> None:
    assert _names("海外事務所を運営します。", "事務所") == ["海外事務所"]


def test_a_name_that_ends_its_line_is_whole() -> None:
    spans = parallel("次の３つ市民\n市民", "市民", shared_tokenizer())
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@given(_TEXT, st.sampled_from(["公園", "市民"]))
@settings(max_examples=300, deadline=None)
def test_names_of_a_kind_end_in_its_noun_and_stand_apart_in_any_text(text: str, head: str) -> None:
    spans = parallel(text, head, shared_tokenizer())
    assert list(spans) == sorted(spans)
    assert all(text[start:end].endswith(head) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
