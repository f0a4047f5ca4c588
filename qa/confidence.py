"""How sure an answer from a passage is: a logistic model over a few readable features."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

from qa.passages import Draft
from qa.types import Evidence, Question, Wanted
from qa.vocabulary import Vocabulary
from qa.wanted import is_choice

_TYPED = (Wanted.COUNT, Wanted.AMOUNT, Wanted.WHEN, Wanted.DIVISION, Wanted.WHO, Wanted.WHERE)
_MODEL = "confidence.json"


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of the logistic model, its bias, and the probability from which an answer is shown."""

    weights: Mapping[str, float]
    bias: float
    threshold: float


@cache
def model() -> Model:
    """Return the model that is shipped."""
    return Model(**json.loads(files("qa").joinpath(_MODEL).read_text(encoding="utf-8")))


def probability(features: Mapping[str, float]) -> float:
    """Return the probability that an answer with these features is right."""
    shipped = model()
    total = shipped.bias + sum(shipped.weights.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + exp(-total))


def draft_features(
    question: Question, draft: Draft, evidence: Sequence[Evidence], vocabulary: Vocabulary
) -> dict[str, float]:
    """Return what tells a right draft from a wrong one; each feature lies in 0–1."""
    unknown = [term for term in question.terms if not vocabulary.knows(term.accepts)]
    wants_type = question.wanted in (
        Wanted.COUNT,
        Wanted.AMOUNT,
        Wanted.WHEN,
        Wanted.DEFINITION,
        Wanted.DIVISION,
    )
    legs = draft.evidence.legs
    return {
        "covered": draft.covered,
        "covered_by_passage": draft.covered_by_passage,
        "typed": max(0.0, draft.typed),
        "untyped": float(wants_type and draft.typed <= 0),
        "heading": float(draft.typed < 0),
        "unknown": len(unknown) / max(1, len(question.terms)),
        "first": 1 / draft.evidence.rank,
        "words": 1 / legs.get("words", 100),
        "dense": 1 / legs.get("dense", 100),
        "choice": float(is_choice(question.normalized)) * (1 - draft.covered),
        "one_term": float(len(question.terms) <= 1),
    }
