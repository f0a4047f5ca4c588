"""A 目 and projects below it may have one name: the counter asks which is meant, unless the question tells."""

import pytest
from frame_readers import frame_reader

from corpus.budgets import read_tables
from corpus.types import Document, Page
from qa.frames.frame_reader import FrameReader
from qa.ledger import Ledger
from qa.types import Answer, Clarification

STATEMENT = """２款　総務費　　1,000千円
１項　総務管理費　　1,000千円

| 目 | 本年度予算額（千円） | 前年度予算額（千円） | 比較（千円） | 財源内訳 その他（千円） | 財源内訳 一般財源（千円） |
| --- | --- | --- | --- | --- | --- |
| 1 文書費 | 500 | 450 | 50 | 20 | 480 |
| 2 審理委員会費 | 460 | 410 | 50 | 30 | 430 |
| 3 港湾相談費 | 40 | 40 | 0 |  | 40 |
| 計 | 1,000 | 900 | 100 | 50 | 950 |

| 目 | 説明 | 説明（千円） |
| --- | --- | --- |
| 1 文書費 | 001 給与費 | 200 |
| 1 文書費 | 002 文書費 | 300 |
| 1 文書費 | 001 庁内印刷費 | 180 |
| 1 文書費 | 002 例規集改訂費 | 120 |
| 2 審理委員会費 | 001 給与費 | 110 |
| 2 審理委員会費 | 002 審理委員会費 | 350 |
| 2 審理委員会費 | 001 審理委員会費 | 290 |
| 2 審理委員会費 | 002 審理研修費 | 60 |
| 3 港湾相談費 | 001 港湾相談費 | 40 |
| 3 港湾相談費 | 001 港湾相談費 | 40 |
"""


@pytest.fixture(scope="module")
def reader() -> FrameReader:
    places = (Page(1, 0, len(STATEMENT)),)
    document = Document("d", "令和6年度予算書", "", "", STATEMENT, places, (), fiscal_year=2024)
    return frame_reader(Ledger(read_tables(document), {"d": document}))


def _short(reader: FrameReader, question: str) -> str:
    reply = reader.reply(question)
    assert isinstance(reply, Answer), (question, reply)
    return reply.short


@pytest.mark.parametrize(
    ("question", "amounts"),
    [
        ("文書費の予算額はいくらですか", {"目": "500千円", "事業": "300千円"}),
        (
            "審理委員会費 令和6年度",
            {"目": "460千円", "事業": "350千円", "細事業": "290千円"},
        ),
        ("給与費はいくら", {"文書費の事業": "200千円", "審理委員会費の事業": "110千円"}),
    ],
)
def test_between_items_of_one_name_it_asks_with_questions_that_each_answer(
    reader: FrameReader, question: str, amounts: dict[str, str]
) -> None:
    reply = reader.reply(question)
    assert isinstance(reply, Clarification)
    told = {
        option.partition("年度の")[2].partition("「")[0]: _short(reader, option) for option in reply.options
    }
    assert told == amounts


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("事業の文書費はいくらですか", "300千円"),
        ("文書費という事業の予算額は", "300千円"),
        ("文書費の事業費はいくらですか", "300千円"),
        ("目「文書費」の令和6年度の予算額", "500千円"),
        ("文書費の目の予算額は", "500千円"),
        ("審理委員会費の細事業の予算額はいくらですか", "290千円"),
    ],
)
def test_the_level_that_the_question_tells_is_meant(reader: FrameReader, question: str, short: str) -> None:
    assert _short(reader, question) == short


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("総務管理費の文書費の予算額はいくらですか", "500千円"),
        ("審理委員会費の給与費はいくらですか", "110千円"),
        ("文書費の給与費の予算額は", "200千円"),
    ],
)
def test_the_item_named_before_tells_which_is_meant(reader: FrameReader, question: str, short: str) -> None:
    assert _short(reader, question) == short


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("文書費の前年度予算額は？", "450千円"),
        ("文書費は前年度からいくら増えましたか", "50千円の増"),
        ("文書費のうち一般財源は", "480千円"),
        ("審理委員会費のうち一般財源は", "430千円"),  # 委員会費 is no 会費
    ],
)
def test_what_one_of_them_alone_has_is_answered_of_that_one(
    reader: FrameReader, question: str, short: str
) -> None:
    assert _short(reader, question) == short


def test_items_of_one_name_and_one_amount_are_one(reader: FrameReader) -> None:
    assert _short(reader, "港湾相談費の予算額はいくらですか") == "40千円"


def test_the_largest_project_is_none_of_their_parts(reader: FrameReader) -> None:
    reply = reader.reply("総務管理費で予算額が一番多い事業は何ですか")
    assert isinstance(reply, Answer)
    assert (reply.short, reply.figures[0].value) == ("審理委員会費", "350")


def test_the_largest_sub_item_is_one_that_the_document_calls_so(reader: FrameReader) -> None:
    assert _short(reader, "総務管理費で予算額が一番多い目は何ですか") == "文書費"
