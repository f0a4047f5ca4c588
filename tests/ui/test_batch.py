"""One line in, one reply out, whatever stands in the line."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from qa.assistant import Assistant
from ui.batch import read_line, replies
from ui.schemas import ReplySchema


def test_a_plain_line_is_a_question() -> None:
    assert read_line("旅券の窓口は？\n").question == "旅券の窓口は？"


def test_a_json_line_carries_its_id() -> None:
    asked = read_line('{"id": "res-1", "question": "旅券の窓口は？", "kind": "fact"}')
    assert (asked.id, asked.question, asked.fault) == ("res-1", "旅券の窓口は？", None)


def test_a_byte_order_mark_before_the_first_line_is_no_part_of_it() -> None:
    assert read_line('\ufeff{"id": 1, "question": "窓口は？"}').id == 1


def test_bad_lines_get_a_declined_reply_each_in_order(assistant: Assistant) -> None:
    lines = [
        '{"id": 1, "question": ',
        "",
        '{"id": 2}',
        '{"id": 3, "question": "姉妹都市は？", "history": 5}',
        "姉妹都市は？",
    ]
    found = list(replies(assistant, lines))
    assert [record["status"] for record in found[:4]] == ["declined"] * 4
    assert [record["id"] for record in found] == [None, None, 2, 3, None]
    assert all(record["reason"] for record in found[:4])


def test_a_line_with_a_history_is_a_follow_up(assistant: Assistant) -> None:
    line = {"question": "上海は？", "history": ["フランクフルト事務所の所管地域は？"]}
    (record,) = replies(assistant, [json.dumps(line)])
    assert record["understood"] == "フランクフルト事務所の所管地域は？ 上海は？"
    assert "中国" in record["answer"]


def test_numbers_that_json_does_not_know_are_a_broken_line() -> None:
    assert read_line('{"id": NaN, "question": "窓口は？"}').fault


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.dictionaries(
            st.sampled_from(["id", "question", "history"]), st.none() | st.integers() | st.text(max_size=9)
        ).map(json.dumps),
    )
)
def test_any_line_gets_one_reply_of_the_contract(assistant: Assistant, line: str) -> None:
    (record,) = replies(assistant, [line])
    ReplySchema.model_validate_json(json.dumps(record))
