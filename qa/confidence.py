"""What tells a right answer from a wrong one, once it is chosen: signs in 0–1 for the model of `qa/judging.py`."""

from collections.abc import Mapping, Sequence

from qa.drafts import Draft, Kind
from qa.judging import margin
from qa.pages import group
from qa.types import Question, Wanted
from qa.vocabulary import Vocabulary
from qa.wanted import is_choice

_UNTYPED = frozenset({Wanted.OTHER, Wanted.LIST, Wanted.DUTY})
_HIGH = 10.0


def sort_of(question: Question, draft: Draft) -> str:
    """Return of which of SORTS an answer is."""
    if draft.members:
        return "list"
    wanted = group(question)
    return wanted if wanted in ("number", "entity") else "open"


def answer_signs(question: Question, ranked: Sequence[Draft], vocabulary: Vocabulary) -> Mapping[str, float]:
    """Return the signs of the best of `ranked` (best first, not empty)."""
    best = ranked[0]
    unknown = [term for term in question.terms if not vocabulary.knows(term.accepts)]
    sure = best.signs.get("sure", 0.0)
    structured = best.kind in (Kind.DUTY, Kind.LIST, Kind.FIELD, Kind.CELL)
    untyped = question.wanted not in _UNTYPED and not sure and not structured
    return {
        **best.signs,
        "score": best.score / _HIGH,
        "margin": margin(ranked),
        "unknown": len(unknown) / max(1, len(question.terms)),
        "untyped": float(untyped),
        f"untyped:{question.wanted}": float(untyped),
        f"wants:{question.wanted}": 1.0,
        "typed": float(question.wanted not in _UNTYPED) * sure,
        "choice": float(is_choice(question.normalized)) * (1 - best.signs.get("held", 0.0)),
        "few_terms": 1 / max(1, len(question.terms)),
        f"is_{best.kind}": 1.0,
    }
