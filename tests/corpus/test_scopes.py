"""A sentence stands under the titles of its block."""

import pytest

from corpus.scopes import opens_block, scopes
from corpus.sentences import sentence_spans


def under(text: str) -> dict[str, list[str]]:
    """Return for each sentence those it stands under."""
    spans = list(sentence_spans(text))
    return {
        text[slice(*span)]: [text[slice(*spans[number])] for number in above]
        for span, above in zip(spans, scopes(text, spans), strict=True)
    }


def test_lines_stand_under_the_title_of_their_own_block_only() -> None:
    found = under("●本館\n休館日：月曜日\n●別館\n休館日：火曜日")
    assert found["休館日：月曜日"] == ["●本館"]
    assert found["休館日：火曜日"] == ["●別館"]


def test_a_title_of_the_same_mark_ends_the_block_and_all_blocks_within() -> None:
    found = under("【施設】\n●本館\n・駐車場があります。\n【催し】\n毎月開きます。")
    assert found["・駐車場があります。"] == ["【施設】", "●本館"]
    assert found["毎月開きます。"] == ["【催し】"]


def test_an_answer_stands_under_its_question() -> None:
    found = under("Q1　休みはありますか。\nA　月曜日は休みます。\nQ2　予約は要りますか。\nA　要りません。")
    assert found["A　要りません。"] == ["Q2　予約は要りますか。"]


def test_a_second_sentence_of_a_line_stands_under_the_first() -> None:
    found = under("・会議室を貸します。予約は電話で受けます。")
    assert found["予約は電話で受けます。"] == ["・会議室を貸します。"]


def test_a_note_opens_no_block() -> None:
    assert under("●本館\n※工事中です。\n休館日：月曜日")["休館日：月曜日"] == ["●本館"]


@pytest.mark.parametrize(
    "line",
    [
        "・会議室",
        "（１）会議室",
        "① 会議室",
        "休館日：月曜日",
        "会議室　　１時間　300円",
        "会議室を貸します。",
    ],
)
def test_items_values_cells_and_sentences_are_no_titles(line: str) -> None:
    assert not opens_block(line, (0, len(line)))


@pytest.mark.parametrize(
    "line", ["●本館", "【施設】", "第６条　合議する事項", "窓口の時間", "Q　休みはありますか。"]
)
def test_marked_and_short_lines_are_titles(line: str) -> None:
    assert opens_block(line, (0, len(line)))
