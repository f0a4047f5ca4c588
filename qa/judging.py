"""Which draft answers best, and how surely it is right: two linear models over signs that a person can read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from math import exp
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from corpus.normalizing import squash
from qa.drafts import Draft

JUDGEMENT_FILE = "judgement.json"
SORTS = ("number", "entity", "list", "open")
"""Sorts of answer: amounts, counts and dates; who, where and what it is called; lists; all others."""
_FAR = 3.0
"""A margin over the next best answer beyond this says no more."""


class Judgement(BaseModel):
    """What is learnt of answers (`python -m eval.fitting`).

    `choice` weighs a draft's signs; the draft of the highest sum is shown. `sure` weighs the signs of that draft
    and of the question, with `bias`: a logistic model (Platt 1999) of the probability that it is right.
    `thresholds` say from which probability an answer is shown, by the certainty chosen in the settings and by the
    sort of answer: a wrong number does more harm than a list that is not quite whole.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    choice: Mapping[str, float]
    sure: Mapping[str, float]
    bias: float
    thresholds: Mapping[str, Mapping[str, float]]

    @classmethod
    def open(cls, path: Path) -> "Judgement":
        """Read a judgement; pydantic's ValidationError if the file is not one."""
        return cls.model_validate_json(path.read_bytes())

    def ranked(self, drafts: Iterable[Draft]) -> list[Draft]:
        """Return the drafts with their scores, best first; of equals the one that stands first."""
        scored = [replace(draft, score=_sum(self.choice, draft.signs)) for draft in drafts]
        return sorted(scored, key=lambda d: (-d.score, d.first.evidence.rank, d.first.quote, d.first.short))

    def probability(self, signs: Mapping[str, float]) -> float:
        """Return the probability (0–1) that an answer with these signs is right."""
        return 1 / (1 + exp(-max(-30.0, min(30.0, self.bias + _sum(self.sure, signs)))))


@cache
def shipped_judgement() -> Judgement:
    """Return the judgement that the project ships."""
    return Judgement.model_validate_json(files("qa").joinpath(JUDGEMENT_FILE).read_bytes())


@dataclass(frozen=True, slots=True)
class JudgementFile:
    """Keeps the judgement with the bundle: what was measured on a bundle stays true of it."""

    name: str = "答えの確かさ"

    def write(self, folder: Path) -> None:
        """Write JUDGEMENT_FILE."""
        (folder / JUDGEMENT_FILE).write_text(shipped_judgement().model_dump_json(indent=1), encoding="utf-8")


def next_best(ranked: Sequence[Draft]) -> Draft | None:
    """Return the best draft that answers something else than the first."""
    first = _answer(ranked[0])
    return next((d for d in ranked[1:] if not _alike(first, _answer(d))), None)


def margin(ranked: Sequence[Draft]) -> float:
    """Return how far the best draft is before the next other answer, 0–1."""
    other = next_best(ranked)
    return min(_FAR, ranked[0].score - other.score) / _FAR if other else 1.0


def _answer(draft: Draft) -> str:
    return squash("".join(draft.members) or draft.first.text)


def _alike(one: str, other: str) -> bool:
    return one in other or other in one


def _sum(weights: Mapping[str, float], signs: Mapping[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in signs.items())
