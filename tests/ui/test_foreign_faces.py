"""A reply in another language has its labels in that language on every face, and is escaped as any other."""

import pytest

from qa.assistant import Assistant
from qa.replies.reply_record import reply_record
from ui.printing import reply_text
from ui.rendering import chat_html, citations_html
from ui.schemas import ReplySchema

_QUESTION = "How much is the budget for 「パスポートセンター運営事業」 in FY2022?"


def test_the_terminal_labels_an_english_answer_in_english(assistant: Assistant) -> None:
    shown = reply_text(reply_record(assistant.ask(_QUESTION)), dict(assistant.shelf), colour=False)
    for words in (
        "Read as: How much is the budget",
        "Source",
        "page ",
        "Confidence: ",
        "¥266,144,000",
        "fiscal 2022",
    ):
        assert words in shown
    for words in ("出典", "確からしさ", "ページ"):
        assert words not in shown


@pytest.mark.parametrize(
    ("language", "question"), [("en", _QUESTION), ("ar", "كم تبلغ ميزانية 「パスポートセンター運営事業」؟")]
)
def test_the_page_says_in_which_language_a_reply_is(
    assistant: Assistant, language: str, question: str
) -> None:
    record = reply_record(assistant.ask(question))
    ReplySchema.model_validate(record)
    assert record["language"] == language
    page = chat_html([{**record, "typed": question}])
    assert f'lang="{language}"' in page
    assert ('dir="rtl"' in page) is (language == "ar")
    assert "お答え" not in page + citations_html(record, dict(assistant.shelf))


def test_markup_in_a_foreign_question_stays_text(assistant: Assistant) -> None:
    question = "What is <b onclick='x'>the</b> ${budget} `of` {{the}} zoo?"
    page = chat_html([{**reply_record(assistant.ask(question)), "typed": question}])
    assert "<b onclick" not in page
    assert "{{" not in page
