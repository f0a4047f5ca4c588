"""Runs as folders, and two of them side by side."""

import json
import shutil

import pytest

from eval.comparing import BROKEN, IMPROVED, compare_runs
from eval.history import find_run, history, run_folder
from eval.reading_runs import read_run
from eval.reporting import comparison_json, finish, write_comparison
from eval.running import run_set, score_replies
from eval.runs import REPEATED, SEAL, open_folder, set_aside
from eval.types import GoldSet
from eval.verdicts import SAME
from tests.eval.replying import GOLD, RIGHT, WRONG, many, system

SET = GoldSet("library", "1" * 64, GOLD)


def ran(folder, replies, *, gold=SET, name="run"):
    run = run_set(gold, system(replies), folder, name=name)
    finish(folder, run)
    return run


def test_a_repeated_run_is_the_same_to_the_byte(tmp_path):
    ran(tmp_path / "a", WRONG, name="a")
    ran(tmp_path / "b", WRONG, name="b")
    names = [name for name in (*REPEATED, SEAL) if (tmp_path / "a" / name).exists()]
    assert {"config.json", "replies.jsonl", "scores.jsonl", "summary.json", "run.txt", "qrels.txt"} <= set(
        names
    )
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


def test_a_run_read_back_is_the_run_that_was_written(tmp_path):
    run = ran(tmp_path / "a", WRONG)
    back = read_run(tmp_path / "a")
    assert back.questions == run.questions
    assert back.replies == run.replies
    assert [score.outcome for score in back.scores] == [score.outcome for score in run.scores]
    assert back.remarks == ()
    assert back.summary().counts == run.summary().counts


def test_the_summary_counts_what_was_said(tmp_path):
    summary = ran(tmp_path / "a", WRONG).summary()
    assert summary.counts["answered"] == 4
    assert summary.counts["wrong_numbers"] == 1
    assert summary.measures["correct"].value == pytest.approx(2 / 5)
    assert summary.measures["evidence_recall@10"].value == 1
    assert set(summary.groups) == {"kind", "user"}
    # Surest first: right (.99), wrong (.9), wrong (.8), wrong (.4); four questions can be answered.
    assert summary.reach["99"].coverage == pytest.approx(1 / 4)


def test_one_failing_question_does_not_end_the_run(tmp_path):
    replies = {question: reply for question, reply in RIGHT.items() if question != "駐車料金は？"}
    run = ran(tmp_path / "a", replies)
    assert run.replies[3].status == "error"
    assert run.scores[3].outcome == "error"
    assert "KeyError" in run.scores[3].reason


