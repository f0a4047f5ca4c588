"""Training the network is repeatable, and what it writes can be read."""

import json
from pathlib import Path

import numpy as np
import pytest

from eval.training.relevance.network_training import save, train
from qa.relevance.relevance_network import Network
from qa.relevance.relevance_words import NETWORK, WORDS

PLACES = ("港", "駅", "山", "川", "橋", "森", "池", "坂")


@pytest.fixture(scope="module")
def reading_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("set")
    corpus, answers = [], []
    for number, place in enumerate(PLACES):
        text = (
            f"{place}の会館は{1950 + number}年に建った。館長は{place}野太郎が務める。休館日は月曜日である。"
        )
        corpus.append({"_id": f"p{number}", "title": f"{place}の会館", "text": text})
        for end, answer in (("館長は誰", f"{place}野太郎"), ("いつ建ったか", f"{1950 + number}年")):
            row = {"id": f"q{len(answers)}", "question": f"{place}の会館は{end}", "passage_id": f"p{number}"}
            answers.append({**row, "answers": [answer]})
    for name, rows in (("corpus.jsonl", corpus), ("answers.jsonl", answers)):
        lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        (folder / name).write_text(lines, encoding="utf-8")
    return folder


def test_training_twice_gives_the_same_bytes(reading_set: Path, tmp_path: Path) -> None:
    for name in ("one", "other"):
        save(tmp_path / name, *train(reading_set, epochs=2))
    for file in (NETWORK, WORDS):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "other" / file).read_bytes()


def test_what_was_trained_can_be_read(reading_set: Path, tmp_path: Path) -> None:
    save(tmp_path, *train(reading_set, epochs=1))
    network = Network.open(tmp_path / NETWORK)
    seen = network.see(
        np.zeros((2, 96), np.float32), np.ones(2, np.float32), np.zeros(2, int), np.zeros(2, int)
    )
    assert network.context(seen, "text").shape == (2, 96)
