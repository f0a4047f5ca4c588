"""The command that learns how answers are chosen: repeatable, cross-validated, and its file opens."""

from pathlib import Path

import numpy as np
import pytest

from eval.certainty import Judged, thresholds
from eval.fitting import main
from index.home import Certainty
from qa.judging import SORTS, Judgement

SETS = Path(__file__).parents[2] / "eval" / "testsets"


@pytest.fixture(scope="module")
def fitted(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("fitted")
    written = [folder / "one.json", folder / "two.json"]
    for path in written:
        main([f"{built_home}={SETS / 'yokohama-counter.jsonl'}", "--output", str(path)])
    return written


def test_the_same_questions_give_the_same_bytes(fitted: list[Path]) -> None:
    assert fitted[0].read_bytes() == fitted[1].read_bytes()


def test_what_is_fitted_opens_as_a_judgement(fitted: list[Path]) -> None:
    judgement = Judgement.open(fitted[0])
    assert set(judgement.thresholds) == set(Certainty)
    assert all(set(least) == set(SORTS) for least in judgement.thresholds.values())
    assert judgement.choice["held"] != 0


def _judged(right: bool, answerable: bool = True, *, sort: str = "number", touching: bool = False) -> Judged:
    return Judged({}, sort, right=right, lenient=right, touching=right or touching, answerable=answerable)


def test_a_threshold_keeps_its_share_of_right_answers() -> None:
    chances = np.linspace(0.99, 0.01, 200)
    judged = [_judged(n < 100, answerable=n < 150) for n in range(200)]
    limits = thresholds(judged, chances)
    for chosen, share in ((Certainty.MOST, 0.95), (Certainty.NEARLY_ALL, 0.99)):
        shown = chances >= limits[chosen]["number"]
        assert np.mean([j.right for j, s in zip(judged, shown, strict=True) if s]) >= share


def test_balanced_shows_what_is_oftener_right_than_an_answer_to_the_unanswerable() -> None:
    chances = np.repeat([0.8, 0.6, 0.4, 0.2], 50)
    right = [n % 50 < share for n, share in enumerate(np.repeat([45, 35, 15, 5], 50))]
    judged = [_judged(r, answerable=r, sort="list") for r in right]
    assert 0.4 < thresholds(judged, chances)[Certainty.BALANCED]["list"] < 0.6


def test_a_number_must_be_surer_than_another_answer_of_the_same_chances() -> None:
    chances = np.repeat([0.8, 0.6, 0.4, 0.2], 50)
    right = [n % 50 < share for n, share in enumerate(np.repeat([45, 35, 15, 5], 50))]
    least = {
        sort: thresholds([_judged(r, answerable=r, sort=sort) for r in right], chances)[Certainty.BALANCED][
            sort
        ]
        for sort in ("number", "list")
    }
    assert least["list"] < least["number"]


def test_each_sort_of_answer_has_a_balance_of_its_own() -> None:
    chances = np.tile(np.repeat([0.7, 0.4], 50), 2)
    numbers = [
        _judged(n % 50 < share, answerable=n % 50 < share) for n, share in enumerate(np.repeat([40, 10], 50))
    ]
    lists = [_judged(n % 50 < 40, answerable=n % 50 < 40, sort="list") for n in range(100)]
    balanced = thresholds([*numbers, *lists], chances)[Certainty.BALANCED]
    assert balanced["list"] < 0.4 < balanced["number"]


def test_a_wrong_answer_that_quotes_the_evidence_costs_less() -> None:
    chances = np.full(100, 0.5)
    beside = [_judged(n < 50, touching=True) for n in range(100)]
    astray = [_judged(n < 50) for n in range(100)]
    assert (
        thresholds(beside, chances)[Certainty.BALANCED]["number"]
        < thresholds(astray, chances)[Certainty.BALANCED]["number"]
    )


def test_where_no_share_is_reached_nothing_is_shown() -> None:
    limits = thresholds([_judged(False), _judged(False)], np.array([0.9, 0.8]))
    assert set(limits[Certainty.NEARLY_ALL].values()) == {1.0}
