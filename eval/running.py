"""Runs a test set through the counter, or scores replies that another program gave."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from eval.citations import touches
from eval.describing import configuration
from eval.judging import judge
from eval.normalizing import squash
from eval.ranking import by_rank, trec_qrels, trec_run
from eval.replies import failed, from_json, record
from eval.replies import to_json as reply_json
from eval.runs import QUESTIONS, REPLIES, Run, json_line, open_folder, question_json, write_lines
from eval.types import Answering, GoldQuestion, GoldSet, ReplyRecord, Score, Searching, SetProblem, Told
from qa.types import Evidence

DEPTH = 10


@dataclass(frozen=True, slots=True)
class System:
    """What is evaluated: it answers, may search, and its documents' texts by id let quotes be checked."""

    answering: Answering
    searching: Searching | None
    texts: Mapping[str, str]
    description: Mapping[str, Any]


def run_set(gold: GoldSet, system: System, folder: Path, *, name: str, told: Told | None = None) -> Run:
    """Ask every question; replies are on disk as they come, so that an interrupted run keeps them."""
    open_folder(folder)
    write_lines(folder / QUESTIONS, (question_json(question) for question in gold.questions))
    started = _now()
    replies: list[ReplyRecord] = []
    latencies: list[float] = []
    with (folder / REPLIES).open("w", encoding="utf-8", newline="\n", buffering=1) as file:
        for question in gold.questions:
            reply, took = _ask(system.answering, question)
            file.write(json_line(reply_json(reply, id=question.id, question=question.question)))
            replies.append(reply)
            latencies.append(round(took, 3))
            if told:
                told(len(replies), len(gold.questions))
    return _scored(gold, replies, system, name=name, latencies=latencies, started=started)


def score_replies(
    gold: GoldSet, path: Path, folder: Path, *, name: str, texts: Mapping[str, str] | None = None
) -> Run:
    """Score a file of replies in the contract's form: by id where it has ids, else in order."""
    open_folder(folder)
    replies, remarks = read_replies(path, gold)
    asked = GoldSet(
        gold.name,
        gold.sha256,
        tuple(q for q in gold.questions if q.id in replies),
        (*gold.problems, *remarks),
    )
    description = {"replies": path.name}
    system = System(_Silent(), None, texts or {}, description)
    return _scored(
        asked, [replies[q.id] for q in asked.questions], system, name=name, latencies=(), started=_now()
    )


class _Silent:
    def ask(self, question: str, *, history: Sequence[str] = ()) -> Any:
        raise NotImplementedError


def read_replies(path: Path, gold: GoldSet) -> tuple[dict[str, ReplyRecord], list[SetProblem]]:
    """Return replies by question id, and what is wrong with the others."""
    problems: list[SetProblem] = []
    found: dict[str, ReplyRecord] = {}
    known = {question.id for question in gold.questions}
    lines = [line for line in path.read_text("utf-8-sig").split("\n") if line.strip()]
    for place, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            reply = from_json(row)
        except (ValueError, TypeError, AttributeError):
            problems.append(
                SetProblem("回答の形（JSON）になっていません。この行を除きました", place, path.name)
            )
            continue
        id = row.get("id")
        if id is None and place <= len(gold.questions):
            id = gold.questions[place - 1].id
        if str(id) in known:
            found[str(id)] = reply
        else:
            problems.append(SetProblem(f"番号「{id}」は試験セットにありません", place, path.name))
    missing = len(known) - len(found)
    if missing:
        problems.append(SetProblem(f"{missing}問の回答がありません。残りを採点しました", column=path.name))
    return found, problems


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _ask(answering: Answering, question: GoldQuestion) -> tuple[ReplyRecord, float]:
    begun = perf_counter()
    try:
        reply = record(answering.ask(question.question, history=question.history))
    except Exception as error:  # noqa: BLE001  (one failing question must not end an evaluation; it counts as wrong)
        reply = failed(error)
    return reply, (perf_counter() - begun) * 1000


def _scored(
    gold: GoldSet,
    replies: Sequence[ReplyRecord],
    system: System,
    *,
    name: str,
    latencies: Sequence[float],
    started: str,
) -> Run:
    found = [_searched(system.searching, question) for question in gold.questions]
    scores = [
        judge(question, reply, texts=system.texts, evidence_ranks=ranks)
        for question, reply, (_, ranks) in zip(gold.questions, replies, found, strict=True)
    ]
    qrels, ranking = _trec(gold.questions, [ranked for ranked, _ in found], name="madoguchi")
    return Run(
        name=name,
        form="answers",
        config=configuration(gold, form="answers", system=system.description, asked=len(scores)),
        questions=gold.questions,
        replies=tuple(replies),
        scores=tuple(scores),
        problems=gold.problems,
        qrels=qrels,
        ranking=ranking,
        latencies=tuple(latencies),
        started=started,
    )


def _searched(
    searching: Searching | None, question: GoldQuestion
) -> tuple[list[str], list[int | None] | None]:
    """Return the ranking with gold evidence in place of the passages that hold it, and each evidence's rank."""
    if searching is None or not question.evidence:
        return [], None
    try:
        hits = searching.search(question.question, k=DEPTH)
    except Exception:  # noqa: BLE001  (as above: the search of one question must not end the run)
        return [], None
    return _ranked(hits, [squash(text) for text in question.evidence])


def _ranked(hits: Sequence[Evidence], evidence: Sequence[str]) -> tuple[list[str], list[int | None]]:
    ranks: list[int | None] = [None] * len(evidence)
    ranked: list[str] = []
    for place, hit in enumerate(hits, 1):
        text = squash(hit.passage.text)
        new = [i for i, gold in enumerate(evidence) if ranks[i] is None and touches(text, gold)]
        for i in new:
            ranks[i] = place
        ranked += [f"evidence-{i + 1}" for i in new] or [
            f"{hit.passage.document}:{hit.passage.start}-{hit.passage.end}"
        ]
    return ranked, ranks


def _trec(
    questions: Sequence[GoldQuestion], rankings: Sequence[Sequence[str]], *, name: str
) -> tuple[str, str]:
    if not any(rankings):
        return "", ""
    judged = {
        q.id: {f"evidence-{i}": 1 for i in range(1, len(q.evidence) + 1)} for q in questions if q.evidence
    }
    run = {q.id: by_rank(ranked) for q, ranked in zip(questions, rankings, strict=True) if ranked}
    return trec_qrels(judged), trec_run(run, name)


def scores_of(run: Run) -> dict[str, Score]:
    """Return the scores by question id."""
    return {score.id: score for score in run.scores}
