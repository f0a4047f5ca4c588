"""Where no place surely answers, the likeliest are asked back, and the one that is chosen is told."""

from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.building.homes import build
from qa.pieces.places_meant import place_meant
from qa.types import Answer, Clarification

_GUIDE = """
桜台市 粗大ごみのご案内

■ 申込み
収集日の3日前までに、粗大ごみ受付センターへ電話でお申し込みください。
受付は平日の午前9時から午後4時までです。

■ 手数料
たんすは1台800円、ふとんは1枚400円です。
手数料は、シール券をお買い求めになってお納めください。

■ 出せないもの
テレビ、冷蔵庫、エアコン、洗濯機は収集しません。お店に引き取りをお頼みください。
"""
_OTHER = """
桜台市 動物を飼う方へ

■ 犬の登録
犬を飼い始めてから30日以内に、生活衛生課で登録してください。手数料は1頭3,000円です。

■ 飼い犬がいなくなったとき
生活衛生課と警察署へ電話でお知らせください。
"""
_UNSURE = (
    "引っ越すので要らない家具がいろいろ出るんだけど", "シールの話", "お店に頼むのはどんなとき", "動物のことで電話",
    "捨てるのにお金かかるん", "いつまでに言えばええの", "飼ったらすること", "うちのポチが", "家電は", "だれに知らせる",
)  # fmt: skip


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    corpus, home = tmp_path_factory.mktemp("town"), tmp_path_factory.mktemp("home")
    (corpus / "sodai.txt").write_text(_GUIDE, encoding="utf-8")
    (corpus / "doubutsu.txt").write_text(_OTHER, encoding="utf-8")
    build(Path(home), corpus=Path(corpus))
    return Assistant.open(Path(home))


@pytest.fixture(scope="module")
def offered(town: Assistant) -> dict[str, Clarification]:
    replies = {question: town.ask(question) for question in _UNSURE}
    return {asked: reply for asked, reply in replies.items() if isinstance(reply, Clarification)}


def test_unsure_questions_are_asked_back_with_the_places_quoted_below(
    offered: dict[str, Clarification],
) -> None:
    assert len(offered) >= 2
    for reply in offered.values():
        assert reply.text.startswith("確かな答えは見つかりませんでした。")
        assert reply.citations


def test_the_place_that_is_chosen_is_told_and_quoted(
    town: Assistant, offered: dict[str, Clarification]
) -> None:
    for asked, reply in offered.items():
        for option in reply.options:
            place = place_meant(option)
            assert place is not None
            answer = town.ask(option, history=[asked])
            assert isinstance(answer, Answer)
            assert answer.understood == asked
            assert answer.citations[0].title == place.title
            assert place.quote.rstrip("…。") in answer.text.replace("\n", " ")


def test_a_place_is_told_without_what_was_asked_before_it(
    town: Assistant, offered: dict[str, Clarification]
) -> None:
    options = [option for reply in offered.values() for option in reply.options]
    assert all(isinstance(town.ask(option), Answer) for option in options)


def test_a_place_may_be_typed_in_other_widths(town: Assistant) -> None:
    typed = "「ふとんは１枚４００円です。」(桜台市 粗大ごみのご案内)のことですか？"
    exact = "「たんすは1台800円、ふとんは1枚400円です。」（桜台市 粗大ごみのご案内）のことですか"
    for question in (exact, exact.replace("800", "８００").replace("桜台市 ", "桜台市")):
        answer = town.ask(question, history=["捨てるのにお金かかるん"])
        assert isinstance(answer, Answer)
        assert "800円" in answer.citations[0].quote
    assert place_meant(typed) is None  # the brackets are part of the form


def test_what_quotes_no_place_is_a_question_like_any_other(town: Assistant) -> None:
    reply = town.ask(
        "「ぞうは1頭9,000円です。」（桜台市 粗大ごみのご案内）のことですか", history=["ぞうを捨てたい"]
    )
    assert "9,000" not in reply.text


def test_who_asked_in_english_is_led_to_the_quote_in_english(town: Assistant) -> None:
    option = "「犬を飼い始めてから30日以内に、生活衛生課で登録してください。」（桜台市 動物を飼う方へ）のことですか"
    answer = town.ask(option, history=["What must I do with my new dog?"])
    assert isinstance(answer, Answer)
    assert answer.language == "en"
    assert "30日以内" in answer.citations[0].quote
