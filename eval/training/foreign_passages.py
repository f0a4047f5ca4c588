"""Fits what chooses a quote for a question in another language, and measures it on cities left out."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.chunking import chunk
from corpus.library import read_folder
from corpus.types import Passage
from eval.normalizing import squash
from eval.training.regression import conditional, logistic
from index.types import Encoder
from qa.foreign.choosing import READ, Models, measured, sure_signs
from qa.foreign.finding import ForeignFinder
from qa.foreign.forms import FORMS, LIST, held
from qa.foreign.linear import LinearModel
from qa.foreign.passage_signs import ForeignPassageReader, ReadPassage
from qa.foreign.pieces import Piece

TRAINING = Path(__file__).parent
_TESTS = TRAINING.parents[1] / "tests" / "data"
FOREIGN_CITIES = ("harbour", "hoshimi", "kayano", "oose", "mitsuse")
"""Cities with questions in other languages: each is left out once."""
OTHER_CITIES = ("tsurugi", "harunagawa", "othercity")
"""Cities with Japanese questions only: a vector is of one meaning, whatever its language."""
_FOLDERS = {"othercity": _TESTS / "othercity" / "documents"}
_WANTS_RIDGE, _CHOICE_RIDGE, _SURE_RIDGE = 0.01, 0.004, 0.02
_BEGINNING = 12
LONGEST = 160
"""Characters of a quote that a person reads at a glance: a longer piece answers no question but for a list."""
Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Asked:
    """A training question, its vector, and the passages found for it, best first."""

    city: str
    row: dict[str, Any]
    vector: Numbers
    found: tuple[ReadPassage, ...]

    @property
    def foreign(self) -> bool:
        return "language" in self.row

    @property
    def answerable(self) -> bool:
        return bool(self.row["kind"] != "unanswerable")


class BruteForce:
    """All passages of a city by their vectors, as the index's legs of meaning find them."""

    def __init__(self, passages: Sequence[Passage], encoder: Encoder) -> None:
        self._passages, self._encoder = passages, encoder
        self._vectors = encoder.encode_passages([passage.text for passage in passages])

    def passages(self, query: str, *, k: int, meaning: bool) -> list[tuple[Passage, dict[str, int]]]:
        """Return the `k` nearest; by words nothing."""
        if not meaning:
            return []
        near = self._vectors @ self._encoder.encode_queries([query])[0]
        return [(self._passages[number], {}) for number in np.argsort(-near, kind="stable")[:k]]


def read_questions(encoder: Encoder) -> list[Asked]:
    """Return every training question with what is found for it."""
    asked: list[Asked] = []
    for city in (*FOREIGN_CITIES, *OTHER_CITIES):
        documents, _ = read_folder(_FOLDERS.get(city, TRAINING / city))
        passages = [passage for document in documents for passage in chunk(document)]
        finder = ForeignFinder(
            BruteForce(passages, encoder), ForeignPassageReader(encoder, kept=len(passages))
        )
        for name in (city, f"foreign-{city}"):
            path = TRAINING / f"{name}.jsonl"
            lines = path.read_text("utf-8").splitlines() if path.exists() else []
            rows = [row for row in map(json.loads, lines) if not row.get("history")]
            vectors = encoder.encode_queries([row["question"] for row in rows]) if rows else ()
            for row, vector in zip(rows, vectors, strict=True):
                found = tuple(read for read, _ in finder.find(row["question"], vector))
                asked.append(Asked(city, row, vector, found))
    return asked


def fit_passages(asked: Sequence[Asked]) -> tuple[Models, list[dict[str, Any]]]:
    """Return the models fitted on all cities, and how each foreign question fared with its city left out."""
    signs, right, cities, judged = [], [], [], []
    for city in (*FOREIGN_CITIES, *OTHER_CITIES):
        wants, choice = _fit_choice([a for a in asked if a.city != city])
        for each in (a for a in asked if a.city == city):
            own, correct = _outcome(each, wants, choice)
            signs.append(own)
            right.append(correct)
            cities.append(city)
            judged.append(each)
    table, truth, where = np.array(signs), np.array(right, float), np.array(cities)
    fates = []
    for city in FOREIGN_CITIES:
        sure = logistic(table[where != city], truth[where != city, None], ("right",), ridge=_SURE_RIDGE)
        chances = sure.each(table.astype(np.float32))[:, 0]
        fates += [
            _fate(each, bool(truth[n]), float(chances[n]))
            for n, each in enumerate(judged)
            if each.city == city and each.foreign
        ]
    wants, choice = _fit_choice(asked)
    sure = logistic(table, truth[:, None], ("right",), ridge=_SURE_RIDGE)
    return Models(wants, choice, sure), fates


def _fit_choice(asked: Sequence[Asked]) -> tuple[LinearModel, LinearModel]:
    answered = [a for a in asked if a.answerable]
    vectors = np.stack([a.vector for a in answered])
    wants = logistic(vectors, [_wanted(a.row) for a in answered], (*FORMS, LIST), ridge=_WANTS_RIDGE)
    chances = wants.each(vectors)
    groups = []
    for each, own in zip(answered, chances, strict=True):
        pieces, signs = measured(each.vector, each.found[:READ], own)
        groups.append((signs, _right(each, pieces)))
    return wants, conditional(groups, ridge=_CHOICE_RIDGE)


def _outcome(each: Asked, wants: LinearModel, choice: LinearModel) -> tuple[Numbers, bool]:
    own = wants.each(each.vector[None])[0]
    pieces, signs = measured(each.vector, each.found[:READ], own)
    scores = choice.logits(signs)[:, 0]
    best = int(np.argmax(scores))
    return sure_signs(signs, scores, own), each.answerable and bool(_right(each, pieces)[best])


def _fate(each: Asked, right: bool, chance: float) -> dict[str, Any]:
    evidence = [squash(quote) for quote in each.row["evidence"]]
    rank = next(
        (n for n, read in enumerate(each.found, 1) if any(q in _squashed(read.passage) for q in evidence)),
        None,
    )
    return {
        "id": each.row["id"], "city": each.city, "language": each.row["language"], "answerable": each.answerable,
        "right": right, "probability": chance, "evidence_rank": rank,
    }  # fmt: skip


def _wanted(row: dict[str, Any]) -> list[float]:
    """Return which forms the gold answer has, and whether a list is asked for."""
    answers = row.get("answers") or []
    forms = held(answers[:1])[0].tolist() if answers else [0.0] * len(FORMS)
    return [*forms, float(row["kind"] == "list")]


def _right(each: Asked, pieces: Sequence[Piece]) -> npt.NDArray[np.bool_]:
    """Return which pieces answer: all members, or a few lines of the evidence with an answer in them."""
    evidence = [squash(quote) for quote in each.row["evidence"]]
    return np.array([_answers(each.row, evidence, piece) for piece in pieces], bool)


def _answers(row: dict[str, Any], evidence: Sequence[str], piece: Piece) -> bool:
    text = _flat(piece.text)
    if row["kind"] == "list":
        return all(any(_flat(variant) in text for variant in member) for member in row["members"])
    if len(piece.text) > LONGEST or not any(_flat(answer) in text for answer in row.get("answers") or ()):
        return False
    return any(quote in text or text in quote or quote[:_BEGINNING] in text for quote in evidence)


@cache
def _flat(text: str) -> str:
    return squash(text)


def _squashed(passage: Passage) -> str:
    return _flat(" ".join([*passage.heading, passage.text]))
