"""Which questions want several things, and the lists that divisions and their duties are."""

import pytest

from corpus.types import BlockKind, Passage
from index.tokenizer import shared_tokenizer
from qa.analysis import analyse
from qa.duties import departments, divisions_under, duties
from qa.types import Evidence, Wanted
from qa.wanted import wanted_kind, wants_all, wants_several


@pytest.mark.parametrize(
    "question",
    [
        "相談には何が必要ですか",
        "どんな部屋がありますか",
        "申請の持ち物",
        "会場を借りるまでの流れを知りたい",
        "窓口の2つの名前は?",
        "協定を結んだ三者は?",
        "補助の条件は?",
        "実行委員会に入っているのはどこ?",
        "出せないごみは何ですか",
        "青少年課は何をしますか",
    ],
)
def test_a_question_that_sounds_plural_may_want_several_things(question: str) -> None:
    assert wants_several(question)
    assert not wants_all(question)


@pytest.mark.parametrize(
    "question",
    ["会長は誰ですか", "柱はいくつありますか", "受付は何時からですか", "持ち物の販売はどこの課ですか"],
)
def test_a_question_of_one_thing_does_not(question: str) -> None:
    assert not wants_several(question)


@pytest.mark.parametrize(
    "question", ["会場はどこどこですか", "施設課が見る館はどれとどれ?", "取組を箇条書きで", "団体を のこらず"]
)
def test_words_that_ask_for_all_are_plural_too(question: str) -> None:
    assert wants_all(question)
    assert wants_several(question)


@pytest.mark.parametrize(
    "question",
    [
        "青少年課って何してるの?",
        "せいしょうねんか は どんな しごとを していますか",
        "文化って何をしている課?",
    ],
)
def test_what_a_division_does_is_asked_in_many_ways(question: str) -> None:
    assert wanted_kind(question) is Wanted.DUTY


def _evidence(heading: tuple[str, ...], text: str, start: int = 0) -> Evidence:
    passage = Passage("p", "d", 1, heading, BlockKind.PARAGRAPH, text, text, start, start + len(text))
    return Evidence(passage, 1, 1.0)


_YOUTH = _evidence(
    ("国際部", "国際連携課"),
    "国際部\n\n国際連携課\n(1) 姉妹都市に関すること。\n(2) 通訳に関すること。\n\n附則\n１　この規則は、四月から施行する。",
)
_ARTS = _evidence(
    ("国際部", "文化課"), "文化課\n(1) 文化財に関すること。\n多文化室\n(1) 相談に関すること。", 500
)


def _duties(question: str, item: Evidence) -> list[str]:
    piece = duties(analyse(question, shared_tokenizer()), item)
    return [item.passage.text[slice(*member)] for member in piece.members] if piece else []


@pytest.mark.parametrize(
    "question",
    [
        "国際連携課の仕事を全部教えて",
        "こくさいれんけいか は どんなしごとを しているのですか",
        "国際れんけい課って何してる?",
        "国際連携の仕事を教えて",
    ],
)
def test_duties_are_those_of_the_division_however_it_is_named(question: str) -> None:
    assert _duties(question, _YOUTH) == ["姉妹都市に関すること", "通訳に関すること"]


@pytest.mark.parametrize("question", ["国際連携室の仕事は?", "連携課の仕事は?", "国際連携の予算は?"])
def test_another_name_is_another_division(question: str) -> None:
    assert _duties(question, _YOUTH) == []


def test_duties_end_where_the_next_division_begins() -> None:
    assert _duties("文化課の仕事を全部教えて", _ARTS) == ["文化財に関すること"]


def test_the_divisions_of_a_department_and_the_departments_are_told_in_order() -> None:
    asked = analyse("国際部にはどんな課がありますか", shared_tokenizer())
    assert [piece.text for piece in divisions_under(asked, [_ARTS, _YOUTH])] == ["国際連携課", "文化課"]
    assert [piece.text for piece in departments([_ARTS, _YOUTH])] == ["国際部"]
    other = analyse("総務部にはどんな課がありますか", shared_tokenizer())
    assert divisions_under(other, [_ARTS, _YOUTH]) == ()
