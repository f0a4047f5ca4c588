"""The NumPy evaluator of LightGBM's text agrees with LightGBM."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.reading.ranker import SIEVE, TREES, shipped_folder
from qa.reading.trees import Trees, load_trees

lightgbm = pytest.importorskip("lightgbm")


def trained(folder: Path, *, rounds: int, leaves: int, seed: int = 0) -> tuple[object, Trees, np.ndarray]:
    random = np.random.default_rng(seed)
    rows = np.round(random.normal(size=(800, 7)) * 4).astype(np.float32)
    wanted = rows[:, 0] * rows[:, 1] + np.abs(rows[:, 2]) + random.normal(size=800)
    settings = {
        "num_leaves": leaves,
        "verbose": -1,
        "min_data_in_leaf": 3,
        "use_missing": False,
        "num_threads": 1,
    }
    booster = lightgbm.train(settings, lightgbm.Dataset(rows, wanted), rounds)
    booster.save_model(str(folder / "model.txt"))
    return booster, load_trees(folder / "model.txt"), rows


@pytest.mark.parametrize(("rounds", "leaves"), [(1, 2), (30, 5), (90, 31), (70, 64)])
def test_scores_equal_lightgbm(tmp_path: Path, rounds: int, leaves: int) -> None:
    """Scores equal LightGBM's to 1e-9, values on a threshold included."""
    booster, trees, rows = trained(tmp_path, rounds=rounds, leaves=leaves)
    assert np.abs(trees.predict(rows.T) - booster.predict(rows, raw_score=True)).max() < 1e-9


def test_more_than_64_leaves_are_refused(tmp_path: Path) -> None:
    """A leaf is a bit of 64: larger trees are refused, not misread."""
    with pytest.raises(ValueError, match="64 leaves"):
        trained(tmp_path, rounds=1, leaves=90)


@pytest.mark.parametrize("file", [SIEVE, TREES])
def test_shipped_trees_equal_lightgbm(file: str) -> None:
    """LightGBM itself reads the shipped files and gives the same scores."""
    path = shipped_folder() / file
    trees, booster = load_trees(path), lightgbm.Booster(model_file=str(path))
    rows = np.random.default_rng(1).uniform(-2, 30, size=(300, len(trees.names))).astype(np.float32)
    assert np.abs(trees.predict(rows.T) - booster.predict(rows, raw_score=True)).max() < 1e-9


def test_stored_arrays_give_the_same_scores(tmp_path: Path) -> None:
    """What a bundle maps is what the text says."""
    _, trees, rows = trained(tmp_path, rounds=80, leaves=20)
    again = Trees(trees.names, **trees.arrays())
    assert np.array_equal(again.predict(rows.T), trees.predict(rows.T))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 40))
def test_any_ensemble_equals_lightgbm(
    tmp_path_factory: pytest.TempPathFactory, seed: int, leaves: int
) -> None:
    """Whatever the trees."""
    booster, trees, rows = trained(tmp_path_factory.mktemp("m"), rounds=5, leaves=leaves, seed=seed)
    assert np.abs(trees.predict(rows.T) - booster.predict(rows, raw_score=True)).max() < 1e-9
