"""What is declined before anything is looked up, and in whose language."""

import json
from pathlib import Path

import pytest

from qa.declining import Reason, decline, refuse_at_once
from qa.question.languages import language

_ROOT = Path(__file__).parents[2]
_QUESTION_FILES = [
    _ROOT / "tests/data/othercity/questions.jsonl",
    *sorted((_ROOT / "eval/testsets").glob("*.jsonl")),
]
_IN_LANGUAGES = {
    "en": "How many people live here?",
    "zh-Hans": "护照在哪里办理？",
    "zh-Hant": "請問護照要在哪裡辦理？",
    "ko": "여권은 어디서 신청할 수 있나요?",
    "pt": "Onde posso tirar o passaporte?",
    "es": "Donde esta el centro de consulta para extranjeros",
    "vi": "Tôi muốn làm hộ chiếu ở đâu?",
    "tl": "Magkano po ang bayad sa konsultasyon?",
    "ne": "राहदानी कहाँ बनाउन सकिन्छ?",
    "hi": "पासपोर्ट कहाँ बनता है?",
    "bn": "পাসপোর্ট কোথায় করা যায়?",
    "si": "විදේශ ගමන් බලපත්‍රය ගන්නේ කොහෙන්ද?",
    "th": "ทำพาสปอร์ตได้ที่ไหน",
    "my": "နိုင်ငံကူးလက်မှတ် ဘယ်မှာ လုပ်ရမလဲ",
    "id": "Di mana saya bisa membuat paspor?",
    "fr": "Combien coûte la consultation ?",
    "de": "Wie viel kostet die Beratung?",
    "it": "Quanto costa la consulenza?",
    "ru": "Сколько человек живёт в Иокогаме?",
    "uk": "Де можна отримати паспорт?",
    "ar": "كم تكلفة الاستشارة؟",
    "fa": "کجا می‌توانم گذرنامه بگیرم؟",
}
_NO_WORDS = "あああああ / ｋｊｈｇ / 1234 / 😀😀 / asdfgh / ？！？ / テスト / …"


def _each(lines: str) -> list[str]:
    return [text.strip() for line in lines.splitlines() for text in line.split(" / ")]


@pytest.mark.parametrize("path", _QUESTION_FILES, ids=lambda path: path.stem)
def test_no_answerable_question_of_a_test_set_is_refused_at_once(path: Path):
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    asked = [row for row in rows if row["kind"] != "unanswerable"]
    # A question in another language is for `qa.foreign`, and so is that it is no Japanese.
    refused = [(row["question"], refuse_at_once(row["question"])) for row in asked]
    foreign = {row["question"] for row in asked if "language" in row}
    assert [(q, r) for q, r in refused if r and not (q in foreign and r is Reason.OTHER_LANGUAGE)] == []


@pytest.mark.parametrize("text", [*_each(_NO_WORDS), "\x00\x01"])
def test_struck_keys_are_no_question(text: str):
    assert refuse_at_once(text) is Reason.NO_QUESTION


@pytest.mark.parametrize(("tag", "text"), _IN_LANGUAGES.items(), ids=_IN_LANGUAGES)
def test_a_question_in_another_language_is_known_by_its_language(tag: str, text: str):
    assert refuse_at_once(text) is Reason.OTHER_LANGUAGE
    assert language(text) == tag


def test_the_line_is_in_the_language_of_the_asker_after_the_japanese_one():
    reply = decline(_IN_LANGUAGES["vi"], Reason.OTHER_LANGUAGE)
    japanese, own = reply.text.splitlines()
    assert "日本語の質問にだけ" in japanese
    assert own.startswith("Xin lỗi")


def test_japanese_in_latin_letters_is_told_in_english():
    assert language("pasupooto no shinsei wa doko desu ka") == "en"
