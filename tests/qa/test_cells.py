"""Small tables read cell by cell: each value with its row's name and its column's header, or with none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.cells import cells, columns, tables


def _rows(text: str) -> list[list[str]]:
    return [[text[slice(*span)] for span in row] for table in tables(text) for row in table.rows]


def _labels(text: str) -> dict[str, tuple[str | None, str | None]]:
    """Each value with its name and its header."""
    return {
        text[slice(*cell.value)]: (
            text[slice(*cell.name)] if cell.name else None,
            text[slice(*cell.header)] if cell.header else None,
        )
        for cell in cells(text)
    }


GYMS = """（３）体育館
館名　　　　　開館時間　　　　休館日　　　　特色
東体育館　　　９時～18時　　　月曜日　　　　弓道場、卓球室
西体育館　　９時30分～17時30分　火曜日　　　温水プール
小学生は無料です。"""


def test_each_cell_knows_its_row_and_its_column() -> None:
    assert _labels(GYMS)["９時30分～17時30分"] == ("西体育館", "開館時間")
    assert _labels(GYMS)["温水プール"] == ("西体育館", "特色")
    assert _labels(GYMS)["東体育館"] == (None, "館名")


def test_the_heading_above_names_the_table_and_prose_below_is_no_row() -> None:
    (table,) = tables(GYMS)
    assert table.title is not None
    assert GYMS[slice(*table.title)] == "体育館"
    assert len(table.rows) == 2


def test_a_heading_above_leading_prose_names_the_table() -> None:
    text = "【貸室】\n次の部屋を借りられます。\n部屋　　　料金\n大会議室　1,000円\n小会議室　500円"
    title = tables(text)[0].title
    assert title is not None
    assert text[slice(*title)] == "貸室"


def test_columns_list_the_cells_below_each_other() -> None:
    assert [GYMS[slice(*span)] for span in columns(GYMS)[0][0]] == ["東体育館", "西体育館"]


def test_an_empty_cell_leaves_the_others_in_their_columns() -> None:
    text = """館名　　　　　開館時間　　　　休館日　　　　特色
東体育館　　　９時～18時　　　月曜日　　　　弓道場
西体育館　　　10時～18時　　　　　　　　　　温水プール"""
    assert _labels(text)["温水プール"] == ("西体育館", "特色")


def test_the_form_of_a_cell_tells_its_column_where_the_layout_does_not() -> None:
    text = """施設名　電話　料金　備考
東館　000-111-2222　300円　要予約
西館　000-111-3333　500円　要予約
南館　400円"""
    assert _labels(text)["400円"] == ("南館", "料金")


def test_an_uncertain_column_has_no_header() -> None:
    text = """名称　所在地　担当　特色
東館　本町　山の会　池
西館　浜町　川の会　林
南館　庭園"""
    assert _labels(text)["庭園"] == ("南館", None)


def test_a_narrow_space_inside_a_cell_parts_no_column() -> None:
    text = """相談の種類　　相談員　　　　　日時　　　　　　　　　　時間　　予約
法律　　　　　弁護士　　　　　第１土曜日　13時～16時　30分　　３日前まで
登記　　　　　司法書士　　　　第２土曜日　13時～16時　40分　　前日まで"""
    assert _labels(text)["第２土曜日　13時～16時"] == ("登記", "日時")
    assert _labels(text)["40分"] == ("登記", "時間")


def test_spaced_out_words_of_a_header_are_one_cell() -> None:
    text = "区　分　　　　都市名　　　　国　名\n姉妹都市　　　ベルン市　　　スイス\n友好都市　　　ダナン市　　　ベトナム"
    assert _labels(text)["ダナン市"] == ("友好都市", "都市名")
    assert _labels(text)["スイス"] == ("姉妹都市", "国　名")


def test_single_characters_that_are_columns_of_their_own_stay_apart() -> None:
    text = "名　国　日付\nベルン市　スイス　平成２年\nリヨン市　フランス　平成３年\nダナン市　平成５年"
    assert _labels(text)["スイス"] == ("ベルン市", "国")
    assert _labels(text)["平成５年"] == ("ダナン市", "日付")


def test_numbers_are_cells_where_the_header_has_a_column_for_them() -> None:
    text = "番号　名称　所在地\n１　北公園　本町\n２　南公園　浜町"
    assert _labels(text)["浜町"] == ("２", "所在地")


def test_a_cell_wrapped_within_brackets_goes_on_in_the_next_line() -> None:
    text = "区分　　対象　　　負担金\n入院　　全員　　　なし\n通院　　中学生　　300円（月４回まで。５回目は\n無料）"
    assert _labels(text)["300円（月４回まで。５回目は\n無料）"] == ("通院", "負担金")


def test_rows_joined_into_one_line_are_parted_where_the_layout_shows_it() -> None:
    text = """施設名　　　　所在地　　定員　　開所時間
北保育所　　　本町　　　60人　　７時～18時あおば保育所　浜町　　　90人　　７時～19時"""
    assert _rows(text) == [
        ["北保育所", "本町", "60人", "７時～18時"],
        ["あおば保育所", "浜町", "90人", "７時～19時"],
    ]


def test_rows_joined_into_one_line_are_no_row_where_the_layout_does_not_show_their_ends() -> None:
    text = """施設名　　　　所在地　　定員
