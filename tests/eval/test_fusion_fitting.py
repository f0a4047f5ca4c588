"""Fitting the ranker that fuses the legs."""

import numpy as np
import pytest

from eval.training.fusion.examples import Example, ExampleSet
from eval.training.fusion.fitting import Strength, fit_ranker
from eval.training.fusion.measuring import cross_validated, measured
from index.fusion.signs import Signs

LEGS = ("words", "dense")


def _examples(name: str, seed: int, *, trusted: int) -> ExampleSet:
    """Queries of ten candidates, the right one of which only the trusted leg tells; its best share is high then."""
    generator = np.random.default_rng(seed)
    examples = []
    for number in range(40):
        shares = generator.uniform(0, 0.5, (10, 2)).astype(np.float32)
        right = int(generator.integers(10))
        shares[right, trusted] = 0.9
        query = np.concatenate([shares.max(axis=0), np.ones(2, np.float32)])
        grades = np.zeros(10, np.float32)
        grades[right] = 1
        ids = [f"{row}" for row in range(10)]
        judged = {f"{right}": 1}
        examples.append(Example(f"{name}{number}", Signs(np.arange(10), shares, query), ids, grades, judged))
    return ExampleSet(name, examples)


def test_a_ranker_learns_which_leg_to_trust_from_what_the_query_is_like() -> None:
    sets = [_examples("words", 1, trusted=0), _examples("dense", 2, trusted=1)]
    ranker = fit_ranker(sets, [1.0, 1.0], LEGS, strength=Strength())
    for unseen in (_examples("words", 3, trusted=0), _examples("dense", 4, trusted=1)):
        assert measured(ranker, unseen)["Success@1"] > 0.95
        assert measured(ranker.weighed([1.0, 0.0]), unseen)["Success@1"] < 1.01


def test_the_same_data_gives_the_same_ranker() -> None:
    some = [_examples("words", 1, trusted=0)]
    one, other = (fit_ranker(some, [1.0], LEGS, strength=Strength()) for _ in range(2))
    assert np.array_equal(one.weights, other.weights)
    assert np.array_equal(one.gates, other.gates)


def test_a_query_is_measured_by_a_ranker_that_did_not_see_it() -> None:
    seen: list[int] = []

    def fit(rest: ExampleSet) -> object:
        seen.append(len(rest.examples))
        return fit_ranker([rest], [1.0], LEGS, strength=Strength())

    found = cross_validated(_examples("words", 1, trusted=0), fit)  # type: ignore[arg-type]
    assert seen == [32] * 5
    assert found["Success@1"] == pytest.approx(1.0, abs=0.05)
