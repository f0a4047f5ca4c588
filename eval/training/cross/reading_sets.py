"""Reading sets in the BEIR layout with `answers.jsonl`: passages, questions, the answers that count."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.types import BlockKind, Passage


@dataclass(frozen=True, slots=True)
class ReadingQuestion:
    """A question, the passage that answers it, and every answer that counts as right."""

    id: str
    text: str
    passage_id: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadingSet:
    """Passages by id, and questions on them."""

    passages: dict[str, Passage]
    questions: tuple[ReadingQuestion, ...]


def read_set(folder: Path) -> ReadingSet:
    """Read a set. A passage's text is its title, a line end, its paragraph: JSQuAD too gives the title as context."""
    passages = {row["_id"]: _passage(row) for row in _rows(folder / "corpus.jsonl")}
    questions = tuple(
        ReadingQuestion(row["id"], row["question"], row["passage_id"], tuple(row["answers"]))
        for row in _rows(folder / "answers.jsonl")
    )
    return ReadingSet(passages, questions)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _passage(row: dict[str, Any]) -> Passage:
    text = f"{row['title']}\n{row['text']}"
    return Passage(
        row["_id"], row["title"], 1, (row["title"],), BlockKind.PARAGRAPH, text, text, 0, len(text)
    )
