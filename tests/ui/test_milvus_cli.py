"""Milvus by the command line, on a Milvus Lite file: each command is a process of its own."""

import json
import shutil
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from index.bundle import open_bundle
from index.milvus.connection import connect, disconnect
from tests.ui.conftest import Madoguchi
from ui.api import create_api
from ui.live import LiveAssistant


@pytest.fixture
def home(built_home: Path, tmp_path: Path) -> Path:
    """A home that a test may change, with the encoder's files in place."""
    return Path(shutil.copytree(built_home, tmp_path / "home", symlinks=True))


def test_build_ask_add_remove_roll_back_and_serve_on_milvus_lite(
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
    _a_server_whose_milvus_goes_away_says_so_and_nothing_else(home, uri, question)


def _a_server_whose_milvus_goes_away_says_so_and_nothing_else(home: Path, uri: str, question: str) -> None:
    client = TestClient(create_api(LiveAssistant(home)))
    assert "3か所" in client.post("/api/ask", json={"question": question}).json()["short_answer"]
    bound = open_bundle(home).manifest.milvus
    assert bound
    connect(uri).call("drop_collection", bound.collections.passages, timeout=5)
    reply = client.post("/api/ask", json={"question": "図書館は何か所ありますか"})
    assert reply.status_code == 503
    assert "しばらくしてから" in reply.json()["detail"]
    assert uri not in reply.text
    health = client.get("/healthz").json()
    assert health["status"] == "degraded"
    assert bound.collections.passages in health["warning"]
    disconnect(uri)


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
