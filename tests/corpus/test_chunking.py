"""Documents are cut where a reader would cut them, and every passage is verbatim."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.chunking import MAX_LENGTH, chunk
from corpus.library import BUILT_IN, read_folder
from corpus.reading.text import text_document

DUTIES = """市民部

窓口課

(１) 証明書の発行に関すること。

(２) 住居表示に関すること。

支援係

(１) 相談の受付に関すること。
"""


def test_each_division_and_its_duties_make_one_passage() -> None:
    passages = chunk(text_document(DUTIES, id="duties", title="事務分掌"))
    assert [passage.heading for passage in passages] == [("市民部", "窓口課"), ("市民部", "窓口課", "支援係")]
    assert "住居表示" in passages[0].text


def test_every_passage_of_the_built_in_documents_is_verbatim() -> None:
    documents, problems = read_folder(BUILT_IN)
    assert problems == []
    for document in documents:
        for passage in chunk(document):
            assert document.text[passage.start : passage.end] == passage.text
            assert document.page_at(passage.start) == passage.page


def test_the_built_in_passages_hold_every_character_of_their_documents() -> None:
    documents, _ = read_folder(BUILT_IN)
    for document in documents:
        covered = "".join(passage.text for passage in chunk(document))
        assert len("".join(covered.split())) == len("".join(document.text.split()))


@given(st.text(alphabet="あい。\n　 (1)・題章、", max_size=400))
def test_any_text_is_cut_into_verbatim_passages_of_bounded_length(raw: str) -> None:
    document = text_document(raw, id="any", title="任意")
    for passage in chunk(document):
        assert document.text[passage.start : passage.end] == passage.text
        longest = max(len(line) for line in passage.text.split("\n"))
        assert len(passage.text) <= max(MAX_LENGTH, longest)


def test_a_heading_above_is_searched_but_not_quoted() -> None:
    text = "１　防災\n\n" + "・避難所を開設します。長い説明が続きます。" * 30 + "\n"
    passages = chunk(text_document(text, id="plan", title="計画"))
    assert len(passages) > 1
    assert "防災" in passages[-1].indexed_text
    assert "防災" not in passages[-1].text


DESK = (
    """２　相談の窓口

●本館
休館日：月曜日
電話：000-111-0001
"""
    + "本館では、平日の昼も夜も相談を受け付けています。予約は要りません。" * 11
    + """

●別館
休館日：火曜日
電話：000-111-0002
"""
)


def test_a_passage_begins_where_a_title_stands_rather_than_in_the_middle_of_its_block() -> None:
    passages = chunk(text_document(DESK, id="desk", title="窓口"))
    second = next(passage for passage in passages if "火曜日" in passage.text)
    assert second.text.startswith("●別館")


def test_a_passage_that_begins_inside_a_block_is_searched_with_its_title() -> None:
    text = "２　相談の窓口\n\n●本館\n" + "本館では、相談を受け付けています。予約は要りません。" * 30
    passages = chunk(text_document(text, id="desk", title="窓口"))
    assert len(passages) > 1
    assert "●本館" in passages[-1].heading
    assert "●本館" in passages[-1].indexed_text


@pytest.mark.parametrize("line", ["電話：000-111-0001", "募集　５月８日から６月９日まで"])
def test_a_line_that_gives_a_value_is_no_heading(line: str) -> None:
    text = f"１　教室\n\n{line}\n時間：火曜日・木曜日　10時から16時まで（12時から13時までは休みます）\n"
    assert [p.heading for p in chunk(text_document(text, id="class", title="教室"))] == [("１　教室",)]


def test_steps_that_follow_each_other_are_items_and_no_headings() -> None:
    text = "１　予約の方法\n\n1. 利用者登録をする\n2. 空きを確かめて申し込む\n3. 料金を払う\n"
    (passage,) = chunk(text_document(text, id="steps", title="予約"))
    assert passage.heading == ("１　予約の方法",)


def test_a_numbered_title_above_its_text_stays_a_heading() -> None:
    text = "１　目的\n\nこの計画は、地域の交通を守るために定めます。\n\n２　期間\n\n令和６年度から５年間とします。\n"
    assert [p.heading[-1] for p in chunk(text_document(text, id="plan", title="計画"))] == [
        "１　目的",
        "２　期間",
    ]
