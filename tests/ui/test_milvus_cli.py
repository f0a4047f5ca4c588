"""Milvus by the command line, on a Milvus Lite file: each command is a process of its own."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.bundle import open_bundle
from index.dense import RememberingEncoder
from index.milvus.connection import connect, disconnect
from index.milvus.hybrid_search import hybrid_search
from index.milvus.opening import open_search, open_terms
from tests.ui.conftest import Madoguchi

ROOT = Path(__file__).parents[2]
TESTSET = ROOT / "eval" / "testsets" / "yokohama-dev.jsonl"


@pytest.fixture
def home(built_home: Path, tmp_path: Path) -> Iterator[Path]:
    """A home that a test may change, with the encoder's files in place."""
    home = tmp_path / "home"
    shutil.copytree(built_home, home, symlinks=True)
    yield home
    disconnect(str(home / "lite.db"))


def test_build_ask_add_remove_and_roll_back_on_milvus_lite(
    madoguchi: Madoguchi, home: Path, tmp_path: Path
) -> None:
    corpus, pool = tmp_path / "corpus", tmp_path / "pool.txt"
    corpus.mkdir()
    (corpus / "library.txt").write_text("図書館は市内に12か所あります。\n", encoding="utf-8")
    pool.write_text("市民プールは全部で3か所あります。\n", encoding="utf-8")
    question = "市民プールは何か所ありますか"

    def run(*arguments: str) -> str:
        done = madoguchi(*arguments, at=home)
        assert done.returncode == 0, done.stderr
        return done.stdout

    uri = str(home / "lite.db")
    run("build", "--corpus", str(corpus), "--store", "milvus", "--uri", uri, "--token", "ひみつ")
    assert json.loads((home / "settings.json").read_text("utf-8"))["store"] == {"kind": "milvus", "uri": uri}
    assert not [p for p in home.rglob("*") if p.is_file() and "ひみつ".encode() in p.read_bytes()]
    run("add", str(pool))
    assert "3か所" in run("ask", question)
    assert "Milvus" in run("doctor")
    run("remove", "pool")
    assert "3か所" not in run("ask", question)
    run("rollback")
    assert "3か所" in run("ask", question)
    connect(uri)  # as a running server would
    held = madoguchi("ask", question, at=home)
    assert held.returncode == 1
    assert "別のプロセスが開いています" in held.stderr


def test_a_wrong_choice_of_store_is_misuse_and_a_dead_server_a_failure(
    madoguchi: Madoguchi, home: Path
) -> None:
    misused = madoguchi("build", "--store", "milvus", at=home)
    assert misused.returncode == 2
    assert "--uri が要ります" in misused.stderr
    failed = madoguchi("build", "--uri", "http://127.0.0.1:1", at=home)
    assert failed.returncode == 1
    assert "つながりません" in failed.stderr
    assert "madoguchi build --store local" in failed.stderr


def test_dev_questions_find_the_same_ten_in_milvus_as_in_files(
    madoguchi: Madoguchi, built_home: Path, home: Path
) -> None:
    """At least .98 of the development questions, in the same order."""
    lines = TESTSET.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines][::3]
    assert madoguchi("build", "--uri", str(home / "lite.db"), at=home).returncode == 0
    milvus, files = open_bundle(home), open_bundle(built_home)
    found = [bundle.retriever.search_many(questions, k=10) for bundle in (milvus, files)]
    same = [[h.passage_id for h in a] == [h.passage_id for h in b] for a, b in zip(*found, strict=True)]
    assert sum(same) >= 0.98 * len(questions)
    assert milvus.manifest.milvus
    search = open_search(milvus.manifest.milvus, milvus.segments)
    hits = hybrid_search(
        search,
        questions[0],
        terms=open_terms(search, milvus.segments, milvus.manifest.passages),
        encoder=RememberingEncoder(milvus.encoder),
        weights={"words": 1.0, "bigrams": 1.0, "dense": 2.0},
    )
    assert hits[0].passage_id in [hit.passage_id for hit in found[0][0]]
