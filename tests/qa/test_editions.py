"""Two editions of one document: the newest answers, a year that is named is that year's, no text is lost silently."""

from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.building.homes import build
from qa.evidence.editions import same_line, title_without_year
from qa.types import Answer

_POOL = "市民プールの案内\n\n市民プールの利用料は大人{fee}円です。\n市民プールの定休日は{day}曜日です。\n"
_MINUTES = "本会議の会議録\n\n{name}議員は{about}について尋ねました。\n市長は{answer}と答えました。\n"


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("editions")
    texts = {
        "pool-r6": ("市民プールの案内（令和6年度版）", _POOL.format(fee=300, day="火")),
        "pool-r8": ("市民プールの案内（令和8年度版）", _POOL.format(fee=450, day="水")),
        "kaigi-r7": (
            "令和7年度 本会議の会議録",
            _MINUTES.format(name="山田", about="図書館の開館時間", answer="来年度に延ばす"),
        ),
        "kaigi-r8": (
            "令和8年度 本会議の会議録",
            _MINUTES.format(name="佐藤", about="公園の遊具", answer="順に取り替える"),
        ),
        "hall": ("市民会館の案内", "市民会館の案内\n\n市民会館の使用料は大ホールで12,000円です。\n"),
    }
    for name, (title, text) in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        (folder / f"{name}.toml").write_text(f'title = "{title}"\n', encoding="utf-8")
    home: Path = tmp_path_factory.mktemp("home")
    build(home, corpus=folder)
    return Assistant.open(home)


def test_without_a_year_the_newest_edition_answers_and_the_older_value_is_told(counter: Assistant) -> None:
    reply = counter.ask("市民プールの利用料はいくらですか")
    assert isinstance(reply, Answer)
    assert "450円" in reply.short
    assert "令和8年度" in reply.text
    assert "大人300円" in reply.text
    assert [citation.document for citation in reply.citations] == ["pool-r8", "pool-r6"]


def test_a_year_that_is_named_is_answered_from_its_own_edition(counter: Assistant) -> None:
    reply = counter.ask("令和6年度の市民プールの利用料はいくらですか")
    assert isinstance(reply, Answer)
    assert "300円" in reply.short
    assert reply.citations[0].document == "pool-r6"


def test_records_of_two_years_that_say_different_things_are_no_editions(counter: Assistant) -> None:
    evidence = counter.search("図書館の開館時間について尋ねた議員")
    kept = counter.answering.current(evidence)
    assert {one.passage.document for one in kept} >= {"kaigi-r7", "kaigi-r8"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("がん検診のご案内（令和7年度）", "令和8年度 がん検診のご案内"),
        ("ごみの出し方 2025年版", "ごみの出し方 2026年版"),
        ("予算の概要【R7年度】", "予算の概要【Ｒ８年度】"),
    ],
)
def test_titles_that_differ_in_their_year_alone_are_of_one_series(one: str, other: str) -> None:
    assert title_without_year(one) == title_without_year(other)


def test_the_line_of_an_older_edition_is_told_only_where_it_is_one_and_differs() -> None:
    new = "袋（大）は50円です。\n袋（小）は20円です。"
    assert same_line(new, 0, 4, "袋（大）は40円です。\n袋（小）は20円です。") == (0, 11)
    assert same_line(new, 11, 14, "袋（大）は40円です。\n袋（小）は20円です。") is None
    assert same_line(new, 0, 4, "袋（大）は40円です。\n袋（大）は30円です。") is None
