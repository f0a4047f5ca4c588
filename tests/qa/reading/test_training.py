"""Training is repeatable, and what it writes can be read."""

import json
from pathlib import Path

import numpy as np
import pytest

from index.keys import hash_keys
from qa.reading.asking import ask
from qa.reading.calibrating import fit_calibration
from qa.reading.datasets import read_set
from qa.reading.expectations import load_expectations, new_tally
from qa.reading.ranker import SIGNS, read_ranker
from qa.reading.training import Plan, train
from qa.reading.vectors import no_vectors

PEOPLE = ("佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤", "吉田", "山田")


def write_set(folder: Path) -> Path:
    corpus, answers = [], []
    for number, name in enumerate(PEOPLE * 2):
        place = f"第{number}会館"
        text = f"{place}は{1900 + number}年に{name}太郎が建てた。場所は港の近くである。"
        corpus.append({"_id": f"p{number}", "title": place, "text": text})
        asked = {"誰が建てましたか": f"{name}太郎", "何年に建てられましたか": f"{1900 + number}年"}
        for end, answer in asked.items():
            row = {"id": f"q{len(answers)}", "question": f"{place}は{end}", "passage_id": f"p{number}"}
            answers.append({**row, "answers": [answer]})
    for file, rows in (("corpus.jsonl", corpus), ("answers.jsonl", answers)):
        (folder / file).write_text(
            "\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8"
        )
    return folder


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    data = read_set(write_set(tmp_path_factory.mktemp("set")))
    folders = [tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("other")]
    for folder in folders:
        train(data, folder, plan=Plan(questions=40, trees=8))
    return folders


def test_training_twice_gives_the_same_bytes(outputs: list[Path]) -> None:
    """Seeds, one thread, sorted files."""
    one, other = ({p.name: p.read_bytes() for p in folder.iterdir()} for folder in outputs)
    assert one == other
    assert set(one) == {"sieve.txt", "ranker.txt", "expectations.tsv", "calibration.json"}


def test_what_was_trained_can_be_read(outputs: list[Path]) -> None:
    """The ranker opens with the features of today."""
    ranker = read_ranker(outputs[0])
    assert ranker.calibration.probability(np.zeros((3, len(SIGNS)))).shape == (3,)


def test_expectations_prefer_what_answered_before(tmp_path: Path) -> None:
    """Years answer when; the file read back gives the same scores."""
    tally = new_tally()
    for _ in range(20):
        tally.answer(ask("開館はいつですか"), ("E:Date", "W:年", "S:6.7.2"))
        tally.answer(ask("館長は誰ですか"), ("E:Person", "W:氏", "S:3.3.1"))
        tally.candidate(("E:Date", "W:年", "S:6.7.2"))
        tally.candidate(("E:Person", "W:氏", "S:3.3.1"))
    traits = hash_keys(["E:Date", "W:年", "S:6.7.2", "E:Person", "W:氏", "S:3.3.1"]).reshape(2, 3)
    scores = tally.expectations().score(ask("開館はいつですか"), traits, no_vectors())
    assert all(column[0] > column[1] for name, column in scores.items() if "gap" in name)
    tally.save(tmp_path / "e.tsv")
    again = load_expectations(tmp_path / "e.tsv").score(ask("開館はいつですか"), traits, no_vectors())
    assert all(np.allclose(scores[name], again[name]) for name in scores)


def test_calibration_finds_how_often_answers_are_right() -> None:
    """Where 80 of 100 are right at one sign and 20 of 100 at another, so the probabilities say."""
    signs = np.zeros((200, len(SIGNS)))
    signs[100:, 1] = 1.0
    right = np.concatenate([np.arange(100) < 20, np.arange(100) < 80]).astype(float)
    fitted = fit_calibration(signs, right, rank_weight=0.0, score_weight=0.0)
    chances = fitted.probability(signs)
    assert chances[0] == pytest.approx(0.2, abs=0.01)
    assert chances[150] == pytest.approx(0.8, abs=0.01)
