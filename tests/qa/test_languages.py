"""Which language a question is in: short ones, kanji only, mixed ones, and the counter's own options."""

import json
from pathlib import Path

import pytest

from corpus.budgets.years import in_era
from qa.question.languages import told
from qa.replies.messages import LANGUAGES, say

_TRAINING = Path(__file__).parents[2] / "eval" / "training"
_JAPANESE = """国際局予算 / 国際総務費 目的 / 多少の費用 / 市営住宅入居資格要件一覧 / TICAD8 / Where is みなとみらい?
TICAD Asian Smart City Conference とは何ですか / 「Welcome Yokohama」はどこでもらえますか / 所要経費 / SDGs推進事業"""


@pytest.mark.parametrize("text", [text.strip() for text in _JAPANESE.replace("\n", " / ").split(" / ")])
def test_japanese_in_kanji_only_or_with_foreign_names_stays_japanese(text: str) -> None:
    assert told(text) == "ja"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("国际局的预算是多少", "zh-Hans"),
        ("護照在哪裡辦", "zh-Hant"),
        ("What is パスポートセンター運営事業 budget?", "en"),
        ("パスポートセンター 운영사업 예산은 얼마입니까?", "ko"),
        ("「ふれあいパス」多少钱？", "zh-Hans"),
    ],
)
def test_a_mixed_question_is_in_the_language_of_most_of_it(text: str, language: str) -> None:
    assert told(text) == language


def test_training_questions_are_told_by_their_language() -> None:
    rows = [
        json.loads(line)
        for path in sorted(_TRAINING.glob("foreign-*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    missed = [row["question"] for row in rows if told(row["question"]) != row["language"]]
    assert len(missed) <= len(rows) // 100, missed


@pytest.mark.parametrize("operation", ["amount", "change", "rate", "share", "sources", "largest", "rise"])
def test_the_counters_own_options_are_read_in_the_language_they_are_in(operation: str) -> None:
    for language in LANGUAGES:
        year = say("fiscal_year", language, year=2022, era=in_era(2022))
        option = say(f"ask_{operation}", language, item="パスポートセンター運営事業", year=year)
        assert told(option) == language, option
