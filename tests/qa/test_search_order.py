"""The order of search hits: what reads as the answer stands first, whatever the language of the question."""

from qa.assistant import Assistant
from qa.evidence.read_order import in_order
from qa.pieces.signs import READ


def test_what_reads_as_the_answer_is_the_first_hit_in_any_language(assistant: Assistant) -> None:
    for query in ("Which cities are sister cities of Yokohama?", "横浜の姉妹都市はどこですか"):
        question = assistant.answering.question(query)
        read = assistant.answering.read_first(question, assistant.answering.evidence(question, k=READ))
        assert read
        hits = assistant.search(query, k=5)
        assert [hit.passage.id for hit in hits[: len(read)]] == [hit.passage.id for hit in read]


def test_ranks_count_from_one_and_no_passage_comes_twice(assistant: Assistant) -> None:
    hits = assistant.search("姉妹都市との交流", k=10)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert len({hit.passage.id for hit in hits}) == len(hits)
    again = in_order(hits[3:5], hits, hits[::-1])
    assert [hit.passage.id for hit in again[:2]] == [hit.passage.id for hit in hits[3:5]]
    assert len(again) == len(hits)
