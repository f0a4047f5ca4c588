"""Writes a run or a comparison with its reports."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.comparing import SAME, Comparison
from eval.latency import latency
from eval.report.comparison_page import comparison_page
from eval.report.markdown import comparison_markdown, run_markdown
from eval.report.run_page import run_page
from eval.runs import Run, question_json, reply_lines, write_json, write_run
from eval.summarizing import Summary
from eval.summarizing import to_json as summary_json


def finish(folder: Path, run: Run) -> Summary:
    """Write a run's folder with its three reports; return its figures."""
    summary = run.summary()
    seal = write_run(folder, run, summary)
    (folder / "report.html").write_text(run_page(run, summary, seal), "utf-8")
    (folder / "report.md").write_text(run_markdown(run, summary, seal), "utf-8")
    write_json(folder / "report.json", run_json(run, summary, seal))
    return summary


def run_json(run: Run, summary: Summary, seal: str) -> dict[str, Any]:
    """Return the whole report as JSON: figures, configuration, latency and every question."""
    said = list(reply_lines(run.questions, run.replies))
    replies: Sequence[dict[str, Any] | None] = said or (None,) * len(run.questions)
    timed = latency(run.latencies)
    return {
        "name": run.name,
        "started": run.started,
        "sha256": seal,
        "config": dict(run.config),
        "summary": summary_json(summary),
        "latency_ms": asdict(timed) if timed else None,
        "problems": [asdict(problem) for problem in run.problems],
        "questions": [
            {"gold": question_json(question), "reply": reply, **asdict(score)}
            for question, reply, score in zip(run.questions, replies, run.scores, strict=True)
        ],
    }


def write_comparison(folder: Path, found: Comparison) -> Path:
    """Write a comparison's three reports; return the page."""
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "comparison.html"
    page.write_text(comparison_page(found), "utf-8")
    (folder / "comparison.md").write_text(comparison_markdown(found), "utf-8")
    write_json(folder / "comparison.json", comparison_json(found))
    return page


def comparison_json(found: Comparison) -> dict[str, Any]:
    """Return a comparison as JSON."""
    return {
        "a": found.a.name,
        "b": found.b.name,
        "questions": len(found.changes),
        "primary": found.primary,
        "overall": found.overall,
        "remarks": list(found.remarks),
        "measures": {
            name: {**asdict(one), "verdict": found.verdicts[name], "sentence": found.sentences[name]}
            for name, one in found.differences.items()
        },
        "changes": [
            {"id": one.question.id, "change": one.change, "a": one.a.outcome, "b": one.b.outcome}
            for one in found.changes
            if one.change != SAME
        ],
    }
