"""The reply record, and the schema that other programs rely on."""

from qa.assistant import Assistant
from qa.replies.reply_record import reply_record, stamped
from qa.types import Answer, Citation, Clarification, Decline, FigureShown
from ui.hits import hit_record
from ui.schemas import HitSchema, ReplySchema

CITATION = Citation(1, "budget", "予算の概要", 5, "主な事業", "266,144", 40, 47)
ANSWER = Answer(
    question="いくらですか",
    text="266,144千円です。",
    short="266,144千円",
    citations=(CITATION,),
    confidence=0.97,
    figures=(FigureShown("センター運営", 2022, "amount", "266144", "千円", None, (1,)),),
)
CLARIFICATION = Clarification("国際協力費は", "どちらですか。", ("推進費ですか", "推進事業ですか"))
DECLINE = Decline("手数料は", "書かれていません。", "手数料の記載がありません。", (CITATION,))


def test_every_kind_of_reply_has_all_fields_of_the_contract() -> None:
    for reply, status in ((ANSWER, "answered"), (CLARIFICATION, "clarify"), (DECLINE, "declined")):
        record = reply_record(reply, id="q1", total_ms=3.21)
        assert list(record) == list(ReplySchema.model_fields)
        assert ReplySchema.model_validate(record).status == status


def test_an_answer_keeps_its_figure_and_its_place() -> None:
    record = reply_record(ANSWER)
    assert record["figures"][0] == {
        "label": "センター運営", "fiscal_year": 2022, "kind": "amount", "value": "266144", "unit": "千円",
        "derivation": None, "citations": [1],
    }  # fmt: skip
    assert record["citations"][0]["end"] - record["citations"][0]["start"] == len("266,144")


def test_a_shared_record_is_stamped_without_being_changed() -> None:
    shared = reply_record(ANSWER)
    assert stamped(shared, id=7, total_ms=1.234)["id"] == 7
    assert shared["id"] is None


def test_hits_carry_the_rank_in_every_leg(assistant: Assistant) -> None:
    titles = {document.id: document.title for document in assistant.documents}
    hits = assistant.search("姉妹都市", k=5)
    records = [HitSchema.model_validate(hit_record(hit, title=titles[hit.passage.document])) for hit in hits]
    assert [record.rank for record in records] == [1, 2, 3, 4, 5]
    assert all(record.legs for record in records)


def test_quotes_of_real_replies_stand_in_the_documents(assistant: Assistant) -> None:
    texts = {document.id: document.text for document in assistant.documents}
    for question in (
        "国際連携課の仕事は何ですか",
        "姉妹都市はいくつありますか",
        "パスポートの手数料は",
        "Hello",
    ):
        record = ReplySchema.model_validate(reply_record(assistant.ask(question)))
        for citation in record.citations:
            assert texts[citation.document][citation.start : citation.end] == citation.quote
