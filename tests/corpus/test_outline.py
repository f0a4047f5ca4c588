"""What stands under what: titles of any marks, questions and answers, tables, lines that a wrap cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.outline import outline
from corpus.reading.text import text_document
from corpus.types import Document


def _document(text: str) -> Document:
    return text_document(text, id="d", title="案内")


def _told(document: Document) -> dict[str, list[str]]:
    """Return the titles above each unit by its text."""
    return {
        document.text[unit.start : unit.end]: [document.text[a:b] for a, b in unit.path]
        for unit in outline(document)
    }


def test_what_stands_below_a_mark_stands_under_its_title_until_the_mark_comes_again() -> None:
    told = _told(_document("■ 中央館\n休館日　月曜日\n■ 北分館\n休館日　火曜日\n"))
    assert told["休館日　月曜日"] == ["■ 中央館"]
    assert told["休館日　火曜日"] == ["■ 北分館"]


def test_marks_nest_in_whatever_order_a_document_uses_them() -> None:
    told = _told(
        _document(
            "第1章　施設\n１　プール\n(1) 料金　500円です。\n２　体育館\n第2章　催し\n春祭りを開きます。\n"
        )
    )
    assert told["(1) 料金　500円です。"] == ["第1章　施設", "１　プール"]
    assert told["春祭りを開きます。"] == ["第2章　催し"]


def test_an_answer_stands_under_its_question() -> None:
    told = _told(
        _document(
            "## 税\n### Q1. いつ納めますか。\nA. 6月です。\n### Q2. どこで納めますか。\nA. 銀行です。\n"
        )
    )
    assert told["A. 6月です。"] == ["## 税", "### Q1. いつ納めますか。"]
    assert told["A. 銀行です。"] == ["## 税", "### Q2. どこで納めますか。"]


def test_a_short_line_before_a_first_item_is_its_title() -> None:
    text = "総務課\n(1) 人事に関すること。\n(2) 文書に関すること。\n税務課\n(1) 課税に関すること。\n"
    told = _told(_document(text))
    assert told["(2) 文書に関すること。"] == ["総務課"]
    assert told["(1) 課税に関すること。"] == ["税務課"]


def test_a_later_sentence_of_a_line_stands_under_its_first() -> None:
    told = _told(_document("・東館の会議室は2階です。定員は20人です。\n"))
    assert told["定員は20人です。"] == ["・東館の会議室は2階です。"]


@pytest.mark.parametrize(
    "table",
    [
        "| 館 | 曜日 |\n|---|---|\n| 東館 | 月曜 |\n| 西館 | 火曜 |\n",
        "館名      休み\n東館      第1月曜\n西館      第2火曜\n",
    ],
)
def test_rows_of_a_table_have_its_header(table: str) -> None:
    document = _document(table)
    headers = [document.text[slice(*unit.header)] for unit in outline(document) if unit.header]
    assert len(headers) == 2
    assert len(set(headers)) == 1
    assert "館" in headers[0]


def test_a_sentence_that_a_wrap_cut_is_whole_again() -> None:
    text = "○観覧料　大人400円、高校生は200円、4歳から中学生までは150円で、3歳以\n下は無料です。\n"
    assert any("3歳以下は無料です。" in unit.replace("\n", "") for unit in _told(_document(text)))


def test_the_number_of_a_page_is_no_unit() -> None:
    assert "- 3 -" not in _told(_document("窓口は2階です。\n- 3 -\n電話でも受け付けます。\n"))


def test_columns_side_by_side_stand_under_their_own_titles() -> None:
    text = "■東館                ■西館の分室\n休館日：月曜日        休館日：火曜日\n電話：0XX-231-4100    定員：20人\n"
    told = _told(_document(f"{text}                      駐車場：3台\n\n本文です。\n"))
    assert told["休館日：月曜日"] == told["電話：0XX-231-4100"] == ["■東館"]
    assert told["休館日：火曜日"] == told["定員：20人"] == told["駐車場：3台"] == ["■西館の分室"]


@pytest.mark.parametrize(
    "text",
    [
        "課名\n定員\n受付\n東支所\n14人\n9時から16時まで\n西支所\n－\n9時から15時まで\n南支所\n8人\n10時から\n",
        "課名\n東支所\n西支所\n南支所\n\n定員\n14人\n－\n8人\n\n受付\n9時から16時まで\n9時から15時まで\n10時から\n".replace(
            "\n\n", "\n"
        ),
    ],
)
def test_cells_of_a_torn_table_stand_under_the_name_of_their_row(text: str) -> None:
    document = _document(text)
    told = {document.text[unit.start : unit.end]: unit for unit in outline(document)}
    for cell, name, column in [("14人", "東支所", "定員"), ("9時から15時まで", "西支所", "受付")]:
        assert [document.text[a:b] for a, b in told[cell].path][-1:] == [name]
        assert document.text[slice(*told[cell].header or (0, 0))] == column


def test_short_lines_that_are_no_table_stay_lines() -> None:
    text = "東館\n月曜日は休み\n8時45分から\n13時まで\n西館\n火曜日は休み\n駐車場あり\n12月は休み\n電話あり\n"
    assert not any(unit.header for unit in outline(_document(text)))


def test_a_line_that_breaks_off_behind_a_particle_goes_on_and_is_no_title() -> None:
    told = _told(
        _document(
            "\u3000東館は、山の上にあります。電話は\n0XX-453-6129です。館長は財前 美咲です。\n\n\u3000西館は海です。\n"
        )
    )
    assert told["西館は海です。"] == []
    assert any(unit.replace("\n", "") == "電話は0XX-453-6129です。" for unit in told)


@given(st.text(alphabet="あア漢1１（）()■・#|-　 \n。、：Qq：①※", max_size=200))
def test_every_unit_is_a_stretch_of_the_document_and_titles_stand_before_it(text: str) -> None:
    document = _document(text or "。")
    for unit in outline(document):
        assert document.text[unit.start : unit.end].strip()
        assert all(a < b and a <= unit.start for a, b in unit.path)
