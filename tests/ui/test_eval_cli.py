"""`madoguchi eval` as an evaluator calls it."""

import json
from pathlib import Path

import pytest

from tests.ui.conftest import Madoguchi

SET = (
    "番号,質問,種別,正解,根拠\n"
    "1,国際連携課の仕事は何ですか,一覧,国際儀礼,国際儀礼に関すること\n"
    "2,横浜市長の好きな食べ物は何ですか,答えなし,,\n"
    "3,,事実,x,\n"
)


@pytest.fixture(scope="module")
def testset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sets") / "試験.csv"
    path.write_bytes(SET.encode("cp932"))
    return path


@pytest.fixture(scope="module")
def folder(testset: Path, madoguchi: Madoguchi, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("runs") / "a"
    done = madoguchi("eval", "run", str(testset), "--output", str(output), "--name", "前")
    assert done.returncode == 0, done.stderr
    assert "4行目" in done.stderr
    assert "報告書" in done.stdout
    return output


def test_a_run_leaves_its_records_and_a_report(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    assert {
        "config.json",
        "replies.jsonl",
        "scores.jsonl",
        "summary.json",
        "report.html",
        "report.md",
    } <= names
    config = json.loads((folder / "config.json").read_text("utf-8"))
    assert config["system"]["content_sha256"]
    assert config["left_out"] == 1


def test_a_second_run_is_the_same_to_the_byte_and_cannot_be_told_apart(
    folder: Path, testset: Path, madoguchi: Madoguchi, tmp_path: Path
) -> None:
    again = tmp_path / "b"
    assert madoguchi("eval", "run", str(testset), "--output", str(again)).returncode == 0
    for name in ("config.json", "replies.jsonl", "scores.jsonl", "summary.json", "sha256.json"):
        assert (folder / name).read_bytes() == (again / name).read_bytes(), name
    done = madoguchi("eval", "compare", str(folder), str(again), "--json", "--output", str(tmp_path / "c"))
    found = json.loads(done.stdout)
    assert {one["verdict"] for one in found["measures"].values()} == {"区別できない"}
    assert (tmp_path / "c" / "comparison.html").exists()


def test_the_floor_decides_the_exit_status(testset: Path, madoguchi: Madoguchi, tmp_path: Path) -> None:
    run = ("eval", "run", str(testset), "--output", str(tmp_path / "a"), "--json")
    held = madoguchi(*run, "--fail-under", "correct=0", "--fail-under", "wrong_numbers=0")
    assert held.returncode == 0
    assert json.loads(held.stdout)["questions"] == 2
    broken = madoguchi(*run, "--fail-under", "citations_verbatim=1.01")
    assert broken.returncode == 1
    assert "citations_verbatim" in broken.stderr
    assert madoguchi(*run, "--fail-under", "correct").returncode == 2


def test_a_wrong_call_ends_with_two_and_says_what_to_do(madoguchi: Madoguchi, tmp_path: Path) -> None:
    for call, told in (
        (("run", "nothing.csv"), "yokohama-dev"),
        (("compare", "x", "y"), "実行の記録"),
        (("retrieval", str(tmp_path)), "corpus.jsonl"),
        (("template", str(tmp_path / "t.docx")), ".xlsx"),
    ):
        done = madoguchi("eval", *call)
        assert done.returncode == 2, call
        assert told in done.stderr, call
        assert "Traceback" not in done.stderr


def test_a_template_is_written_once_and_not_over_another_file(madoguchi: Madoguchi, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    assert madoguchi("eval", "template", str(path)).returncode == 0
    assert path.stat().st_size > 3000
    assert madoguchi("eval", "template", str(path)).returncode == 2


def test_the_history_lists_the_runs_of_the_home(
    madoguchi: Madoguchi, testset: Path, tmp_path: Path, built_home: Path
) -> None:
    assert "まだ実行がありません" in madoguchi("eval", "history", at=tmp_path).stdout
    madoguchi("eval", "run", str(testset), "--name", "朝の実行")
    rows = json.loads(madoguchi("eval", "history", "--json").stdout)
    (row,) = [row for row in rows if row["name"] == "朝の実行"]
    assert row["measures"]["correct"]["n"] == 2


def test_retrieval_prints_every_leg_and_the_fusion(madoguchi: Madoguchi, tmp_path: Path) -> None:
    (tmp_path / "qrels").mkdir()
    library = {"_id": "d1", "title": "図書館", "text": "休館日は月曜日です。"}
    corpus = [library, {"_id": "d2", "text": "粗大ごみは電話で申し込みます。"}]
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, corpus)), "utf-8")
    (tmp_path / "queries.jsonl").write_text(
        json.dumps({"_id": "q", "text": "図書館はいつ休みですか"}), "utf-8"
    )
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\td1\t1\n", "utf-8")
    found = json.loads(madoguchi("eval", "retrieval", str(tmp_path), "--json").stdout)
    assert {"hybrid", "bm25", "dense"} <= set(found)
    assert found["hybrid"]["nDCG@10"] == found["hybrid"]["R@10"] == found["hybrid"]["MRR@10"] == 1
