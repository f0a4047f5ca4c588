"""Lists without 、: tables, titles, arrows, clauses, and marks of many forms."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.tokenizer import shared_tokenizer
from qa.lists import Enumeration, enumerations


def _found(text: str) -> dict[str, Enumeration]:
    return {
        "|".join(text[start:end] for start, end in found.members): found
        for found in enumerations(text, shared_tokenizer())
    }


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("柱Ⅰ　緑を増やす\n　木を植えます。\n柱Ⅱ　水を守る\n　川を調べます。", "緑を増やす|水を守る"),
        ("重点プロジェクト１：植樹\n重点プロジェクト２：清掃", "植樹|清掃"),
        ("〔航路１〕緑の港\n木を植えます。\n〔航路２〕水の港\n川を調べます。", "緑の港|水の港"),
        ("第１回　植樹\n第２回　清掃", "植樹|清掃"),
        ("ⅰ　植樹\nⅱ　清掃", "植樹|清掃"),
        ("〇植樹\n〇清掃", "植樹|清掃"),
        ("• 植樹\n• 清掃", "植樹|清掃"),
        ("＜北館＞\n本があります。\n＜南館＞\n音楽を聴けます。", "北館|南館"),
        ("手順は、①申込み、②審査、③交付の順です。", "申込み|審査|交付"),
    ],
)
def test_marks_of_many_forms_are_read(text: str, members: str) -> None:
    assert members in _found(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("・植樹：木を植えます。\n・清掃：川を掃除します。", "植樹|清掃"),
        ("・植樹（４月から）\n・清掃（５月から）", "植樹|清掃"),
        ("・植樹　木を植えます。\n・清掃　川を掃除します。", "植樹|清掃"),
    ],
)
def test_a_bullet_that_explains_what_it_names_is_offered_whole_and_as_its_name(text: str, names: str) -> None:
    found = _found(text)
    assert found[names].form == "names"
    assert any(other.form == "lines" and other.clarity > found[names].clarity for other in found.values())


def test_a_note_between_bullets_is_no_member_and_ends_no_list() -> None:
    assert "植樹|清掃" in _found("・植樹\n※雨の日は休みます。\n・清掃")


def test_bullets_that_a_blank_line_parts_are_also_two_lists() -> None:
    found = _found("・植樹\n・清掃\n\n・本の貸出し\n・講座")
    assert {"植樹|清掃|本の貸出し|講座", "植樹|清掃", "本の貸出し|講座"} <= found.keys()


def test_a_duty_that_the_page_breaks_is_one_member() -> None:
    text = "(1) 市税、使用料及び手数料の賦課及び徴収に関す\nること。\n(2) 文書に関すること。"
    assert "市税、使用料及び手数料の賦課及び徴収に関す\nること|文書に関すること" in _found(text)


def test_the_first_column_of_a_table_is_a_list_under_its_label() -> None:
    text = "児童館\n館名　　開館時間　　休館日\n北館　　９時～18時　　月曜日\n南館　　10時～18時　　水曜日\n北館は駅前です。"
    found = _found(text)["北館|南館"]
    assert found.intro
    assert text[slice(*found.intro)] == "館名"


def test_a_table_without_labels_has_its_names_in_the_first_column() -> None:
    text = "部屋をご利用ください。\n自習室　　　48席　無料\n音楽室　　　２室　200円\n調理室　　　１室　400円"
    assert "自習室|音楽室|調理室" in _found(text)


def test_rows_of_one_sort_are_a_list_of_what_stands_beside_it() -> None:
    text = "区分　　都市名　　国名\n姉妹都市　　甲市　　ドイツ\n姉妹都市　　乙市　　カナダ\n友好都市　　丙市　　中国"
    found = _found(text)["甲市|乙市"]
    assert found.intro
    assert text[slice(*found.intro)] == "姉妹都市"


def test_names_of_one_kind_in_a_row_are_a_list() -> None:
    found = _found(
        "企画課　企画係　庶務係\n保育課　入所係　給付係　指導係\n整備室\n青少年課　育成係　放課後係"
    )
    assert "入所係|給付係|指導係" in found
    assert "企画課|保育課|整備室|青少年課" in found


@pytest.mark.parametrize(
    ("text", "members"),
    [
        (
            "次のものをお持ちください。\n印鑑\n通帳\n本人確認書類（免許証など）",
            "印鑑|通帳|本人確認書類（免許証など）",
        ),
        ("持ち物\n印鑑\n通帳", "印鑑|通帳"),
        ("市のあらまし\n\n環境課\n\n福祉課\n\n市は二つの課で進めています。", "環境課|福祉課"),
    ],
)
def test_short_lines_that_stand_together_are_a_list(text: str, members: str) -> None:
    assert members in _found(text)


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("申請 → 審査 → 交付", "申請|審査|交付"),
        ("利用の流れ：申込み→審査→交付", "申込み|審査|交付"),
        ("【左：甲社（米）、右：乙社（独）】", "甲社（米）|乙社（独）"),
        (
            "市はごみを減らすとともに、資源を集めるほか、川を調べます。",
            "ごみを減らす|資源を集める|川を調べます",
        ),
        (
            "職員は、窓口で話を聞き、書類を確かめ、証明書を渡します。",
            "窓口で話を聞き|書類を確かめ|証明書を渡します",
        ),
        (
            "会費が無料になること、割引を受けられること、会報が届くことです。",
            "会費が無料になること|割引を受けられること|会報が届くこと",
        ),
        (
            "「はっきり」言う、「みじかく」言う、「やさしく」言う、の三つです。",
            "「はっきり」言う|「みじかく」言う|「やさしく」言う",
        ),
    ],
)
def test_clauses_side_by_side_are_a_list(text: str, members: str) -> None:
    assert members in _found(text)


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("授業は北小学校と南小学校で試しています。", "北小学校|南小学校"),
        ("釣りができるのは、防波堤の内側と、緑地の桟橋だけです。", "防波堤の内側|緑地の桟橋"),
        ("案内所を、北駅、城の前、南温泉の３か所で開きます。", "北駅|城の前|南温泉"),
        ("市の北港・南港で働きます。", "北港|南港"),
        (
            "国の機関等の団体及び市の発展に貢献する団体等に貸します。",
            "国の機関等の団体|市の発展に貢献する団体",
        ),
    ],
)
def test_joined_names_are_a_list(text: str, members: str) -> None:
    assert members in _found(text)


@pytest.mark.parametrize(
    "text", ["市民と交流を深めます。", "世界の平和と繁栄への貢献を進めます。", "市は必要と考えます。"]
)
def test_what_to_joins_is_not_always_a_list(text: str) -> None:
    assert not _found(text)


_TEXT = st.lists(
    st.sampled_from(
        [
            *"、。・や等がをはに：→／（）【】\n　・",
            "など",
            "とともに、",
            "ほか、",
            "行う",
            "北館",
            "南館",
            "９時",
            "①",
            "  ",
            "市民と",
            "すること、",
        ]
    ),
    max_size=30,
).map("".join)


@given(_TEXT)
@settings(max_examples=300, deadline=None)
def test_members_of_any_text_stand_in_order_and_no_list_comes_twice(text: str) -> None:
    found = enumerations(text, shared_tokenizer())
    assert len({listed.members for listed in found}) == len(found)
    for listed in found:
        edges = [edge for member in listed.members for edge in member]
        assert edges == sorted(edges)
        assert all(start < end and text[start:end].strip() for start, end in listed.members)
        assert listed.start <= edges[0]
        assert edges[-1] <= listed.end <= len(text)
        assert 0 <= listed.clarity <= 1
