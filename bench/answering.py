"""How long a question takes in process, and the scores of the bundled test set."""

import json
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from statistics import median
from time import perf_counter

from qa.assistant import Assistant

ROOT = Path(__file__).parent.parent
_OPENINGS = ("", "すみません、", "教えてください。", "あの、", "お尋ねします。")
_MARKS = ("", "？", "。", "?", "！", "…", "、", "?!")


def bundled_questions() -> list[str]:
    """Return the questions of the bundled test sets."""
    lines = [
        line
        for path in sorted((ROOT / "eval/testsets").glob("*.jsonl"))
        for line in path.open(encoding="utf-8")
    ]
    return [json.loads(line)["question"] for line in lines if line.strip()]


def distinct(questions: Sequence[str]) -> list[str]:
    """Return the questions in so many wordings that a server meets each for the first time."""
    bare = [question.rstrip("？。?！") for question in questions if question.strip("？。?！ ")]
    return [opening + question + mark for opening, mark in product(_OPENINGS, _MARKS) for question in bare]


def latencies(home: Path, questions: Sequence[str]) -> dict[str, float]:
    """Return milliseconds per question of an opened assistant, after one round to warm up."""
    opened = perf_counter()
    assistant = Assistant.open(home)
    opening = perf_counter() - opened
    for question in questions:
        assistant.ask(question)
    taken = sorted(_milliseconds(assistant, question) for _ in range(3) for question in questions)
    return {
        "open_ms": opening * 1_000,
        "p50_ms": median(taken),
        "p99_ms": taken[int(len(taken) * 0.99)],
        "max_ms": taken[-1],
    }


def _milliseconds(assistant: Assistant, question: str) -> float:
    started = perf_counter()
    assistant.ask(question)
    return (perf_counter() - started) * 1_000
