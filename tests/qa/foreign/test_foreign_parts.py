"""The parts of answering in other languages: years, forms, models."""

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from corpus.lexicon.foreign_years import order_said, year_offset, years_said
from qa.learned.linear_models import LinearModel, load_linear
from qa.pieces.forms import FORMS, held


def _rows(name: str) -> list[list[str]]:
    lines = files("corpus.lexicon").joinpath(name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(("language", "words", "place", "example"), _rows("foreign_orders.tsv"))
def test_each_word_for_a_place_in_an_order_is_read_in_its_example(
    language: str, words: str, place: str, example: str
) -> None:
    assert order_said(example, language) == int(place)


@pytest.mark.parametrize(("language", "words", "offset", "example"), _rows("foreign_years.tsv"))
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


def test_forms_of_hostile_text_are_looked_for_in_linear_time() -> None:
    assert held(["1" * 200_000, "1,2" * 60_000, "月・" * 60_000]).shape == (3, len(FORMS))


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
