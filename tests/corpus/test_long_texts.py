"""Texts without an end: what is cut, and that reading takes no more than in proportion to the length."""

import unicodedata
from collections.abc import Callable
from itertools import pairwise
from time import process_time

import pytest

from corpus.budgets.reading import read_tables
from corpus.chunking import MAX_LENGTH, chunk
from corpus.cutting import LONGEST_PIECE, short_enough
from corpus.reading.text import text_document
from corpus.tables.csv_document import csv_document
from corpus.types import Document, Passage

_RUNS = ("あ", "1234567890", "「", "百", "か\u3099", "葛\U000e0100", "市は進め、", "ｱ ", "\u202eabc")


def _text(raw: str) -> Document:
    return text_document(raw, id="d", title="t")


def _table(raw: str) -> Document:
    return csv_document(raw.encode(), id="d", title="t", publisher="", source="")[0]


@pytest.mark.parametrize("run", _RUNS)
@pytest.mark.parametrize("read", [_text, _table])
def test_a_run_without_an_end_is_cut_and_nothing_of_it_is_lost(
    read: Callable[[str], Document], run: str
) -> None:
    document = read("施設名,説明\n館," + run * 3_000)
    passages = chunk(document)
    assert all(document.text[p.start : p.end] == p.text for p in passages)
    assert max(len(p.text) for p in passages) <= LONGEST_PIECE + MAX_LENGTH
    assert _kept(passages) == "".join(document.text.split())


def _kept(passages: list[Passage]) -> str:
    return "".join("".join(passage.text.split()) for passage in passages)


def test_no_number_and_no_character_is_cut_in_two() -> None:
    text = "金額は" + "令和8年度の23,340,000千円と葛\U000e0100城のか\u3099きの木と" * 400
    pieces = [text[start:end] for start, end in short_enough(text, 0, len(text))]
    assert "".join(pieces) == text
    assert max(len(piece) for piece in pieces) <= LONGEST_PIECE
    for before, after in pairwise(pieces):
        assert not (before[-1].isdecimal() and after[0] in "0123456789,")
        assert unicodedata.category(after[0]) != "Mn"


def test_a_comma_near_the_bound_is_where_a_run_is_cut() -> None:
    text = "市は窓口を改める手続を進め、" * 200
    assert all(text[start:end].endswith("、") for start, end in short_enough(text, 0, len(text)))


def _articles(count: int) -> str:
    return "\n".join(
        f"（目的{n}）\n第{n}条　この条例は、市民の福祉の増進に寄与することを目的とする。\n２　市長は、施策を{n}件実施する。"
        for n in range(count)
    )


@pytest.mark.parametrize(
    ("name", "read", "raw"),
    [
        ("articles", _text, _articles),
        ("articles, a page each three", _text, lambda n: "\f".join([_articles(3)] * (n // 3))),
        ("one line of sentences", _text, lambda n: "市は手続を進め、窓口を改める。" * (4 * n)),
        ("one line of titles", _text, lambda n: "●窓口！" * (8 * n)),
        (
            "lines that go on",
            _text,
            lambda n: "市は手続を進めて窓口を改めるとともに次の事業を行い暮らしを支えて\n" * n,
        ),
        (
            "an open bracket",
            _text,
            lambda n: "「市は手続を進めて窓口を改めるとともに次の事業を行い支えて\n" * n,
        ),
        ("short lines", _text, lambda n: "市民\n" * (10 * n)),
        ("titled blocks", _text, lambda n: "".join(f"●施設{i}\n休館日：月曜日\n" for i in range(3 * n))),
        ("a row of many cells", _table, lambda n: "額," * (6 * n) + "\n" + "1," * (6 * n)),
        ("rows of many cells", _table, lambda n: ("額," * 300 + "\n") * (n // 10)),
        ("an open quote", _table, lambda n: '施設名,説明\n"館,' + "あ,\n" * (4 * n)),
    ],
)
def test_reading_takes_time_in_proportion_to_the_text(
    name: str, read: Callable[[str], Document], raw: Callable[[int], str]
) -> None:
    once, eightfold = (_seconds(read, raw(size)) for size in (250, 2_000))
    assert eightfold < 24 * once + 0.2, name  # linear is 8 times as long, quadratic 64 times


def _seconds(read: Callable[[str], Document], raw: str) -> float:
    started = process_time()
    document = read(raw)
    chunk(document)
    read_tables(document)
    return process_time() - started
