"""A run folder read back: an incomplete one keeps its good part and says what is missing."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eval.datasets.jsonl import read_jsonl
from eval.judging import judge
from eval.replies import from_json
from eval.runs import CONFIG, PROBLEMS, QRELS, QUESTIONS, RANKING, REPLIES, SCORES, TIMINGS, Run, broken_seals
from eval.types import GoldQuestion, ReplyRecord, Score, SetProblem


def read_run(folder: Path) -> Run:
    """Read a run; raises ValueError (in Japanese, with the cure) if nothing in it can be compared."""
    if not folder.is_dir():
        raise ValueError(f"実行の記録 {folder} がありません。madoguchi eval history で一覧を見られます")
    remarks: list[str] = []
    config = _json(folder / CONFIG, remarks)
    form = str(config.get("form", "answers"))
    questions = _questions(folder, form, remarks)
    replies = (
        {str(row.get("id")): reply for row, reply in _replies(folder, remarks)} if form == "answers" else {}
    )
    scores = {score.id: score for score in _scores(folder, remarks)}
    if not scores and replies:
        remarks.append(
            "採点の記録（scores.jsonl）がないため、回答から採点し直しました。引用の原文照合は除きます"
        )
        scores = {q.id: _rescored(q, replies[q.id]) for q in questions if q.id in replies}
    kept = [q for q in questions if q.id in scores and (form != "answers" or q.id in replies)]
    if not kept:
        raise ValueError(
            f"{folder} には採点された質問がありません（{'、'.join(remarks) or '空です'}）。実行し直してください"
        )
    if len(kept) < len(questions):
        remarks.append(f"{len(questions)}問のうち{len(kept)}問だけが残っています。その分だけを使います")
    changed = broken_seals(folder)
    if changed:
        remarks.append(f"実行の後に書き換えられたか失われたファイルがあります：{'、'.join(changed)}")
    timings = _json(folder / TIMINGS, [])
    return Run(
        name=str(timings.get("name") or folder.resolve().name),
        form=form,
        config=config,
        questions=tuple(kept),
        replies=tuple(replies[q.id] for q in kept) if form == "answers" else (),
        scores=tuple(scores[q.id] for q in kept),
        problems=tuple(_problems(folder)),
        qrels=_text(folder / QRELS),
        ranking=_text(folder / RANKING),
        latencies=tuple(float(value) for value in timings.get("latency_ms", ())),
        started=str(timings.get("started", "")),
        remarks=tuple(remarks),
    )


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def _json(path: Path, remarks: list[str]) -> dict[str, Any]:
    try:
        read = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        remarks.append(f"{path.name} がないか、読めません")
        return {}
    return read if isinstance(read, dict) else {}


def _lines(path: Path, remarks: list[str]) -> Iterator[dict[str, Any]]:
    if not path.exists():
        remarks.append(f"{path.name} がありません")
        return
    broken = 0
    for line in path.read_text("utf-8", errors="replace").split("\n"):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            broken += 1
            continue
        if isinstance(row, dict):
            yield row
    if broken:
        remarks.append(f"{path.name} の{broken}行が壊れています。残りを使います")


def _questions(folder: Path, form: str, remarks: list[str]) -> tuple[GoldQuestion, ...]:
    if form == "answers" and (folder / QUESTIONS).exists():
        questions, problems = read_jsonl((folder / QUESTIONS).read_text("utf-8", errors="replace"))
        broken = sum(problem.fatal for problem in problems)
        if broken:
            remarks.append(f"{QUESTIONS} の{broken}行が壊れています。残りを使います")
        return questions
    return tuple(
        GoldQuestion(str(row.get("id")), str(row.get("question", "")), str(row.get("kind", form)))
        for row in _lines(folder / QUESTIONS, remarks)
    )


def _replies(folder: Path, remarks: list[str]) -> Iterator[tuple[dict[str, Any], ReplyRecord]]:
    broken = 0
    for row in _lines(folder / REPLIES, remarks):
        try:
            yield row, from_json(row)
        except ValueError:
            broken += 1
    if broken:
        remarks.append(f"{REPLIES} の{broken}行が回答の形になっていません。残りを使います")


def _scores(folder: Path, remarks: list[str]) -> Iterator[Score]:
    for row in _lines(folder / SCORES, remarks):
        measures = row.get("measures")
        if isinstance(measures, dict):
            yield Score(str(row.get("id")), str(row.get("outcome", "")), str(row.get("reason", "")), measures)


def _rescored(question: GoldQuestion, reply: ReplyRecord) -> Score:
    return judge(question, reply, texts={}, evidence_ranks=None)


def _problems(folder: Path) -> Iterator[SetProblem]:
    for row in _lines(folder / PROBLEMS, []):
        known = {key: row.get(key) for key in ("row", "column")}
        yield SetProblem(
            str(row.get("message", "")), known["row"], known["column"], bool(row.get("fatal", True))
        )
