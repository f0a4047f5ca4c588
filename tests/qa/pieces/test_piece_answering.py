"""What a resident of a strange town reads: the sentence that tells, of the thing that was asked about, or nothing."""

from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.building.homes import build
from qa.types import Answer

_GUIDE = """
桜台市 図書館のご案内（令和6年度）

■ 中央図書館
○所在地　桜台市本町2丁目5番1号
○電話　0XX-310-1000
○開館時間　午前9時から午後7時まで。土曜日と日曜日は午後5時に閉まります。
○休館日　月曜日と年末年始
○駐車場　42台。最初の1時間は無料、その後は30分ごとに100円です。
○自習室　3階に30席あります。高校生以下は予約なしで使えます。

■ 北分館
○所在地　桜台市北町1番8号
○開館時間　午前10時から午後5時まで
○休館日　水曜日
○読み聞かせ　第2土曜日の午後2時から、2階の和室で開きます。

■ 利用者カード
市内に住んでいる方、通勤・通学している方が作れます。住所が分かるものをお持ちください。
小学生以下の方は、保護者が署名した申込書が必要です。
カードをなくしたときは、再発行に200円かかります。ただし、火災でなくしたときは無料です。

Q1. 本は何冊まで借りられますか。
A. 一人10冊まで、2週間借りられます。

Q2. 延長はできますか。
A. 次の予約が入っていなければ、1回だけ2週間延ばせます。
"""
_DUTIES = """
桜台市 事務分掌

総務課
(1) 職員の人事に関すること。
(2) 文書の管理に関すること。

国際交流課
(1) 姉妹都市との交流に関すること。
(2) 外国人相談窓口に関すること。
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    corpus, home = tmp_path_factory.mktemp("town"), tmp_path_factory.mktemp("home")
    (corpus / "toshokan.txt").write_text(_GUIDE, encoding="utf-8")
    (corpus / "bunsho.txt").write_text(_DUTIES, encoding="utf-8")
    build(Path(home), corpus=Path(corpus))
    return Assistant.open(Path(home))


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("中央図書館の電話番号は？", "0XX-310-1000"),
        ("北分館って何曜日が休み？", "水曜日"),
        ("図書館で本は何冊借りられますか", "10冊"),
        ("カードをなくしてしまいました。作り直すのにいくらかかりますか", "200円"),
        ("小学生がカードを作るときは何が必要ですか", "保護者が署名した申込書"),
        ("高校生が自習室を使うのに予約は要りますか", "予約なし"),
        ("What time does 北分館 close?", "午後5時"),
        ("火事でなくしたカードの再発行はいくら", "無料"),
    ],
)
def test_the_headline_holds_what_was_asked_for(town: Assistant, question: str, short: str) -> None:
    reply = town.ask(question)
    assert isinstance(reply, Answer), reply
    assert short in reply.short


def test_every_quote_is_the_documents(town: Assistant) -> None:
    reply = town.ask("中央図書館の駐車場は何台？")
    assert reply.citations
    for citation in reply.citations:
        assert town.shelf[citation.document].text[citation.start : citation.end] == citation.quote


def test_the_short_answer_is_a_stretch_of_what_is_quoted(town: Assistant) -> None:
    reply = town.ask("中央図書館の自習室は何席ありますか")
    assert isinstance(reply, Answer)
    assert any(reply.short in citation.quote for citation in reply.citations)


def test_a_follow_up_is_read_with_the_question_before_it(town: Assistant) -> None:
    reply = town.ask("そこの開館時間は？", history=["北分館の場所を教えてください"])
    assert isinstance(reply, Answer), reply
    assert "午前10時" in reply.short


def test_a_new_subject_is_not_read_with_the_question_before_it(town: Assistant) -> None:
    reply = town.ask("職員の人事はどの課が担当ですか", history=["北分館の休みはいつですか"])
    assert isinstance(reply, Answer), reply
    assert "総務課" in reply.short


@pytest.mark.parametrize(
    "question",
    [
        "市営プールの入場料はいくらですか",
        "桜台市の市長の名前は？",
        "ごみの収集日を教えて",
        "令和2年度の中央図書館の休館日は？",
    ],
)
def test_what_the_documents_do_not_tell_is_not_answered(town: Assistant, question: str) -> None:
    assert not isinstance(town.ask(question), Answer)


def test_a_decline_shows_the_lines_that_are_nearest_not_whole_passages(town: Assistant) -> None:
    reply = town.ask("ごみの収集日を教えて")
    assert not isinstance(reply, Answer)
    assert reply.citations
    assert all(len(citation.quote) < 200 for citation in reply.citations)


def test_in_another_language_the_counters_words_lead_to_the_quote(town: Assistant) -> None:
    reply = town.ask("What time does 北分館 close?")
    assert reply.text.startswith("The city's documents say")
