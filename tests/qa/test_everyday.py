"""The table of everyday words, and how its words are found in a question."""

import unicodedata
from collections import Counter
from importlib.resources import files

import pytest

from corpus.normalizing import normalize
from qa.question.everyday_words import everyday_phrases, everyday_words

LINES = files("qa.question").joinpath("everyday_words.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in LINES if line and not line.startswith("#")]


def administrative_words(text: str) -> set[str]:
    return {word for _, _, words in everyday_phrases(normalize(text)) for word in words}


def matched(text: str) -> set[str]:
    return {text[start:end] for start, end, _ in everyday_phrases(text)}


def test_each_row_has_spellings_administrative_words_and_a_reason() -> None:
    assert [row for row in ROWS if len(row) != 3 or not all(cell.strip() for cell in row)] == []


def test_no_spelling_stands_twice() -> None:
    assert [word for word, count in Counter(word for word, _ in everyday_words()).items() if count > 1] == []


def test_spellings_are_normalised_as_questions_are() -> None:
    assert [word for word, _ in everyday_words() if normalize(word) != word] == []


def test_no_administrative_word_is_its_own_everyday_word() -> None:
    assert [word for word, words in everyday_words() if word in words] == []


def test_no_spelling_is_a_single_kana() -> None:
    kana = [w for w, _ in everyday_words() if len(w) == 1 and not unicodedata.name(w).startswith("CJK")]
    assert kana == []


def test_rows_stand_under_headings() -> None:
    blocks = "\n".join(LINES).split("\n\n")
    assert [block.splitlines()[0] for block in blocks if not block.startswith("#")] == []


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("引越ししたら何をすればいいの?", "転居"),
        ("ひっこしの手続きは?", "転居"),
        ("もうしこみはいつまで?", "申請"),
        ("スマホで申し込めますか", "申請"),
        ("お試しの期間は?", "試行"),
        ("先生役は誰ですか", "講師"),
        ("いつやめるんですか", "廃止"),
        ("工事はいつまで延びるの", "延期"),
        ("罰はありますか", "過料"),
        ("公園の呼び名は?", "愛称"),
        ("給付はタダですか", "無料"),
        ("ゴミステーションはどこ?", "集積所"),
        ("おばあちゃんの相談", "高齢者"),
        ("保険証をなくした", "紛失"),
        ("歩くと道に穴があった", "道路補修"),
    ],
)
def test_an_everyday_word_has_its_administrative_word(question: str, word: str) -> None:
    assert word in administrative_words(question)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("プランクトンとは何ですか", "プラン"),
        ("ネットワークとは何ですか", "ネット"),
        ("北海道はどこですか", "道"),
        ("神奈川県はどこですか", "川"),
        ("提出先はどこですか", "出先"),
        ("教えていただけますか", "ただ"),
        ("手数料は300円ですか", "0円"),
    ],
)
def test_a_part_of_another_word_is_no_everyday_word(text: str, word: str) -> None:
    assert word not in matched(text)


def test_a_longer_word_hides_its_parts() -> None:
    assert matched("生ごみの日は?") == {"ごみの日"}
    assert matched("要介護とは?") == {"要介護"}


def test_a_word_is_found_wherever_it_stands() -> None:
    assert [(start, end) for start, end, _ in everyday_phrases("道と道")] == [(0, 1), (2, 3)]


def test_a_question_without_everyday_words_has_none() -> None:
    assert everyday_phrases("") == []
    assert everyday_phrases("XYZとは") == []
