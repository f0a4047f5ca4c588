"""The floors the project sets itself: below them nothing lands."""

from pathlib import Path

from tests.ui.conftest import Madoguchi

FLOORS = {
    "wrong_number": 0,
    "citations_verbatim": 1,
    "answerable_lenient": 0.60,
    "answerable_strict": 0.58,
    "refusal_recall": 0.80,
    "figure_accuracy": 0.75,
    "citations_on_evidence": 0.90,
}


def test_the_bundled_questions_are_answered_at_least_as_well_as_the_floors_say(
    madoguchi: Madoguchi, tmp_path: Path
) -> None:
    floors = [word for name, value in FLOORS.items() for word in ("--fail-under", f"{name}={value}")]
    done = madoguchi("eval", "run", "yokohama-dev", "--output", str(tmp_path / "run"), *floors)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_unreachable_floor_fails(madoguchi: Madoguchi, tmp_path: Path) -> None:
    done = madoguchi(
        "eval", "run", "yokohama-dev", "--output", str(tmp_path / "run"), "--fail-under", "correct=1"
    )
    assert done.returncode == 1
