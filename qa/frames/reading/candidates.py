"""Frames that a question may mean, each with a probability."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qa.frames.frame import Frame
from qa.frames.operations import OF_ONE, OF_THE_WHOLE, OVER_ITEMS, Operation
from qa.frames.reading.turns import Context

_ASKED = {Operation.AMOUNT: 1.5, Operation.OTHER: 0.7}
_ASKED_PLAINLY = {Operation.PART: 0.6}
"""How much more often an operation is asked than its share in the wordings is; a part, where no word is unknown."""
_ASKED_OF_ONE = dict.fromkeys(OVER_ITEMS, 0.3)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A frame with its probability (0–1), and whether its items are named or only meant."""

    frame: Frame
    probability: float
    sure_of_items: bool
    named: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question may ask of the figures, likeliest first; `figures` is how surely it asks for them at all."""

    candidates: tuple[Candidate, ...]
    figures: float


def as_asked(
    chances: Mapping[Operation, float], *, unknown: bool, of_one: bool = False
) -> dict[Operation, float]:
    """Return probabilities for how often operations are asked, not for how often they were written down.

    A word that is `unknown` may narrow what is asked; behind a question `of_one` item a short one is of it too.
    Saerens, Latinne and Decaestecker (2002): each divided by its share in the wordings, times its share in questions.
    """
    shares = _ASKED if unknown else _ASKED | _ASKED_PLAINLY
    shares = shares | _ASKED_OF_ONE if of_one else shares
    weighed = {operation: chance * shares.get(operation, 1.0) for operation, chance in chances.items()}
    whole = sum(weighed.values())
    return {operation: chance / whole for operation, chance in weighed.items()}


def is_over_all(operation: Operation) -> bool:
    """Tell whether an operation is over all items, or on the whole budget."""
    return operation in OVER_ITEMS or operation in OF_THE_WHOLE


def is_of_one(before: Context | None) -> bool:
    """Tell whether the frame before is about one item."""
    return before is not None and before.frame.operation in OF_ONE and len(before.frame.items) == 1


def is_of_any_budget(reading: Reading) -> bool:
    """Tell whether the likeliest frame is as likely of another budget: which one is meant was asked back."""
    first, *others = reading.candidates
    return any(
        other.frame.operation is first.frame.operation
        and other.frame.whole is not first.frame.whole
        and other.frame.items == first.frame.items == ()
        and other.probability == first.probability
        for other in others
    )


def distinct(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return each frame once, with all its probability."""
    by_question: dict[tuple[str, tuple[int, ...]], Candidate] = {}
    for candidate in candidates:
        numbers = tuple(item.number for item in candidate.frame.items)
        asked = candidate.frame.question(), numbers
        known = by_question.get(asked)
        likelier = max((known, candidate), key=lambda c: c.probability) if known else candidate
        whole = (known.probability if known else 0.0) + candidate.probability
        by_question[asked] = replace(likelier, probability=whole)
    return tuple(sorted(by_question.values(), key=lambda candidate: -candidate.probability))
