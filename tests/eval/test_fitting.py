"""The command that learns how answers are chosen: repeatable, cross-validated, and its file opens."""

from pathlib import Path

import numpy as np
import pytest

from eval import certainty
from eval.certainty import Judged, thresholds
from eval.fitting import main
from index.home import Certainty
from qa.judging import Judgement

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
    assert judgement.choice["held"] != 0


def _judged(right: bool, answerable: bool = True) -> Judged:
    return Judged({}, right, right, answerable)


def test_a_threshold_keeps_its_share_of_right_answers() -> None:
    chances = np.linspace(0.99, 0.01, 200)
    judged = [_judged(n < 100, answerable=n < 150) for n in range(200)]
    limits = thresholds(judged, chances)
    for chosen, share in ((Certainty.MOST, 0.95), (Certainty.NEARLY_ALL, 0.99)):
        shown = chances >= limits[chosen]
        assert np.mean([j.right for j, s in zip(judged, shown, strict=True) if s]) >= share
    declined = np.mean(
        [c < limits[Certainty.BALANCED] for c, j in zip(chances, judged, strict=True) if j.answerable]
    )
    assert declined == pytest.approx(certainty._DECLINED, abs=0.02)


def test_where_no_share_is_reached_nothing_is_shown() -> None:
    limits = thresholds([_judged(False), _judged(False)], np.array([0.9, 0.8]))
    assert limits[Certainty.NEARLY_ALL] == 1.0
