"""A run is a folder. All but timings and reports is the same to the byte when the run is repeated."""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from eval.replies import to_json as reply_json
from eval.summarizing import Summary, summarize
from eval.summarizing import to_json as summary_json
from eval.types import GoldQuestion, ReplyRecord, Score, SetProblem

CONFIG, QUESTIONS, REPLIES = "config.json", "questions.jsonl", "replies.jsonl"
SCORES, SUMMARY, PROBLEMS = "scores.jsonl", "summary.json", "problems.jsonl"
QRELS, RANKING = "qrels.txt", "run.txt"
SEAL, TIMINGS = "sha256.json", "timings.json"
# The same for every repetition; SEAL holds their hashes.
REPEATED = (CONFIG, QUESTIONS, REPLIES, SCORES, SUMMARY, PROBLEMS, QRELS, RANKING)
REPORTS = ("report.html", "report.md", "report.json")
_OURS = frozenset((*REPEATED, SEAL, TIMINGS, *REPORTS))


@dataclass(frozen=True, slots=True)
class Run:
    """One run. `form` is answers or retrieval; `replies` and `latencies` (ms) are empty for retrieval."""

    name: str
    form: str
    config: Mapping[str, Any]
    questions: tuple[GoldQuestion, ...]
    replies: tuple[ReplyRecord, ...]
    scores: tuple[Score, ...]
    problems: tuple[SetProblem, ...] = ()
    qrels: str = ""
    ranking: str = ""
    latencies: tuple[float, ...] = ()
    started: str = ""
    remarks: tuple[str, ...] = field(default=())

    def summary(self) -> Summary:
        """Return the run's figures."""
        return summarize(self.questions, self.replies, self.scores)


def open_folder(folder: Path) -> None:
    """Make an empty run folder; an earlier run in it is cleared, anything else refused with ValueError."""
    if folder.is_dir():
        foreign = sorted(path.name for path in folder.iterdir() if path.name not in _OURS)
        if foreign:
            raise ValueError(
                f"{folder} には別のファイル（{foreign[0]} など）があります。空のフォルダを指定してください"
            )
        for path in folder.iterdir():
            path.unlink()
    elif folder.exists():
        raise ValueError(f"{folder} はフォルダではありません。別の場所を指定してください")
    folder.mkdir(parents=True, exist_ok=True)


def set_aside(folder: Path) -> Path | None:
    """Rename an earlier run of the same name, so that nothing is lost; return its new place."""
    if not folder.exists():
        return None
    number = 1
    while (kept := folder.with_name(f"{folder.name}.{number}")).exists():
        number += 1
    folder.rename(kept)
    return kept


def write_run(folder: Path, run: Run, summary: Summary) -> str:
    """Write all files of a run but its reports; return the fingerprint of what is the same each time."""
    write_json(folder / CONFIG, run.config)
    write_lines(folder / QUESTIONS, (question_json(question) for question in run.questions))
    if run.replies:
        write_lines(folder / REPLIES, reply_lines(run.questions, run.replies))
    write_lines(folder / SCORES, (_score_json(score) for score in run.scores))
    write_json(folder / SUMMARY, summary_json(summary))
    write_lines(folder / PROBLEMS, (asdict(problem) for problem in run.problems))
    for name, text in ((QRELS, run.qrels), (RANKING, run.ranking)):
        if text:
            (folder / name).write_text(text, "utf-8")
    write_json(
        folder / TIMINGS, {"name": run.name, "started": run.started, "latency_ms": list(run.latencies)}
    )
    return _seal(folder)


def _seal(folder: Path) -> str:
    hashes = {name: _sha256(folder / name) for name in REPEATED if (folder / name).exists()}
    write_json(folder / SEAL, hashes)
    return _sha256(folder / SEAL)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def broken_seals(folder: Path) -> list[str]:
    """Return the files of a run that were changed or lost after it was written."""
    try:
        hashes: Mapping[str, str] = json.loads((folder / SEAL).read_text("utf-8"))
    except (OSError, ValueError):
        return []
    return [
        name
        for name, digest in hashes.items()
        if not (folder / name).exists() or _sha256(folder / name) != digest
    ]


def fingerprint(folder: Path) -> str:
    """Return the hash that two runs of one build on one set share."""
    path = folder / SEAL
    return _sha256(path) if path.exists() else ""


def write_json(path: Path, value: object) -> None:
    """Write JSON, readable, in one step: a reader never sees half a file."""
    beside = path.with_name(f".{path.name}-{os.getpid()}")
    beside.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")
    beside.replace(path)


def write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write JSON Lines."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json_line(row) for row in rows)


def json_line(row: Mapping[str, Any]) -> str:
    """Return one line of JSON Lines."""
    return json.dumps(row, ensure_ascii=False) + "\n"


def reply_lines(
    questions: Sequence[GoldQuestion], replies: Sequence[ReplyRecord]
) -> Iterable[dict[str, Any]]:
    """Return the replies in the form of the contract."""
    return (
        reply_json(reply, id=question.id, question=question.question)
        for question, reply in zip(questions, replies, strict=False)
    )


def question_json(question: GoldQuestion) -> dict[str, Any]:
    """Return a question in the form of our own test sets."""
    row = asdict(question)
    extra = row.pop("fields")
    row["value"] = None if question.value is None else format(question.value, "f")
    return {key: value for key, value in {**row, **extra}.items() if value not in (None, "", (), [])}


def _score_json(score: Score) -> dict[str, Any]:
    measures = {name: None if value is None else round(value, 9) for name, value in score.measures.items()}
    return {"id": score.id, "outcome": score.outcome, "reason": score.reason, "measures": measures}
