"""A question that asks for a number of something is answered by a text that prints one."""

import pytest

from corpus.data_rows import data_rows
from qa.pieces.asked_counts import asked_counts, tells_counts

_ROWS = list(data_rows("qa.pieces", "asked_counters.tsv", columns=4))


@pytest.mark.parametrize(("question", "told"), [(row[2], row[3]) for row in _ROWS])
def test_each_counter_is_heard_and_found_behind_its_number(question: str, told: str) -> None:
    asked = asked_counts(question)
    assert asked, question
    assert tells_counts(told, asked)
    assert not tells_counts("職員が案内します", asked)


@pytest.mark.parametrize(
    "question", ["何人かで借りられますか", "何回も使えますか", "何日でもよいですか", "何が要りますか"]
)
def test_an_indefinite_number_is_not_asked_for(question: str) -> None:
    assert asked_counts(question) == ()


def test_a_number_of_another_thing_does_not_tell() -> None:
    assert not tells_counts("鶴尾小学校は平成30年に建ちました", asked_counts("児童は何人ですか"))
    assert tells_counts("三つの窓口と、8人の職員", asked_counts("窓口はいくつで、職員は何人ですか"))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("何日前に電話すればいいですか", "収集を希望する日の5営業日前までに申し込んでください"),
        ("何日前までですか", "ご利用の2週間前までにお申し込みください"),
        ("何歳から借りられますか", "小学生以上の方が借りられます"),
        ("何人まで入れますか", "人数の制限はありません"),
        ("何時まで開いていますか", "土曜日は正午までです"),
        ("何円かかりますか", "手数料は無料です"),
        ("自治会館は何メートル先ですか", "駅から2km先です"),
    ],
)
def test_what_tells_in_another_unit_or_without_a_number_is_let_through(question: str, told: str) -> None:
    asked = asked_counts(question)
    assert asked
    assert tells_counts(told, asked)
