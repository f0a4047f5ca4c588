"""JSON Lines, one question a line: the project's own form."""

import json
from collections.abc import Iterator
from typing import Any

from eval.datasets.rows import collect
from eval.types import GoldQuestion, SetProblem


def read_jsonl(text: str) -> tuple[tuple[GoldQuestion, ...], tuple[SetProblem, ...]]:
    """Return the good lines and the problems; a broken line costs only itself."""
    broken: list[SetProblem] = []
    questions, problems = collect(_objects(text, broken))
    return questions, tuple(sorted((*broken, *problems), key=lambda problem: problem.row or 0))


def _objects(text: str, broken: list[SetProblem]) -> Iterator[tuple[int, Any]]:
    for place, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield place, json.loads(line)
        except json.JSONDecodeError as error:
            broken.append(
                SetProblem(f"JSONとして読めません（{error.colno}文字目）。この行を除きました", place)
            )
