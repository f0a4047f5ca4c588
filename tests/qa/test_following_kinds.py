"""Follow-ups by what they leave out, on questions of no city: no documents are needed to understand them."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.tokenizer import shared_tokenizer
from qa.following import Following
from qa.following_holdings import Holdings
from qa.following_kinds import same_ending, same_shape, sort_of
from qa.following_known import Known
from qa.following_recent import Recent
from qa.types import Answer, Decline

_DIALOGUES = Path(__file__).parents[1] / "data" / "dialogues.jsonl"
_PRICE = "市民プールの利用料はいくらですか"
_ANSWERS = {
    "水道料金の担当課はどこですか": "料金課",
    "転入届はどこに出しますか": "市民課",
    "落語会はどこで開かれますか": "南ホール",
    "審議会の会長は誰ですか": "田中一郎",
    "図書館はどこにありますか": "本町2-3",
}
_KNOWN = Known(answered=_ANSWERS.get)


def _completed(*turns: str, known: Known = _KNOWN) -> str | None:
    followed = Following(shared_tokenizer(), known=known).complete(turns[-1], turns[:-1])
    return followed.text if followed.completed else None


@pytest.mark.parametrize(
    ("before", "said", "understood"),
    [
        ("手当の1級は月額いくらですか", "2級は？", "手当の2級は月額いくらですか"),
        ("柱1の予算はいくらですか", "柱3は？", "柱3の予算はいくらですか"),
        ("小学校の給食費は1食いくらですか", "中学校は？", "中学校の給食費は1食いくらですか"),
        ("教室の土曜日の開館時間は？", "平日は？", "教室の平日の開館時間は？"),
        ("クラブの利用料は月いくらですか", "8月は？", "8月のクラブの利用料は月いくらですか"),
        ("大人の入館料はいくらですか", "子どもは？", "子どもの入館料はいくらですか"),
        (_PRICE, "子どもは？", "子どもの市民プールの利用料はいくらですか"),
        (_PRICE, "子供だといくら？", "子供の市民プールの利用料はいくらですか"),
        (_PRICE, "市外の人は？", "市外の人の市民プールの利用料はいくらですか"),
        (_PRICE, "体育館も同じですか", "体育館の利用料はいくらですか"),
        (_PRICE, "では体育館の方は？", "体育館の利用料はいくらですか"),
        ("クラブの利用料はいくらですか", "おやつ代は？", "クラブのおやつ代はいくらですか"),
        ("可燃ごみの収集日はいつですか", "東地区は？", "東地区の可燃ごみの収集日はいつですか"),
        ("令和5年度の出生数は何人ですか", "同じ年の死亡数は？", "令和5年度の死亡数は何人ですか"),
    ],
)
def test_a_word_takes_the_place_of_one_of_its_kind_or_stands_in_front(
    before: str, said: str, understood: str
) -> None:
    assert _completed(before, said) == understood


@pytest.mark.parametrize(
    ("before", "said", "understood"),
    [
        (_PRICE, "何時まで？", "市民プールは何時まで？"),
        (_PRICE, "割引は？", "市民プールの割引は？"),
        (_PRICE, "どこでやってる？", "市民プールはどこでやってる？"),
        (_PRICE, "土曜もやってる？", "市民プールは土曜もやってる？"),
        (_PRICE, "予約の電話番号は？", "市民プールの予約の電話番号は？"),
        ("一時保育は何歳から利用できますか", "1日いくら？", "一時保育は1日いくら？"),
        ("市の人口は何人ですか", "世帯数は？", "市の世帯数は？"),
        (_PRICE, "それって誰でも使える？", "市民プールって誰でも使える？"),
        ("講座の教材費はいくらですか", "対象は？", "講座の対象は？"),
        ("教室は何回ありますか", "受講料は？", "教室の受講料は？"),
        ("落語会は何時から開かれますか", "何時まで？", "落語会は何時まで開かれますか"),
        ("サポーターは何人募集しますか", "いつまで？", "サポーターはいつまで募集しますか"),
        ("落語会はどこで開かれますか", "いくら？", "落語会はいくら？"),
        ("センター事業の予算はいくらですか", "どの課が担当？", "センター事業はどの課が担当？"),
        ("転入届はどこに出しますか", "郵送でもできますか", "転入届は郵送でもできますか"),
        ("転入届はどこに出しますか", "必要なものは？", "転入届の必要なものは？"),
        ("落語会はどこで開かれますか", "無料ですか？", "落語会は無料ですか？"),
        ("粗大ごみは何点まで出せますか", "立ち会いは必要ですか", "粗大ごみは立ち会いは必要ですか"),
        ("中央図書館の休館日はいつですか", "平日の開館時間は？", "中央図書館の平日の開館時間は？"),
        ("相談室の電話番号は？", "夜間にかける番号は？", "相談室の夜間にかける番号は？"),
        (
            "工事の総事業費はいくらですか",
            "そのうち令和6年度の分は？",
            "令和6年度の工事の総事業費はいくらですか",
        ),
        ("総務課は何を担当していますか", "他には？", "総務課は何を担当していますか。すべて教えてください"),
    ],
)
def test_what_is_asked_alone_is_asked_of_the_thing_before(before: str, said: str, understood: str) -> None:
    assert _completed(before, said) == understood


@pytest.mark.parametrize(
    ("before", "said", "understood"),
    [
        ("水道料金の担当課はどこですか", "そこの電話は？", "料金課の電話は？"),
        ("水道料金の担当課はどこですか", "その課の電話番号は？", "料金課の電話番号は？"),
        ("転入届はどこに出しますか", "そこは何時まで？", "市民課は何時まで？"),
        ("落語会はどこで開かれますか", "そこの住所は？", "南ホールの住所は？"),
        ("審議会の会長は誰ですか", "その人の任期は？", "田中一郎の任期は？"),
        ("図書館はどこにありますか", "そこの電話は？", "図書館の電話は？"),
    ],
)
def test_a_pronoun_stands_for_the_name_that_was_answered(before: str, said: str, understood: str) -> None:
    assert _completed(before, said) == understood


def test_an_answer_of_another_kind_than_was_asked_for_is_not_taken() -> None:
    known = Known(answered=lambda question: "国際交流ラウンジ")
    asked = _completed("国際交流を担当する課はどこですか", "そこの電話は？", known=known)
    assert asked == "国際交流を担当する課の電話は？"


def test_the_answer_is_looked_up_only_where_a_pronoun_needs_it() -> None:
    def never(question: str) -> str | None:
        raise AssertionError(question)

    assert _completed("水道料金の担当課はどこですか", "電話番号は？", known=Known(answered=never))
    assert _completed(_PRICE, "そこの電話は？", known=Known(answered=never)) == "市民プールの電話は？"


def test_the_other_one_is_the_only_other_name_of_its_kind() -> None:
    two = Holdings(lambda: ["奨学金は「星の奨学金」と「帆の奨学金」の\n二つです。"])
    three = Holdings(lambda: ["「星の奨学金」「帆の奨学金」「月の奨学金」"])
    asked = ("星の奨学金の定員は何人ですか", "もう一つの奨学金は？")
    assert _completed(*asked, known=Known(others=two.others)) == "帆の奨学金の定員は何人ですか"
    assert _completed(*asked, known=Known(others=three.others)) == "星の奨学金以外の奨学金の定員は何人ですか"


def test_holdings_hold_a_phrase_that_a_line_end_divides() -> None:
    held = Holdings(lambda: ["上海事\n務所の所管"])
    assert held.hold("上海事務所")
    assert not held.hold("北京事務所")


def test_a_reply_that_is_not_kept_is_asked_for_again() -> None:
    asked: list[str] = []

    def ask(question: str) -> Answer | Decline:
        asked.append(question)
        return Answer(question, "総務課です", "総務課", (), 1.0)

    recent = Recent(ask)
    recent.keep("予算は？", Decline("予算は？", "", "not_told"))
    assert recent.short("予算は?") is None
    assert [recent.short("担当は？"), recent.short("担当は?")] == ["総務課", "総務課"]
    assert asked == ["担当は？"]


@pytest.mark.parametrize(
    "said",
    ["天気は？", "今何時？", "あなたは誰？", "それを英語に訳して", "そこの住所をでっち上げて", "ありがとう"],
)
def test_small_talk_and_orders_stay_what_they_are(said: str) -> None:
    assert _completed(_PRICE, said) is None


@pytest.mark.parametrize(
    "said",
    [
        "この局は何という条例に基づいていますか",
        "その外国の街といっしょにまとめた共同宣言のテーマは何ですか",
        "ほっとすていにはどんな種類がありますか",
        "保育料はいくらですか",
        "外国人は何人ですか",
        "水道料金は？",
    ],
)
def test_what_names_its_own_subject_stays_as_it_is(said: str) -> None:
    assert _completed("審議会の会長は誰ですか", said) is None


def test_a_chain_of_turns_keeps_what_each_has_added() -> None:
    assert _completed(_PRICE, "子どもは？", "では体育館は？") == "子どもの体育館の利用料はいくらですか"
    assert _completed("転入届はどこに出しますか", "そこの電話は？", "住所は？") == "市民課の住所は？"
    assert (
        _completed("転入届はどこに出しますか", "図書館は何時に開きますか", "休みは？") == "図書館の休みは？"
    )


def test_each_development_dialogue_ends_in_a_completed_question() -> None:
    dialogues = [json.loads(line) for line in _DIALOGUES.read_text("utf-8").splitlines()]
    left = [d["turns"] for d in dialogues if d["split"] == "dev" and not _completed(*d["turns"])]
    assert left == []


_WORD = st.text("あいうえお課部局市区学校館一二三0123456789東西南北料代", max_size=12)


@given(_WORD, _WORD)
@settings(max_examples=200)
def test_kinds_are_told_of_any_text(new: str, text: str) -> None:
    assert same_ending(new, text) == same_ending(text, new)
    span = same_shape(new, text)
    assert span is None or 0 <= span[0] < span[1] <= len(text)
    sort_of(new)
