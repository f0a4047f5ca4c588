"""One contract over every store of vectors; brute force is the truth."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from index.types import Vectors, VectorStore
from index.vectors.stores import EXACT_UP_TO, fit_store, load_store
from index.vectors.types import StoreKind


def _unit(size: int, *, seed: int, dimension: int = 24) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(size, dimension)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def _brute_force(vectors: Vectors, queries: Vectors, k: int, off: list[int]) -> npt.NDArray[np.int64]:
    """The truth: all rows but those in `off` by (-product, row)."""
    kept = np.array([row for row in range(len(vectors)) if row not in set(off)], np.int64)
    return kept[np.argsort(-(queries @ vectors[kept].T), axis=1, kind="stable")[:, :k]]


def _share(found: npt.NDArray[np.int64], truth: npt.NDArray[np.int64]) -> float:
    pairs = zip(found.tolist(), truth.tolist(), strict=True)
    return float(np.mean([len(set(a) & set(b)) / len(b) for a, b in pairs]))


Build = Callable[[Vectors, Path], VectorStore]


def _reopened(vectors: Vectors, folder: Path, *, exact_up_to: int = EXACT_UP_TO) -> VectorStore:
    fit_store(vectors, exact_up_to=exact_up_to).save(folder / "dense.vectors")
    return load_store(folder / "dense.vectors")


EXACT: dict[str, Build] = {
    "exact": lambda vectors, _: fit_store(vectors),
    "exact, reopened": _reopened,
}
ALL: dict[str, Build] = {
    **EXACT,
    "inverted lists": lambda vectors, _: fit_store(vectors, exact_up_to=0),
    "inverted lists, reopened": lambda vectors, folder: _reopened(vectors, folder, exact_up_to=0),
}
# Eight bits a dimension are off by a 512th of its range at most: some .002 in a product of unit vectors.
_CLOSE = 5e-3


@pytest.mark.parametrize("off", [[], [0, 7, 399]], ids=["all rows", "three rows off"])
@pytest.mark.parametrize("build", EXACT.values(), ids=EXACT)
def test_an_exact_store_finds_what_brute_force_finds(build: Build, off: list[int], tmp_path: Path) -> None:
    vectors, queries = _unit(400, seed=1), _unit(20, seed=2)
    rows, scores = build(vectors, tmp_path).nearest(queries, k=10, excluded=np.array(off, np.int64))
    np.testing.assert_array_equal(rows, _brute_force(vectors, queries, 10, off))
    np.testing.assert_allclose(scores, np.take_along_axis(queries @ vectors.T, rows, 1), atol=1e-5)


@pytest.mark.parametrize("off", [[], list(range(0, 4000, 3))], ids=["all rows", "a third off"])
@pytest.mark.parametrize("build", ALL.values(), ids=ALL)
def test_every_store_finds_nearly_all_that_brute_force_finds(
    build: Build, off: list[int], tmp_path: Path
) -> None:
    vectors, queries = _unit(4000, seed=10), _unit(50, seed=11)
    rows, _ = build(vectors, tmp_path).nearest(queries, k=10, excluded=np.array(off, np.int64))
    assert _share(rows, _brute_force(vectors, queries, 10, off)) >= 0.97
    assert not set(off) & set(rows.ravel().tolist())


@pytest.mark.parametrize("build", ALL.values(), ids=ALL)
def test_scores_are_inner_products_best_first(build: Build, tmp_path: Path) -> None:
    vectors, queries = _unit(300, seed=3), _unit(10, seed=4)
    rows, scores = build(vectors, tmp_path).nearest(queries, k=7)
    assert rows.shape == scores.shape == (10, 7)
    np.testing.assert_allclose(scores, np.take_along_axis(queries @ vectors.T, rows, 1), atol=_CLOSE)
    assert (np.diff(scores, axis=1) <= 0).all()


@pytest.mark.parametrize("build", ALL.values(), ids=ALL)
def test_asked_for_more_than_there_are_a_store_gives_all_that_are_not_switched_off(
    build: Build, tmp_path: Path
) -> None:
    store, queries = build(_unit(40, seed=5), tmp_path), _unit(2, seed=6)
    everything, _ = store.nearest(queries, k=100)
    assert [sorted(found) for found in everything.tolist()] == [list(range(40))] * 2
    odd, _ = store.nearest(queries, k=100, excluded=np.arange(0, 40, 2))
    assert [sorted(found) for found in odd.tolist()] == [list(range(1, 40, 2))] * 2
    none, scores = store.nearest(queries, k=100, excluded=np.arange(40))
    assert none.shape == scores.shape == (2, 0)


@pytest.mark.parametrize("build", EXACT.values(), ids=EXACT)
def test_of_equal_vectors_the_first_rows_are_found_in_order(build: Build, tmp_path: Path) -> None:
    one = _unit(1, seed=7)
    rows, _ = build(np.repeat(one, 60, axis=0), tmp_path).nearest(one, k=6)
    assert rows.tolist() == [[0, 1, 2, 3, 4, 5]]


@pytest.mark.parametrize("build", EXACT.values(), ids=EXACT)
def test_an_empty_store_finds_nothing(build: Build, tmp_path: Path) -> None:
    rows, scores = build(_unit(0, seed=8), tmp_path).nearest(_unit(2, seed=9), k=5)
    assert rows.shape == scores.shape == (2, 0)


def test_the_recall_in_the_report_is_what_queries_near_the_rows_see() -> None:
    vectors = _unit(4000, seed=12)
    store = fit_store(vectors, exact_up_to=0)
    queries = vectors[::40] + 0.8 * _unit(100, seed=13)
    rows, _ = store.nearest(queries, k=10)
    assert store.report.kind is StoreKind.INVERTED_LISTS
    assert store.report.recall_at_10 >= 0.985
    assert _share(rows, _brute_force(vectors, queries, 10, [])) == pytest.approx(
        store.report.recall_at_10, abs=0.02
    )


def test_the_same_vectors_give_the_same_files(tmp_path: Path) -> None:
    vectors = _unit(3000, seed=14)
    for name in ("one", "two"):
        fit_store(vectors, exact_up_to=0).save(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_a_saved_store_tells_what_it_holds(tmp_path: Path) -> None:
    store = fit_store(_unit(3000, seed=15), exact_up_to=0)
    store.save(tmp_path / "dense.vectors")
    report = load_store(tmp_path / "dense.vectors").report
    assert (report.kind, report.rows, report.dimension) == (StoreKind.INVERTED_LISTS, 3000, 24)
    assert report.bytes == (tmp_path / "dense.vectors").stat().st_size
    assert report.parameters == store.report.parameters
    assert 0 < report.parameters["probes"] < report.parameters["lists"]
