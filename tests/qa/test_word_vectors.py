"""Words that mean nearly the same are near, and what is packed comes back."""

import numpy as np
import pytest

from eval.training.vector_packing import packed
from index.keys import hash_keys
from qa.evidence.word_vectors import DIMENSION, RAREST, SHIFT, likeness_vectors, unpacked


def cosine(one: str, other: str) -> float:
    a, b = likeness_vectors().of(hash_keys([one, other]))
    return float(a @ b)


def test_like_words_are_nearer_than_others() -> None:
    assert cosine("創設", "設立") > 0.5 > cosine("創設", "みかん")
    assert cosine("医者", "医師") > cosine("医者", "道路")


def test_an_unknown_word_has_no_vector_and_is_rarest() -> None:
    vectors = likeness_vectors()
    words = hash_keys(["の", "ぬらりひょん村役場前広場", "設立"])
    assert not vectors.of(words)[1].any()
    ranks = vectors.ranks_of(words)
    assert ranks[0] < ranks[2] < ranks[1] == RAREST


def test_keys_too_far_apart_are_refused() -> None:
    """A distance has four bytes."""
    few = np.array([1, 1 << 39], np.uint64)
    with pytest.raises(ValueError, match="apart"):
        packed(few, np.zeros(2), np.zeros(2, np.uint8), np.ones((1, DIMENSION), np.float32))


def test_what_is_packed_comes_back() -> None:
    """Keys, rows and ranks exactly; vectors in one byte a number, at unit length."""
    draw = np.random.default_rng(1)
    keys = np.unique(draw.integers(0, 1 << 40, 40_000, dtype=np.uint64))
    rows = draw.integers(0, 300, len(keys))
    ranks = draw.integers(0, 256, len(keys)).astype(np.uint8)
    whole = draw.normal(size=(300, DIMENSION)).astype(np.float32)
    back = unpacked(dict(packed(keys, rows, ranks, whole)))
    assert back.keys.tolist() == keys.tolist()
    assert back.rows.tolist() == rows.tolist()
    assert back.ranks.tolist() == ranks.tolist()
    unit = whole / np.linalg.norm(whole, axis=1, keepdims=True)
    assert (np.sum(back.vectors[:-1].astype(np.float32) * unit, axis=1) > 0.999).all()
    np.testing.assert_array_equal(back.of(keys << SHIFT), back.vectors[rows].astype(np.float32))
