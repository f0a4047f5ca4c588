"""The parts of answering in other languages: years, forms, pieces, models."""

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from corpus.types import BlockKind, Passage
from qa.foreign.forms import FORMS, held, only
from qa.foreign.linear import LinearModel, load_linear
from qa.foreign.pieces import Size, pieces
from qa.foreign.years import order_said, year_offset, years_said


def _rows(name: str) -> list[list[str]]:
    lines = files("qa.foreign").joinpath(name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(("language", "words", "place", "example"), _rows("orders.tsv"))
def test_each_word_for_a_place_in_an_order_is_read_in_its_example(
    language: str, words: str, place: str, example: str
) -> None:
    assert order_said(example, language) == int(place)


@pytest.mark.parametrize(("language", "words", "offset", "example"), _rows("years.tsv"))
def test_each_word_for_a_year_is_read_in_its_example(
    language: str, words: str, offset: str, example: str
) -> None:
    assert year_offset(example, language) == int(offset)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("FY2022", (2022,)), ("fiscal 2021 and 2022", (2021, 2022)), ("2022年度预算", (2022,)), ("令和4年的預算", (2022,)),
        ("레이와 5년도", (2023,)), ("ปี 2565", (2022,)), ("ميزانية ٢٠٢٢", (2022,)), ("call 045-1234-5678 12345", ()),
    ],
)  # fmt: skip
def test_years_are_read_in_every_writing(text: str, years: tuple[int, ...]) -> None:
    assert years_said(text) == years


@pytest.mark.parametrize(
    ("text", "form", "found"),
    [
        ("手数料は2,400円です。", "money", "2,400円"), ("電話 000-224-3300 へ", "telephone", "000-224-3300"),
        ("10円か20円です", "money", None), ("毎週木曜日に開きます", "weekday", "木曜日"),
    ],
)  # fmt: skip
def test_the_one_thing_of_a_form_is_found(text: str, form: str, found: str | None) -> None:
    place = only(text, form)
    assert (text[slice(*place)] if place else None) == found


def test_forms_of_hostile_text_are_looked_for_in_linear_time() -> None:
    assert held(["1" * 200_000, "1,2" * 60_000, "月・" * 60_000]).shape == (3, len(FORMS))


def test_a_passage_is_read_as_sentences_blocks_and_the_whole() -> None:
    text = "●本館\n休館日：月曜日\n席：20\n●別館\n休館日：火曜日"
    passage = Passage("p", "d", 1, ("図書館",), BlockKind.PARAGRAPH, text, f"図書館\n{text}", 0, len(text))
    found = pieces(passage)
    assert [piece.text for piece in found if piece.size is Size.BLOCK] == ["●本館\n休館日：月曜日\n席：20"]
    assert [piece.context for piece in found if piece.text == "休館日：火曜日"] == [
        "図書館 ●別館 休館日：火曜日"
    ]
    assert found[-1].size is Size.WHOLE


def test_a_saved_model_tells_the_same(tmp_path: Path) -> None:
    model = LinearModel(
        ("a", "b"), np.array([[0.5, -1.0], [2.0, 0.25]], np.float32), np.array([0.1, 0.2], np.float32)
    )
    model.save(tmp_path / "model.npz")
    read = load_linear(tmp_path / "model.npz")
    signs = np.array([[1.0, -1.0], [0.0, 2.0]], np.float32)
    assert read.labels == ("a", "b")
    np.testing.assert_allclose(read.one_of(signs), model.one_of(signs), atol=1e-3)
    np.testing.assert_allclose(read.one_of(signs).sum(axis=1), 1, atol=1e-6)
