"""The word files of tables: each word does what it is there for, in its own example."""

from datetime import date
from importlib.resources import files

import pytest

from corpus.data_rows import data_rows
from qa.tables.asking.asked_forms import forms_in
from qa.tables.asking.conditions import bounds_in
from qa.tables.naming.cell_namings import except_pattern
from qa.tables.store.spoken_titles import shown_title, spoken_title

TODAY = date(2026, 5, 13)
FILES = ("code_words.tsv", "bound_words.txt", "day_words.txt", "year_words.txt", "except_words.txt")


def _rows(name: str) -> list[list[str]]:
    return list(data_rows("qa.tables", name, columns=5))


@pytest.mark.parametrize("name", FILES)
def test_no_word_stands_twice(name: str) -> None:
    words = [row[0] for row in _rows(name)]
    assert sorted({word for word in words if words.count(word) > 1}) == []
    assert (files("qa.tables") / name).read_text("utf-8").startswith("#")


def test_each_word_of_a_code_is_read_in_its_example() -> None:
    unread = [
        word
        for word, told, example, *_ in _rows("code_words.tsv")
        if told.strip("-") not in spoken_title(example)
    ]
    assert unread == []


def test_each_bound_is_heard_in_its_example() -> None:
    heard = {
        example: [bound.sign for bound in bounds_in(example)]
        for _, _, example, *_ in _rows("bound_words.txt")
    }
    assert {example: [sign] for _, sign, example, *_ in _rows("bound_words.txt")} == heard


def test_each_word_for_days_is_heard_in_its_example() -> None:
    assert [
        word for word, _, _, _, example in _rows("day_words.txt") if not forms_in(example, TODAY).days
    ] == []


def test_each_word_for_a_year_is_heard_in_its_example() -> None:
    told = {example: forms_in(example, TODAY).year for _, _, example, *_ in _rows("year_words.txt")}
    assert told == {example: TODAY.year + int(shift) for _, shift, example, *_ in _rows("year_words.txt")}


def test_each_word_that_takes_a_name_out_stands_behind_it_in_its_example() -> None:
    rows = [(word, example) for word, example, *_ in _rows("except_words.txt")]
    assert [word for word, said in rows if not except_pattern().match(said, said.index(word))] == []


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("numberOfHouseholds", "世帯数"), ("capacity", "定員"), ("SHISETSU_NM", "施設名"),
        ("#property", "番号"), ("man12", "男性12"),
        ("openingHours_Su", "日曜日の開館時間"), ("定員（人）", "定員（人）"), ("xyzzy", "xyzzy"),
    ],
)  # fmt: skip
def test_a_code_is_shown_in_japanese_as_far_as_its_words_are_known(title: str, shown: str) -> None:
    assert shown_title(title) == shown


@pytest.mark.parametrize(
    ("question", "year", "month"),
    [
        ("令和8年4月の転出者数", 2026, (2026, 4)),
        ("R6の出生数", 2024, None),
        ("去年の3月に引っ越してきた人", 2025, (2025, 3)),
        ("令和2年の8月、生まれた子は", 2020, (2020, 8)),
        ("How many people moved out in April 2025?", 2025, (2025, 4)),
        ("8月の出生数", None, None),
    ],
)
def test_a_year_and_a_month_of_it_are_heard_in_any_form(
    question: str, year: int | None, month: tuple[int, int] | None
) -> None:
    forms = forms_in(question, TODAY)
    assert (forms.year, forms.year_month) == (year, month)
