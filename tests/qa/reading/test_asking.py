"""What a question asks for and where its gap is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reading.asking import ROLES, Gap, ask


@pytest.mark.parametrize(
    ("question", "gap", "focus", "unit"),
    [
        ("図書館を設計したのは誰ですか", Gap.WHO, "設計", ""),
        ("祭りはどこで開かれますか", Gap.WHERE, "祭", ""),
        ("条例はいつ施行されましたか", Gap.WHEN, "条例", ""),
        ("会員は何人いますか", Gap.HOW_MANY, "人", "人"),
        ("式典は何年に行われたか", Gap.HOW_MANY, "年", "年"),
        ("どの国が加盟しましたか", Gap.WHICH, "国", ""),
        ("なぜ延期されたのですか", Gap.WHY, "", ""),
        ("夏の雨を何と呼びますか", Gap.NAME, "雨", ""),
        ("何という法律で決まっていますか", Gap.WHICH, "法律", ""),
        ("利用料はいくらですか", Gap.HOW_MUCH, "料", ""),
        ("創立の年は？", Gap.NONE, "年", ""),
    ],
)
def test_gap_and_focus(question: str, gap: Gap, focus: str, unit: str) -> None:
    """The interrogative and the noun that the answer is one of."""
    asked = ask(question)
    assert (asked.gap, asked.focus, asked.unit) == (gap, focus, unit)


def test_words_know_their_side_of_the_gap() -> None:
    """Words before the gap are at its left; the nearest has distance 1."""
    asked = ask("神奈川県の港で何が作られましたか")
    sides = dict(zip(asked.keys, zip(asked.side, asked.distance, strict=True), strict=True))
    assert sides["港"] == (-1, 1)
    assert sides["作る"] == (1, 1)


@given(st.text(max_size=60))
def test_any_text_can_be_asked(question: str) -> None:
    """The gap lies inside the text, and every word has a side, a distance and at most the roles there are."""
    asked = ask(question)
    assert 0 <= asked.start <= asked.end <= len(asked.text)
    assert len(asked.keys) == len(asked.side) == len(asked.distance)
    assert len(asked.roles) == len(ROLES)
    assert all(-1 <= number < len(asked.keys) for number in asked.roles)
