"""Phrases, what they depend on, and names, by Sudachi alone."""

from itertools import pairwise

import pytest

from qa.reading.sheet import Sheet, sheet


def phrases(laid: Sheet) -> list[str]:
    found = [""] * (laid.phrase[-1] + 1)
    for word, number in zip(laid.words, laid.phrase, strict=True):
        found[number] += word.surface
    return found


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("横浜市国際局は旅券を発行している。", "横浜市国際局は|旅券を|発行している。"),
        ("条例について議会において説明された。", "条例について|議会において|説明された。"),
        ("昨年開いた図書館という施設", "昨年|開いた|図書館と|いう|施設"),
        ("「港の見える丘」（公園）へ行く", "「港の|見える|丘」(公園)へ|行く"),
        ("美しい花が咲き、実を結ばない。", "美しい|花が|咲き、|実を|結ばない。"),
    ],
)
def test_a_phrase_is_a_word_with_what_leans_on_it(text: str, cut: str) -> None:
    expected = cut.replace("と|いう|", "という|") if "という" in text else cut
    assert "|".join(phrases(sheet(text))) == expected


def test_a_phrase_depends_on_what_it_describes() -> None:
    """A noun's attribute on the noun, an object on its predicate, the topic on the last predicate."""
    laid = sheet("市長は去年建てた古い会館を港の近くに移した。")
    found = phrases(laid)
    assert {found[n]: found[head] for n, head in enumerate(laid.heads)} == {
        "市長は": "移した。",
        "去年": "建てた",
        "建てた": "会館を",
        "古い": "会館を",
        "会館を": "移した。",
        "港の": "近くに",
        "近くに": "移した。",
        "移した。": "移した。",
    }


def test_lines_and_sentences_do_not_depend_on_one_another() -> None:
    laid = sheet("沿革\n港は1859年に開かれた。倉庫は赤い。")
    found = phrases(laid)
    roots = [text for n, text in enumerate(found) if laid.heads[n] == n]
    assert roots == ["沿革\n", "開かれた。", "赤い。"]


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("1921年6月3日に開館した。", "1921年6月3日", "Date"),
        ("令和4年度の予算", "令和4年度", "Date"),
        ("参加者は約3万人だった。", "約3万人", "N_Person"),
        ("費用は1,500円です。", "1,500円", "Money"),
        ("前川國男が設計した。", "前川國男", "Person"),
        ("神奈川県に住む。", "神奈川県", "Province"),
        ("フランスから来た。", "フランス", "Country"),
        ("横浜観光協会が催す。", "横浜観光協会", "Organization"),
        ("第3回の会議", "第3回", "Frequency"),
    ],
)
def test_names_and_numbers_are_found_with_their_kind(text: str, name: str, label: str) -> None:
    found = {text[e.start : e.end]: e.label for e in sheet(text).entities}
    assert found.get(name) == label


def test_no_two_names_overlap() -> None:
    found = sheet("昭和39年に東京都港区の日本放送協会の前田義徳会長が3,000人を第2会館に招いた。").entities
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert len(found) >= 5
