"""Pieces of documents and the headlines in them: the document's own words, never a part of a number."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.reading.text import text_document
from qa.learned.networks import Networks, load_networks
from qa.pieces.cutting import Piece, Size, cells, pieces, plain
from qa.pieces.forms import FORMS, has_wanted, held
from qa.pieces.headlines import LONGEST, letters, trimmed, window_signs, windows
from qa.pieces.letters import pairs
from qa.pieces.storing import STRETCH, PiecesFile


def _pieces(text: str) -> list[Piece]:
    return pieces(text_document(text, id="d", title="案内"))


def test_what_stands_under_no_title_stands_under_the_document_s_own() -> None:
    text = "○花町表彰規程\n\n昭和43年9月10日\n\n第1条　表彰は、町長が行う。\n\n第2条　表彰状を授与する。\n"
    paths = {piece.text: piece.path for piece in pieces(text_document(text, id="d", title="花町表彰規程"))}
    assert paths["第2条　表彰状を授与する。"] == ("○花町表彰規程",)
    assert paths["○花町表彰規程"] == ()


def test_pieces_of_a_long_document_are_told_share_by_share_and_stored_stretch_by_stretch() -> None:
    text = "".join(f"第{number}窓口は、平日の午前9時に開きます。\n" for number in range(500))
    shares = PiecesFile().shares(text_document(text, id="d", title="案内"))
    rows = [row for share in shares for row in PiecesFile().part(share)]
    assert len(shares) > 2
    assert [(key, number) for key, number, *_ in rows] == [("d", n) for n in range(len(text) // STRETCH + 1)]


def test_a_piece_is_told_behind_the_titles_above_it() -> None:
    found = {piece.text: piece.told for piece in _pieces("■ 北分館\n駐車場　12台\n")}
    assert found["駐車場　12台"] == "■ 北分館 駐車場 12台"


def test_a_row_is_told_with_the_names_of_its_columns() -> None:
    found = [
        piece
        for piece in _pieces("館名      休み\n東館      第1月曜\n西館      第2火曜\n")
        if piece.size is Size.ROW
    ]
    assert [piece.told for piece in found] == ["館名:東館 休み:第1月曜", "館名:西館 休み:第2火曜"]


def test_like_items_of_one_title_are_a_piece_though_each_has_lines_of_its_own() -> None:
    text = "【教室】\n① はじめての日本語\n毎週火曜日です。\n② くらしの日本語\n毎週日曜日です。\n"
    items = [piece for piece in _pieces(text) if piece.size is Size.ITEMS]
    assert [piece.text for piece in items] == ["① はじめての日本語\n② くらしの日本語"]


def test_a_cell_of_a_table_for_comparing_is_told_with_its_row_and_column() -> None:
    table = (
        "| | 東館 | 西館 |\n|---|---|---|\n| 休み | 月曜日 | ― |\n| 電話 | 0XX-231-4100 | 0XX-231-4200 |\n"
    )
    told = {piece.text: piece.told for piece in _pieces(table) if piece.size is Size.PART}
    assert told == {
        "休み\n月曜日": "休み 東館:月曜日",
        "電話\n0XX-231-4100": "電話 東館:0XX-231-4100",
        "電話\n0XX-231-4200": "電話 西館:0XX-231-4200",
    }


def test_a_table_whose_columns_differ_has_rows_alone() -> None:
    table = "| 館 | 休み | 電話 |\n|---|---|---|\n| 東館 | 月曜日 | 0XX-231-4100 |\n| 西館 | 火曜日 | 0XX-231-4200 |\n"
    assert not [piece for piece in _pieces(table) if piece.size is Size.PART]


def test_each_clause_of_a_sentence_that_lists_things_is_a_piece() -> None:
    found = _pieces("■ 台数\n東館は3台、うち1台は小型、西館は5台です。\n雨は降り、風は吹きます。\n")
    assert [piece.text for piece in found if piece.size is Size.PART] == [
        "東館は3台、うち1台は小型", "西館は5台です。",
    ]  # fmt: skip


def test_a_section_of_a_column_leaves_out_the_column_beside_it() -> None:
    found = _pieces(
        "■東館              ■西館\n休み：月曜日        休み：火曜日\n定員：20人          定員：30人\n"
    )
    sections = [piece.text for piece in found if piece.size is Size.SECTION]
    assert "休み：月曜日\n定員：20人" in sections


@given(st.text(alphabet="あア漢1１（）()■・#|-　 \n。、：Q①※", max_size=200))
def test_the_text_of_a_piece_is_the_documents(text: str) -> None:
    document = text_document(text or "。", id="d", title="案内")
    for piece in pieces(document):
        assert piece.text == "\n".join(document.text[start:end] for start, end in piece.spans)


def test_cells_and_plain_text() -> None:
    assert cells("| 東館 | 月曜日 |") == cells("東館    月曜日") == ["東館", "月曜日"]
    assert plain("## **休館日**\n| 月曜 |") == "休館日 月曜"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("手数料は450円です。", "money"), ("午前9時から", "clock"), ("令和6年4月1日", "date"), ("月曜日は休み", "weekday"),
        ("電話 0XX-231-4100", "telephone"), ("14日以内に", "span"), ("定員20人", "count"), ("https://example.jp", "url"),
        ("三の丸町2番11号", "address"), ("中央図書館で配ります", "place"),
        ("担当は税務課です", "desk"), ("館長は髙野です", "person"),
        ("工事のため休みます", "reason"), ("市外の方を除きます", "condition"), ("予約はできません", "negation"),
        ("申請書を提出してください", "doing"), ("離島留学とは、", "meaning"),
        ("赤、青、黄など", "several"), ("「よむら」", "quoted"),
        ("利用できます", "allowed"), ("60歳以上", "limit"), ("費用の1割", "share"),
    ],
)  # fmt: skip
def test_each_form_is_seen_in_its_example(text: str, form: str) -> None:
    assert held([text])[0][FORMS.index(form)] == 1


def test_every_form_has_an_example_here() -> None:
    examples = test_each_form_is_seen_in_its_example.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert {form for _, form in examples} == set(FORMS)


def test_a_headline_does_not_go_over_the_end_of_a_line() -> None:
    text = "受付は2階です。\n相談は無料です。"
    assert all("\n" not in text[start:end] for (start, end), _ in windows(text))


@given(st.text(alphabet="あ漢1２３4,，：:.-（）、。 \n", min_size=1, max_size=120))
def test_a_headline_never_begins_or_ends_within_a_number(text: str) -> None:
    for (start, end), _ in windows(text):
        assert 0 < letters(text[start:end]) <= LONGEST
        for cut in (start, end):
            before, after = text[:cut].rstrip("：:，,."), text[cut:]
            assert not (before[-1:].isdigit() and after[:1].isdigit())


def test_a_sign_before_a_number_stays() -> None:
    text = "- -5度でした"
    assert text[slice(*trimmed(text, 0, len(text)))] == "-5度でした"


def test_signs_of_windows_have_a_row_each() -> None:
    text = (
        "一般は520円、65歳以上は260円、高校生以下は無料です。企画展はその都度定め、前売り券は窓口で扱います。"
    )
    spans = windows(text)
    signs = window_signs("シニアはいくら?", text, spans, np.zeros(len(FORMS) + 1, np.float32))
    assert len(signs) == len(spans) > 3
    assert np.isfinite(signs).all()


def test_an_hour_that_is_surely_wanted_must_be_there_and_any_word_for_when_is_a_date() -> None:
    def wanting(form: str) -> np.ndarray:  # type: ignore[type-arg]
        return np.array([float(name == form) for name in FORMS], np.float32)

    assert has_wanted("午前9時から", wanting("clock"))
    assert not has_wanted("枝は2メートルまで", wanting("clock"))
    assert has_wanted("第2土曜日です", wanting("date"))
    assert has_wanted("何でもよい", np.zeros(len(FORMS), np.float32))


def test_pairs_of_letters_leave_kana_out() -> None:
    assert pairs("図書館の休みFAQ") == {"図書", "書館", "fa", "aq"}


def test_networks_read_back_score_as_before(tmp_path: object) -> None:
    from pathlib import Path

    rng = np.random.default_rng(1)

    def drawn(*shape: int) -> np.ndarray:  # type: ignore[type-arg]
        return rng.normal(size=shape).astype(np.float16).astype(np.float32)

    networks = Networks(
        drawn(5), np.abs(drawn(5)) + 1, drawn(2, 5, 4), drawn(2, 4), drawn(2, 4, 4), drawn(2, 4),
        drawn(2, 4), drawn(2, 5), drawn(2),
    )  # fmt: skip
    path = Path(str(tmp_path)) / "networks.npz"
    networks.save(path)
    signs = drawn(7, 5)
    assert np.allclose(load_networks(path).scores(signs), networks.scores(signs))
