"""The trained ranker: trees, expectations and calibration, as text in the project and as arrays in a bundle."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.arrays import load_array, save_arrays
from qa.reading.expectations import Expectations, load_expectations
from qa.reading.features import names
from qa.reading.trees import Trees, load_trees

SIEVE = "sieve.txt"
TREES = "ranker.txt"
EXPECTATIONS = "expectations.tsv"
CALIBRATION = "calibration.json"
_PREFIX = "reading-ranker"


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model (Platt 1999) of whether an answer is right, and what a passage's place counts for.

    `weights` belong to `SIGNS`. `score_weight` times what a passage's retrieval score lacks to the best one's
    (0–1) is taken off its answers' scores; without usable scores, `rank_weight` times the logarithm of its rank.
    """

    weights: tuple[float, ...]
    bias: float
    rank_weight: float
    score_weight: float

    def probability(self, signs: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return the probability for each row of signs (answers, signs)."""
        total = self.bias + signs @ np.array(self.weights)
        return np.asarray(1 / (1 + np.exp(-total)))

    def behind(self, scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return what is taken off the answers of each passage; `scores` are the retriever's, best first."""
        if self.score_weight and scores[-1] > 0:
            return np.asarray(self.score_weight * (1 - scores / scores[0]))
        return np.asarray(self.rank_weight * np.log1p(np.arange(len(scores))))


SIGNS = ("score", "margin", "covered", "no_interrogative")


@dataclass(frozen=True, slots=True)
class Ranker:
    """Everything that training gives. The sieve's few small trees choose which candidates the others rank."""

    sieve: Trees
    trees: Trees
    expectations: Expectations
    calibration: Calibration

    def save(self, folder: Path) -> None:
        """Write the arrays that `open_ranker` maps."""
        arrays = {f"sieve-{k}": v for k, v in self.sieve.arrays().items()}
        arrays |= {f"trees-{k}": v for k, v in self.trees.arrays().items()}
        arrays |= {f"expectations-{k}": v for k, v in self.expectations.arrays().items()}
        save_arrays(folder, _PREFIX, arrays)
        (folder / f"{_PREFIX}.json").write_text(
            json.dumps(
                {
                    "features": self.trees.names,
                    "weights": self.calibration.weights,
                    "bias": self.calibration.bias,
                    "rank_weight": self.calibration.rank_weight,
                    "score_weight": self.calibration.score_weight,
                }
            ),
            encoding="utf-8",
        )


def open_ranker(folder: Path) -> Ranker:
    """Open a bundle's ranker; ValueError if it was built for other features."""
    stored = json.loads((folder / f"{_PREFIX}.json").read_text(encoding="utf-8"))
    if tuple(stored["features"]) != names():
        raise ValueError("索引の答え方が古い形式です。「madoguchi build」で作り直してください。")
    sieve, trees = (
        Trees(names(), **{key: load_array(folder, _PREFIX, f"{part}-{key}") for key in Trees.ARRAYS})
        for part in ("sieve", "trees")
    )
    expectations = {key: load_array(folder, _PREFIX, f"expectations-{key}") for key in Expectations.ARRAYS}
    # Bundles built before scores counted go by ranks alone.
    calibration = _calibration({"score_weight": 0.0, **stored})
    return Ranker(sieve, trees, Expectations(**expectations), calibration)


def shipped_folder() -> Path:
    """Return the folder of the model that is shipped with the project."""
    return Path(str(files("qa.reading").joinpath("model")))


@cache
def shipped_ranker() -> Ranker:
    """Read the ranker that is shipped with the project."""
    return read_ranker(shipped_folder())


def read_ranker(folder: Path) -> Ranker:
    """Read a ranker's text files; ValueError if it was trained on other features."""
    sieve, trees = load_trees(folder / SIEVE), load_trees(folder / TREES)
    if not sieve.names == trees.names == names():
        raise ValueError(f"the trees in {folder} were trained on other features: train again")
    stored = json.loads((folder / CALIBRATION).read_text(encoding="utf-8"))
    return Ranker(sieve, trees, load_expectations(folder / EXPECTATIONS), _calibration(stored))


def _calibration(stored: Mapping[str, object]) -> Calibration:
    weights = stored["weights"]
    if not isinstance(weights, list) or len(weights) != len(SIGNS):
        raise ValueError(f"a calibration needs {len(SIGNS)} weights, not {weights!r}")
    bias, by_rank, by_score = (float(str(stored[name])) for name in ("bias", "rank_weight", "score_weight"))
    return Calibration(tuple(map(float, weights)), bias, by_rank, by_score)
