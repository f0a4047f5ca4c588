"""What the benches measure on: made-up documents that stay the same, and vectors that have neighbours."""

import numpy as np

from bench.drawn import draw_around
from bench.synthetic import questions, synthetic_file


def test_a_synthetic_document_is_the_same_for_the_same_number_and_no_two_are_alike() -> None:
    texts = [synthetic_file(number).text for number in range(30)]
    assert texts == [synthetic_file(number).text for number in range(30)]
    assert len(set(texts)) == 30
    assert "{" not in "".join(texts)
    assert len(set(questions(50))) == 50


def test_the_more_synthetic_text_the_more_distinct_words_but_ever_fewer_new_ones() -> None:
    text = "".join(synthetic_file(number).text for number in range(120))
    pairs = [text[at : at + 4] for at in range(len(text) - 4)]
    tenth, whole = len(set(pairs[: len(pairs) // 10])), len(set(pairs))
    assert 2 * tenth < whole < 8 * tenth


def test_a_drawn_vector_is_of_unit_length_always_the_same_and_near_what_it_was_drawn_around() -> None:
    encoded = np.random.default_rng(1).normal(size=(200, 32)).astype(np.float32)
    drawing = draw_around(encoded / np.linalg.norm(encoded, axis=1, keepdims=True))
    drawn = drawing.encode_passages(["旅券", "住民票"] * 50)
    np.testing.assert_allclose(np.linalg.norm(drawn, axis=1), 1, atol=1e-5)
    np.testing.assert_array_equal(drawn, drawing.encode_queries(["旅券", "住民票"] * 50))
    assert (drawn @ drawing.around.T).max(axis=1).min() > 0.6
