"""One contract over every store of vectors; brute force is the truth."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.faiss_store import HNSW_FROM, exact_or_hnsw, load_faiss
from index.numpy_store import NumpyStore
from index.types import Vectors, VectorStore


def _unit(size: int, *, seed: int, dimension: int = 24) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(size, dimension)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


Build = Callable[[Vectors, Path], VectorStore]


def _saved(vectors: Vectors, folder: Path) -> VectorStore:
    exact_or_hnsw(vectors).save(folder / "dense.faiss")
    return load_faiss(folder / "dense.faiss")


EXACT: dict[str, Build] = {
    "numpy": lambda vectors, _: NumpyStore(vectors),
    "faiss exact": lambda vectors, _: exact_or_hnsw(vectors),
    "faiss exact, reopened": _saved,
}
ALL: dict[str, Build] = {**EXACT, "faiss HNSW": lambda vectors, _: exact_or_hnsw(vectors, hnsw_from=1)}


@pytest.mark.parametrize("build", EXACT.values(), ids=EXACT)
def test_an_exact_store_finds_what_brute_force_finds(build: Build, tmp_path: Path) -> None:
    vectors, queries = _unit(400, seed=1), _unit(20, seed=2)
    rows, scores = build(vectors, tmp_path).nearest(queries, k=10)
    products = queries @ vectors.T
    np.testing.assert_array_equal(rows, np.argsort(-products, axis=1, kind="stable")[:, :10])
    np.testing.assert_allclose(scores, -np.sort(-products, axis=1)[:, :10], atol=1e-5)


@pytest.mark.parametrize("build", ALL.values(), ids=ALL)
def test_scores_are_inner_products_best_first(build: Build, tmp_path: Path) -> None:
    vectors, queries = _unit(300, seed=3), _unit(10, seed=4)
    rows, scores = build(vectors, tmp_path).nearest(queries, k=7)
    assert rows.shape == scores.shape == (10, 7)
    np.testing.assert_allclose(scores, np.take_along_axis(queries @ vectors.T, rows, 1), atol=1e-5)
    assert (np.diff(scores, axis=1) <= 0).all()


@pytest.mark.parametrize("build", ALL.values(), ids=ALL)
def test_asked_for_more_than_there_are_a_store_gives_all(build: Build, tmp_path: Path) -> None:
    rows, _ = build(_unit(3, seed=5), tmp_path).nearest(_unit(2, seed=6), k=10)
    assert [sorted(found) for found in rows.tolist()] == [[0, 1, 2], [0, 1, 2]]


@pytest.mark.parametrize("build", EXACT.values(), ids=EXACT)
def test_equal_vectors_come_in_the_order_of_rows(build: Build, tmp_path: Path) -> None:
    one = _unit(1, seed=7)
    rows, _ = build(np.repeat(one, 6, axis=0), tmp_path).nearest(one, k=6)
    assert rows.tolist() == [[0, 1, 2, 3, 4, 5]]


@pytest.mark.parametrize("build", EXACT.values(), ids=EXACT)
def test_an_empty_store_finds_nothing(build: Build, tmp_path: Path) -> None:
    rows, scores = build(_unit(0, seed=8), tmp_path).nearest(_unit(2, seed=9), k=5)
    assert rows.shape == scores.shape == (2, 0)


def test_hnsw_finds_nearly_all_that_brute_force_finds() -> None:
    vectors, queries = _unit(4000, seed=10), _unit(50, seed=11)
    truth, _ = NumpyStore(vectors).nearest(queries, k=10)
    found, _ = exact_or_hnsw(vectors, hnsw_from=1000).nearest(queries, k=10)
    recall = np.mean([len(set(a) & set(b)) / 10 for a, b in zip(truth.tolist(), found.tolist(), strict=True)])
    assert recall >= 0.97


def test_a_city_hall_s_corpus_is_searched_exactly() -> None:
    assert HNSW_FROM >= 10_000
