"""What must hold for any question and any reply: quotes are verbatim, numbers are proven."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corpus.budgets.amounts import SCALE, in_words, yen
from qa.assistant import Assistant
from qa.foreign.saying import year_said
from qa.replies.checking import numbers
from qa.replies.messages import JAPANESE, say
from qa.talk.talk_kinds import Talk
from qa.types import Answer, Decline, Reply

_WORDS = [
    *(
        "国際局",
        "予算",
        "令和４年度",
        "令和3年度",
        "前年度",
        "パスポートセンター",
        "旅券",
        "シティネット事業",
        "VLR",
        "合計",
    ),
    *(
        "いくら",
        "何人",
        "何か所",
        "いつ",
        "どこ",
        "誰",
        "すべて",
        "教えて",
        "は",
        "の",
        "を",
        "ですか",
        "？",
        "増えた",
        "割合",
        "何％",
    ),
    *(
        "海外事務所",
        "外国人材の受入れ・共生の推進",
        "国際協力推進費",
        "とは",
        "課",
        "担当",
        "一般財源",
        "Y-PORT",
        "億円で",
    ),
    *("94", "266,144千円", "２か所", "2025年", "④", "<script>", "ランキング"),
]
_QUESTIONS = st.lists(st.sampled_from(_WORDS), max_size=9).map("".join)


def _assert_sound(assistant: Assistant, reply: Reply) -> None:
    texts = {document.id: document.text for document in assistant.documents}
    for citation in reply.citations:
        assert texts[citation.document][citation.start : citation.end] == citation.quote
        assert citation.quote
    shown = numbers(reply.text)
    proven = {number for citation in reply.citations for number in numbers(citation.quote)}
    if isinstance(reply, Answer):
        assert reply.citations, "an answer without a citation"
        for figure in reply.figures:
            proven |= (
                numbers(figure.derivation or "")
                | numbers(figure.value)
                | _readings(figure.value, figure.unit)
            )
            if reply.language != JAPANESE:  # which year a figure is of, and what it is in yen
                proven |= numbers(year_said(figure.fiscal_year or 0, reply.language))
                proven |= (
                    numbers(str(yen(Decimal(figure.value), figure.unit))) if figure.unit in SCALE else set()
                )
    if isinstance(reply, Decline):  # to distress and threats a reviewed line tells where to turn
        lines = [say(kind.message, reply.language) for kind in Talk if kind.reason == reply.reason]
        proven |= {number for line in lines for number in numbers(line)}
    assert shown <= proven, (reply.question, reply.text, shown - proven)


def _readings(value: str, unit: str) -> set[str]:
    return numbers(in_words(Decimal(value), unit))


@given(_QUESTIONS)
@example("合計<script>パスポートセンター<script>")
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_quotes_are_verbatim_and_numbers_proven_for_any_mixture_of_words(
    assistant: Assistant, question: str
) -> None:
    _assert_sound(assistant, assistant.ask(question))


@given(st.text(max_size=60))
@example("Thr`T")
@example("Threat")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_quotes_are_verbatim_and_numbers_proven_for_any_text(assistant: Assistant, question: str) -> None:
    _assert_sound(assistant, assistant.ask(question))


def test_quotes_are_verbatim_and_numbers_proven_for_the_development_questions(
    assistant: Assistant, gold: list[dict]
) -> None:
    for row in gold:
        _assert_sound(assistant, assistant.ask(row["question"]))


@pytest.fixture(scope="session")
def gold() -> list[dict]:
    path = Path(__file__).parents[2] / "eval" / "testsets" / "yokohama-dev.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
