"""Questions about a city with the pieces found for them, and which of these are right."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from eval.normalizing import squash
from qa.assistant import Assistant
from qa.pieces.cutting import Piece, Size
from qa.pieces.forms import held
from qa.pieces.headlines import squashed
from qa.pieces.signs import Asked, Found

LONGEST = 170
"""Characters of a piece that a person reads at a glance: a longer one answers no question but for a list."""
_BEGINNING = 12
_OF_FIGURES = ("figure", "compute", "compare")
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Example:
    """A question of a city: `right` (pieces) is 1 for those that answer, else 0; `titles` has each document's."""

    city: str
    row: dict[str, Any]
    asked: Asked
    found: Found
    right: Floats
    titles: Mapping[str, str]

    @property
    def answerable(self) -> bool:
        return bool(self.row["kind"] != "unanswerable")

    @property
    def listed(self) -> bool:
        return bool(self.row.get("members"))

    @property
    def wanted(self) -> list[float]:
        """Which forms the gold answer has, and whether a list is asked for."""
        answers = (self.row.get("answers") or [""])[:1]
        return [*held(answers)[0].tolist(), float(self.listed)]


def read_city(city: str, home: Path, files: Sequence[Path]) -> list[Example]:
    """Return the examples of a city whose documents are indexed in `home`."""
    assistant = Assistant.open(home)
    finder, answering = assistant.pieces, assistant.answering
    titles = _titles(assistant)
    examples = []
    for row in _rows(files):
        for before in _contexts(row.get("history") or []):
            text = " ".join([*before, row["question"]])
            question = answering.question(text)
            asking = answering.question(row["question"]).normalized if before else None
            asked = finder.asked(question, asking)
            found = finder.found(question, asked, answering.evidence(question))
            if found.pieces:
                examples.append(Example(city, row, asked, found, _right(row, found.pieces), titles))
    return examples


def _titles(assistant: Assistant) -> dict[str, str]:
    return {document.id: document.title for document in assistant.documents}


def _contexts(history: Sequence[str]) -> list[Sequence[str]]:
    """Return the turns that a question is read with: none; of a dialogue the last one, and the last two."""
    return [history[-back:] for back in (1, 2) if back <= len(history)] or [()]


def _rows(files: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Yield the questions that are not the ledger's."""
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line) if line.strip() else {}
            if row and row["kind"] not in _OF_FIGURES:
                yield row


def _right(row: dict[str, Any], pieces: Sequence[Piece]) -> Floats:
    evidence = [squash(quote) for quote in row.get("evidence") or ()]
    return np.array([_answers(row, evidence, piece) for piece in pieces], np.float32)


def _answers(row: dict[str, Any], evidence: Sequence[str], piece: Piece) -> bool:
    text = squash(piece.text)
    if row["kind"] == "unanswerable":
        return False
    if row.get("members"):
        return all(any(squash(variant) in text for variant in member) for member in row["members"])
    if len(piece.text) > LONGEST or not any(squash(answer) in text for answer in row.get("answers") or ()):
        return False
    if piece.size is Size.PART:  # a cell and the name of its row stand apart in the row that is quoted
        parts = [squash(part) for part in piece.text.split("\n")]
        return any(all(part in quote for part in parts) for quote in evidence)
    return any(quote in text or text in quote or quote[:_BEGINNING] in text for quote in evidence)


def holds_answer(row: dict[str, Any], text: str) -> bool:
    """Tell whether a headline holds one of the answers."""
    told = squashed(text)
    return any(squashed(answer) in told for answer in row.get("answers") or () if squashed(answer))


def read_strangers(
    city: str, home: Path, others: Sequence[dict[str, Any]], *, most: int = 12
) -> list[Example]:
    """Return examples of questions about other cities that name something this city's documents never do.

    Nothing answers them: a counter must not take what is near for what was asked.
    """
    assistant = Assistant.open(home)
    finder, answering = assistant.pieces, assistant.answering
    titles = _titles(assistant)
    mixed = np.random.default_rng(crc32(city.encode())).permutation(len(others))
    examples: list[Example] = []
    for number in mixed.tolist():
        question = answering.question(others[number]["question"])
        if len(examples) == most:
            break
        if not finder.names_unknown(question):
            continue
        row = {"id": f"{city}-{others[number]['id']}", "kind": "unanswerable"}
        asked = finder.asked(question)
        found = finder.found(question, asked, answering.evidence(question))
        if found.pieces:
            nothing = np.zeros(len(found.pieces), np.float32)
            examples.append(Example(city, row, asked, found, nothing, titles))
    return examples