北保育所　　　本町　　　60人
西保育所　　　浜町　　　90人山　原町　南保育所　　　　　　　　　沢町"""
    assert _rows(text) == [["北保育所", "本町", "60人"]]


def test_a_value_with_a_narrow_space_is_no_second_row_of_a_table_of_two_columns() -> None:
    text = "館名　　　開館時間\n東館　　　９時～17時　月曜は休み\n西館　　　10時～18時"
    assert _labels(text)["９時～17時　月曜は休み"] == ("東館", "開館時間")


def test_a_person_s_two_names_after_an_office_are_one_cell() -> None:
    assert _rows("会長　上野　太郎\n副会長　中山　花子") == [["会長", "上野　太郎"], ["副会長", "中山　花子"]]


def test_names_and_values_side_by_side_are_rows_of_their_own() -> None:
    text = (
        "総務課　　000-111-0001　　土木課　　000-111-0003\n税務課　　000-111-0002　　下水道課　000-111-0004"
    )
    assert _labels(text)["000-111-0003"] == ("土木課", None)
    assert [row[0] for row in _rows(text)] == ["総務課", "税務課", "土木課", "下水道課"]


def test_labelled_lines_below_each_other_are_names_and_values_without_a_header() -> None:
    text = "写真講座\n対象　市内に住む方\n助成　費用の２分の１\n募集　４月10日から"
    assert tables(text)[0].header == ()
    assert _labels(text)["費用の２分の１"] == ("助成", None)


def test_rows_cut_off_from_their_header_have_none() -> None:
    text = "第一センター　　33人　　－　　本館２階　000-210-7000\n第二センター　　22人　　21人　別館　　　000-210-7100"
    assert _labels(text)["000-210-7100"] == ("第二センター", None)


def test_a_labelled_line_right_below_a_table_is_none_of_its_rows() -> None:
    text = GYMS.replace("小学生は無料です。", "休館日　祝日の翌日")
    assert "祝日の翌日" not in _labels(text)


def test_months_name_the_rows_of_a_calendar() -> None:
    text = "５月　総会\n６月　見学会（１回目）７月　花火大会\n８月　納涼祭"
    assert _labels(text)["花火大会"] == ("７月", None)
    assert len(_rows(text)) == 4


def test_a_group_name_between_rows_keeps_the_header() -> None:
    text = "施設名　　　定員\n【東部】\n東館　　　　30人\n【西部】\n西館　　　　40人"
    assert _labels(text)["40人"] == ("西館", "定員")


def test_bars_part_cells_and_empty_cells_keep_their_place() -> None:
    text = "| 館名 | 電話 | 休館日 |\n|---|---|---|\n| 東館 | 000-111-2222 | 月曜日 |\n| 西館 |  | 火曜日 |"
    assert _labels(text)["火曜日"] == ("西館", "休館日")


def test_a_row_with_too_few_bars_keeps_its_name_only() -> None:
    text = "| 館名 | 電話 | 休館日 |\n|---|---|---|\n| 東館 | 000-111-2222 | 月曜日 |\n| 西館 | 火曜日 |"
    assert _labels(text)["火曜日"] == ("西館", None)


def test_tabs_part_cells() -> None:
    text = "館名\t料金\t定員\n東館\t300円\t20人\n西館\t\t30人"
    assert _labels(text)["30人"] == ("西館", "定員")


@pytest.mark.parametrize(
    "text",
    [
        "　この冊子は、市の制度をまとめたものです。\n　内容は変わることがあります。",
        "１　計画の位置付け\n２　策定の経過\n３　基本理念",
        "第１条　この条例は、目的を定める。\n第２条　市長は、次の事務を行う。",
        "第１章　基本となる考え方\n第２章　主な事業",
        "日時　５月３日",
        "Q1　市外の者も借りられますか\nA　はい。どなたでも借りられます",
        "ホーム　＞　くらし　＞　ごみ\n更新日：７月10日　　印刷する",
        "※　職員人件費を除きます\n※　端数は四捨五入しています",
        "計画期間　令和６年度～令和10年度\n令和６年３月　教育委員会",
        "柱１　学びをつくる\n施策１　少人数指導の充実",
        "説　　　　明\n区　　分　　金　　額",
    ],
)
def test_prose_headings_articles_and_single_fields_are_no_tables(text: str) -> None:
    assert tables(text) == ()


_WORDS = st.sampled_from(
    [*"　\t\n｜|・①（）。", "　　", "  ", "---", "館名", "東館", "９時", "300円", "月曜日", "５月"]
)


@given(st.one_of(st.text(max_size=80), st.lists(_WORDS, max_size=40).map("".join)))
def test_every_cell_is_a_trimmed_span_in_its_row_for_any_text(text: str) -> None:
    for table in tables(text):
        assert 0 <= table.start < table.end <= len(text)
        assert len(table.rows) == len(table.places) == len(table.lines)
    for cell in cells(text):
        start, end = cell.value
        assert text[start:end].strip(" 　\t") == text[start:end] != ""
        assert cell.row[0] <= start < end <= cell.row[1]
        assert cell.header is None or cell.header in tables(text)[cell.table].header
