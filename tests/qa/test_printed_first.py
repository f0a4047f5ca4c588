"""Where a figure that is asked for is printed comes first in the search."""

from corpus.normalizing import squash
from qa.assistant import Assistant
from qa.replies.printed_first import LEDGER


def test_the_place_where_a_figure_is_printed_is_the_first_hit(assistant: Assistant) -> None:
    hits = assistant.search("パスポートセンター運営事業の令和4年度の予算額はいくらですか", k=5)
    assert "266,144千円" in squash(hits[0].passage.text)
    assert hits[0].legs[LEDGER] == 1
    assert [hit.rank for hit in hits] == [1, 2, 3, 4, 5]
    assert len({hit.passage.id for hit in hits}) == 5


def test_a_question_that_the_ledger_does_not_answer_is_searched_as_always(assistant: Assistant) -> None:
    hits = assistant.search("国際儀礼を担当する課はどこですか", k=5)
    assert not any(LEDGER in hit.legs for hit in hits)
    assert "国際儀礼" in squash(hits[0].passage.text)


def test_no_more_hits_come_than_were_asked_for(assistant: Assistant) -> None:
    assert len(assistant.search("国際交流ラウンジの予算はいくらですか", k=1)) == 1