def test_replies_of_another_program_are_scored_by_id_or_by_order(tmp_path):
    rows = [{"id": "f1", "status": "answered", "short_answer": "月曜日"}, {"id": "zz", "status": "declined"}]
    path = tmp_path / "replies.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)) + "\n{oops\n", "utf-8")
    run = score_replies(SET, path, tmp_path / "a", name="other")
    assert [score.id for score in run.scores] == ["f1"]
    assert run.scores[0].measures["correct"] == 1
    assert len(run.problems) == 3  # the unknown id, the broken line, the four without a reply


def test_a_folder_with_other_files_is_never_written_into(tmp_path):
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(ValueError, match=r"thesis\.docx"):
        open_folder(tmp_path)
    assert (tmp_path / "thesis.docx").exists()


def test_a_run_of_the_same_name_is_set_aside_not_lost(tmp_path):
    folder = run_folder(tmp_path, "朝/の実行")
    ran(folder, RIGHT)
    assert set_aside(folder).name == f"{folder.name}.1"
    assert [line.name for line in history(tmp_path)] == [f"{folder.name}.1"]


def test_an_interrupted_run_keeps_the_questions_that_were_answered(tmp_path):
    ran(tmp_path / "a", WRONG)
    for name in ("scores.jsonl", "summary.json", "config.json", "timings.json", "sha256.json"):
        (tmp_path / "a" / name).unlink()
    lines = (tmp_path / "a" / "replies.jsonl").read_text("utf-8").splitlines()
    (tmp_path / "a" / "replies.jsonl").write_text("\n".join(lines[:2]) + "\n" + lines[2][:40], "utf-8")
    back = read_run(tmp_path / "a")
    assert [score.outcome for score in back.scores] == ["right", "wrong_number"]
    told = " ".join(back.remarks)
    assert "採点し直しました" in told
    assert "1行が壊れています" in told
    assert "5問のうち2問" in told


def test_a_file_changed_after_the_run_is_noticed(tmp_path):
    ran(tmp_path / "a", WRONG)
    path = tmp_path / "a" / "scores.jsonl"
    path.write_text(path.read_text("utf-8").replace('"correct": 0.0', '"correct": 1.0'), "utf-8")
    assert "scores.jsonl" in " ".join(read_run(tmp_path / "a").remarks)


def test_an_empty_folder_and_a_missing_one_are_refused_with_the_cure(tmp_path):
    with pytest.raises(ValueError, match="実行し直して"):
        read_run(tmp_path)
    with pytest.raises(ValueError, match="eval history"):
        read_run(tmp_path / "nothing")
    with pytest.raises(ValueError, match="まだありません"):
        find_run(tmp_path, "nothing")


def test_two_runs_of_one_build_cannot_be_told_apart(tmp_path):
    gold, replies = many(60, wrong=9)
    found = compare_runs(ran(tmp_path / "a", replies, gold=gold), ran(tmp_path / "b", replies, gold=gold))
    assert set(found.verdicts.values()) == {SAME}
    assert found.count(BROKEN) == found.count(IMPROVED) == 0
    assert "区別できない" in found.overall


def test_a_real_difference_is_called_with_p_value_and_interval(tmp_path):
    gold, worse = many(60, wrong=30)
    _, better = many(60, wrong=3)
    found = compare_runs(ran(tmp_path / "a", worse, gold=gold), ran(tmp_path / "b", better, gold=gold))
    one = found.differences["correct"]
    assert found.verdicts["correct"] == "Bの方が良い"
    assert one.difference == pytest.approx(27 / 60)
    assert one.low > 0.3
    assert one.p_holm < 0.01
    assert one.mcnemar == pytest.approx(2 * 0.5**27)
    assert (found.count(IMPROVED), found.count(BROKEN)) == (27, 0)
    assert "p=" in found.sentences["correct"]


def test_runs_of_different_sets_are_compared_on_what_they_share(tmp_path):
    gold, replies = many(40)
    smaller = GoldSet("part", "2" * 64, gold.questions[:25])
    found = compare_runs(ran(tmp_path / "a", replies, gold=gold), ran(tmp_path / "b", replies, gold=smaller))
    assert len(found.changes) == 25
    assert any("25問だけ" in remark for remark in found.remarks)
    with pytest.raises(ValueError, match="同じ質問がありません"):
        compare_runs(read_run(tmp_path / "a"), ran(tmp_path / "c", RIGHT))


def test_a_comparison_is_written_in_three_forms(tmp_path):
    a, b = ran(tmp_path / "a", RIGHT, name="前"), ran(tmp_path / "b", WRONG, name="後")
    page = write_comparison(tmp_path / "c", compare_runs(a, b))
    assert "1,200千円" in page.read_text("utf-8")
    assert "| 正しい応対 |" in (tmp_path / "c" / "comparison.md").read_text("utf-8")
    saved = json.loads((tmp_path / "c" / "comparison.json").read_text("utf-8"))
    assert saved["changes"] == comparison_json(compare_runs(a, b))["changes"]
    assert {change["id"] for change in saved["changes"]} == {"n1", "l1", "u1"}


def test_a_damaged_run_in_the_history_is_listed_with_its_problem(tmp_path):
    ran(run_folder(tmp_path, "good"), RIGHT)
    shutil.copytree(run_folder(tmp_path, "good"), run_folder(tmp_path, "half"))
    (run_folder(tmp_path, "half") / "summary.json").write_text("{", "utf-8")
    lines = {line.name: line for line in history(tmp_path)}
    assert lines["good"].problem == ""
    assert lines["half"].problem == "途中で終わった実行です"
